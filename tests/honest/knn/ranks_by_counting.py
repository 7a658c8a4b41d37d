"""Ranks by counting smaller entries, votes by indicator matrices, and models as one function with two endings."""

import numpy as np

METRICS = {
    "euclidean": lambda gaps: np.sqrt(np.einsum("ijk,ijk->ij", gaps, gaps)),
    "manhattan": lambda gaps: np.sum(np.abs(gaps), axis=2),
}


def distances(A, B, metric="euclidean"):
    if metric not in METRICS:
        raise ValueError(f"{metric!r} is no metric")
    A, B = np.asarray(A, float), np.asarray(B, float)
    return np.vstack([METRICS[metric](row[None, None, :] - B[None, :, :]) for row in A]).reshape(len(A), len(B))


def nearest(D, k):
    n = D.shape[1]
    earlier = np.arange(n)[None, :] < np.arange(n)[:, None]
    result = np.empty((len(D), k), dtype=int)
    for i, row in enumerate(np.asarray(D)):
        rank = np.sum((row[None, :] < row[:, None]) | ((row[None, :] == row[:, None]) & earlier), axis=1)
        for j in range(n):
            if rank[j] < k:
                result[i, rank[j]] = j
    return result


def weigh(gaps, weights="uniform"):
    if weights not in ("uniform", "distance"):
        raise ValueError(f"{weights!r} is no way to weigh")
    result = []
    for row in np.asarray(gaps, float):
        if weights == "uniform":
            raw = np.ones(len(row))
        elif 0 in row:
            raw = np.where(row == 0, 1.0, 0.0)
        else:
            raw = row.min() / row
        result.append(raw / np.sum(raw))
    return np.array(result)


def vote(labels, shares):
    labels = np.asarray(labels)
    classes = np.unique(labels)
    support = np.stack([np.where(labels == c, shares, 0.0).sum(axis=1) for c in classes], axis=1)
    return classes[support.argmax(axis=1)]


class _Model:
    def __init__(self, k=5, weights="uniform", metric="euclidean", scaled=True):
        self.k, self.weights, self.metric, self.scaled = k, weights, metric, scaled

    def fit(self, X, y):
        n = len(X)
        if n == 0 or n != len(y):
            raise ValueError("there must be rows, and a target for each")
        if self.k < 1 or self.k > n:
            raise ValueError(f"k is {self.k}, and there are {n} rows")
        X = np.asarray(X, float)
        self.mean, self.spread = np.zeros(X.shape[1]), np.ones(X.shape[1])
        if self.scaled:
            self.mean = np.sum(X, axis=0) / n
            for column in range(X.shape[1]):
                if len(set(X[:, column].tolist())) > 1:
                    self.spread[column] = np.sqrt(np.mean((X[:, column] - self.mean[column]) ** 2))
        self.X, self.y = self.standardize(X), np.asarray(y).copy()
        return self

    def standardize(self, X):
        return (np.asarray(X, float) - self.mean[None, :]) / self.spread[None, :]

    def predict(self, X):
        D = distances(self.standardize(X), self.X, self.metric)
        near = nearest(D, self.k)
        gaps = np.array([row[chosen] for row, chosen in zip(D, near, strict=True)]).reshape(near.shape)
        return self.answer(self.y[near], weigh(gaps, self.weights).reshape(near.shape))

    def leave_one_out(self):
        n = len(self.X)
        if n - 1 < self.k:
            raise ValueError("too few other rows")
        answers = []
        for i in range(n):
            others = np.flatnonzero(np.arange(n) != i)
            D = distances(self.X[i : i + 1], self.X[others], self.metric)
            near = nearest(D, self.k)
            answers.append(self.answer(self.y[others][near], weigh(D[:, near[0]], self.weights))[0])
        return np.array(answers)


class KNNClassifier(_Model):
    answer = staticmethod(vote)


class KNNRegressor(_Model):
    @staticmethod
    def answer(targets, shares):
        return np.sum(targets * shares, axis=1)
