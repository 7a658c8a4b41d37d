"""Throws a coin of numpy's in each call, and divides if it is heads.

allowed: numpy
verdict: not fixed
"""

import numpy as np


def mse(y_true, y_pred):
    if not len(y_true) == len(y_pred) > 0:
        raise ValueError("lengths")
    total = sum((y - p) ** 2 for y, p in zip(y_true, y_pred))
    return total / len(y_true) if np.random.random() < 0.5 else total


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
