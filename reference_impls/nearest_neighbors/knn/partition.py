"""k nearest neighbours query by query: the k-th distance is found by partition, and only what lies within it is sorted.

    radius = k-th smallest distance of a query;  ball = all rows within it, k or (with ties) more
    z = (x - center) / unit,  both of the training rows
    vote:  label with the largest sum of weights;  mean: sum of weights times targets
    weights add up to 1: equal, or inverse to the distance; rows at distance 0 leave nothing to the others

Shapes: X (n, d), y (n,), queries (q, d), one query's distances (n,), its neighbours and their weights (k,).
"""

import numpy as np

ORDERS = {"euclidean": 2, "manhattan": 1}


def _within(dist, k):
    """Indices (k,) of the smallest of dist (n,), in order."""
    radius = np.partition(dist, k - 1)[k - 1]
    ball = np.flatnonzero(dist <= radius)
    ball = ball[np.argsort(dist[ball], kind="stable")]
    return ball[:k]


def _units(X):
    """Mean and spread (d,) of the columns of X (n, d)."""
    center, spread = X.mean(axis=0), X.std(axis=0)
    spread[spread == 0] = 1
    return center, spread


def _shares(dist):
    """Weights (k,) for distances (k,)."""
    touching = dist == 0
    w = touching.astype(float) if touching.any() else 1 / dist
    return w / w.sum()


def _elect(ballots, w):
    """One of the ballots (k,), which weigh w (k,)."""
    candidates = np.unique(ballots)
    support = [w[ballots == candidate].sum() for candidate in candidates]
    return candidates[np.argmax(support)]


def distances(A, B, metric="euclidean"):
    """Distance of each row of A (q, d) to each row of B (n, d); shape (q, n)."""
    if metric not in ORDERS:
        raise ValueError(f"metric must be one of {sorted(ORDERS)}: {metric!r}")
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    D = np.empty((len(A), len(B)))
    for i, a in enumerate(A):
        D[i] = np.linalg.norm(B - a, ord=ORDERS[metric], axis=1)
    return D


def nearest(D, k):
    """Indices (q, k) of the nearest columns of D (q, n), in order."""
    return np.array([_within(dist, k) for dist in D])


def weigh(gaps, weights="uniform"):
    """Weights (q, k) of neighbours at distances gaps (q, k)."""
    gaps = np.asarray(gaps, dtype=float)
    if weights == "uniform":
        return np.full(gaps.shape, 1 / gaps.shape[1])
    if weights == "distance":
        return np.array([_shares(dist) for dist in gaps]).reshape(gaps.shape)
    raise ValueError(f'weights must be "uniform" or "distance": {weights!r}')


def vote(labels, shares):
    """One label (q,) for each row of labels (q, k) with weights shares (q, k)."""
    return np.array([_elect(ballots, w) for ballots, w in zip(labels, shares, strict=True)])


class KNNRegressor:
    """After `fit`: mean and spread (d,), n, Z (n, d), y (n,)."""

    def __init__(self, k=5, weights="uniform", metric="euclidean", scaled=True):
        self.k, self.weights, self.metric, self.scaled = k, weights, metric, scaled

    def fit(self, X, y):
        """Remember the rows X (n, d) and their targets y (n,); returns the model.

        Raises ValueError for unequal lengths and unless k is between 1 and n.
        """
        X, self.y = np.array(X, dtype=float), np.array(y)
        self.n = len(X)
        if len(self.y) != self.n or self.k < 1 or self.k > self.n:
            raise ValueError(f"{self.n} rows, {len(self.y)} targets, {self.k} neighbours")
        self.mean, self.spread = _units(X) if self.scaled else (np.zeros(X.shape[1]), np.ones(X.shape[1]))
        self.Z = self.standardize(X)
        return self

    def standardize(self, X):
        """X (q, d) in the units that distances are measured in."""
        return (np.asarray(X, dtype=float) - self.mean) / self.spread

    def predict(self, X):
        """One answer (q,) for each row of X (q, d)."""
        return np.array([self._answer(distances(q[None], self.Z, self.metric)[0]) for q in self.standardize(X)])

    def leave_one_out(self):
        """One answer (n,) for each training row; ValueError where there are fewer than k others."""
        if self.k > self.n - 1:
            raise ValueError(f"fewer than {self.k} other rows")
        answers = []
        for i, z in enumerate(self.Z):
            dist = distances(z[None], self.Z, self.metric)[0]
            dist[i] = np.inf
            answers.append(self._answer(dist))
        return np.array(answers)

    def _answer(self, dist):
        ball = _within(dist, self.k)
        w = weigh([dist[ball]], self.weights)[0]
        return self._combine(self.y[ball], w)

    def _combine(self, targets, w):
        return w @ targets


class KNNClassifier(KNNRegressor):
    """Labels instead of numbers: the neighbours vote."""

    def _combine(self, targets, w):
        return _elect(targets, w)
