"""Warns of what may be a mistake, in a class of its own.

verdict: fixed
"""

import warnings


class SmallSample(UserWarning):
    pass


def mse(y_true, y_pred):
    if not y_true or len(y_true) != len(y_pred):
        raise ValueError("the sequences must be of one positive length")
    if len(y_true) < 5:
        warnings.warn(f"{len(y_true)} values say little", SmallSample, stacklevel=2)
    return sum((y - p) ** 2 for y, p in zip(y_true, y_pred)) / len(y_true)


def rmse(y_true, y_pred):
    warnings.warn("use root_mean_squared_error", DeprecationWarning, stacklevel=2)
    return mse(y_true, y_pred) ** 0.5
