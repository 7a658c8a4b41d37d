"""Plain Python: one pass over sorted pairs, groupby for ties, lists turned into arrays at the end."""

from itertools import groupby, pairwise

import numpy as np


def _walk(y, scores):
    y, scores = np.asarray(y), np.asarray(scores)
    if len(y) != len(scores):
        raise ValueError("lengths differ")
    pairs = sorted(zip(scores.tolist(), [int(label) for label in y], strict=True), reverse=True)
    positives = sum(label for _, label in pairs)
    if positives in (0, len(pairs)):
        raise ValueError("one class only")
    tp = fp = 0
    points = [(float("inf"), 0, 0)]
    for score, block in groupby(pairs, key=lambda pair: pair[0]):
        for _, label in block:
            tp, fp = tp + label, fp + 1 - label
        points.append((score, tp, fp))
    return points, positives, len(pairs) - positives


def roc_curve(y, scores):
    points, p, n = _walk(y, scores)
    return np.array([fp / n for _, _, fp in points]), np.array([tp / p for _, tp, _ in points]), _thresholds(points)


def precision_recall_curve(y, scores):
    points, p, _ = _walk(y, scores)
    precision = [1.0] + [tp / (tp + fp) for _, tp, fp in points[1:]]
    return np.array(precision), np.array([tp / p for _, tp, _ in points]), _thresholds(points)


def _thresholds(points):
    return np.array([t for t, _, _ in points])


def area(x, heights):
    corners = pairwise(zip(x, heights, strict=True))
    return sum((b[0] - a[0]) * (a[1] + b[1]) * 0.5 for a, b in corners)


def roc_auc(y, scores):
    return area(*roc_curve(y, scores)[:2])


def roc_auc_by_ranks(y, scores):
    points, p, n = _walk(y, scores)
    wins = 0.0
    for (_, _, before), (_, tp, fp), tp0 in zip(points, points[1:], [q[1] for q in points], strict=False):
        wins += (tp - tp0) * ((n - fp) + (fp - before) / 2)
    return wins / (p * n)


def average_precision(y, scores):
    precision, recall, _ = precision_recall_curve(y, scores)
    return float(np.dot(recall[1:] - recall[:-1], precision[1:]))


def best_threshold(y, scores):
    points, p, n = _walk(y, scores)
    best, found = -2, None
    for t, tp, fp in points:
        index = tp * n - fp * p
        if index > best:
            best, found = index, t
    return found


def one_vs_rest_auc(labels, scores):
    scores = np.asarray(scores)
    return float(np.mean([roc_auc((labels == c).astype(int), scores[:, c]) for c in range(scores.shape[1])]))


def report(y, scores, threshold=0.5):
    area_below, ap = roc_auc(y, scores), average_precision(y, scores)
    called = [int(label) for label, score in zip(y, scores, strict=True) if score >= threshold]
    return {
        "precision": sum(called) / len(called) if called else 0.0,
        "recall": sum(called) / int(np.sum(y)),
        "roc_auc": area_below,
        "average_precision": ap,
    }
