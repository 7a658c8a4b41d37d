"""Cumulative counts over sorted columns, nodes as rows of lists, and an explicit stack instead of recursion."""

import numpy as np


def gini(y):
    shares = np.bincount(y) / len(y)
    return 1.0 - np.sum(shares**2)


def entropy(y):
    shares = np.bincount(y) / len(y)
    shares = shares[shares > 0]
    return float(-np.sum(shares * np.log2(shares)))


IMPURITY = {"gini": gini, "entropy": entropy}


def information_gain(y, left, criterion="gini"):
    impurity, share = IMPURITY[criterion], np.mean(left)
    return impurity(y) - share * impurity(y[left]) - (1 - share) * impurity(y[~left])


def _impurities(counts, criterion):
    """Of the counts (s, k) of many parts at once."""
    shares = counts / counts.sum(axis=1, keepdims=True)
    if criterion == "gini":
        return 1 - (shares**2).sum(axis=1)
    logs = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    return -(shares * logs).sum(axis=1)


def best_split(X, y, criterion="gini", min_samples_leaf=1):
    n, k = len(y), y.max() + 1
    one_hot = np.eye(k)[y]
    whole, best = IMPURITY[criterion](y), None
    for column in range(X.shape[1]):
        order = np.argsort(X[:, column], kind="stable")
        values = X[order, column].astype(float)
        left = np.cumsum(one_hot[order], axis=0)[:-1]
        right = one_hot.sum(axis=0) - left
        sizes = np.arange(1, n)
        allowed = (values[1:] > values[:-1]) & (sizes >= min_samples_leaf) & (n - sizes >= min_samples_leaf)
        for cut in np.flatnonzero(allowed):
            parts = _impurities(np.stack([left[cut], right[cut]]), criterion)
            gain = whole - (sizes[cut] * parts[0] + (n - sizes[cut]) * parts[1]) / n
            if gain > 1e-12 and (best is None or gain > best[2]):
                best = column, (values[cut] + values[cut + 1]) / 2, gain
    return best


class DecisionTree:
    def __init__(self, criterion="gini", max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.criterion = criterion
        self.max_depth = np.inf if max_depth is None else max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        if len(X) == 0 or len(X) != len(y):
            raise ValueError("X and y need the same number of rows, at least one")
        self.n_classes = int(y.max()) + 1
        self.column, self.threshold, self.children, self.shares = [], [], [], []
        self.depth, self.n_leaves = 0, 0
        gained = np.zeros(X.shape[1])
        stack = [(np.arange(len(y)), 0, self._new_node())]
        while stack:
            rows, depth, node = stack.pop()
            self.shares[node] = np.bincount(y[rows], minlength=self.n_classes) / len(rows)
            split = None
            if len(rows) >= self.min_samples_split and depth < self.max_depth:
                split = best_split(X[rows], y[rows], self.criterion, self.min_samples_leaf)
            if split is None:
                self.n_leaves += 1
                self.depth = max(self.depth, depth)
                continue
            column, threshold, gain = split
            gained[column] += gain * len(rows)
            self.column[node], self.threshold[node] = column, threshold
            goes_left = X[rows, column] <= threshold
            self.children[node] = self._new_node(), self._new_node()
            stack.append((rows[goes_left], depth + 1, self.children[node][0]))
            stack.append((rows[~goes_left], depth + 1, self.children[node][1]))
        self.importances = gained / gained.sum() if gained.sum() > 0 else gained
        return self

    def _new_node(self):
        for parts, nothing in ((self.column, -1), (self.threshold, 0.0), (self.children, None), (self.shares, None)):
            parts.append(nothing)
        return len(self.column) - 1

    def predict_proba(self, X):
        X = np.asarray(X)
        result = np.empty((len(X), self.n_classes))
        waiting = [(0, np.arange(len(X)))]
        while waiting:
            node, rows = waiting.pop()
            if self.children[node] is None:
                result[rows] = self.shares[node]
                continue
            goes_left = X[rows, self.column[node]] <= self.threshold[node]
            left, right = self.children[node]
            waiting += [(left, rows[goes_left]), (right, rows[~goes_left])]
        return result

    def predict(self, X):
        return self.predict_proba(X).argmax(axis=1)
