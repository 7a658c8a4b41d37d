"""Softmax regression by gradient descent with momentum, classes weighed on request.

    Z = X W + b                                   logits, (n, k)
    log P[i, c] = Z[i, c] - log(sum over c of exp Z[i, c])
    L = -(sum of v[i] log P[i, y[i]]) / sum of v[i] + l2/2 |W|^2
    dL/dZ[i] = v[i] (P[i] - onehot(y[i])) / sum of v[i]
    dL/dW = X^T dL/dZ + l2 W,   dL/db = sums of dL/dZ over the rows

Shapes: X (n, d), codes y (n,) in 0..k-1, row weights v (n,), W (d, k), b (k,).
"""

import numpy as np


def log_softmax(Z):
    """Logarithm of the softmax along the last axis of Z (..., k); same shape."""
    shifted = Z - Z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(Z):
    """Probabilities along the last axis of Z (..., k); same shape."""
    return np.exp(log_softmax(Z))


def cross_entropy(Z, codes, row_weights=None):
    """Mean cross-entropy of codes (n,) under logits Z (n, k), rows weighed by row_weights (n,); a number."""
    return np.average(-log_softmax(Z)[np.arange(len(codes)), codes], weights=row_weights)


def balanced_weights(codes):
    """A weight for each row, (n,): every class has the same total, and the mean over the rows is 1."""
    counts = np.bincount(codes)
    return len(codes) / (len(counts) * counts[codes])


def gradient(X, codes, row_weights, W, b, l2):
    """Gradient of the penalised loss with respect to W (d, k) and b (k,)."""
    error = softmax(X @ W + b)
    error[np.arange(len(codes)), codes] -= 1
    error *= row_weights[:, None] / row_weights.sum()
    return X.T @ error + l2 * W, error.sum(axis=0)


class SoftmaxRegression:
    """Classifier of k classes, linear in its logits, with an L2 penalty on the weights.

    Parameters: l2, balanced, learning_rate, momentum, n_iterations. After `fit`: classes (k,), weights (d, k), bias
    (k,). The defaults are for columns of a spread near 1.
    """

    def __init__(self, l2=0.05, balanced=False, learning_rate=0.3, momentum=0.8, n_iterations=300):
        self.l2 = l2
        self.balanced = balanced
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.n_iterations = n_iterations

    def fit(self, X, y):
        """Fit to X (n, d) and labels y (n,) of any sortable kind; returns the model.

        Raises ValueError for fewer than two classes.
        """
        self.classes, codes = np.unique(y, return_inverse=True)
        k = len(self.classes)
        if k < 2:
            raise ValueError("labels of at least two classes are needed")
        row_weights = balanced_weights(codes) if self.balanced else np.ones(len(codes))
        self.weights, self.bias = np.zeros((X.shape[1], k)), np.zeros(k)
        velocity_w, velocity_b = np.zeros_like(self.weights), np.zeros_like(self.bias)
        for _ in range(self.n_iterations):
            grad_w, grad_b = gradient(X, codes, row_weights, self.weights, self.bias, self.l2)
            velocity_w = self.momentum * velocity_w - self.learning_rate * grad_w
            velocity_b = self.momentum * velocity_b - self.learning_rate * grad_b
            self.weights += velocity_w
            self.bias += velocity_b
        return self

    def decision_function(self, X):
        """Logits of the rows of X (n, d), a column for each class; shape (n, k)."""
        return X @ self.weights + self.bias

    def predict_proba(self, X):
        """Probability of each class for the rows of X (n, d); shape (n, k)."""
        return softmax(self.decision_function(X))

    def predict(self, X):
        """The likeliest label for each row of X (n, d); shape (n,)."""
        return self.classes[self.decision_function(X).argmax(axis=1)]
