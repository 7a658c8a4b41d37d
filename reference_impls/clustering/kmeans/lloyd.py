"""k-means by Lloyd's algorithm from k-means++ centers.

    |a - b|^2 = |a|^2 + |b|^2 - 2 a.b
    seeding:  P(row i is the next center) = D_i^2 / sum_j D_j^2,  D_i = distance to the nearest center so far
    round:    center_j = mean of the rows labelled j;  label_i = argmin_j |x_i - center_j|^2
    inertia:  sum_i min_j |x_i - center_j|^2

Shapes: X (n, d), centers (k, d), labels (n,). Rows are centred on their mean before fitting: the expanded square
cancels far from the origin. Arthur & Vassilvitskii 2007, "k-means++: the advantages of careful seeding".
"""

import numpy as np


def squared_distances(A, B):
    """Squared Euclidean distance of each row of A (n, d) to each row of B (m, d); shape (n, m)."""
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    squares = np.sum(A**2, axis=1, keepdims=True) + np.sum(B**2, axis=1) - 2 * A @ B.T
    return np.maximum(squares, 0)


def seed_centers(X, n_clusters, rng):
    """Initial centers (n_clusters, d), rows of X (n, d) drawn with the generator rng."""
    X = np.asarray(X, dtype=float)
    centers = [X[rng.integers(len(X))]]
    distance = np.linalg.norm(X - centers[0], axis=1)
    for _ in range(n_clusters - 1):
        weights = distance**2
        p = weights / weights.sum() if weights.any() else None
        centers.append(X[rng.choice(len(X), p=p)])
        distance = np.minimum(distance, np.linalg.norm(X - centers[-1], axis=1))
    return np.array(centers)


def assign(X, centers):
    """Index (n,) of the center (k, d) that each row of X (n, d) belongs to."""
    return squared_distances(X, centers).argmin(axis=1)


def update_centers(X, labels, centers):
    """New centers (k, d) for rows X (n, d) with labels (n,); `centers` (k, d) are the present ones."""
    updated = np.zeros((len(centers), X.shape[1]))
    for j in range(len(centers)):
        members = labels == j
        updated[j] = X[members].mean(axis=0) if members.any() else centers[j]
    return updated


class KMeans:
    """Partition of the rows into clusters around centers.

    Parameters: n_clusters, n_iterations (at most), seed. After `fit`: centers (k, d), labels (n,), inertia (a float).
    """

    def __init__(self, n_clusters, n_iterations=50, seed=0):
        self.n_clusters = n_clusters
        self.n_iterations = n_iterations
        self.seed = seed

    def fit(self, X):
        """Fit to X (n, d); returns the model.

        Raises ValueError for empty data and unless n_clusters is between 1 and n.
        """
        X = np.array(X, dtype=float)
        if not 1 <= self.n_clusters <= len(X):
            raise ValueError(f"need between 1 and {len(X)} clusters, as many as rows at most: {self.n_clusters}")
        origin = X.mean(axis=0)
        X -= origin
        centers = seed_centers(X, self.n_clusters, np.random.default_rng(self.seed))
        labels = assign(X, centers)
        for _ in range(self.n_iterations):
            centers = update_centers(X, labels, centers)
            previous, labels = labels, assign(X, centers)
            if np.array_equal(labels, previous):
                break
        self.centers = centers + origin
        self.labels = labels
        self.inertia = float(squared_distances(X, centers).min(axis=1).sum())
        return self

    def predict(self, X):
        """Index (n,) of the center that each row of X (n, d) belongs to."""
        return assign(np.asarray(X, dtype=float), self.centers)
