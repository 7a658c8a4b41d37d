"""Weights from exponentials that the mask multiplies; decoding feeds one position after the other to kept keys."""

import numpy as np


def _masked_softmax(scores, mask):
    top = np.where(mask, scores, -np.inf).max(-1, keepdims=True)
    raw = np.exp(np.minimum(scores - top, 0.0)) * mask
    return raw / raw.sum(-1, keepdims=True)


def softmax(scores):
    return _masked_softmax(scores, np.ones(scores.shape, dtype=bool))


def causal_mask(n_queries, n_keys):
    first = n_keys - n_queries
    return np.arange(n_keys)[None, :] <= first + np.arange(n_queries)[:, None]


def padding_mask(lengths, n_keys):
    mask = np.zeros((len(lengths), n_keys), dtype=bool)
    for row, length in enumerate(lengths):
        mask[row, :length] = True
    return mask


def split_heads(x, n_heads):
    B, T, D = x.shape
    return x.reshape(B, T, n_heads, D // n_heads).swapaxes(1, 2)


def merge_heads(parts):
    B, H, T, d = parts.shape
    return parts.swapaxes(1, 2).reshape(B, T, H * d)


def scaled_dot_product(q, k, v, mask=None):
    scores = np.matmul(q, np.swapaxes(k, -1, -2)) * (1.0 / np.sqrt(q.shape[-1]))
    if mask is None:
        mask = True
    weights = _masked_softmax(scores, np.broadcast_to(mask, scores.shape))
    return np.matmul(weights, v), weights


class MultiHeadAttention:
    def __init__(self, d_model, n_heads, seed=0):
        width, rest = divmod(d_model, n_heads)
        if rest:
            raise ValueError("the heads do not divide the model")
        self.H, self.d = n_heads, width
        rng = np.random.default_rng([seed, d_model])
        for name in ("w_q", "w_k", "w_v", "w_o"):
            setattr(self, name, rng.normal(0.0, 1 / np.sqrt(d_model), size=(d_model, d_model)))
        self.reset()

    def reset(self):
        self._keys, self._values = [], []

    def forward(self, x, memory=None, lengths=None, causal=False):
        if memory is None:
            memory = x
        hides = []
        if lengths is not None:
            hides.append(padding_mask(lengths, memory.shape[1])[:, None, None])
        if causal:
            hides.append(causal_mask(x.shape[1], memory.shape[1])[None, None])
        mask = None
        for each in hides:
            mask = each if mask is None else np.logical_and(mask, each)
        k, v = split_heads(memory @ self.w_k, self.H), split_heads(memory @ self.w_v, self.H)
        output, self.weights = scaled_dot_product(split_heads(x @ self.w_q, self.H), k, v, mask)
        return merge_heads(output) @ self.w_o

    def decode(self, x):
        outputs, rows = [], []
        for t in range(x.shape[1]):
            step = x[:, t : t + 1]
            self._keys.append(split_heads(step @ self.w_k, self.H))
            self._values.append(split_heads(step @ self.w_v, self.H))
            k, v = np.concatenate(self._keys, axis=2), np.concatenate(self._values, axis=2)
            output, weights = scaled_dot_product(split_heads(step @ self.w_q, self.H), k, v)
            outputs.append(merge_heads(output) @ self.w_o)
            rows.append(weights)
        total = len(self._keys)
        self.weights = np.concatenate([np.pad(w, ((0, 0),) * 3 + ((0, total - w.shape[3]),)) for w in rows], axis=2)
        return np.concatenate(outputs, axis=1)
