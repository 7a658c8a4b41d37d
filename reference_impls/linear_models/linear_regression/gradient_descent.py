"""Ridge regression by gradient descent with momentum.

    L(w, b) = 1/(2n) |X w + b - y|^2 + l2/2 |w|^2
    dL/dw = X^T (X w + b - y) / n + l2 w
    dL/db = mean(X w + b - y)

Shapes: X (n, d), y (n,), w (d,), b scalar.
"""

import numpy as np


def predict_linear(X, weights, bias):
    """Affine map of each row: X (n, d), weights (d,), bias scalar; returns (n,)."""
    return X @ weights + bias


def loss(X, y, weights, bias, l2):
    """Half the mean squared error plus the L2 penalty; a number."""
    residual = predict_linear(X, weights, bias) - y
    return np.mean(residual**2) / 2 + l2 / 2 * np.sum(weights**2)


def gradient(X, y, weights, bias, l2):
    """Gradient of `loss` with respect to weights (d,) and bias (scalar)."""
    residual = predict_linear(X, weights, bias) - y
    grad_w = X.T @ residual / len(y) + l2 * weights
    grad_b = np.mean(residual)
    return grad_w, grad_b


class LinearRegression:
    """Linear model with an L2 penalty on the weights.

    Parameters: l2, learning_rate, momentum, n_iterations, tolerance (on the change of the loss). The defaults are for
    columns of a spread near 1.
    After `fit`: weights (d,), bias (scalar), loss_history (a list, one number a step).
    """

    def __init__(self, l2=0.0, learning_rate=0.3, momentum=0.8, n_iterations=1000, tolerance=1e-15):
        self.l2 = l2
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.n_iterations = n_iterations
        self.tolerance = tolerance

    def fit(self, X, y):
        """Fit to X (n, d) and y (n,) or (n, 1); returns the model.

        Raises ValueError for empty input and for unequal lengths.
        """
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1)
        if len(X) == 0 or len(X) != len(y):
            raise ValueError(f"need as many targets as rows, and at least one: {len(X)} rows, {len(y)} targets")
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        self.loss_history = [loss(X, y, self.weights, self.bias, self.l2)]
        velocity_w = np.zeros(X.shape[1])
        velocity_b = 0.0
        for _ in range(self.n_iterations):
            grad_w, grad_b = gradient(X, y, self.weights, self.bias, self.l2)
            velocity_w = self.momentum * velocity_w - self.learning_rate * grad_w
            velocity_b = self.momentum * velocity_b - self.learning_rate * grad_b
            self.weights = self.weights + velocity_w
            self.bias = self.bias + velocity_b
            self.loss_history.append(loss(X, y, self.weights, self.bias, self.l2))
            if abs(self.loss_history[-2] - self.loss_history[-1]) < self.tolerance:
                break
        return self

    def predict(self, X):
        """Predictions (n,) for the rows of X (n, d)."""
        return predict_linear(np.asarray(X, dtype=float), self.weights, self.bias)
