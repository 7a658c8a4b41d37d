"""Principal components by singular values of the centred table; no covariance matrix is formed.

    X - mu = U diag(s) Vt,  s falling;  the rows of Vt are the axes,  s^2 / (n - 1) the variances along them
    W = diag(1 / sqrt(variances)) Vt_k,  Z = (X - mu) W^T whitened;  back:  X ~ Z diag(sqrt(variances)) Vt_k + mu
    |x - mu|^2 = |its coordinates along the axes kept|^2 + residual^2

Shapes: X (n, d), U (n, r), s (r,), Vt (r, d), r = min(n, d), Z (n, k).
"""

import numpy as np


def orient(axes):
    """The axes (k, d) with their signs settled."""
    turned = np.array(axes, dtype=float)
    for axis in turned:
        if axis[np.argmax(np.abs(axis))] < 0:
            axis *= -1
    return turned


def principal_axes(X):
    """Axes (r, d) and variances (r,) of the rows of X (n, d)."""
    X = np.array(X, dtype=float)
    n = X.shape[0]
    X -= X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X, full_matrices=False)
    variances = s**2 / (n - 1)
    variances[variances < 1e-12 * variances.max()] = 0
    return orient(Vt), variances


def explained_ratio(variances):
    """Share (r,) of each of the variances (r,)."""
    total = np.sum(variances)
    return np.asarray(variances, dtype=float) / (total if total > 0 else 1)


def choose_components(variances, share):
    """How many of the variances (r,) it takes for a share.

    Raises ValueError unless 0 < share <= 1.
    """
    if share <= 0 or share > 1:
        raise ValueError(f"a share lies between 0 and 1: {share}")
    cumulative = np.cumsum(variances)
    return int(np.searchsorted(cumulative, (share - 1e-9) * cumulative[-1])) + 1


class PCA:
    """After `fit`: mean (d,), components (k, d), explained_variance and explained_variance_ratio (k,)."""

    def __init__(self, n_components=None, whiten=False):
        self.n_components, self.whiten = n_components, whiten

    def fit(self, X):
        """Fit to X (n, d); returns the model.

        Raises ValueError for fewer than two rows and an impossible number of components.
        """
        n, d = np.shape(X)
        r = min(n, d)
        if n < 2:
            raise ValueError("need two rows or more")
        Vt, variances = principal_axes(X)
        if self.n_components is None:
            k = r
        elif isinstance(self.n_components, float):
            k = choose_components(variances, self.n_components)
        else:
            k = self.n_components
        if k < 1 or k > r:
            raise ValueError(f"{n} rows of {d} columns do not have {k} components")
        self.mean = np.mean(X, axis=0)
        self.components = Vt[:k]
        self.explained_variance = variances[:k]
        self.explained_variance_ratio = variances[:k] / max(np.sum(variances), np.finfo(float).tiny)
        return self

    def _std(self):
        """Length (k,) of one unit of each coordinate."""
        std = np.sqrt(self.explained_variance)
        return np.where(std == 0, 1, std) if self.whiten else np.ones_like(std)

    def transform(self, X):
        """Coordinates (m, k) of the rows of X (m, d)."""
        W = self.components / self._std()[:, None]
        return (X - self.mean) @ W.T

    def inverse_transform(self, Z):
        """Rows (m, d) at the coordinates Z (m, k)."""
        lengths = np.asarray(Z, dtype=float) * self._std()
        return self.mean + lengths @ self.components

    def residuals(self, X):
        """Distance (m,) of each row of X (m, d) to the plane of the components."""
        offsets = X - self.mean
        within = offsets @ self.components.T
        missed = np.sum(offsets**2, axis=1) - np.sum(within**2, axis=1)
        return np.sqrt(np.clip(missed, 0, None))
