"""One class that keeps a dict a parameter, and a rule for each optimizer."""

import math

import numpy as np


def clip_by_norm(grads, max_norm):
    flat = np.concatenate([np.ravel(g) for g in grads])
    norm = math.sqrt(flat @ flat)
    if norm <= max_norm:
        return [g.copy() for g in grads], norm
    return [g / norm * max_norm for g in grads], norm


def warmup_cosine(step, total, warmup, peak, floor=0.0):
    if step < warmup:
        return peak * ((step + 1) / warmup)
    if step >= total:
        return floor
    angle = math.pi * (step - warmup) / (total - warmup)
    return floor + (peak - floor) * math.cos(angle / 2) ** 2


class _Optimizer:
    def __init__(self):
        self.kept = {}

    def step(self, params, grads):
        return [
            w + self.move(w, g, self.kept.setdefault(i, {})) for i, (w, g) in enumerate(zip(params, grads, strict=True))
        ]


class SGD(_Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.0, nesterov=False):
        super().__init__()
        self.rate, self.mu, self.nesterov = learning_rate, momentum, nesterov

    def move(self, w, g, kept):
        kept["v"] = self.mu * kept.get("v", 0 * w) - self.rate * g
        return self.mu * kept["v"] - self.rate * g if self.nesterov else kept["v"].copy()


class RMSProp(_Optimizer):
    def __init__(self, learning_rate=0.01, decay=0.9, epsilon=1e-8):
        super().__init__()
        self.rate, self.decay, self.epsilon = learning_rate, decay, epsilon

    def move(self, w, g, kept):
        kept["s"] = kept.get("s", 0 * w) + (1 - self.decay) * (g * g - kept.get("s", 0 * w))
        return -self.rate / (np.sqrt(kept["s"]) + self.epsilon) * g


class AdamW(_Optimizer):
    def __init__(self, learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.0):
        super().__init__()
        self.rate, self.betas, self.epsilon, self.decay = learning_rate, (beta1, beta2), epsilon, weight_decay

    def move(self, w, g, kept):
        t = kept["t"] = kept.get("t", 0) + 1
        averages = []
        for power, beta in enumerate(self.betas, start=1):
            kept[power] = beta * kept.get(power, 0 * w) + (1 - beta) * g**power
            averages.append(kept[power] / (1 - beta**t))
        return -self.rate * self.decay * w - self.rate * averages[0] / (np.sqrt(averages[1]) + self.epsilon)
