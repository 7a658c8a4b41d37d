"""A random forest: classification trees on bags of rows, each node split by one of a few columns.

    gini(y) = 1 - sum_c p_c^2
    a split leaves (n_left gini(y_left) + n_right gini(y_right)) / n
    out-of-bag shares of a row: the votes of the trees whose bag lacks it, by class, over their number

Shapes: X (n, d), y (n,) with classes 0 ... k - 1. Breiman 2001, "Random Forests".
"""

import numpy as np


def bootstrap(n, rng):
    """Row numbers (n,) of a bag."""
    return rng.integers(0, n, size=n)


def draw_columns(n_columns, m, rng):
    """m of the columns 0 ... n_columns - 1."""
    return rng.choice(n_columns, size=m, replace=False)


def gini(y):
    """Impurity of labels y (n,)."""
    p = np.bincount(y) / len(y)
    return 1.0 - np.sum(p**2)


def best_split(X, y, columns):
    """Column and threshold of the best split of X (n, d), y (n,) by one of the columns; None without any."""
    best, lowest = None, np.inf
    for column in columns:
        for threshold in np.unique(X[:, column])[:-1]:
            left = X[:, column] <= threshold
            impurity = (left.sum() * gini(y[left]) + (~left).sum() * gini(y[~left])) / len(y)
            if impurity < lowest:
                best, lowest = (column, threshold), impurity
    return best


def grow_tree(X, y, max_features, rng, max_depth=None, depth=0):
    """A tree on X (n, d), y (n,): the class of a leaf, or (column, threshold, above, below)."""
    split = None
    if depth != max_depth and gini(y) > 0:
        columns = draw_columns(X.shape[1], max_features, rng)
        split = best_split(X, y, columns)
    if split is None:
        return np.bincount(y).argmax()
    column, threshold = split
    upper = X[:, column] > threshold
    above = grow_tree(X[upper], y[upper], max_features, rng, max_depth, depth + 1)
    below = grow_tree(X[~upper], y[~upper], max_features, rng, max_depth, depth + 1)
    return column, threshold, above, below


def predict_tree(tree, X):
    """Class (n,) by one tree for each row of X (n, d)."""
    labels = np.empty(len(X), dtype=int)
    for i, row in enumerate(X):
        node = tree
        while isinstance(node, tuple):
            column, threshold, above, below = node
            node = above if row[column] > threshold else below
        labels[i] = node
    return labels


def vote(labels):
    """Class (n,) of each row, from the labels (t, n) by t trees."""
    return np.array([np.bincount(row).argmax() for row in labels.T], dtype=int)


def oob_shares(trees, bags, X, n_classes):
    """Out-of-bag shares (n, k) of the classes for the rows of X (n, d), from trees and their bags (t, n)."""
    votes = np.zeros((len(X), n_classes))
    for tree, bag in zip(trees, bags, strict=True):
        out = ~np.isin(np.arange(len(X)), bag)
        votes[out, predict_tree(tree, X[out])] += 1
    voters = votes.sum(axis=1, keepdims=True)
    return votes / np.maximum(voters, 1)


def permutation_importance(model, X, y, rng, n_repeats=5):
    """Importance (d,) of each column of X (n, d) for a model, on rows with labels y (n,)."""
    accuracy = np.mean(model.predict(X) == y)
    drops = np.zeros((X.shape[1], n_repeats))
    for column in range(X.shape[1]):
        shuffled = X.copy()
        for repeat in range(n_repeats):
            shuffled[:, column] = rng.permutation(X[:, column])
            drops[column, repeat] = accuracy - np.mean(model.predict(shuffled) == y)
    return drops.mean(axis=1)


class RandomForest:
    """Classifier.

    Parameters: n_trees, max_features (None: the root of the number of columns), max_depth (None: no limit), seed.
    After `fit`: trees, bags (t, n), oob_proba (n, k), oob_score.
    """

    def __init__(self, n_trees=30, max_features=None, max_depth=None, seed=0):
        self.n_trees = n_trees
        self.max_features = max_features
        self.max_depth = max_depth
        self.seed = seed

    def fit(self, X, y):
        """Grow on X (n, d), y (n,); returns the model. Raises ValueError for no rows and for unequal lengths."""
        X, y = np.asarray(X, dtype=float), np.asarray(y)
        n = len(y)
        if n == 0 or len(X) != n:
            raise ValueError(f"need rows, and a label for each: {len(X)} rows, {n} labels")
        m = self.max_features or max(1, int(np.sqrt(X.shape[1])))
        rng = np.random.default_rng(self.seed)
        self.trees, self.bags = [], np.empty((self.n_trees, n), dtype=int)
        for t in range(self.n_trees):
            bag = bootstrap(n, rng)
            self.trees.append(grow_tree(X[bag], y[bag], m, rng, self.max_depth))
            self.bags[t] = bag
        self.oob_proba = oob_shares(self.trees, self.bags, X, y.max() + 1)
        judged = self.oob_proba.any(axis=1)
        hits = self.oob_proba[judged].argmax(axis=1) == y[judged]
        self.oob_score = hits.mean() if judged.any() else np.nan
        return self

    def predict(self, X):
        """Class (n,) of each row of X (n, d)."""
        X = np.asarray(X, dtype=float)
        return vote(np.array([predict_tree(tree, X) for tree in self.trees]))
