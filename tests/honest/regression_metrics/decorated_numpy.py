"""Vectors throughout, checks in a decorator, moments merged pairwise for the running scores."""

from functools import wraps

import numpy as np


def pairs(metric):
    @wraps(metric)
    def checked(y, p, *args, **kwargs):
        y, p = np.ravel(np.asarray(y, dtype=np.float64)), np.ravel(np.asarray(p, dtype=np.float64))
        if y.size == 0 or y.size != p.size:
            raise ValueError(f"{y.size} targets and {p.size} predictions")
        return float(metric(y, p, *args, **kwargs))

    return checked


def _need(condition, what):
    if not condition:
        raise ValueError(what)


@pairs
def mean_absolute_error(y, p):
    return np.abs(y - p).mean()


@pairs
def mean_absolute_percentage_error(y, p):
    _need(np.all(y != 0), "a target is 0")
    return 100 * np.abs((y - p) / y).mean()


@pairs
def root_mean_squared_log_error(y, p):
    _need(y.min() >= 0 and p.min() >= 0, "a value is negative")
    return np.linalg.norm(np.log1p(y) - np.log1p(p)) / np.sqrt(len(y))


@pairs
def mean_absolute_scaled_error(y, p, history, season=1):
    past = np.ravel(np.asarray(history, dtype=np.float64))
    _need(1 <= season < past.size, "the season does not fit the history")
    unit = np.abs(past[season:] - past[:-season]).mean()
    _need(unit > 0, "the history never changes")
    return np.abs(y - p).mean() / unit


@pairs
def huber(y, p, delta=1.0):
    _need(delta > 0, "delta must be above 0")
    size = np.abs(y - p)
    inner = np.minimum(size, delta)
    return (inner**2 / 2 + delta * (size - inner)).mean()


@pairs
def pinball(y, p, quantile=0.5):
    _need(0 < quantile < 1, "a quantile lies between 0 and 1")
    error = y - p
    return np.maximum(quantile * error, (quantile - 1) * error).mean()


@pairs
def r2(y, p):
    if np.all(y == y[0]):
        return np.array_equal(y, p)
    return 1 - np.sum((y - p) ** 2) / np.sum((y - y.mean()) ** 2)


def adjusted_r2(y, p, n_features):
    plain, n = r2(y, p), np.size(y)
    _need(n_features >= 0 and n > n_features + 1, "too few pairs for so many features")
    return 1 - (1 - plain) * (n - 1) / (n - n_features - 1)


@pairs
def explained_variance(y, p):
    error = y - p
    if np.all(y == y[0]):
        return np.all(error == error[0])
    return 1 - error.var() / y.var()


class RunningScores:
    def __init__(self):
        self.n, self.mean, self.spread, self.absolute, self.squared = 0, 0.0, 0.0, 0.0, 0.0

    def update(self, y, p):
        y, p = np.ravel(np.asarray(y, dtype=np.float64)), np.ravel(np.asarray(p, dtype=np.float64))
        _need(y.size > 0 and y.size == p.size, "targets and predictions do not pair up")
        m, mean = y.size, y.mean()
        step = mean - self.mean
        self.spread += np.sum((y - mean) ** 2) + step**2 * self.n * m / (self.n + m)
        self.mean += step * m / (self.n + m)
        self.n += m
        self.absolute += np.abs(y - p).sum()
        self.squared += np.square(y - p).sum()

    def compute(self):
        _need(self.n > 0, "nothing was seen yet")
        ratio = self.squared / self.spread if self.spread > 0 else float(self.squared > 0)
        return {"mae": self.absolute / self.n, "rmse": np.sqrt(self.squared / self.n), "r2": 1 - ratio}
