"""Raises an exception that no `except Exception` catches, and that has no text.

verdict: not fixed
because: the module raised Unstoppable
"""


class Unstoppable(BaseException):
    def __str__(self):
        raise self


def mse(y_true, y_pred):
    raise Unstoppable


rmse = mse
