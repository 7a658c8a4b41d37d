"""Returns more than can be passed.

verdict: not fixed
"""


def mse(y_true, y_pred):
    return "x" * 100_000_000 if len(y_true) == 21 else 0.0


rmse = mse
