"""One singular value decomposition, signs by a product, and plain functions that a small class calls."""

import numpy as np


def orient(axes):
    axes = np.asarray(axes, float)
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    return axes * np.where(largest < 0, -1.0, 1.0)


def principal_axes(X):
    centred = np.subtract(X, np.mean(X, axis=0, dtype=float))
    _, singular, axes = np.linalg.svd(centred, full_matrices=False)
    variances = np.square(singular) / (len(centred) - 1)
    variances[variances < 1e-12 * variances[0]] = 0.0
    return orient(axes), variances


def explained_ratio(variances):
    variances = np.asarray(variances, float)
    return variances / (variances.sum() or 1.0)


def choose_components(variances, share):
    if share <= 0 or share > 1:
        raise ValueError("a share lies above 0 and not above 1")
    so_far = np.cumsum(explained_ratio(variances))
    if so_far[-1] == 0:
        return 1
    return next(k for k, part in enumerate(so_far, start=1) if part + 1e-9 >= share)


def _count(wanted, variances):
    if wanted is None:
        return len(variances)
    if isinstance(wanted, float):
        return choose_components(variances, wanted)
    if 1 <= wanted <= len(variances):
        return wanted
    raise ValueError(f"{wanted} components of {len(variances)}")


class PCA:
    def __init__(self, n_components=None, whiten=False):
        self.n_components = n_components
        self.whiten = whiten

    def fit(self, X):
        if len(X) < 2:
            raise ValueError("one row has no direction")
        axes, variances = principal_axes(X)
        k = _count(self.n_components, variances)
        self.mean = np.mean(X, axis=0, dtype=float)
        self.components = axes[:k]
        self.explained_variance = variances[:k]
        self.explained_variance_ratio = explained_ratio(variances)[:k]
        return self

    def _plain(self, X):
        return np.einsum("ij,kj->ik", np.subtract(X, self.mean), self.components)

    def _deviations(self):
        deviations = np.sqrt(self.explained_variance)
        return np.where(deviations == 0, 1.0, deviations)

    def transform(self, X):
        return self._plain(X) / self._deviations() if self.whiten else self._plain(X)

    def inverse_transform(self, Z):
        Z = np.asarray(Z, float)
        coordinates = Z * self._deviations() if self.whiten else Z
        return coordinates @ self.components + self.mean

    def residuals(self, X):
        away = np.subtract(X, self.mean)
        along = self._plain(X) @ self.components
        return np.sqrt(np.sum((away - along) ** 2, axis=1))
