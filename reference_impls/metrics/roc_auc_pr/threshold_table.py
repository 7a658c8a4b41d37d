"""Curves of a binary scorer from a table of decisions: one row a threshold, one column a sample.

    TPR = recall = TP / P,  FPR = FP / N,  precision = TP / (TP + FP)
    ROC AUC = area below (FPR, TPR) = share of pairs with the positive above the negative, ties as halves
    AP = sum_i (recall_i - recall_{i-1}) precision_i

Shapes: y, scores (n,), a curve (m + 1,) for m distinct scores; a table of decisions (m + 1, n).
"""

import numpy as np


class Decisions:
    """What is called positive at each threshold, from nothing to everything."""

    def __init__(self, y, scores):
        self.y, self.scores = np.array(y).astype(bool), np.array(scores, dtype=float)
        if self.y.ndim != 1 or len(self.y) != len(self.scores):
            raise ValueError("labels and scores must be of one length")
        if self.y.all() or not self.y.any():
            raise ValueError("samples of both kinds are needed")
        self.thresholds = np.append(np.inf, np.unique(self.scores)[::-1])
        called = self.scores >= self.thresholds[:, None]
        self.n_called = called.sum(axis=1)
        self.n_right = np.sum(called & self.y, axis=1)


def roc_curve(y, scores):
    """Arrays fpr, tpr and thresholds (m + 1,)."""
    made = Decisions(y, scores)
    fpr = (made.n_called - made.n_right) / np.count_nonzero(~made.y)
    tpr = made.n_right / np.count_nonzero(made.y)
    return fpr, tpr, made.thresholds


def precision_recall_curve(y, scores):
    """Arrays precision, recall and thresholds (m + 1,)."""
    made = Decisions(y, scores)
    precision = np.ones(len(made.thresholds))
    np.divide(made.n_right, made.n_called, out=precision, where=made.n_called > 0)
    recall = made.n_right / np.count_nonzero(made.y)
    return precision, recall, made.thresholds


def area(x, heights):
    """Area below a line through points with rising x (k,); a number."""
    total = 0.0
    for i in range(1, len(x)):
        total += (x[i] - x[i - 1]) * (heights[i] + heights[i - 1]) / 2
    return total


def roc_auc(y, scores):
    fpr, tpr, _ = roc_curve(y, scores)
    return area(fpr, tpr)


def roc_auc_by_ranks(y, scores):
    made = Decisions(y, scores)
    positive, negative = made.scores[made.y], made.scores[~made.y]
    wins = np.sum(positive[:, None] > negative) + 0.5 * np.sum(positive[:, None] == negative)
    return wins / (len(positive) * len(negative))


def average_precision(y, scores):
    precision, recall, _ = precision_recall_curve(y, scores)
    total = 0.0
    for i in range(1, len(recall)):
        total += (recall[i] - recall[i - 1]) * precision[i]
    return total


def best_threshold(y, scores):
    """A threshold by Youden's index."""
    fpr, tpr, thresholds = roc_curve(y, scores)
    return max(zip(tpr - fpr, thresholds, strict=True))[1]


def one_vs_rest_auc(labels, scores):
    """Mean over the classes of labels (n,) and scores (n, k)."""
    labels = np.asarray(labels)
    total = 0.0
    for c, column in enumerate(np.transpose(scores)):
        total += roc_auc(labels == c, column)
    return total / np.shape(scores)[1]


def report(y, scores, threshold=0.5):
    """A dict from name to number."""
    made = Decisions(y, scores)
    called = made.scores >= threshold
    true_positives = np.count_nonzero(made.y[called])
    summary = {"precision": true_positives / called.sum() if called.any() else 0.0}
    summary["recall"] = true_positives / np.count_nonzero(made.y)
    summary["roc_auc"] = roc_auc(y, scores)
    summary["average_precision"] = average_precision(y, scores)
    return summary
