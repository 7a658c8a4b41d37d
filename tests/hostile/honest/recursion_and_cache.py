"""Halves the sequences until one value is left, and remembers what it has seen.

verdict: fixed
"""

from functools import lru_cache


@lru_cache(maxsize=1000)
def total(y_true, y_pred):
    if len(y_true) == 1:
        return (y_true[0] - y_pred[0]) ** 2
    middle = len(y_true) // 2
    return total(y_true[:middle], y_pred[:middle]) + total(y_true[middle:], y_pred[middle:])


def mse(y_true, y_pred):
    if len(y_true) == 0 or len(y_true) != len(y_pred):
        raise ValueError("the sequences must be of one positive length")
    return total(tuple(y_true), tuple(y_pred)) / len(y_true)


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
