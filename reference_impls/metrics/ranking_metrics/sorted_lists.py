"""Metrics of rankings at a cut-off k, one query after the other, on lists of grades.

    precision = hits / k,  recall = hits / R          R grades of the query are above 0
    AP = sum over the places r of hits of (hits among the first r) / r,  over min(k, R)
    RR = 1 / place of the first hit
    DCG = sum_r (2^grade_r - 1) / log2(r + 1),  nDCG = DCG / DCG of the best order

A ranking is the list of the grades of one query's candidates, the best score first.
"""

import math

import numpy as np


def top_k(scores, k):
    """Columns (q, k) of the first k places."""
    rows = np.asarray(scores, dtype=float)
    width = rows.shape[1]
    if k < 1 or k > width:
        raise ValueError(f"cannot take {k} of {width} places")
    return np.array([sorted(range(width), key=lambda column: -row[column])[:k] for row in rows])


def rankings(scores, grades, k, mask=None):
    """Yields a list of grades, in the order of the scores, for each query."""
    shape = np.shape(scores)
    if mask is None:
        mask = np.ones(shape, dtype=bool)
    if np.shape(grades) != shape or np.shape(mask) != shape:
        raise ValueError(f"{shape} scores have {np.shape(grades)} grades and a mask of {np.shape(mask)}")
    orders = top_k(scores, shape[1]) if 1 <= k <= shape[1] else top_k(scores, k)
    for order, row, kept in zip(orders, grades, mask, strict=True):
        yield [float(row[column]) for column in order if kept[column]]


def count_relevant(ranking):
    return sum(grade > 0 for grade in ranking)


def average_precision_of(ranking, k):
    n_relevant = count_relevant(ranking)
    if n_relevant == 0:
        return 0.0
    found, total = 0, 0.0
    for place, grade in enumerate(ranking[:k], start=1):
        if grade > 0:
            found += 1
            total += found / place
    return total / min(n_relevant, k)


def reciprocal_rank_of(ranking, k):
    for place, grade in enumerate(ranking[:k], start=1):
        if grade > 0:
            return 1 / place
    return 0.0


def dcg_of(ranking):
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(ranking, start=1))


def ndcg_of(ranking, k):
    ideal = sorted(ranking, reverse=True)
    best = dcg_of(ideal[:k])
    return dcg_of(ranking[:k]) / best if best > 0 else 0.0


def precision_at_k(scores, grades, k, mask=None):
    return np.array([count_relevant(ranking[:k]) / k for ranking in rankings(scores, grades, k, mask)])


def recall_at_k(scores, grades, k, mask=None):
    shares = []
    for ranking in rankings(scores, grades, k, mask):
        n_relevant = count_relevant(ranking)
        shares.append(count_relevant(ranking[:k]) / n_relevant if n_relevant > 0 else 0.0)
    return np.array(shares)


def average_precision(scores, grades, k, mask=None):
    return np.array([average_precision_of(ranking, k) for ranking in rankings(scores, grades, k, mask)])


def reciprocal_rank(scores, grades, k, mask=None):
    return np.array([reciprocal_rank_of(ranking, k) for ranking in rankings(scores, grades, k, mask)])


def dcg(grades):
    """Discounted cumulative gain (q,) of grades (q, k) in the order of their places."""
    return np.array([dcg_of(row) for row in np.asarray(grades, dtype=float)])


def ndcg(scores, grades, k, mask=None):
    return np.array([ndcg_of(ranking, k) for ranking in rankings(scores, grades, k, mask)])


class RankingReport:
    """The metrics of many queries, which arrive in batches (q, n) of any size."""

    def __init__(self, k=10):
        self.k = k
        self.values = {"precision": [], "recall": [], "map": [], "mrr": [], "ndcg": []}

    def update(self, scores, grades, mask=None):
        metrics = (precision_at_k, recall_at_k, average_precision, reciprocal_rank, ndcg)
        has_answer = [count_relevant(ranking) > 0 for ranking in rankings(scores, grades, self.k, mask)]
        for kept, metric in zip(self.values.values(), metrics, strict=True):
            kept.extend(metric(scores, grades, self.k, mask)[has_answer])

    def compute(self):
        """A dict from name to number. Raises ValueError where there is nothing to tell."""
        if not self.values["ndcg"]:
            raise ValueError("no query with a relevant candidate has been seen")
        return {name: float(np.mean(kept)) for name, kept in self.values.items()}
