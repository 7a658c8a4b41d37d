"""numpy's masked arrays, pairs of items one by one, and a generator of shuffled visits."""

import numpy as np


def _masked(R):
    return np.ma.masked_invalid(np.asarray(R, dtype=float))


def centered(R):
    table = _masked(R)
    means = table.mean(axis=1).filled(table.mean())
    return means, (table - means[:, np.newaxis]).filled(0.0)


def item_similarities(R, shrinkage=0.0):
    known = ~np.ma.getmaskarray(_masked(R))
    C = centered(R)[1]
    n = known.shape[1]
    S = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            together = int(np.sum(known[:, i] & known[:, j]))
            size = np.sqrt((C[:, i] ** 2).sum()) * np.sqrt((C[:, j] ** 2).sum())
            if together and size:
                S[i, j] = S[j, i] = (C[:, i] * C[:, j]).sum() / size * together / (together + shrinkage)
    return S


def predict_rating(R, S, user, item, k=10):
    means, C = centered(R)
    known = ~np.isnan(R[user])
    others = sorted((j for j in range(R.shape[1]) if known[j] and j != item), key=lambda j: (-abs(S[item, j]), j))[:k]
    above, below = sum(S[item, j] * C[user, j] for j in others), sum(abs(S[item, j]) for j in others)
    return float(means[user]) + (float(above / below) if below else 0.0)


def recommend(R, S, user, n_items, k=10):
    scored = [(-predict_rating(R, S, user, item, k), item) for item in range(R.shape[1]) if np.isnan(R[user, item])]
    return np.array([item for _, item in sorted(scored)[:n_items]], dtype=int)


def updated(p, q, error, learning_rate, l2):
    p_slope, q_slope = l2 * p - error * q, l2 * q - error * p
    return p - learning_rate * p_slope, q - learning_rate * q_slope


class MatrixFactorization:
    def __init__(self, n_factors=2, learning_rate=0.05, l2=0.02, n_epochs=30, seed=0):
        self.f, self.step, self.l2, self.epochs = n_factors, learning_rate, l2, n_epochs
        self.seed = seed

    def fit(self, R):
        users, items = np.nonzero(~np.isnan(R))
        if users.size == 0:
            raise ValueError("a table without a rating")
        rng = np.random.default_rng(self.seed)
        m, n = np.shape(R)
        self.mean = R[users, items].mean()
        self.user_bias, self.item_bias = np.zeros(m), np.zeros(n)
        self.user_factors = np.clip(rng.normal(scale=0.1, size=(m, self.f)), -0.9, 0.9)
        self.item_factors = np.clip(rng.normal(scale=0.1, size=(n, self.f)), -0.9, 0.9)
        self.losses = [self._epoch(R, users, items, rng) for _ in range(self.epochs)]
        return self

    def _epoch(self, R, users, items, rng):
        errors = []
        for u, i in self._visits(users, items, rng):
            error = R[u, i] - self._rating(u, i)
            errors.append(error)
            p, q = updated(self.user_factors[u], self.item_factors[i], error, self.step, self.l2)
            self.user_factors[u], self.item_factors[i] = p, q
            for bias, place in ((self.user_bias, u), (self.item_bias, i)):
                bias[place] += self.step * (error - self.l2 * bias[place])
        return np.sqrt(np.mean(np.square(errors)))

    @staticmethod
    def _visits(users, items, rng):
        pairs = np.column_stack([users, items])
        rng.shuffle(pairs)
        yield from pairs

    def _rating(self, u, i):
        inner = float(np.dot(self.user_factors[u], self.item_factors[i]))
        return self.mean + self.user_bias[u] + self.item_bias[i] + inner

    def predict(self):
        m, n = len(self.user_bias), len(self.item_bias)
        return np.array([[self._rating(u, i) for i in range(n)] for u in range(m)])
