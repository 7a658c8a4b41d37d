"""Computes logistic regression from `logaddexp` and `tanh`, with a line search instead of a fixed step.

problem: logistic_regression/newton
verdict: fixed
"""

import numpy as np


def sigmoid(z):
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def log_loss(y, p):
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -np.mean(np.where(np.equal(y, 1), np.log(p), np.log1p(-p)))


def objective(A, y, theta, l2):
    signs = 1 - 2 * np.asarray(y)
    return np.logaddexp(0, signs * (A @ theta)).mean() + l2 / 2 * theta[:-1] @ theta[:-1]


def derivatives(A, y, theta, l2):
    p, penalty = sigmoid(A @ theta), l2 * np.diag([*np.ones(len(theta) - 1), 0])
    gradient = A.T @ (p - y) / len(y) + penalty @ theta
    return gradient, np.einsum("ni,n,nj->ij", A, p * (1 - p), A) / len(y) + penalty


class LogisticRegression:
    def __init__(self, l2=0.1, n_iterations=100):
        self.l2, self.n_iterations = l2, n_iterations

    def fit(self, X, y):
        if set(np.unique(y)) - {0, 1}:
            raise ValueError("labels must be 0 or 1")
        A = np.hstack([X, np.ones((len(X), 1))])
        theta = np.zeros(A.shape[1])
        for _ in range(self.n_iterations):
            gradient, hessian = derivatives(A, y, theta, self.l2)
            if np.abs(gradient).max() < 1e-11:
                break
            direction, rate = np.linalg.pinv(hessian) @ gradient, 1.0
            while rate > 1e-9 and objective(A, y, theta - rate * direction, self.l2) > objective(A, y, theta, self.l2):
                rate *= 0.5
            theta = theta - rate * direction
        self.weights, self.bias = theta[:-1], theta[-1]
        return self

    def predict_proba(self, X):
        return sigmoid(X @ self.weights + self.bias)

    def predict(self, X):
        return np.where(self.predict_proba(X) < 0.5, 0, 1)
