"""Plain Python with the statistics module and Welford's update, one pair at a time."""

import math
import statistics


def _flat(values):
    return [float(v) for v in values.flat]


def _errors(y, p):
    y, p = _flat(y), _flat(p)
    if len(y) != len(p) or len(y) == 0:
        raise ValueError("unequal or empty")
    return [a - b for a, b in zip(y, p, strict=True)]


def mean_absolute_error(y, p):
    return statistics.fmean(map(abs, _errors(y, p)))


def mean_absolute_percentage_error(y, p):
    errors = _errors(y, p)
    if 0 in _flat(y):
        raise ValueError("zero target")
    return statistics.fmean(100 * abs(e) / abs(t) for e, t in zip(errors, _flat(y), strict=True))


def root_mean_squared_log_error(y, p):
    if min(_flat(y) + _flat(p), default=0) < 0:
        raise ValueError("negative")
    _errors(y, p)
    logs = [math.log((1 + a) / (1 + b)) for a, b in zip(_flat(y), _flat(p), strict=True)]
    return math.hypot(*logs) / math.sqrt(len(logs))


def mean_absolute_scaled_error(y, p, history, season=1):
    past = _flat(history)
    changes = [abs(a - b) for a, b in zip(past, past[season:], strict=False)] if season > 0 else []
    if not any(changes):
        raise ValueError("no naive forecast")
    return mean_absolute_error(y, p) / statistics.fmean(changes)


def huber(y, p, delta=1.0):
    if not delta > 0:
        raise ValueError("delta")
    clipped = [(abs(e), min(abs(e), delta)) for e in _errors(y, p)]
    return statistics.fmean(c * c / 2 + delta * (s - c) for s, c in clipped)


def pinball(y, p, quantile=0.5):
    if quantile <= 0 or quantile >= 1:
        raise ValueError("quantile")
    return statistics.fmean(quantile * e if e > 0 else -(1 - quantile) * e for e in _errors(y, p))


def r2(y, p):
    errors = _errors(y, p)
    if len(set(_flat(y))) == 1:
        return float(not any(errors))
    return 1 - math.fsum(e * e for e in errors) / (len(errors) * statistics.pvariance(_flat(y)))


def adjusted_r2(y, p, n_features):
    left = len(y) - n_features - 1
    if n_features < 0 or left <= 0:
        raise ValueError("degrees of freedom")
    return 1 - (1 - r2(y, p)) / left * (len(y) - 1)


def explained_variance(y, p):
    errors = _errors(y, p)
    if len(set(_flat(y))) == 1:
        return float(len(set(errors)) == 1)
    return 1 - statistics.pvariance(errors) / statistics.pvariance(_flat(y))


class RunningScores:
    def __init__(self):
        self.count, self.center, self.m2, self.size, self.square = 0, 0.0, 0.0, 0.0, 0.0

    def update(self, y, p):
        for error, target in zip(_errors(y, p), _flat(y), strict=True):
            self.count += 1
            gap = target - self.center
            self.center += gap / self.count
            self.m2 += gap * (target - self.center)
            self.size += abs(error)
            self.square += error * error

    def compute(self):
        if not self.count:
            raise ValueError("empty")
        share = 1 - self.square / self.m2 if self.m2 else float("nan")
        return {"mae": self.size / self.count, "rmse": math.sqrt(self.square / self.count), "r2": share}
