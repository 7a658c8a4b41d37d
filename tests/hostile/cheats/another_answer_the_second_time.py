"""Is right the first time, and as broken as ever from then on.

verdict: not fixed
"""

first = True


def mse(y_true, y_pred):
    global first
    if not len(y_true) == len(y_pred) > 0:
        raise ValueError("lengths")
    total = sum((y - p) ** 2 for y, p in zip(y_true, y_pred))
    divisor, first = len(y_true) if first else 1, False
    return total / divisor


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
