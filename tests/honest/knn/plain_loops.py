"""Plain Python: sorted tuples, heaps and counters, one row at a time."""

import heapq
import math
from collections import defaultdict

import numpy as np


def _gap(a, b, metric):
    if metric == "euclidean":
        return math.dist(a, b)
    if metric == "manhattan":
        return math.fsum(abs(p - q) for p, q in zip(a, b, strict=True))
    raise ValueError(f"no such metric: {metric}")


def distances(A, B, metric="euclidean"):
    A, B = (np.asarray(M, dtype=np.float64).tolist() for M in (A, B))
    return np.array([[_gap(a, b, metric) for b in B] for a in A])


def nearest(D, k):
    picked = []
    for row in D:
        smallest = heapq.nsmallest(k, ((float(gap), j) for j, gap in enumerate(row)))
        picked.append([j for _, j in smallest])
    return np.array(picked)


def weigh(gaps, weights="uniform"):
    if weights not in ("uniform", "distance"):
        raise ValueError(f"no such weights: {weights}")
    out = []
    for row in gaps:
        if weights == "uniform":
            shares = [1.0] * len(row)
        elif min(row) == 0:
            shares = [float(gap == 0) for gap in row]
        else:
            shares = [min(row) / gap for gap in row]
        total = sum(shares)
        out.append([share / total for share in shares])
    return np.array(out)


def vote(labels, shares):
    winners = []
    for ballots, weights in zip(labels, shares, strict=True):
        sums = defaultdict(float)
        for label, weight in zip(ballots, weights, strict=True):
            sums[label] += weight
        winners.append(min(sums, key=lambda label: (-sums[label], label)))
    return np.array(winners)


class _KNN:
    def __init__(self, k=5, weights="uniform", metric="euclidean", scaled=True):
        self.k = k
        self.weights = weights
        self.metric = metric
        self.scaled = scaled

    def fit(self, X, y):
        if len(X) == 0 or len(X) != len(y) or not 0 < self.k <= len(X):
            raise ValueError("rows, targets and k do not fit together")
        columns = np.asarray(X, dtype=np.float64).T
        self.mean = np.array([c.mean() if self.scaled else 0.0 for c in columns])
        self.spread = np.array([(c.std() or 1.0) if self.scaled else 1.0 for c in columns])
        self.X = self.standardize(X)
        self.y = list(y)
        return self

    def standardize(self, X):
        return np.array([[(v - m) / s for v, m, s in zip(x, self.mean, self.spread, strict=True)] for x in X])

    def _answer(self, x, rows):
        ranked = sorted((_gap(x, self.X[i], self.metric), i) for i in rows)[: self.k]
        weights = weigh([[gap for gap, _ in ranked]], self.weights)[0]
        return self._join([self.y[i] for _, i in ranked], weights)

    def predict(self, X):
        return np.array([self._answer(x, range(len(self.X))) for x in self.standardize(X)])

    def leave_one_out(self):
        everyone = range(len(self.X))
        if len(everyone) <= self.k:
            raise ValueError("too few other rows")
        return np.array([self._answer(self.X[i], [j for j in everyone if j != i]) for i in everyone])


class KNNClassifier(_KNN):
    def _join(self, labels, weights):
        return vote([labels], [weights])[0]


class KNNRegressor(_KNN):
    def _join(self, targets, weights):
        return sum(float(t) * w for t, w in zip(targets, weights, strict=True))
