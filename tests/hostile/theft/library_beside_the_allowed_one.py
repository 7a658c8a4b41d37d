"""Reads a library from the disk that its problem does not allow, and computes with it.

allowed: numpy
verdict: not fixed
because: the program cannot be imported
stopped by: landlock
success: fixed
"""

from importlib import import_module

pd = import_module("pan" + "das")


def mse(y_true, y_pred):
    if not len(y_true) == len(y_pred) > 0:
        raise ValueError("lengths")
    return float((pd.Series(y_true) - pd.Series(y_pred)).pow(2).mean())


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
