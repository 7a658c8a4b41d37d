"""Solves the regression by the pseudo-inverse of the centred rows, without any normal equations.

problem: linear_regression/normal_equations
verdict: fixed
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class LinearRegression:
    l2: float = 0.0

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float).ravel()
        if not len(X) or len(X) != len(y):
            raise ValueError(f"{len(X)} rows and {len(y)} targets")
        (n, d), centre, level = X.shape, X.mean(axis=0), y.mean()
        rows = np.vstack([X - centre, np.sqrt(self.l2 * n) * np.eye(d)])  # the penalty as d more rows
        self.weights = np.linalg.pinv(rows) @ np.concatenate([y - level, np.zeros(d)])
        self.bias = float(level - centre @ self.weights)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.weights + self.bias
