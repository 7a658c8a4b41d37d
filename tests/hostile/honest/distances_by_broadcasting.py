"""Measures k-means' distances by subtraction instead of the expanded square, and adds up with one matrix product.

problem: kmeans/lloyd
verdict: fixed
"""

import numpy as np


def squared_distances(A, B):
    gaps = np.asarray(A, dtype=float)[:, np.newaxis] - np.asarray(B, dtype=float)[np.newaxis]
    return np.einsum("ijk,ijk->ij", gaps, gaps)


def seed_centers(X, n_clusters, rng):
    X = np.asarray(X, dtype=float)
    chosen = [int(rng.integers(len(X)))]
    while len(chosen) < n_clusters:
        weights = squared_distances(X, X[chosen]).min(axis=1)
        chosen.append(int(rng.choice(len(X), p=weights / weights.sum() if weights.any() else None)))
    return X[chosen]


def assign(X, centers):
    return np.argmin(squared_distances(X, centers), axis=1)


def update_centers(X, labels, centers):
    members = np.eye(len(centers))[labels]
    counts = members.sum(axis=0)[:, np.newaxis]
    return np.where(counts > 0, members.T @ X / np.maximum(counts, 1), centers)


class KMeans:
    def __init__(self, n_clusters, n_iterations=50, seed=0):
        self.n_clusters, self.n_iterations, self.seed = n_clusters, n_iterations, seed

    def fit(self, X):
        X = np.array(X, dtype=float)
        if self.n_clusters not in range(1, len(X) + 1):
            raise ValueError(f"{self.n_clusters} clusters for {len(X)} rows")
        self.centers = seed_centers(X, self.n_clusters, np.random.default_rng(self.seed))
        self.labels = assign(X, self.centers)
        for _ in range(self.n_iterations):
            self.centers = update_centers(X, self.labels, self.centers)
            before, self.labels = self.labels, assign(X, self.centers)
            if (before == self.labels).all():
                break
        self.inertia = float(squared_distances(X, self.centers).min(axis=1).sum())
        return self

    def predict(self, X):
        return assign(X, self.centers)
