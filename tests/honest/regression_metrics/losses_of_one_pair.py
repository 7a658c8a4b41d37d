"""Every metric is the mean of a loss of one pair; loops and fsum, and running scores that remember all pairs."""

import math

import numpy as np


def _lists(y, p):
    ys, ps = [float(v) for v in np.asarray(y).reshape(-1)], [float(v) for v in np.asarray(p).reshape(-1)]
    if not ys or len(ys) != len(ps):
        raise ValueError("as many predictions as targets are needed, and at least one")
    return ys, ps


def _mean(values):
    values = list(values)
    return math.fsum(values) / len(values)


def _mean_loss(loss, y, p):
    return _mean(loss(a, b) for a, b in zip(*_lists(y, p), strict=True))


def mean_absolute_error(y, p):
    return _mean_loss(lambda a, b: abs(a - b), y, p)


def mean_absolute_percentage_error(y, p):
    if 0 in _lists(y, p)[0]:
        raise ValueError("percent of 0 is nothing")
    return _mean_loss(lambda a, b: abs(a - b) / abs(a) * 100, y, p)


def root_mean_squared_log_error(y, p):
    ys, ps = _lists(y, p)
    if min(ys + ps) < 0:
        raise ValueError("negative values have no place here")
    return math.sqrt(_mean_loss(lambda a, b: (math.log(1 + a) - math.log(1 + b)) ** 2, y, p))


def mean_absolute_scaled_error(y, p, history, season=1):
    past = [float(v) for v in np.asarray(history).reshape(-1)]
    if season < 1 or season >= len(past):
        raise ValueError("no change over a season lies in this history")
    unit = _mean(abs(later - earlier) for earlier, later in zip(past, past[season:], strict=False))
    if unit == 0:
        raise ValueError("nothing ever changed")
    return mean_absolute_error(y, p) / unit


def huber(y, p, delta=1.0):
    if not delta > 0:
        raise ValueError("delta is a positive number")

    def loss(a, b):
        size = abs(a - b)
        return size * size / 2 if size <= delta else delta * size - delta * delta / 2

    return _mean_loss(loss, y, p)


def pinball(y, p, quantile=0.5):
    if not 0 < quantile < 1:
        raise ValueError("the quantile is no share")
    return _mean_loss(lambda a, b: (a - b) * quantile if a >= b else (b - a) * (1 - quantile), y, p)


def r2(y, p):
    ys, ps = _lists(y, p)
    if min(ys) == max(ys):
        return 1.0 if ys == ps else 0.0
    center = _mean(ys)
    missed = math.fsum((a - b) ** 2 for a, b in zip(ys, ps, strict=True))
    return 1 - missed / math.fsum((a - center) ** 2 for a in ys)


def adjusted_r2(y, p, n_features):
    n = len(_lists(y, p)[0])
    if n_features < 0 or n - n_features - 1 <= 0:
        raise ValueError("more pairs are needed than features and one")
    return 1 - (1 - r2(y, p)) * ((n - 1) / (n - n_features - 1))


def _variance(values):
    center = _mean(values)
    return _mean((v - center) ** 2 for v in values)


def explained_variance(y, p):
    ys, ps = _lists(y, p)
    errors = [a - b for a, b in zip(ys, ps, strict=True)]
    if min(ys) == max(ys):
        return float(min(errors) == max(errors))
    return 1 - _variance(errors) / _variance(ys)


class RunningScores:
    def __init__(self):
        self.targets, self.predictions = [], []

    def update(self, y, p):
        ys, ps = _lists(y, p)
        self.targets += ys
        self.predictions += ps

    def compute(self):
        pair = np.array(self.targets), np.array(self.predictions)
        rmse = math.sqrt(_mean_loss(lambda a, b: (a - b) ** 2, *pair))
        return {"mae": mean_absolute_error(*pair), "rmse": rmse, "r2": r2(*pair)}
