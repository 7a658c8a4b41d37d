"""Binary logistic regression by Newton's method.

    p = sigmoid(A theta),  A = [X, 1],  theta = [w, b]
    L = -mean(y log p + (1 - y) log(1 - p)) + l2/2 |w|^2
    gradient = A^T (p - y) / n + l2 D theta,  D = diag(1, ..., 1, 0)
    Hessian  = A^T diag(p (1 - p)) A / n + l2 D

Shapes: X (n, d), y (n,) in {0, 1}, theta (d + 1,). log p = -softplus(-z) and log(1 - p) = -softplus(z).
"""

import numpy as np


def sigmoid(z):
    """Probability for each logit; same shape as z."""
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def log_loss(y, p):
    """Mean cross-entropy of labels y (n,) in {0, 1} under probabilities p (n,); a number."""
    p_of_label = np.where(np.asarray(y) == 1, p, 1 - np.asarray(p))
    return -np.mean(np.log(np.maximum(p_of_label, 1e-15)))


def objective(A, y, theta, l2):
    """Penalised cross-entropy of theta (d + 1,), bias last, on A (n, d + 1); a number."""
    z = A @ theta
    return np.mean(np.logaddexp(0, z) - y * z) + l2 / 2 * np.sum(theta[:-1] ** 2)


def derivatives(A, y, theta, l2):
    """Gradient (d + 1,) and Hessian (d + 1, d + 1) of `objective`."""
    p = sigmoid(A @ theta)
    penalty = l2 * np.eye(len(theta))
    penalty[-1, -1] = 0
    gradient = A.T @ (p - y) / len(y) + penalty @ theta
    hessian = (A.T * (p * (1 - p))) @ A / len(y) + penalty
    return gradient, hessian


class LogisticRegression:
    """Binary classifier, linear in its log odds, with an L2 penalty on the weights.

    Parameters: l2, n_iterations, tolerance (largest entry of the gradient at which to stop).
    After `fit`: weights (d,), bias (scalar).
    """

    def __init__(self, l2=0.1, n_iterations=50, tolerance=1e-10):
        self.l2 = l2
        self.n_iterations = n_iterations
        self.tolerance = tolerance

    def fit(self, X, y):
        """Fit to X (n, d) and labels y (n,) in {0, 1}; returns the model.

        Raises ValueError for any other label.
        """
        if not np.isin(y, [0, 1]).all():
            raise ValueError("labels must be 0 or 1")
        A = np.column_stack([X, np.ones(len(X))])
        theta = np.zeros(A.shape[1])
        for _ in range(self.n_iterations):
            gradient, hessian = derivatives(A, y, theta, self.l2)
            if np.max(np.abs(gradient)) < self.tolerance:
                break
            direction = np.linalg.lstsq(hessian, gradient, rcond=None)[0]
            step = 1.0
            while objective(A, y, theta - step * direction, self.l2) > objective(A, y, theta, self.l2) and step > 1e-8:
                step /= 2
            theta = theta - step * direction
        self.weights, self.bias = theta[:-1], theta[-1]
        return self

    def predict_proba(self, X):
        """Probability of class 1 for each row of X (n, d); shape (n,)."""
        return sigmoid(X @ self.weights + self.bias)

    def predict(self, X):
        """Label 0 or 1 for each row of X (n, d); shape (n,)."""
        return (self.predict_proba(X) >= 0.5).astype(int)
