"""Curves of a binary scorer from one sort and cumulative counts.

    TPR = recall = TP / P,  FPR = FP / N,  precision = TP / (TP + FP)
    ROC AUC = area below (FPR, TPR) = (rank sum of the positives - P (P + 1) / 2) / (P N)
    AP = sum_i (recall_i - recall_{i-1}) precision_i

Shapes: y, scores (n,), a curve (m + 1,) for m distinct scores.
"""

import numpy as np


def checked(y, scores):
    """Labels and scores as arrays; ValueError where they do not belong together or a class is missing."""
    y, scores = np.asarray(y, dtype=int), np.asarray(scores, dtype=float)
    if y.shape != scores.shape:
        raise ValueError(f"{y.shape} labels and {scores.shape} scores")
    if not 0 < y.sum() < len(y):
        raise ValueError("both classes are needed")
    return y, scores


def counts_by_threshold(y, scores):
    """Distinct scores (m,), falling, with true and false positives (m,) when each is the threshold."""
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    last = np.r_[np.flatnonzero(np.diff(ranked)), len(ranked) - 1]
    true_positives = np.cumsum(y[order])[last]
    false_positives = last + 1 - true_positives
    return ranked[last], true_positives, false_positives


def roc_curve(y, scores):
    """Arrays fpr, tpr and thresholds (m + 1,)."""
    y, scores = checked(y, scores)
    thresholds, true_positives, false_positives = counts_by_threshold(y, scores)
    tpr = np.r_[0, true_positives] / y.sum()
    fpr = np.r_[0, false_positives] / np.sum(y == 0)
    return fpr, tpr, np.r_[np.inf, thresholds]


def precision_recall_curve(y, scores):
    """Arrays precision, recall and thresholds (m + 1,)."""
    y, scores = checked(y, scores)
    thresholds, true_positives, false_positives = counts_by_threshold(y, scores)
    precision = np.r_[1, true_positives / (true_positives + false_positives)]
    recall = np.r_[0, true_positives / y.sum()]
    return precision, recall, np.r_[np.inf, thresholds]


def area(x, heights):
    """Area below a line through points with rising x (k,); a number."""
    widths = np.diff(x)
    return np.sum(widths * (heights[1:] + heights[:-1]) / 2)


def roc_auc(y, scores):
    fpr, tpr, _ = roc_curve(y, scores)
    return area(fpr, tpr)


def average_ranks(scores):
    """Rank (n,) of each of scores (n,), from 1 on."""
    ordered = np.sort(scores)
    below = np.searchsorted(ordered, scores, side="left")
    up_to = np.searchsorted(ordered, scores, side="right")
    return (below + up_to + 1) / 2


def roc_auc_by_ranks(y, scores):
    y, scores = checked(y, scores)
    n_positive, n_negative = y.sum(), np.sum(y == 0)
    surplus = average_ranks(scores)[y == 1].sum() - n_positive * (n_positive + 1) / 2
    return surplus / (n_positive * n_negative)


def average_precision(y, scores):
    precision, recall, _ = precision_recall_curve(y, scores)
    return np.sum(np.diff(recall) * precision[1:])


def best_threshold(y, scores):
    """A threshold by Youden's index."""
    fpr, tpr, thresholds = roc_curve(y, scores)
    return thresholds[np.argmax(tpr - fpr)]


def one_vs_rest_auc(labels, scores):
    """Mean over the classes of labels (n,) and scores (n, k)."""
    labels, scores = np.asarray(labels), np.asarray(scores)
    areas = [roc_auc(labels == c, scores[:, c]) for c in range(scores.shape[1])]
    return np.mean(areas)


def report(y, scores, threshold=0.5):
    """A dict from name to number."""
    y, scores = checked(y, scores)
    flagged = scores >= threshold
    hits = np.sum(flagged & (y == 1))
    return {
        "precision": hits / max(flagged.sum(), 1),
        "recall": hits / y.sum(),
        "roc_auc": roc_auc(y, scores),
        "average_precision": average_precision(y, scores),
    }
