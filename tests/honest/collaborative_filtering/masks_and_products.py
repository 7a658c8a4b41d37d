"""A mask of what is known and matrix products of it; nan-means; steps over triples of one shuffled list."""

import numpy as np


def centered(R):
    known = ~np.isnan(R)
    means = np.full(len(R), np.nanmean(R))
    some = known.any(axis=1)
    means[some] = np.nanmean(R[some], axis=1)
    return means, np.where(known, R - means[:, None], 0.0)


def item_similarities(R, shrinkage=0.0):
    known = (~np.isnan(R)).astype(float)
    C = centered(R)[1]
    common = known.T @ known
    lengths = np.linalg.norm(C, axis=0)
    scale = np.outer(lengths, lengths)
    S = np.zeros_like(scale)
    np.divide(C.T @ C, scale, out=S, where=scale > 0)
    S *= common / np.where(common > 0, common + shrinkage, 1.0)
    S[common == 0] = 0.0
    S[np.diag_indices_from(S)] = 0.0
    return S


def predict_rating(R, S, user, item, k=10):
    means, C = centered(R)
    rated = np.flatnonzero(~np.isnan(R[user]))
    rated = rated[rated != item]
    closest = rated[np.argsort(-np.abs(S[item, rated]), kind="stable")][:k]
    weights = S[item, closest]
    total = np.abs(weights).sum()
    return float(means[user] + (weights @ C[user, closest] / total if total > 0 else 0.0))


def recommend(R, S, user, n_items, k=10):
    new = np.flatnonzero(np.isnan(R[user]))
    scores = np.array([predict_rating(R, S, user, item, k) for item in new])
    return new[np.argsort(-scores, kind="stable")[:n_items]] if len(new) else new


def updated(p, q, error, learning_rate, l2):
    keep, pull = 1 - learning_rate * l2, learning_rate * error
    return keep * p + pull * q, keep * q + pull * p


class MatrixFactorization:
    def __init__(self, n_factors=2, learning_rate=0.05, l2=0.02, n_epochs=30, seed=0):
        self.n_factors, self.rate, self.l2, self.n_epochs, self.seed = n_factors, learning_rate, l2, n_epochs, seed

    def fit(self, R):
        triples = [(int(u), int(i), float(R[u, i])) for u, i in np.argwhere(~np.isnan(R))]
        if not triples:
            raise ValueError("nobody has rated anything")
        rng = np.random.default_rng(self.seed)
        self.mean = float(np.mean([r for _, _, r in triples]))
        self.user_bias, self.item_bias = np.zeros(R.shape[0]), np.zeros(R.shape[1])
        self.user_factors, self.item_factors = (rng.uniform(-0.1, 0.1, (n, self.n_factors)) for n in R.shape)
        self.losses = []
        for _ in range(self.n_epochs):
            squared = 0.0
            for place in rng.permutation(len(triples)):
                u, i, r = triples[place]
                error = (
                    r - self.mean - self.user_bias[u] - self.item_bias[i] - self.user_factors[u] @ self.item_factors[i]
                )
                squared += error**2
                self.user_bias[u] += self.rate * (error - self.l2 * self.user_bias[u])
                self.item_bias[i] += self.rate * (error - self.l2 * self.item_bias[i])
                both = updated(self.user_factors[u], self.item_factors[i], error, self.rate, self.l2)
                self.user_factors[u], self.item_factors[i] = both
            self.losses.append(float(np.sqrt(squared / len(triples))))
        return self

    def predict(self):
        return self.mean + np.add.outer(self.user_bias, self.item_bias) + self.user_factors @ self.item_factors.T
