"""A classification tree that is grown node by node.

    gini(y)    = 1 - sum_c p_c^2
    entropy(y) = -sum_c p_c log2 p_c
    gain       = impurity(y) - n_left / n impurity(y_left) - n_right / n impurity(y_right)
    importance of a column: the sum of n_node gain over the nodes that it splits, scaled so that all add up to 1

Shapes: X (n, d), y (n,) with classes 0 ... k - 1. Breiman et al. 1984, "Classification and Regression Trees".
"""

import numpy as np

TINY = 1e-12


def gini(y):
    """Gini impurity of labels y (n,)."""
    p = np.bincount(y) / len(y)
    return 1.0 - np.sum(p**2)


def entropy(y):
    """Entropy of labels y (n,), in bits."""
    p = np.bincount(y) / len(y)
    p = p[p > 0]
    return -np.sum(p * np.log2(p))


IMPURITIES = {"gini": gini, "entropy": entropy}


def information_gain(y, left, criterion="gini"):
    """Fall of the impurity of y (n,) by a split, given as the mask left (n,)."""
    impurity = IMPURITIES[criterion]
    share = left.mean()
    return impurity(y) - (share * impurity(y[left]) + (1 - share) * impurity(y[~left]))


def thresholds(values):
    """Candidates for a column of values (n,), ascending."""
    distinct = np.unique(values)
    return (distinct[:-1] + distinct[1:]) / 2


def best_split(X, y, criterion="gini", min_samples_leaf=1):
    """Column, threshold and gain of the best split of X (n, d) and y (n,); None where no split gains."""
    best, best_gain = None, TINY
    for column in range(X.shape[1]):
        for threshold in thresholds(X[:, column]):
            left = X[:, column] <= threshold
            if min(left.sum(), (~left).sum()) < min_samples_leaf:
                continue
            gain = information_gain(y, left, criterion)
            if gain > best_gain:
                best, best_gain = (column, threshold, gain), gain
    return best


class Node:
    """A leaf with the shares (k,) of its classes; with a split it has two children as well."""

    def __init__(self, shares):
        self.shares = shares
        self.column = self.threshold = self.left = self.right = None


class DecisionTree:
    """Classifier.

    Parameters: criterion ("gini" or "entropy"), max_depth (None: no limit), min_samples_split, min_samples_leaf.
    After `fit`: depth, n_leaves, importances (d,).
    """

    def __init__(self, criterion="gini", max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        """Grow on X (n, d), y (n,); returns the model. Raises ValueError for no rows and for unequal lengths."""
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        if len(X) == 0 or len(X) != len(y):
            raise ValueError(f"need as many labels as rows, and at least one: {len(X)} and {len(y)}")
        self.n_classes = y.max() + 1
        self.depth = self.n_leaves = 0
        self.importances = np.zeros(X.shape[1])
        self.root = self._grow(X, y, depth=0)
        if self.importances.any():
            self.importances /= self.importances.sum()
        return self

    def _grow(self, X, y, depth):
        node = Node(np.bincount(y, minlength=self.n_classes) / len(y))
        self.depth = max(self.depth, depth)
        split = None
        if depth != self.max_depth and len(y) >= self.min_samples_split:
            split = best_split(X, y, self.criterion, self.min_samples_leaf)
        if split is None:
            self.n_leaves += 1
            return node
        node.column, node.threshold, gain = split
        self.importances[node.column] += len(y) * gain
        left = X[:, node.column] <= node.threshold
        node.left = self._grow(X[left], y[left], depth + 1)
        node.right = self._grow(X[~left], y[~left], depth + 1)
        return node

    def _leaf(self, row):
        node = self.root
        while node.column is not None:
            node = node.left if row[node.column] <= node.threshold else node.right
        return node

    def predict_proba(self, X):
        """Shares (n, k) of the classes in the leaf of each row of X (n, d)."""
        return np.array([self._leaf(row).shares for row in np.asarray(X, dtype=float)])

    def predict(self, X):
        """Class (n,) of each row of X (n, d)."""
        return self.predict_proba(X).argmax(axis=1)
