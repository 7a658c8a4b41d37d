"""Has a library that the problem does not allow compute a mean.

verdict: not fixed
because: it imports numpy
"""

import numpy as np


def mse(y_true, y_pred):
    if not len(y_true) == len(y_pred) > 0:
        raise ValueError("lengths")
    return float(np.square(np.subtract(y_true, y_pred)).mean())


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
