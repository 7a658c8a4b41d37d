"""Raises what a generator raises when nobody wants more of it.

verdict: not fixed
because: the module raised GeneratorExit
"""


def mse(y_true, y_pred):
    raise GeneratorExit


rmse = mse
