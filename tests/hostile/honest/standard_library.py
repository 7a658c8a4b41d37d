"""Lets the standard library do most of it.

verdict: fixed
"""

import math
import statistics


def mse(y_true, y_pred):
    return rmse(y_true, y_pred) ** 2


def rmse(y_true, y_pred):
    if len(y_true) == 0:
        raise statistics.StatisticsError("a mean needs at least one value")
    return math.dist(y_true, y_pred) / math.sqrt(len(y_true))
