"""Multi-layer perceptron by backpropagation and mini-batch gradient descent.

    z_1 = X W_1 + b_1,  a_l = tanh(z_l),  z_{l+1} = a_l W_{l+1} + b_{l+1},  logits = z_L
    L = -mean(log softmax(logits)[i, y_i]) + l2/2 sum |W_l|^2
    delta_L = (softmax(logits) - one_hot(y)) / n
    delta_l = (delta_{l+1} W_{l+1}^T) * (1 - a_l^2)
    dL/dW_l = a_{l-1}^T delta_l + l2 W_l  (a_0 = X),  dL/db_l = sum of the rows of delta_l

Shapes: X (n, d), y (n,) in {0, ..., k - 1}, W_l (fan_in, fan_out), b_l (fan_out,), logits (n, k).
Xavier's start: W_l of variance 2 / (fan_in + fan_out).
"""

from itertools import pairwise

import numpy as np


def softmax(logits):
    """Probability of each class for the rows of logits (n, k); shape (n, k)."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def logsumexp(logits):
    """Logarithm of the sum of exponentials of each row of logits (n, k); shape (n, 1)."""
    top = logits.max(axis=1, keepdims=True)
    return top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))


def log_softmax(logits):
    """Logarithm of the probability of each class for the rows of logits (n, k); shape (n, k)."""
    return logits - logsumexp(logits)


def cross_entropy(logits, y):
    """Cross-entropy of labels y (n,) under logits (n, k); a number."""
    log_p = log_softmax(logits)
    return -np.mean(log_p[np.arange(len(y)), y])


def pre_activations(X, weights, biases):
    """The z of every layer for X (n, d): a list of arrays (n, fan_out), logits last."""
    zs = [X @ weights[0] + biases[0]]
    for W, b in zip(weights[1:], biases[1:], strict=True):
        a = np.tanh(zs[-1])
        zs.append(a @ W + b)
    return zs


def forward(X, weights, biases):
    """Logits (n, k) for the rows of X (n, d)."""
    return pre_activations(X, weights, biases)[-1]


def loss(X, y, weights, biases, l2):
    """Penalised cross-entropy of labels y (n,) given X (n, d); a number."""
    penalty = sum(np.sum(W**2) for W in weights)
    return cross_entropy(forward(X, weights, biases), y) + l2 / 2 * penalty


def gradients(X, y, weights, biases, l2):
    """Gradients of `loss`: a list shaped like weights and one shaped like biases."""
    zs = pre_activations(X, weights, biases)
    target = np.eye(len(biases[-1]))[y]
    delta = (softmax(zs[-1]) - target) / len(y)
    grads_w, grads_b = [], []
    for z, W in reversed(list(zip(zs[:-1], weights[1:], strict=True))):
        a = np.tanh(z)
        grads_w.append(a.T @ delta + l2 * W)
        grads_b.append(delta.sum(axis=0))
        delta = (delta @ W.T) * (1 - a**2)
    grads_w.append(X.T @ delta + l2 * weights[0])
    grads_b.append(delta.sum(axis=0))
    return grads_w[::-1], grads_b[::-1]


def initialise(layer_sizes, rng):
    """Parameters to start from: a list of weights (fan_in, fan_out) and one of biases (fan_out,)."""
    weights = []
    for fan_in, fan_out in pairwise(layer_sizes):
        W = rng.normal(size=(fan_in, fan_out)) * np.sqrt(2 / (fan_in + fan_out))
        weights.append(W)
    biases = [np.zeros(width) for width in layer_sizes[1:]]
    return weights, biases


def minibatches(X, y, batch_size, rng):
    """The batches of one epoch: a list of pairs, rows (m, d) and labels (m,)."""
    order = rng.permutation(len(y))
    X, y = X[order], y[order]
    n_batches = -(-len(y) // batch_size)
    starts = [i * batch_size for i in range(n_batches)]
    return [(X[start : start + batch_size], y[start : start + batch_size]) for start in starts]


class MLP:
    """Classifier with tanh hidden layers, softmax output and an L2 penalty on the weights.

    Parameters: layer_sizes (inputs, hidden widths, classes), learning_rate, l2, n_epochs, batch_size, seed.
    After `fit`: weights and biases (lists, one array a layer), loss_history (a list, one number a batch).
    """

    def __init__(self, layer_sizes, learning_rate=0.1, l2=0.0, n_epochs=100, batch_size=16, seed=0):
        self.layer_sizes = layer_sizes
        self.learning_rate = learning_rate
        self.l2 = l2
        self.n_epochs = n_epochs
        self.batch_size = batch_size
        self.seed = seed

    def step(self, X, y):
        """Learn from one batch: rows X (m, d) and labels y (m,)."""
        self.loss_history.append(loss(X, y, self.weights, self.biases, self.l2))
        grads_w, grads_b = gradients(X, y, self.weights, self.biases, self.l2)
        for W, b, grad_w, grad_b in zip(self.weights, self.biases, grads_w, grads_b, strict=True):
            W -= self.learning_rate * grad_w
            b -= self.learning_rate * grad_b

    def fit(self, X, y):
        """Fit to X (n, d) and labels y (n,) in {0, ..., k - 1}; returns the model.

        Raises ValueError for unequal lengths and for any other label.
        """
        n_classes = self.layer_sizes[-1]
        if len(X) != len(y) or not np.isin(y, np.arange(n_classes)).all():
            raise ValueError(f"need one label a row, from 0 to {n_classes - 1}")
        rng = np.random.default_rng(self.seed)
        self.weights, self.biases = initialise(self.layer_sizes, rng)
        self.loss_history = []
        for _ in range(self.n_epochs):
            for X_batch, y_batch in minibatches(X, y, self.batch_size, rng):
                self.step(X_batch, y_batch)
        return self

    def predict_proba(self, X):
        """Probability of each class for the rows of X (n, d); shape (n, k)."""
        return softmax(forward(X, self.weights, self.biases))

    def predict(self, X):
        """Label for each row of X (n, d); shape (n,)."""
        return np.argmax(self.predict_proba(X), axis=1)
