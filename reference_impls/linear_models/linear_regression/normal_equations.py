"""Ridge regression by its normal equations.

    L(w, b) = 1/(2n) |X w + b - y|^2 + l2/2 |w|^2
    with A = [1, X], theta = [b, w] and D = diag(0, 1, ..., 1):
    (A^T A + n l2 D) theta = A^T y

Shapes: X (n, d), y (n,), w (d,), b scalar. Least squares instead of an inverse, so that collinear columns are allowed.
"""

import numpy as np


class LinearRegression:
    """Linear model with an L2 penalty on the weights.

    Parameter: l2. After `fit`: weights (d,), bias (scalar).
    """

    def __init__(self, l2=0.0):
        self.l2 = l2

    def fit(self, X, y):
        """Fit to X (n, d) and y (n,) or (n, 1); returns the model.

        Raises ValueError for empty input and for unequal lengths.
        """
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1)
        if len(X) == 0 or len(X) != len(y):
            raise ValueError(f"need as many targets as rows, and at least one: {len(X)} rows, {len(y)} targets")
        A = np.column_stack([np.ones(len(X)), X])
        penalty = self.l2 * len(X) * np.eye(A.shape[1])
        penalty[0, 0] = 0.0
        theta = np.linalg.lstsq(A.T @ A + penalty, A.T @ y, rcond=None)[0]
        self.bias = theta[0]
        self.weights = theta[1:]
        return self

    def predict(self, X):
        """Predictions (n,) for the rows of X (n, d)."""
        A = np.column_stack([np.ones(len(X)), X])
        return A @ np.append(self.bias, self.weights)
