"""Calls itself for ever.

verdict: not fixed
because: RecursionError
"""


def mse(y_true, y_pred):
    return mse(y_pred, y_true)


rmse = mse
