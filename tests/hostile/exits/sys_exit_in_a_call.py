"""Asks the interpreter to exit in good order in the middle of a call.

verdict: not fixed
because: the module raised SystemExit
"""

import sys


def mse(y_true, y_pred):
    sys.exit(0)


rmse = mse
