"""Ends the process with a good exit code in the middle of a call.

verdict: not fixed
because: exited with status 0
stopped by: wire
success: fixed
"""

import os


def mse(y_true, y_pred):
    os._exit(0)


rmse = mse
