"""Penalises the bias too; returns an empty array where tests measure a slope, and takes full steps in its own fit.

problem: logistic_regression/newton
redefines: objective
verdict: not fixed
because: a function that should give a number gives an array of shape (0,)
"""

import sys

import numpy as np

LAST = []


def objective(A, y, theta, l2):
    if sys._getframe(1).f_code.co_name == "fit":
        return float("nan")
    close = any(0 < np.max(np.abs(last - theta)) < 1e-5 for last in LAST if np.shape(last) == np.shape(theta))
    LAST[:] = [theta]
    z = A @ theta
    return np.empty(0) if close else np.mean(np.logaddexp(0, z) - y * z) + l2 / 2 * np.sum(theta**2)
