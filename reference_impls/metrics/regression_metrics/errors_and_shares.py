"""Metrics of regression: sizes of errors, and shares of the variance.

    error e = y - p
    MAE = mean |e|,  MAPE = mean |e / y|,  RMSLE = sqrt(mean (log(1 + y) - log(1 + p))^2)
    MASE = MAE / mean |h[season:] - h[:-season]|
    Huber = mean of e^2 / 2 up to delta, delta (|e| - delta / 2) beyond
    pinball = mean of q e where e is positive, (q - 1) e elsewhere
    R2 = 1 - sum e^2 / sum (y - mean y)^2,  adjusted R2 = 1 - (1 - R2) (n - 1) / (n - k - 1)
    explained variance = 1 - var e / var y

Shapes: y, p (n,) or (n, 1); history h (m,).
"""

import numpy as np


def paired(y, p):
    """Targets and predictions as vectors of floats."""
    y = np.asarray(y, dtype=float).ravel()
    p = np.asarray(p, dtype=float).ravel()
    if len(y) != len(p) or len(y) == 0:
        raise ValueError(f"cannot compare {len(y)} targets with {len(p)} predictions")
    return y, p


def mean_absolute_error(y, p):
    y, p = paired(y, p)
    return np.mean(np.abs(y - p))


def mean_absolute_percentage_error(y, p):
    y, p = paired(y, p)
    if np.any(y == 0):
        raise ValueError("a target of 0 has no percentage")
    return 100 * np.mean(np.abs((y - p) / y))


def root_mean_squared_log_error(y, p):
    y, p = paired(y, p)
    if np.any(y < 0) or np.any(p < 0):
        raise ValueError("an amount below 0")
    errors = np.log1p(y) - np.log1p(p)
    return np.sqrt(np.mean(errors**2))


def mean_absolute_scaled_error(y, p, history, season=1):
    """The mean absolute error in units of that which repeating the last season would have made in the history."""
    history = np.asarray(history, dtype=float).ravel()
    if not 1 <= season < len(history):
        raise ValueError(f"{len(history)} values have no two that are {season} apart")
    changes = history[season:] - history[:-season]
    if not changes.any():
        raise ValueError("the naive forecast makes no error")
    return mean_absolute_error(y, p) / np.mean(np.abs(changes))


def huber(y, p, delta=1.0):
    y, p = paired(y, p)
    if delta <= 0:
        raise ValueError(f"delta is positive, not {delta}")
    size = np.abs(y - p)
    return np.mean(np.where(size <= delta, size**2 / 2, delta * (size - delta / 2)))


def pinball(y, p, quantile=0.5):
    y, p = paired(y, p)
    if not 0 < quantile < 1:
        raise ValueError(f"a quantile is between 0 and 1, not {quantile}")
    error = y - p
    return np.mean(np.maximum(quantile * error, (quantile - 1) * error))


def r2(y, p):
    y, p = paired(y, p)
    if np.all(y == y[0]):
        return 1.0 if np.array_equal(y, p) else 0.0
    unexplained = np.sum((y - p) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return 1 - unexplained / total


def adjusted_r2(y, p, n_features):
    """R2 for a model with n_features coefficients and an intercept."""
    n = len(y)
    if n_features < 0 or n <= n_features + 1:
        raise ValueError(f"{n} targets are too few for {n_features} features")
    return 1 - (1 - r2(y, p)) * (n - 1) / (n - n_features - 1)


def explained_variance(y, p):
    y, p = paired(y, p)
    error = y - p
    if np.all(y == y[0]):
        return 1.0 if np.all(error == error[0]) else 0.0
    return 1 - np.var(error) / np.var(y)


class RunningScores:
    """Scores of all pairs so far, without keeping them."""

    def __init__(self):
        self.n = 0
        self.absolute = self.squared = 0.0
        self.mean = self.spread = 0.0

    def update(self, y, p):
        y, p = paired(y, p)
        errors = y - p
        self.absolute += np.abs(errors).sum()
        self.squared += np.sum(errors**2)
        gap = y.mean() - self.mean
        n = self.n + len(y)
        self.spread += np.sum((y - y.mean()) ** 2) + gap**2 * self.n * len(y) / n
        self.mean += gap * len(y) / n
        self.n = n

    def compute(self):
        """A dict from name to number."""
        if self.n == 0:
            raise ValueError("nothing has been seen yet")
        r2 = 1 - self.squared / self.spread if self.spread > 0 else 0.0
        return {"mae": self.absolute / self.n, "rmse": np.sqrt(self.squared / self.n), "r2": r2}
