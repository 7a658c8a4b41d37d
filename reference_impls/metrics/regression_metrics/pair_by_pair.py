"""Metrics of regression, pair by pair: what is added up for each, and what a mean and a variance keep of many values.

    MAE, MAPE, Huber, pinball = (sum of the costs) / n
    RMSLE = sqrt((sum of (log(1 + y) - log(1 + p))^2) / n)
    MASE = MAE / ((sum of |h[t] - h[t - season]|) / (m - season))
    R2 = 1 - (sum of (y - p)^2) / (sum of (y - mean y)^2),  explained variance = 1 - var e / var y
    one more value x:  mean += (x - mean) / n,  spread += (x - old mean) (x - new mean)

Welford 1962, "Note on a method for calculating corrected sums of squares and products".
"""

import math

import numpy as np


def floats(values):
    return np.ravel(values).astype(float).tolist()


def pairs(y, p):
    """A list of pairs of a target and its prediction."""
    if np.size(y) != np.size(p) or np.size(y) == 0:
        raise ValueError(f"cannot compare {np.size(y)} targets with {np.size(p)} predictions")
    return list(zip(floats(y), floats(p), strict=True))


class Moments:
    """Number, mean and sum of squared deviations of the values so far."""

    def __init__(self):
        self.n = 0
        self.mean = self.spread = 0.0

    def add(self, value):
        self.n += 1
        gap = value - self.mean
        self.mean += gap / self.n
        self.spread += gap * (value - self.mean)


def mean_absolute_error(y, p):
    total = 0.0
    for target, guess in pairs(y, p):
        total += abs(target - guess)
    return total / len(y)


def mean_absolute_percentage_error(y, p):
    total = 0.0
    for target, guess in pairs(y, p):
        if target == 0:
            raise ValueError("a target of 0 has no percentage")
        total += abs(target - guess) / abs(target)
    return 100 * total / len(y)


def root_mean_squared_log_error(y, p):
    squares = 0.0
    for target, guess in pairs(y, p):
        if target < 0 or guess < 0:
            raise ValueError("an amount below 0")
        gap = math.log1p(target) - math.log1p(guess)
        squares += gap**2
    return math.sqrt(squares / len(y))


def mean_absolute_scaled_error(y, p, history, season=1):
    past = floats(history)
    if not 1 <= season < len(past):
        raise ValueError(f"{len(past)} values have no two that are {season} apart")
    total = 0.0
    for t in range(season, len(past)):
        total += abs(past[t] - past[t - season])
    if total == 0:
        raise ValueError("the naive forecast makes no error")
    naive = total / (len(past) - season)
    return mean_absolute_error(y, p) / naive


def huber_cost(size, delta):
    return size**2 / 2 if size <= delta else delta * (size - delta / 2)


def huber(y, p, delta=1.0):
    if delta <= 0:
        raise ValueError(f"delta is positive, not {delta}")
    total = 0.0
    for target, guess in pairs(y, p):
        total += huber_cost(abs(target - guess), delta)
    return total / len(y)


def pinball_cost(error, quantile):
    return quantile * error if error > 0 else (quantile - 1) * error


def pinball(y, p, quantile=0.5):
    if not 0 < quantile < 1:
        raise ValueError(f"a quantile is between 0 and 1, not {quantile}")
    total = 0.0
    for target, guess in pairs(y, p):
        total += pinball_cost(target - guess, quantile)
    return total / len(y)


def r2(y, p):
    both = pairs(y, p)
    if min(both)[0] == max(both)[0]:
        return 1.0 if all(target == guess for target, guess in both) else 0.0
    mean = sum(target for target, _ in both) / len(both)
    unexplained = total = 0.0
    for target, guess in both:
        unexplained += (target - guess) ** 2
        total += (target - mean) ** 2
    return 1 - unexplained / total


def adjusted_r2(y, p, n_features):
    """R2 by degrees of freedom, for n_features coefficients and an intercept."""
    left = len(y) - n_features - 1
    if n_features < 0 or left <= 0:
        raise ValueError(f"{len(y)} targets are too few for {n_features} features")
    return 1 - (1 - r2(y, p)) * (len(y) - 1) / left


def explained_variance(y, p):
    targets, errors = Moments(), Moments()
    both = pairs(y, p)
    for target, guess in both:
        targets.add(target)
        errors.add(target - guess)
    if min(both)[0] == max(both)[0]:
        return 1.0 if len({target - guess for target, guess in both}) == 1 else 0.0
    return 1 - errors.spread / targets.spread


class RunningScores:
    """Scores of all pairs so far, without keeping them."""

    def __init__(self):
        self.targets = Moments()
        self.absolute = self.squared = 0.0

    def update(self, y, p):
        for target, guess in pairs(y, p):
            self.targets.add(target)
            self.absolute += abs(target - guess)
            self.squared += (target - guess) ** 2

    def compute(self):
        """A dict from name to number."""
        n, spread = self.targets.n, self.targets.spread
        if n == 0:
            raise ValueError("nothing has been seen yet")
        r2 = 1 - self.squared / spread if spread > 0 else 0.0
        return {"mae": self.absolute / n, "rmse": math.sqrt(self.squared / n), "r2": r2}
