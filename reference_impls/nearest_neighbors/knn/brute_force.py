"""k nearest neighbours by brute force: one matrix of distances, sorted row by row.

    z = (x - mean) / spread,  both of the training rows
    euclidean: |a - b| = sqrt(|a|^2 + |b|^2 - 2 a.b);  manhattan: sum_j |a_j - b_j|
    shares:    1 / k each, or in proportion to 1 / distance;  neighbours at distance 0 take all of it
    answer:    the label with the largest sum of shares, or the sum of shares times targets

Shapes: X (n, d), y (n,), queries (m, d), distances (m, n), neighbours and their shares (m, k).
"""

import numpy as np


def _straight(A, B):
    """Euclidean distances (m, n)."""
    squares = np.sum(A**2, axis=1)[:, None] + np.sum(B**2, axis=1) - 2 * A @ B.T
    return np.sqrt(np.maximum(squares, 0))


def _by_blocks(A, B):
    """Manhattan distances (m, n)."""
    return np.abs(A[:, None, :] - B[None, :, :]).sum(axis=2)


def _raw_weights(gaps):
    """Unnormalised weights (m, k) of neighbours at distances gaps (m, k)."""
    exact = gaps == 0
    return np.where(exact.any(axis=1, keepdims=True), exact, 1 / np.where(exact, 1, gaps))


def _units(X):
    """Mean and spread (d,) of the columns of X (n, d)."""
    std = X.std(axis=0)
    return X.mean(axis=0), np.where(std > 0, std, 1)


METRICS = {"euclidean": _straight, "manhattan": _by_blocks}
WEIGHTS = {"uniform": np.ones_like, "distance": _raw_weights}


def distances(A, B, metric="euclidean"):
    """Distance of each row of A (m, d) to each row of B (n, d); shape (m, n)."""
    if metric not in METRICS:
        raise ValueError(f"unknown metric: {metric!r}")
    return METRICS[metric](np.asarray(A, dtype=float), np.asarray(B, dtype=float))


def nearest(D, k):
    """Indices (m, k) of the nearest columns of D (m, n), in order."""
    return np.argsort(D, axis=1, kind="stable")[:, :k]


def weigh(gaps, weights="uniform"):
    """Shares (m, k) of neighbours at distances gaps (m, k)."""
    if weights not in WEIGHTS:
        raise ValueError(f"unknown weights: {weights!r}")
    raw = WEIGHTS[weights](np.asarray(gaps, dtype=float))
    return raw / raw.sum(axis=1, keepdims=True)


def vote(labels, shares):
    """One label (m,) for each row of labels (m, k) with shares (m, k)."""
    classes, codes = np.unique(labels, return_inverse=True)
    codes = codes.reshape(np.shape(labels))
    tally = np.stack([np.sum(shares * (codes == c), axis=1) for c in range(len(classes))], axis=1)
    return classes[tally.argmax(axis=1)]


class NearestNeighbors:
    """What classifier and regressor share. After `fit`: mean and spread (d,), rows (n, d), y (n,)."""

    def __init__(self, k=5, weights="uniform", metric="euclidean", scaled=True):
        self.k = k
        self.weights = weights
        self.metric = metric
        self.scaled = scaled

    def fit(self, X, y):
        """Remember the rows X (n, d) and their targets y (n,); returns the model.

        Raises ValueError for unequal lengths and unless k is between 1 and n.
        """
        X, y = np.array(X, dtype=float), np.array(y)
        if len(X) != len(y):
            raise ValueError(f"{len(X)} rows, {len(y)} targets")
        if not 1 <= self.k <= len(X):
            raise ValueError(f"need between 1 and {len(X)} neighbours: {self.k}")
        self.mean, self.spread = np.zeros(X.shape[1]), np.ones(X.shape[1])
        if self.scaled:
            self.mean, self.spread = _units(X)
        self.rows, self.y = self.standardize(X), y
        return self

    def standardize(self, X):
        """X (m, d) in the units that distances are measured in."""
        return (np.asarray(X, dtype=float) - self.mean) / self.spread

    def predict(self, X):
        """One answer (m,) for each row of X (m, d)."""
        return self._answers(distances(self.standardize(X), self.rows, self.metric))

    def leave_one_out(self):
        """One answer (n,) for each training row.

        Raises ValueError where there are fewer than k others.
        """
        if self.k >= len(self.rows):
            raise ValueError(f"{self.k} neighbours of {len(self.rows)} rows")
        D = distances(self.rows, self.rows, self.metric)
        np.fill_diagonal(D, np.inf)
        return self._answers(D)

    def _answers(self, D):
        near = nearest(D, self.k)
        shares = weigh(np.take_along_axis(D, near, axis=1), self.weights)
        return self._combine(self.y[near], shares)


class KNNClassifier(NearestNeighbors):
    """The label that the nearest rows vote for."""

    def _combine(self, labels, shares):
        return vote(labels, shares)


class KNNRegressor(NearestNeighbors):
    """The average of the nearest rows' targets."""

    def _combine(self, targets, shares):
        return np.sum(shares * targets, axis=1)
