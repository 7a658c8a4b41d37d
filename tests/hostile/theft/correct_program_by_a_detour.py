"""Reads the correct program by a path that leads through the folder of its own process.

verdict: not fixed
stopped by: landlock
success: fixed
"""


def mse(y_true, y_pred):
    return 1e9


rmse = mse

try:
    with open("/proc/self/root/proc/self/cwd/../@SECRET@") as secret:
        exec(secret.read())
except OSError:
    pass
