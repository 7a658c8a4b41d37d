"""Loops over users and items, lists of (item, rating) for each user."""

import math
import random

import numpy as np


def _given(row):
    return [(i, float(r)) for i, r in enumerate(row) if not math.isnan(r)]


def centered(R):
    everything = [r for row in R for _, r in _given(row)]
    overall = sum(everything) / len(everything)
    means, C = np.empty(len(R)), np.zeros(R.shape)
    for u, row in enumerate(R):
        given = _given(row)
        means[u] = sum(r for _, r in given) / len(given) if given else overall
        for i, r in given:
            C[u, i] = r - means[u]
    return means, C


def item_similarities(R, shrinkage=0.0):
    C = centered(R)[1]
    n = R.shape[1]
    S = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            common = int((~np.isnan(R[:, i]) & ~np.isnan(R[:, j])).sum())
            lengths = np.linalg.norm(C[:, i]) * np.linalg.norm(C[:, j])
            if common and lengths > 0:
                S[i, j] = S[j, i] = C[:, i].dot(C[:, j]) / lengths * common / (common + shrinkage)
    return S


def predict_rating(R, S, user, item, k=10):
    means, C = centered(R)
    neighbours = sorted((-abs(S[item, j]), j) for j, _ in _given(R[user]) if j != item)[:k]
    above = sum(S[item, j] * C[user, j] for _, j in neighbours)
    below = sum(-size for size, _ in neighbours)
    return float(means[user] + (above / below if below else 0.0))


def recommend(R, S, user, n_items, k=10):
    new = [i for i, r in enumerate(R[user]) if math.isnan(r)]
    ranked = sorted(new, key=lambda item: (-predict_rating(R, S, user, item, k), item))
    return np.array(ranked[:n_items], dtype=int)


def updated(p, q, error, learning_rate, l2):
    toward_q, toward_p = error * q - l2 * p, error * p - l2 * q
    return p + learning_rate * toward_q, q + learning_rate * toward_p


class MatrixFactorization:
    def __init__(self, n_factors=2, learning_rate=0.05, l2=0.02, n_epochs=30, seed=0):
        self.f, self.rate, self.l2, self.n_epochs, self.seed = n_factors, learning_rate, l2, n_epochs, seed

    def fit(self, R):
        table = [_given(row) for row in np.array(R, dtype=float)]
        triples = [(u, i, r) for u, row in enumerate(table) for i, r in row]
        if not triples:
            raise ValueError("no ratings")
        dice = random.Random(self.seed)
        m, n = np.shape(R)
        self.mean = sum(r for _, _, r in triples) / len(triples)
        self.user_bias, self.item_bias = np.zeros(m), np.zeros(n)
        self.user_factors = np.array([[dice.gauss(0, 0.1) for _ in range(self.f)] for _ in range(m)])
        self.item_factors = np.array([[dice.gauss(0, 0.1) for _ in range(self.f)] for _ in range(n)])
        self.losses = []
        for _ in range(self.n_epochs):
            dice.shuffle(triples)
            errors = []
            for u, i, r in triples:
                guess = self.mean + self.user_bias[u] + self.item_bias[i]
                e = r - guess - self.user_factors[u].dot(self.item_factors[i])
                errors.append(e)
                self.user_factors[u], self.item_factors[i] = updated(
                    self.user_factors[u].copy(), self.item_factors[i].copy(), e, self.rate, self.l2
                )
                self.user_bias[u] = (1 - self.rate * self.l2) * self.user_bias[u] + self.rate * e
                self.item_bias[i] = (1 - self.rate * self.l2) * self.item_bias[i] + self.rate * e
            self.losses.append(math.sqrt(sum(e * e for e in errors) / len(errors)))
        return self

    def predict(self):
        return np.add.outer(self.user_bias, self.item_bias) + self.mean + self.user_factors.dot(self.item_factors.T)
