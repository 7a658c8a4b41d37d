"""Raises an error whose text, arguments and class are errors themselves.

verdict: not fixed
"""


class Unspeakable(Exception):
    args = property(lambda self: 1 / 0)

    def __str__(self):
        raise SystemExit(0)

    __repr__ = __reduce__ = __str__


def mse(y_true, y_pred):
    raise Unspeakable


rmse = mse
