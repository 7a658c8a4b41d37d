"""Jacobi rotations of the covariance matrix until nothing is left beside its diagonal."""

import numpy as np


def orient(axes):
    result = np.array(axes, dtype=float)
    for row in result:
        if row[np.abs(row).argmax()] < 0:
            row *= -1
    return result


def _diagonalized(C):
    """The eigenvalues of a symmetric matrix, and its eigenvectors as columns."""
    C, V = C.copy(), np.eye(len(C))
    for _ in range(100):
        off = np.abs(np.triu(C, 1)).sum()
        if off <= 1e-15 * np.abs(C).sum():
            break
        for p in range(len(C)):
            for q in range(p + 1, len(C)):
                if C[p, q] == 0:
                    continue
                angle = 0.5 * np.arctan2(2 * C[p, q], C[q, q] - C[p, p])
                turn = np.eye(len(C))
                turn[p, p] = turn[q, q] = np.cos(angle)
                turn[p, q], turn[q, p] = np.sin(angle), -np.sin(angle)
                C, V = turn.T @ C @ turn, V @ turn
    return np.diag(C), V


def principal_axes(X):
    X = np.asarray(X, dtype=float)
    n, d = X.shape
    rows = X - X.mean(axis=0)
    scale = np.abs(rows).max() or 1.0
    values, vectors = _diagonalized((rows / scale).T @ (rows / scale) / (n - 1))
    order = np.argsort(-values, kind="stable")[: min(n, d)]
    variances = np.maximum(values[order], 0.0)
    variances = np.where(variances < 1e-12 * variances[0], 0.0, variances)
    return orient(vectors[:, order].T), variances * scale**2


def explained_ratio(variances):
    total = np.sum(variances)
    return np.asarray(variances, dtype=float) / total if total > 0 else np.zeros(len(variances))


def choose_components(variances, share):
    if not 0 < share <= 1:
        raise ValueError(f"{share} is no share")
    total = np.sum(variances)
    if total == 0:
        return 1
    return int(np.argmax(np.cumsum(variances) >= (share - 1e-9) * total)) + 1


class PCA:
    def __init__(self, n_components=None, whiten=False):
        self.n_components, self.whiten = n_components, whiten

    def fit(self, X):
        X = np.asarray(X, dtype=float)
        if len(X) < 2:
            raise ValueError("two rows are needed")
        r, k = min(X.shape), self.n_components
        if isinstance(k, (int, np.integer)) and not 1 <= k <= r:
            raise ValueError(f"there are 1 to {r} components")
        axes, variances = principal_axes(X)
        if k is None:
            k = r
        elif isinstance(k, float):
            k = choose_components(variances, k)
        self.mean, self.components, self.explained_variance = X.mean(axis=0), axes[:k], variances[:k]
        self.explained_variance_ratio = explained_ratio(variances)[:k]
        self._units = np.sqrt(np.where(self.explained_variance > 0, self.explained_variance, 1)) if self.whiten else 1.0
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean) @ self.components.T / self._units

    def inverse_transform(self, Z):
        return self.mean + np.asarray(Z, dtype=float) * self._units @ self.components

    def residuals(self, X):
        return np.linalg.norm(X - self.inverse_transform(self.transform(X)), axis=1)
