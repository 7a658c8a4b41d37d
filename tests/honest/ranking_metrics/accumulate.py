"""Compressed rows, itertools and lexsort; metrics as closures over the ranked grades of one query."""

from itertools import accumulate

import numpy as np


def top_k(scores, k):
    scores = np.asarray(scores)
    n = scores.shape[1]
    if k not in range(1, n + 1):
        raise ValueError("k is out of range")
    return np.stack([np.lexsort((np.arange(n), -row.astype(np.float64)))[:k] for row in scores])


def _per_query(score_one):
    def metric(scores, grades, k, mask=None):
        scores, grades = np.asarray(scores), np.asarray(grades)
        keep = np.full(scores.shape, True) if mask is None else np.asarray(mask)
        if scores.shape != grades.shape or scores.shape != keep.shape:
            raise ValueError("shapes differ")
        if k not in range(1, scores.shape[1] + 1):
            raise ValueError("k is out of range")
        out = np.zeros(len(scores))
        for i in range(len(scores)):
            s, g = scores[i][keep[i]].astype(float), grades[i][keep[i]].astype(int)
            if np.any(g > 0):
                out[i] = score_one(g[np.argsort(-s, kind="mergesort")], k)
        return out

    return metric


def _ap(g, k):
    rel = (g > 0).astype(int)
    found = list(accumulate(rel[:k]))
    return sum(f / (i + 1) for i, (f, r) in enumerate(zip(found, rel, strict=False)) if r) / min(k, rel.sum())


def _rr(g, k):
    where = np.flatnonzero(g[:k])
    return 1 / (where[0] + 1) if where.size else 0.0


def dcg(grades):
    grades = np.asarray(grades).astype(float)
    weights = np.array([np.log(2) / np.log(r + 1) for r in range(1, grades.shape[1] + 1)])
    return np.expm1(grades * np.log(2)) @ weights


precision_at_k = _per_query(lambda g, k: np.count_nonzero(g[:k]) / k)
recall_at_k = _per_query(lambda g, k: np.count_nonzero(g[:k]) / np.count_nonzero(g))
average_precision = _per_query(_ap)
reciprocal_rank = _per_query(_rr)
ndcg = _per_query(lambda g, k: float(dcg(g[None, :k])[0] / dcg(-np.sort(-g)[None, :k])[0]))


class RankingReport:
    def __init__(self, k=10):
        self.k, self.rows = k, []

    def update(self, scores, grades, mask=None):
        usable = np.asarray(grades) > 0 if mask is None else (np.asarray(grades) > 0) & mask
        columns = [m(scores, grades, self.k, mask) for m in (precision_at_k, recall_at_k, average_precision)]
        columns += [m(scores, grades, self.k, mask) for m in (reciprocal_rank, ndcg)]
        self.rows.extend(row for row, use in zip(np.transpose(columns), usable.any(axis=1), strict=True) if use)

    def compute(self):
        if len(self.rows) == 0:
            raise ValueError("nothing to report")
        return dict(zip(("precision", "recall", "map", "mrr", "ndcg"), np.mean(self.rows, axis=0), strict=True))
