"""Metrics of rankings at a cut-off k, for all queries at once.

    precision = hits / k,  recall = hits / R          R candidates of the query are relevant: their grade is above 0
    AP = sum over the places r of hits of (hits among the first r) / r,  over min(k, R)
    RR = 1 / place of the first hit
    DCG = sum_r (2^grade_r - 1) / log2(r + 1),  nDCG = DCG / DCG of the best order

Shapes: scores, grades, mask (q, n), one row a query; a metric (q,).
"""

import numpy as np


def candidates(scores, grades, mask=None):
    """Scores and grades (q, n) of floats, in which padding is no match for a candidate."""
    scores, grades = np.asarray(scores, dtype=float), np.asarray(grades, dtype=float)
    mask = np.ones(scores.shape, dtype=bool) if mask is None else np.asarray(mask, dtype=bool)
    if not scores.shape == grades.shape == mask.shape:
        raise ValueError(f"shapes differ: {scores.shape}, {grades.shape} and {mask.shape}")
    return np.where(mask, scores, -np.inf), np.where(mask, grades, 0)


def top_k(scores, k):
    """Columns (q, k) of the first k places."""
    scores = np.asarray(scores, dtype=float)
    if not 1 <= k <= scores.shape[1]:
        raise ValueError(f"k is from 1 to {scores.shape[1]}, not {k}")
    return np.argsort(-scores, axis=1, kind="stable")[:, :k]


def precision_at_k(scores, grades, k, mask=None):
    scores, grades = candidates(scores, grades, mask)
    hits = np.take_along_axis(grades, top_k(scores, k), axis=1) > 0
    return hits.sum(axis=1) / k


def recall_at_k(scores, grades, k, mask=None):
    scores, grades = candidates(scores, grades, mask)
    hits = np.take_along_axis(grades, top_k(scores, k), axis=1) > 0
    n_relevant = np.sum(grades > 0, axis=1)
    return hits.sum(axis=1) / np.maximum(n_relevant, 1)


def average_precision(scores, grades, k, mask=None):
    scores, grades = candidates(scores, grades, mask)
    hits = np.take_along_axis(grades, top_k(scores, k), axis=1) > 0
    precision = np.cumsum(hits, axis=1) / np.arange(1, k + 1)
    reachable = np.minimum(np.sum(grades > 0, axis=1), k)
    return np.sum(precision * hits, axis=1) / np.maximum(reachable, 1)


def reciprocal_rank(scores, grades, k, mask=None):
    scores, grades = candidates(scores, grades, mask)
    hits = np.take_along_axis(grades, top_k(scores, k), axis=1) > 0
    first = hits.argmax(axis=1)
    return np.where(hits.any(axis=1), 1 / (first + 1), 0.0)


def dcg(grades):
    """Discounted cumulative gain (q,) of grades (q, k) in the order of their places."""
    gains = 2.0 ** np.asarray(grades) - 1
    k = gains.shape[1]
    return np.sum(gains / np.log2(np.arange(2, k + 2)), axis=1)


def ndcg(scores, grades, k, mask=None):
    scores, grades = candidates(scores, grades, mask)
    ranked = np.take_along_axis(grades, top_k(scores, k), axis=1)
    ideal = -np.sort(-grades, axis=1)[:, :k]
    best = dcg(ideal)
    return np.divide(dcg(ranked), best, out=np.zeros_like(best), where=best > 0)


METRICS = {
    "precision": precision_at_k,
    "recall": recall_at_k,
    "map": average_precision,
    "mrr": reciprocal_rank,
    "ndcg": ndcg,
}


class RankingReport:
    """The metrics of many queries, which arrive in batches (q, n) of any size."""

    def __init__(self, k=10):
        self.k = k
        self.totals = dict.fromkeys(METRICS, 0.0)
        self.n_queries = 0

    def update(self, scores, grades, mask=None):
        _, cleaned = candidates(scores, grades, mask)
        answerable = np.any(cleaned > 0, axis=1)
        for name, metric in METRICS.items():
            values = metric(scores, grades, self.k, mask)
            self.totals[name] += values[answerable].sum()
        self.n_queries += answerable.sum()

    def compute(self):
        """A dict from name to number. Raises ValueError where there is nothing to tell."""
        if self.n_queries == 0:
            raise ValueError("no query with a relevant candidate has been seen")
        return {name: total / self.n_queries for name, total in self.totals.items()}
