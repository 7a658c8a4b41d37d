"""Optimizers: from parameters and their gradients to new parameters.

    SGD       v = momentum v - rate g;  w + v, with Nesterov's look ahead w + momentum v - rate g
    RMSProp   s = decay s + (1 - decay) g^2;  w - rate g / (sqrt(s) + epsilon)
    AdamW     m = beta1 m + (1 - beta1) g,  s = beta2 s + (1 - beta2) g^2;  at the t-th step
              w - rate (m / (1 - beta1^t) / (sqrt(s / (1 - beta2^t)) + epsilon) + weight_decay w)
    clipping  all gradients times max_norm / |g| where |g|, the length of all of them together, is larger
    schedule  a straight line up to peak, then half a cosine down to floor

Parameters and gradients are lists of arrays of equal shapes; every array has a state of its own.
Kingma & Ba 2015, "Adam"; Loshchilov & Hutter 2019, "Decoupled weight decay regularization".
"""

import numpy as np


def clip_by_norm(grads, max_norm):
    """Gradients that are together no longer than max_norm, and how long they were."""
    norm = float(np.sqrt(sum(np.sum(g**2) for g in grads)))
    scale = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return [scale * g for g in grads], norm


def warmup_cosine(step, total, warmup, peak, floor=0.0):
    """Learning rate of a step, counted from 0."""
    if step < warmup:
        return peak * (step + 1) / warmup
    progress = min(1.0, (step - warmup) / max(1, total - warmup))
    return float(floor + (peak - floor) * (1 + np.cos(np.pi * progress)) / 2)


def zeros_like(params):
    return [np.zeros(np.shape(w)) for w in params]


class SGD:
    """Gradient descent with momentum. Parameters: learning_rate, momentum, nesterov."""

    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False):
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.nesterov = nesterov
        self.velocities = None

    def step(self, params, grads):
        """New parameters, a list."""
        if self.velocities is None:
            self.velocities = zeros_like(params)
        moved = []
        for i, (w, g) in enumerate(zip(params, grads, strict=True)):
            v = self.momentum * self.velocities[i] - self.learning_rate * g
            self.velocities[i] = v
            ahead = self.momentum * v - self.learning_rate * g
            moved.append(w + (ahead if self.nesterov else v))
        return moved


class RMSProp:
    """Steps in proportion to the recent size of the gradient. Parameters: learning_rate, decay, epsilon."""

    def __init__(self, learning_rate=0.01, decay=0.9, epsilon=1e-8):
        self.learning_rate = learning_rate
        self.decay = decay
        self.epsilon = epsilon
        self.squares = None

    def step(self, params, grads):
        """New parameters, a list."""
        if self.squares is None:
            self.squares = zeros_like(params)
        moved = []
        for i, (w, g) in enumerate(zip(params, grads, strict=True)):
            self.squares[i] = self.decay * self.squares[i] + (1 - self.decay) * g**2
            moved.append(w - self.learning_rate * g / (np.sqrt(self.squares[i]) + self.epsilon))
        return moved


class AdamW:
    """Adam with decoupled decay. Parameters: learning_rate, beta1, beta2, epsilon, weight_decay."""

    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0):
        self.learning_rate = learning_rate
        self.beta1, self.beta2 = beta1, beta2
        self.epsilon = epsilon
        self.weight_decay = weight_decay
        self.means = self.squares = None
        self.t = 0

    def step(self, params, grads):
        """New parameters, a list."""
        if self.means is None:
            self.means, self.squares = zeros_like(params), zeros_like(params)
        self.t += 1
        moved = []
        for i, (w, g) in enumerate(zip(params, grads, strict=True)):
            self.means[i] = self.beta1 * self.means[i] + (1 - self.beta1) * g
            self.squares[i] = self.beta2 * self.squares[i] + (1 - self.beta2) * g**2
            mean = self.means[i] / (1 - self.beta1**self.t)
            square = self.squares[i] / (1 - self.beta2**self.t)
            direction = mean / (np.sqrt(square) + self.epsilon)
            moved.append(w - self.learning_rate * (direction + self.weight_decay * w))
        return moved
