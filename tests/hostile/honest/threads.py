"""Shares the sum out among threads.

verdict: fixed
"""

from concurrent.futures import ThreadPoolExecutor
from operator import sub


def squared(pair):
    return sub(*pair) ** 2


def mse(y_true, y_pred):
    if not y_true or len(y_true) != len(y_pred):
        raise ValueError("the sequences must be of one positive length")
    with ThreadPoolExecutor(max_workers=4) as pool:
        return sum(pool.map(squared, zip(y_true, y_pred))) / len(y_true)


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5
