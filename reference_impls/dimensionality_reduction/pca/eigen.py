"""Principal components from the covariance matrix.

    C = (X - mean)^T (X - mean) / (n - 1) = V diag(variances) V^T,  variances falling, columns of V orthonormal
    coordinates  Z = (X - mean) V_k,  whitened Z / sqrt(variances);  back:  X ~ Z V_k^T + mean

Shapes: X (n, d), C and V (d, d), variances (r,), axes = rows of V^T (r, d), r = min(n, d), Z (n, k).
"""

import numpy as np


def _covariance(X):
    """Covariance matrix (d, d) of the columns of X (n, d)."""
    offsets = X - X.mean(axis=0)
    return offsets.T @ offsets / (len(X) - 1)


def orient(axes):
    """The axes (k, d) with their signs settled."""
    axes = np.asarray(axes, dtype=float)
    peaks = np.abs(axes).argmax(axis=1)
    signs = np.sign(axes[np.arange(len(axes)), peaks])
    return axes * signs[:, None]


def principal_axes(X):
    """Axes (r, d) and variances (r,) of the rows of X (n, d)."""
    X = np.asarray(X, dtype=float)
    values, vectors = np.linalg.eigh(_covariance(X))
    order = np.argsort(values)[::-1][: min(X.shape)]
    variances, axes = values[order], vectors[:, order].T
    negligible = variances < 1e-12 * variances[0]
    return orient(axes), np.where(negligible, 0.0, np.maximum(variances, 0.0))


def explained_ratio(variances):
    """Share (r,) of each of the variances (r,)."""
    variances = np.asarray(variances, dtype=float)
    total = variances.sum()
    return variances / total if total > 0 else np.zeros(len(variances))


def choose_components(variances, share):
    """How many of the variances (r,) it takes for a share.

    Raises ValueError unless 0 < share <= 1.
    """
    if not 0 < share <= 1:
        raise ValueError(f"not a share: {share}")
    reached = np.cumsum(explained_ratio(variances))
    if reached[-1] == 0:
        return 1
    return int(np.argmax(reached >= share - 1e-9)) + 1


class PCA:
    """After `fit`: mean (d,), components (k, d), explained_variance and explained_variance_ratio (k,), scale (k,)."""

    def __init__(self, n_components=None, whiten=False):
        self.n_components = n_components
        self.whiten = whiten

    def fit(self, X):
        """Fit to X (n, d); returns the model.

        Raises ValueError for fewer than two rows and an impossible number of components.
        """
        X = np.asarray(X, dtype=float)
        if len(X) < 2:
            raise ValueError(f"{len(X)} rows have no variance")
        axes, variances = principal_axes(X)
        k = self._number(variances)
        self.mean = X.mean(axis=0)
        self.components = axes[:k]
        self.explained_variance = variances[:k]
        self.explained_variance_ratio = explained_ratio(variances)[:k]
        self.scale = self._units()
        return self

    def _number(self, variances):
        k = len(variances) if self.n_components is None else self.n_components
        if isinstance(k, float):
            return choose_components(variances, k)
        if not 1 <= k <= len(variances):
            raise ValueError(f"need between 1 and {len(variances)} components: {k}")
        return k

    def _units(self):
        """Length (k,) of one unit of each coordinate."""
        spread = np.sqrt(self.explained_variance)
        return np.where(spread > 0, spread, 1) if self.whiten else np.ones(len(spread))

    def transform(self, X):
        """Coordinates (m, k) of the rows of X (m, d)."""
        X = np.asarray(X, dtype=float)
        return (X - self.mean) @ self.components.T / self.scale

    def inverse_transform(self, Z):
        """Rows (m, d) at the coordinates Z (m, k)."""
        return (np.asarray(Z, dtype=float) * self.scale) @ self.components + self.mean

    def residuals(self, X):
        """Distance (m,) of each row of X (m, d) to its reconstruction."""
        missed = X - self.inverse_transform(self.transform(X))
        return np.linalg.norm(missed, axis=1)
