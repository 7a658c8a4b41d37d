"""Binary logistic regression by full-batch gradient descent.

    p = sigmoid(X w + b)
    L = -mean(y log p + (1 - y) log(1 - p)) + l2/2 |w|^2
    dL/dw = X^T (p - y) / n + l2 w
    dL/db = mean(p - y)

Shapes: X (n, d), y (n,) in {0, 1}, w (d,), b scalar.
"""

import numpy as np


def sigmoid(z):
    """Probability for each logit; same shape as z."""
    decay = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + decay), decay / (1 + decay))


def log_loss(y, p):
    """Mean cross-entropy of labels y (n,) in {0, 1} under probabilities p (n,); a number."""
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def gradient(X, y, weights, bias, l2):
    """Gradient of the penalised loss with respect to weights (d,) and bias (scalar)."""
    residual = sigmoid(X @ weights + bias) - y
    grad_w = X.T @ residual / len(y) + l2 * weights
    grad_b = residual.mean()
    return grad_w, grad_b


class LogisticRegression:
    """Binary classifier, linear in its log odds, with an L2 penalty on the weights.

    Parameters: l2, learning_rate, n_iterations. After `fit`: weights (d,), bias (scalar). The defaults are for columns
    of a spread near 1.
    """

    def __init__(self, l2=0.1, learning_rate=0.8, n_iterations=200):
        self.l2 = l2
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def fit(self, X, y):
        """Fit to X (n, d) and labels y (n,) in {0, 1}; returns the model.

        Raises ValueError for any other label.
        """
        if not np.isin(y, [0, 1]).all():
            raise ValueError("labels must be 0 or 1")
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        for _ in range(self.n_iterations):
            grad_w, grad_b = gradient(X, y, self.weights, self.bias, self.l2)
            self.weights -= self.learning_rate * grad_w
            self.bias -= self.learning_rate * grad_b
        return self

    def predict_proba(self, X):
        """Probability of class 1 for each row of X (n, d); shape (n,)."""
        return sigmoid(X @ self.weights + self.bias)

    def predict(self, X):
        """Label 0 or 1 for each row of X (n, d); shape (n,)."""
        return (self.predict_proba(X) >= 0.5).astype(int)
