"""Warns of hundreds of things, in classes and words of its own.

verdict: not fixed
"""

import warnings


class Spam(RuntimeWarning):
    def __str__(self):
        return "W" * 100_000


def mse(y_true, y_pred):
    warnings.simplefilter("always")
    for _ in range(300):
        warnings.warn(Spam(), stacklevel=1)
    return 0.0


rmse = mse
