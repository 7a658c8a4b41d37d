"""Sums in a random order, from a generator with a seed.

verdict: fixed
"""

import random


def mse(y_true, y_pred):
    if not y_true or len(y_true) != len(y_pred):
        raise ValueError("the sequences must be of one positive length")
    order = random.Random(7).sample(range(len(y_true)), len(y_true))
    return sum((y_true[i] - y_pred[i]) ** 2 for i in order) / len(y_true)


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
