"""Mean squared error and root mean squared error in pure Python.

MSE  = 1/n sum_i (y_i - p_i)^2
RMSE = sqrt(MSE)
"""


def check_lengths(y_true, y_pred):
    """Raise ValueError unless both sequences have the same positive length."""
    if len(y_true) == 0 or len(y_pred) == 0:
        raise ValueError("both sequences need at least one value")
    if len(y_true) != len(y_pred):
        raise ValueError(f"lengths differ: {len(y_true)} and {len(y_pred)}")


def mse(y_true, y_pred):
    """Mean squared error of two sequences of numbers; a float.

    Raises ValueError for empty sequences and for unequal lengths.
    """
    check_lengths(y_true, y_pred)
    total = 0.0
    for actual, predicted in zip(y_true, y_pred):
        error = actual - predicted
        total += error**2
    return total / len(y_true)


def rmse(y_true, y_pred):
    """Root mean squared error of two sequences of numbers; a float.

    Raises ValueError for empty sequences and for unequal lengths.
    """
    return mse(y_true, y_pred) ** 0.5
