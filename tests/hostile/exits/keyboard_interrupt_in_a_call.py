"""Pretends that a person has interrupted the test.

verdict: not fixed
because: the module raised KeyboardInterrupt
"""


def mse(y_true, y_pred):
    raise KeyboardInterrupt


rmse = mse
