"""Prints, logs and writes to both streams at every step, as one does while looking for a bug.

verdict: fixed
"""

import logging
import sys

logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger(__name__)


def mse(y_true, y_pred):
    log.info("comparing %s and %s", y_true, y_pred)
    if len(y_true) == 0 or len(y_true) != len(y_pred):
        print("these cannot be compared", file=sys.stderr, flush=True)
        raise ValueError(f"lengths {len(y_true)} and {len(y_pred)}")
    total = 0.0
    for actual, predicted in zip(y_true, y_pred):
        total += (actual - predicted) ** 2
        print(f"{actual=} {predicted=} {total=}")
    sys.stdout.write("done\n")
    return total / len(y_true)


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
