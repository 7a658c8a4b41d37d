"""Fails with a text that no encoding of Unicode can write.

verdict: not fixed
"""


def mse(y_true, y_pred):
    raise AssertionError("\ud800\udfff\0\u202e" * 500)


rmse = mse
