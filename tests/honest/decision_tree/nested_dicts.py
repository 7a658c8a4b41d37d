"""Plain Python: counters, tuples of rows and nested dicts."""

import math
from collections import Counter
from itertools import pairwise

import numpy as np


def gini(y):
    total = len(y)
    return 1 - sum((m / total) ** 2 for m in Counter(list(map(int, y))).values())


def entropy(y):
    total = len(y)
    return sum(m / total * math.log2(total / m) for m in Counter(list(map(int, y))).values())


def measure(criterion):
    return gini if criterion == "gini" else entropy


def information_gain(y, left, criterion="gini"):
    f = measure(criterion)
    ys = [int(label) for label in y]
    a = [label for label, side in zip(ys, left, strict=True) if side]
    b = [label for label, side in zip(ys, left, strict=True) if not side]
    return f(ys) - len(a) / len(ys) * f(a) - len(b) / len(ys) * f(b)


def best_split(X, y, criterion="gini", min_samples_leaf=1):
    rows, f = np.asarray(X, float).tolist(), measure(criterion)
    labels = [int(label) for label in y]
    whole, best = f(labels), None
    for j in range(len(rows[0])):
        values = sorted({row[j] for row in rows})
        for low, high in pairwise(values):
            cut = low + (high - low) / 2
            a = [label for row, label in zip(rows, labels, strict=True) if row[j] <= cut]
            b = [label for row, label in zip(rows, labels, strict=True) if row[j] > cut]
            if len(a) < min_samples_leaf or len(b) < min_samples_leaf:
                continue
            gain = whole - (len(a) * f(a) + len(b) * f(b)) / len(labels)
            if gain > 1e-12 and (best is None or gain > best[2] + 1e-15):
                best = (j, cut, gain)
    return best


class DecisionTree:
    def __init__(self, criterion="gini", max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.settings = criterion, min_samples_leaf
        self.max_depth, self.min_samples_split = max_depth, min_samples_split

    def fit(self, X, y):
        X, y = np.array(X, dtype=float), np.array(y, dtype=int)
        if not len(y) or len(X) != len(y):
            raise ValueError("rows and labels must be as many, and at least one")
        self.k = max(y.tolist()) + 1
        self.gains = [0.0] * X.shape[1]
        self.tree = self.build(X, y, 0)
        total = sum(self.gains)
        self.importances = np.array([g / total if total else 0.0 for g in self.gains])
        self.depth, self.n_leaves = self.measured(self.tree)
        return self

    def build(self, X, y, level):
        node = {"shares": [float(np.mean(y == c)) for c in range(self.k)]}
        if self.max_depth is not None and level >= self.max_depth:
            return node
        split = best_split(X, y, *self.settings) if len(y) >= self.min_samples_split else None
        if split:
            j, cut, gain = split
            self.gains[j] += gain * len(y)
            goes = X[:, j] <= cut
            node |= {"j": j, "cut": cut}
            node["yes"] = self.build(X[goes], y[goes], level + 1)
            node["no"] = self.build(X[~goes], y[~goes], level + 1)
        return node

    def measured(self, node):
        if "j" not in node:
            return 0, 1
        (a, m), (b, n) = self.measured(node["yes"]), self.measured(node["no"])
        return 1 + max(a, b), m + n

    def predict_proba(self, X):
        found = []
        for row in np.asarray(X, dtype=float):
            node = self.tree
            while "j" in node:
                node = node["yes"] if row[node["j"]] <= node["cut"] else node["no"]
            found.append(node["shares"])
        return np.array(found)

    def predict(self, X):
        return np.array([shares.index(max(shares)) for shares in self.predict_proba(X).tolist()])
