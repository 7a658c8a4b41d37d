"""A tree is a function from a row to the shares of its leaf, made of functions; splits are tried by masks."""

import numpy as np


def _shares(y, k=None):
    return np.array([np.mean(y == label) for label in range(k or int(np.max(y)) + 1)])


def gini(y):
    p = _shares(y)
    return float((p * (1 - p)).sum())


def entropy(y):
    return float(sum(-p * np.log2(p) for p in _shares(y) if p > 0))


def information_gain(y, left, criterion="gini"):
    measure = {"gini": gini, "entropy": entropy}[criterion]
    n_left = np.count_nonzero(left)
    after = n_left * measure(y[left]) + (len(y) - n_left) * measure(y[np.logical_not(left)])
    return measure(y) - after / len(y)


def _cuts(column):
    values = np.unique(column).astype(float)
    return (values[:-1] + values[1:]) / 2


def best_split(X, y, criterion="gini", min_samples_leaf=1):
    found = []
    for j in range(X.shape[1]):
        for cut in _cuts(X[:, j]):
            left = X[:, j] <= cut
            if min(left.sum(), (~left).sum()) >= min_samples_leaf:
                found.append((j, cut, information_gain(y, left, criterion)))
    best = max(found, key=lambda split: split[2], default=None)
    return best if best is not None and best[2] > 1e-12 else None


class DecisionTree:
    def __init__(self, criterion="gini", max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.options = {"criterion": criterion, "min_samples_leaf": min_samples_leaf}
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        if len(X) == 0:
            raise ValueError("no rows")
        if len(X) != len(y):
            raise ValueError("X and y differ in length")
        self.k = int(np.max(y)) + 1
        self.depth = self.n_leaves = 0
        self.importances = np.zeros(X.shape[1])
        self._leaf_of = self._grow(X, y, 0)
        total = self.importances.sum()
        if total > 0:
            self.importances = self.importances / total
        return self

    def _grow(self, X, y, above):
        may = len(y) >= self.min_samples_split and (self.max_depth is None or above < self.max_depth)
        split = best_split(X, y, **self.options) if may else None
        if split is None:
            self.n_leaves += 1
            self.depth = max(self.depth, above)
            shares = _shares(y, self.k)
            return lambda row: shares
        j, cut, gain = split
        self.importances[j] += len(y) * gain
        left = X[:, j] <= cut
        low = self._grow(X[left], y[left], above + 1)
        high = self._grow(X[~left], y[~left], above + 1)
        return lambda row: low(row) if row[j] <= cut else high(row)

    def predict_proba(self, X):
        return np.array([self._leaf_of(row) for row in X]).reshape(len(X), self.k)

    def predict(self, X):
        return np.array([int(np.argmax(shares)) for shares in self.predict_proba(X)], dtype=int)
