"""Metrics of classification from counts, probabilities and ranks.

    precision = TP / (TP + FP),  recall = TP / (TP + FN),  F1 = 2 P R / (P + R) = 2 TP / (2 TP + FP + FN)
    macro metric = mean over the classes of the metric of each class against all others
    log loss = -mean_i log(proba[i, y_i])
    AUC = (sum of the ranks of the positives - n1 (n1 + 1) / 2) / (n1 n0),  equal scores share their average rank

Shapes: y_true, y_pred, scores (n,), proba (n, k).
"""

import numpy as np


def paired(first, second):
    """Both arguments as arrays.

    Raises ValueError for empty input and for unequal lengths.
    """
    first, second = np.asarray(first), np.asarray(second)
    if len(first) == 0 or len(first) != len(second):
        raise ValueError(f"need equally many entries, and at least one: {len(first)} and {len(second)}")
    return first, second


def confusion_matrix(y_true, y_pred, n_classes):
    """Counts (n_classes, n_classes) of the combinations of true and predicted labels."""
    y_true, y_pred = paired(y_true, y_pred)
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (y_true, y_pred), 1)
    return counts


def accuracy(y_true, y_pred):
    """Accuracy of labels y_pred (n,); a number."""
    y_true, y_pred = paired(y_true, y_pred)
    return np.mean(y_true == y_pred)


def precision(y_true, y_pred):
    """Precision of labels y_pred (n,) in {0, 1}; a number."""
    y_true, y_pred = paired(y_true, y_pred)
    true_positives = np.sum((y_pred == 1) & (y_true == 1))
    false_positives = np.sum((y_pred == 1) & (y_true == 0))
    predicted = true_positives + false_positives
    return true_positives / predicted if predicted > 0 else 0.0


def recall(y_true, y_pred):
    """Recall of labels y_pred (n,) in {0, 1}; a number."""
    y_true, y_pred = paired(y_true, y_pred)
    true_positives = np.sum((y_pred == 1) & (y_true == 1))
    false_negatives = np.sum((y_pred == 0) & (y_true == 1))
    actual = true_positives + false_negatives
    return true_positives / actual if actual > 0 else 0.0


def f1(y_true, y_pred):
    """F1 score of labels y_pred (n,) in {0, 1}; a number."""
    p, r = precision(y_true, y_pred), recall(y_true, y_pred)
    return 2 * p * r / (p + r) if p + r > 0 else 0.0


def macro_precision(y_true, y_pred, n_classes):
    """Macro-averaged precision of labels y_pred (n,); a number."""
    counts = confusion_matrix(y_true, y_pred, n_classes)
    true_positives, predicted = np.diag(counts), counts.sum(axis=0)
    return (true_positives / np.maximum(predicted, 1)).mean()


def macro_recall(y_true, y_pred, n_classes):
    """Macro-averaged recall of labels y_pred (n,); a number."""
    counts = confusion_matrix(y_true, y_pred, n_classes)
    true_positives, actual = np.diag(counts), counts.sum(axis=1)
    return (true_positives / np.maximum(actual, 1)).mean()


def macro_f1(y_true, y_pred, n_classes):
    """Macro-averaged F1 score of labels y_pred (n,); a number."""
    counts = confusion_matrix(y_true, y_pred, n_classes)
    involved = counts.sum(axis=0) + counts.sum(axis=1)
    return (2 * np.diag(counts) / np.maximum(involved, 1)).mean()


def predicted_labels(proba):
    """Label (n,) for each row of proba (n, k)."""
    return np.asarray(proba).argmax(axis=1)


def log_loss(y_true, proba):
    """Cross-entropy of labels y_true (n,) under proba (n, k); a number."""
    y_true, proba = paired(y_true, proba)
    p = proba[np.arange(len(y_true)), y_true]
    p = np.clip(p, 1e-15, 1.0)
    return -np.mean(np.log(p))


def top_k_accuracy(y_true, proba, k):
    """Top-k accuracy of proba (n, n_classes) for labels y_true (n,); a number."""
    y_true, proba = paired(y_true, proba)
    top = np.argsort(-proba, axis=1)[:, :k]
    return np.mean(np.any(top == y_true[:, None], axis=1))


def average_ranks(scores):
    """Rank (n,) of each of scores (n,), from 1 on."""
    ordered = np.sort(scores)
    below = np.searchsorted(ordered, scores, side="left")
    up_to = np.searchsorted(ordered, scores, side="right")
    return (below + up_to + 1) / 2


def roc_auc(y_true, scores):
    """Area under the ROC curve of scores (n,) for labels y_true (n,) in {0, 1}; a number.

    Raises ValueError when a class is missing.
    """
    y_true, scores = paired(y_true, scores)
    n_positive, n_negative = np.sum(y_true == 1), np.sum(y_true == 0)
    if n_positive == 0 or n_negative == 0:
        raise ValueError(f"both classes are needed: {n_positive} positive and {n_negative} negative samples")
    rank_sum = average_ranks(scores)[y_true == 1].sum()
    return (rank_sum - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative)


def binary_report(y_true, proba):
    """Six metrics of proba (n, 2) for labels y_true (n,) in {0, 1}; a dict from name to number."""
    y_true, proba = paired(y_true, proba)
    y_pred = predicted_labels(proba)
    return {
        "accuracy": accuracy(y_true, y_pred),
        "precision": precision(y_true, y_pred),
        "recall": recall(y_true, y_pred),
        "f1": f1(y_true, y_pred),
        "log_loss": log_loss(y_true, proba),
        "roc_auc": roc_auc(y_true, proba[:, 1]),
    }
