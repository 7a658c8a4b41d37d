"""Ratings predicted from similar items, and from factors of users and items.

    centred     c_ui = r_ui - mean_u, and 0 where u has not rated i
    similarity  s_ij = c_i . c_j / (|c_i| |c_j|) * n_ij / (n_ij + shrinkage),  n_ij users have rated both;  s_ii = 0
    by items    r_ui = mean_u + sum_j s_ij c_uj / sum_j |s_ij|,  j: those k of u's other items with the largest |s_ij|
    by factors  r_ui = mean + a_u + b_i + p_u . q_i,  fitted to one rating after another:
                with the error e, a += rate (e - l2 a) and b alike, p += rate (e q - l2 p), q += rate (e p - l2 q)

Shapes: R (m, n) with NaN where user u has not rated item i, c (m, n), s (n, n), p (m, f), q (n, f).
Sarwar et al. 2001, "Item-based collaborative filtering recommendation algorithms"; Koren, Bell & Volinsky 2009.
"""

import numpy as np


def centered(R):
    """Mean rating (m,) of each user of R (m, n), and the centred ratings (m, n)."""
    rated = ~np.isnan(R)
    counts = rated.sum(axis=1)
    means = np.where(counts > 0, np.nansum(R, axis=1) / np.maximum(counts, 1), np.nanmean(R))
    return means, np.where(rated, R - means[:, None], 0.0)


def item_similarities(R, shrinkage=0.0):
    """Similarities (n, n) of the items of R (m, n)."""
    _, C = centered(R)
    rated = (~np.isnan(R)).astype(float)
    norms = np.sqrt(np.sum(C**2, axis=0))
    scale = np.outer(norms, norms)
    S = np.divide(C.T @ C, scale, out=np.zeros_like(scale), where=scale > 0)
    together = rated.T @ rated
    S *= np.divide(together, together + shrinkage, out=np.zeros_like(S), where=together > 0)
    np.fill_diagonal(S, 0.0)
    return S


def predict_rating(R, S, user, item, k=10):
    """Rating of one item by one user, from similarities S (n, n)."""
    means, C = centered(R)
    known = np.flatnonzero(~np.isnan(R[user]))
    known = known[known != item]
    order = np.argsort(-np.abs(S[item, known]), kind="stable")
    near = known[order[:k]]
    weights = S[item, near]
    total = np.abs(weights).sum()
    if total == 0:
        return float(means[user])
    return float(means[user] + weights @ C[user, near] / total)


def recommend(R, S, user, n_items, k=10):
    """Items for a user, the best first."""
    new = np.flatnonzero(np.isnan(R[user]))
    scores = np.array([predict_rating(R, S, user, item, k) for item in new])
    return new[np.argsort(-scores, kind="stable")[:n_items]]


def updated(p, q, error, learning_rate, l2):
    """Factors (f,) of a user and of an item after a step for one rating."""
    moved = p + learning_rate * (error * q - l2 * p)
    return moved, q + learning_rate * (error * p - l2 * q)


class MatrixFactorization:
    """Ratings as a mean, biases and inner products.

    Parameters: n_factors, learning_rate, l2, n_epochs, seed. After `fit`: mean, user_bias (m,), item_bias (n,),
    user_factors (m, f), item_factors (n, f), losses (n_epochs,).
    """

    def __init__(self, n_factors=2, learning_rate=0.05, l2=0.02, n_epochs=30, seed=0):
        self.n_factors = n_factors
        self.learning_rate = learning_rate
        self.l2 = l2
        self.n_epochs = n_epochs
        self.seed = seed

    def fit(self, R):
        """Fit to the ratings of R (m, n); returns the model. Raises ValueError where there is none."""
        R = np.asarray(R, dtype=float)
        users, items = np.nonzero(~np.isnan(R))
        if len(users) == 0:
            raise ValueError("there is no rating to learn from")
        rng, rate = np.random.default_rng(self.seed), self.learning_rate
        self.mean = np.nanmean(R)
        self.user_bias, self.item_bias = np.zeros(R.shape[0]), np.zeros(R.shape[1])
        self.user_factors = rng.normal(scale=0.1, size=(R.shape[0], self.n_factors))
        self.item_factors = rng.normal(scale=0.1, size=(R.shape[1], self.n_factors))
        self.losses = []
        for _ in range(self.n_epochs):
            squares = 0.0
            for at in rng.permutation(len(users)):
                u, i = users[at], items[at]
                p, q = self.user_factors[u], self.item_factors[i]
                error = R[u, i] - (self.mean + self.user_bias[u] + self.item_bias[i] + p @ q)
                squares += error**2
                self.user_bias[u] += rate * (error - self.l2 * self.user_bias[u])
                self.item_bias[i] += rate * (error - self.l2 * self.item_bias[i])
                self.user_factors[u], self.item_factors[i] = updated(p, q, error, rate, self.l2)
            self.losses.append(float(np.sqrt(squares / len(users))))
        return self

    def predict(self):
        """Rating (m, n) of every item by every user."""
        offsets = self.mean + self.user_bias[:, None] + self.item_bias
        return offsets + self.user_factors @ self.item_factors.T
