"""Newton's method on all parameters at once; labels through a dictionary, sums by logaddexp."""

import numpy as np


def log_softmax(Z):
    Z = np.asarray(Z, dtype=float)
    return Z - np.expand_dims(np.logaddexp.reduce(Z, axis=-1), -1)


def softmax(Z):
    return np.exp(log_softmax(Z))


def cross_entropy(Z, codes, row_weights=None):
    row_weights = [1.0] * len(codes) if row_weights is None else row_weights
    logs = log_softmax(Z)
    total = sum(v * logs[i, c] for i, (c, v) in enumerate(zip(codes, row_weights, strict=True)))
    return -total / sum(row_weights)


def balanced_weights(codes):
    k = max(codes) + 1
    share = {c: len(codes) / k / list(codes).count(c) for c in range(k)}
    return np.array([share[c] for c in codes])


class SoftmaxRegression:
    def __init__(self, l2=0.05, balanced=False):
        self.l2, self.balanced = l2, balanced

    def fit(self, X, y):
        self.classes = np.array(sorted(set(y.tolist())))
        k, (n, d) = len(self.classes), X.shape
        if k == 1:
            raise ValueError("one class only")
        number = {label: c for c, label in enumerate(self.classes.tolist())}
        codes = np.array([number[label] for label in y.tolist()])
        v = balanced_weights(codes) if self.balanced else np.ones(n)
        v = v / v.sum()
        A = np.hstack([X, np.ones((n, 1))])
        ridge = self.l2 * np.diag([1.0] * d + [0.0])
        theta = np.zeros((k, d + 1))

        def loss(theta):
            return cross_entropy(A @ theta.T, codes, v) + self.l2 / 2 * np.sum(theta[:, :-1] ** 2)

        for _ in range(30):
            P = softmax(A @ theta.T)
            slope = ((P - np.eye(k)[codes]) * v[:, None]).T @ A + theta @ ridge
            spread = P[:, :, None] * (np.eye(k) - P[:, None, :])
            curve = np.einsum("i,iab,ij,il->ajbl", v, spread, A, A)
            curve = curve.reshape(k * (d + 1), -1) + np.kron(np.eye(k), ridge)
            step = np.linalg.lstsq(curve, slope.ravel(), rcond=None)[0].reshape(k, d + 1)
            while loss(theta - step) > loss(theta) and np.abs(step).max() > 1e-12:
                step = step / 2
            theta = theta - step
        self.weights, self.bias = theta[:, :-1].T, theta[:, -1]
        return self

    def decision_function(self, X):
        return np.array([self.weights.T @ x + self.bias for x in X])

    def predict_proba(self, X):
        return softmax(self.decision_function(X))

    def predict(self, X):
        return np.array([self.classes[np.argmax(p)] for p in self.predict_proba(X)])
