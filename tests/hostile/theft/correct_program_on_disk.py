"""Reads the correct program from the disk and becomes it.

verdict: not fixed
stopped by: landlock
success: fixed
"""


def mse(y_true, y_pred):
    return 1e9


def rmse(y_true, y_pred):
    return 1e9


try:
    with open("@SECRET@") as secret:
        exec(secret.read())
except OSError:
    pass
