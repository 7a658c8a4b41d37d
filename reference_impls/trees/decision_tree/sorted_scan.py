"""A classification tree in flat arrays, its splits found by one pass over each sorted column.

    counts left of the i-th place: the running sum of the sorted rows' classes
    after(i) = (i impurity(left_i) + (n - i) impurity(right_i)) / n,  gain = before - after
    importance of a column: the sum of n_node gain over the nodes that it splits, scaled so that all add up to 1

Shapes: X (n, d), y (n,) with classes 0 ... k - 1; counts (..., k). A node is a place in the arrays.
Hastie, Tibshirani & Friedman 2009, "The Elements of Statistical Learning", section 9.2.
"""

import numpy as np

LEAF = -1
NO_GAIN = 1e-12


def impurity(counts, criterion):
    """Of class counts (..., k); one axis less."""
    p = counts / counts.sum(axis=-1, keepdims=True)
    if criterion == "entropy":
        return -(p * np.log2(np.where(p > 0, p, 1))).sum(axis=-1)
    return 1 - (p * p).sum(axis=-1)


def gini(y):
    """Gini impurity of labels y (n,)."""
    return float(impurity(np.bincount(y), "gini"))


def entropy(y):
    """Entropy of labels y (n,), in bits."""
    return float(impurity(np.bincount(y), "entropy"))


def information_gain(y, left, criterion="gini"):
    """Fall of the impurity of y (n,) by a split, given as the mask left (n,)."""
    members = np.eye(y.max() + 1)[y]
    parts = members[left].sum(axis=0), members[~left].sum(axis=0)
    after = sum(part.sum() * impurity(part, criterion) for part in parts) / len(y)
    return float(impurity(members.sum(axis=0), criterion) - after)


def best_split(X, y, criterion="gini", min_samples_leaf=1):
    """Column, threshold and gain of the best split of X (n, d) and y (n,); None where no split gains."""
    n, members = len(y), np.eye(y.max() + 1)[y]
    total, best, size = members.sum(axis=0), None, np.arange(1, n)
    before, highest = impurity(total, criterion), NO_GAIN
    for column in range(X.shape[1]):
        order = np.argsort(X[:, column], kind="stable")
        values = X[order, column]
        left = np.cumsum(members[order], axis=0)[:-1]
        after = (size * impurity(left, criterion) + (n - size) * impurity(total - left, criterion)) / n
        possible = (values[1:] > values[:-1]) & (np.minimum(size, n - size) >= min_samples_leaf)
        gains = np.where(possible, before - after, 0.0)
        if gains.max(initial=0.0) > highest:
            i = gains.argmax()
            highest = gains[i]
            best = column, (values[i] + values[i + 1]) / 2, highest
    return best


class DecisionTree:
    """Classifier.

    Parameters: criterion ("gini" or "entropy"), max_depth (None: no limit), min_samples_split, min_samples_leaf.
    After `fit`: depth, n_leaves, importances (d,).
    """

    def __init__(self, criterion="gini", max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.criterion = criterion
        self.max_depth = np.inf if max_depth is None else max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        """Grow on X (n, d), y (n,); returns the model. Raises ValueError for no rows and for unequal lengths."""
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        if not len(X) or len(X) != len(y):
            raise ValueError(f"{len(X)} rows and {len(y)} labels: need as many of both, and at least one")
        n_classes = y.max() + 1
        columns, cuts, children, shares = [], [], [], []
        gained, waiting = np.zeros(X.shape[1]), [(np.arange(len(y)), 0, None)]
        self.depth = 0
        while waiting:
            rows, level, above = waiting.pop()
            node, labels = len(columns), y[rows]
            if above is not None:
                parent, side = above
                children[parent][side] = node
            self.depth = max(self.depth, level)
            split = None
            if level < self.max_depth and len(rows) >= self.min_samples_split:
                split = best_split(X[rows], labels, self.criterion, self.min_samples_leaf)
            if split and np.all(X[rows, split[0]] <= split[1]):  # the middle of neighbouring floats is one of them
                split = None
            column, cut, gain = split or (LEAF, np.nan, 0.0)
            columns.append(column)
            cuts.append(cut)
            children.append([LEAF, LEAF])
            shares.append(np.bincount(labels, minlength=n_classes) / len(rows))
            if split:
                gained[column] += len(rows) * gain
                goes_right = X[rows, column] > cut
                waiting += [(rows[goes_right], level + 1, (node, 1)), (rows[~goes_right], level + 1, (node, 0))]
        self.columns, self.cuts, self.children = np.array(columns), np.array(cuts), np.array(children)
        self.shares = np.array(shares)
        self.n_leaves = int((self.columns == LEAF).sum())
        self.importances = gained / gained.sum() if gained.any() else gained
        return self

    def predict_proba(self, X):
        """Shares (n, k) of the classes in the leaf of each row of X (n, d)."""
        X = np.asarray(X, dtype=float)
        node = np.zeros(len(X), dtype=int)
        while (inner := self.columns[node] != LEAF).any():
            rows, at = np.flatnonzero(inner), node[inner]
            node[rows] = self.children[at, (X[rows, self.columns[at]] > self.cuts[at]).astype(int)]
        return self.shares[node]

    def predict(self, X):
        """Class (n,) of each row of X (n, d)."""
        return np.argmax(self.predict_proba(X), axis=1)
