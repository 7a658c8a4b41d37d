"""Objects for nodes, an explicit stack, counters for votes; the generator is asked in other words."""

from collections import Counter

import numpy as np


def winner(labels):
    counts = Counter(int(label) for label in labels)
    most = max(counts.values())
    return min(c for c, m in counts.items() if m == most)


def bootstrap(n, rng):
    return rng.choice(np.arange(n), n)


def draw_columns(n_columns, m, rng):
    return sorted(rng.permutation(n_columns)[:m].tolist())


def gini(y):
    total = len(y)
    return sum(m / total * (1 - m / total) for m in Counter(list(map(int, y))).values())


def best_split(X, y, columns):
    best = None
    for j in columns:
        j = int(j)
        values = sorted(set(X[:, j].tolist()))
        for t in values[:-1]:
            goes = X[:, j] <= t
            inside, outside = y[goes], y[~goes]
            left = (len(inside) * gini(inside) + len(outside) * gini(outside)) / len(y)
            if best is None or left < best[0] - 1e-12:
                best = (left, j, t)
    return best and best[1:]


class Node:
    def __init__(self, label):
        self.label = label
        self.test = None
        self.yes = self.no = None

    def leaf(self, row):
        node = self
        while node.test is not None:
            j, t = node.test
            node = node.no if row[j] > t else node.yes
        return node.label


def grow_tree(X, y, max_features, rng, max_depth=None):
    root = Node(winner(y))
    todo = [(root, np.arange(len(y)), 0)]
    while todo:
        node, rows, level = todo.pop()
        if len(set(y[rows].tolist())) == 1 or (max_depth is not None and level >= max_depth):
            continue
        node.test = best_split(X[rows], y[rows], draw_columns(X.shape[1], max_features, rng))
        if node.test is None:
            continue
        j, t = node.test
        yes, no = rows[X[rows, j] <= t], rows[X[rows, j] > t]
        node.yes, node.no = Node(winner(y[yes])), Node(winner(y[no]))
        todo += [(node.no, no, level + 1), (node.yes, yes, level + 1)]
    return root


def predict_tree(tree, X):
    return np.array([tree.leaf(row) for row in X], dtype=int)


def vote(labels):
    return np.array([winner(column) for column in np.transpose(labels)])


def oob_shares(trees, bags, X, n_classes):
    counts = np.zeros((len(X), n_classes), dtype=int)
    for tree, bag in zip(trees, bags, strict=True):
        for i in sorted(set(range(len(X))) - set(bag.tolist())):
            counts[i, tree.leaf(X[i])] += 1
    return np.array([row / row.sum() if row.any() else np.zeros(n_classes) for row in counts])


def permutation_importance(model, X, y, rng, n_repeats=5):
    found = []
    for j in range(X.shape[1]):
        shares = []
        for _ in range(n_repeats):
            table = np.array(X)
            rng.shuffle(table[:, j])
            shares.append((model.predict(table) == y).mean())
        found.append((model.predict(np.array(X)) == y).mean() - np.mean(shares))
    return np.array(found)


class RandomForest:
    def __init__(self, n_trees=30, max_features=None, max_depth=None, seed=0):
        self.settings = n_trees, max_features, max_depth, seed

    def fit(self, X, y):
        if len(X) != len(y) or len(X) < 1:
            raise ValueError("as many labels as rows are needed, and at least one")
        n_trees, max_features, max_depth, seed = self.settings
        rng = np.random.default_rng(seed)
        if max_features is None:
            max_features = int(X.shape[1] ** 0.5)
        self.bags = np.array([bootstrap(len(y), rng) for _ in range(n_trees)])
        self.trees = [grow_tree(X[bag], y[bag], max_features, rng, max_depth) for bag in self.bags]
        self.oob_proba = oob_shares(self.trees, self.bags, X, int(max(y)) + 1)
        judged = [i for i in range(len(y)) if any(i not in bag for bag in self.bags)]
        right = [self.oob_proba[i].argmax() == y[i] for i in judged]
        self.oob_score = np.mean(right) if right else float("nan")
        return self

    def predict(self, X):
        return vote([predict_tree(tree, X) for tree in self.trees])
