"""A list of heads, each of them plain matrix products; hidden scores are minus infinity; the past is kept as inputs."""

import numpy as np


def softmax(scores):
    top = np.max(scores, axis=-1, keepdims=True)
    e = np.exp(scores - top)
    return e / np.sum(e, axis=-1, keepdims=True)


def causal_mask(n_queries, n_keys):
    return np.tril(np.ones((n_queries, n_keys), dtype=bool), k=n_keys - n_queries)


def padding_mask(lengths, n_keys):
    return np.array([[position < length for position in range(n_keys)] for length in lengths])


def split_heads(x, n_heads):
    return np.stack(np.split(x, n_heads, axis=2), axis=1)


def merge_heads(parts):
    return np.concatenate([parts[:, head] for head in range(parts.shape[1])], axis=-1)


def scaled_dot_product(q, k, v, mask=None):
    B, H, Tq, width = q.shape
    Tk = k.shape[2]
    seen = np.ones((B, H, Tq, Tk), bool) if mask is None else np.broadcast_to(mask, (B, H, Tq, Tk))
    output, weights = np.zeros((B, H, Tq, v.shape[3])), np.zeros((B, H, Tq, Tk))
    for b in range(B):
        for h in range(H):
            scores = q[b, h].dot(k[b, h].T) / width**0.5
            weights[b, h] = softmax(np.where(seen[b, h], scores, -np.inf))
            output[b, h] = weights[b, h].dot(v[b, h])
    return output, weights


class MultiHeadAttention:
    def __init__(self, d_model, n_heads, seed=0):
        if d_model % n_heads:
            raise ValueError(f"{n_heads} heads do not divide a width of {d_model}")
        self.n_heads = n_heads
        draw = np.random.RandomState(seed).standard_normal
        self.w_q, self.w_k, self.w_v, self.w_o = (draw((d_model, d_model)) * d_model**-0.5 for _ in range(4))
        self.reset()

    def reset(self):
        self.past = None

    def forward(self, x, memory=None, lengths=None, causal=False):
        memory = x if memory is None else memory
        Tq, Tk = x.shape[1], memory.shape[1]
        mask = np.ones((1, 1, Tq, Tk), bool)
        if lengths is not None:
            mask = mask & padding_mask(lengths, Tk)[:, np.newaxis, np.newaxis, :]
        if causal:
            mask = mask & causal_mask(Tq, Tk)
        return self._attend(x, memory, mask)

    def decode(self, x):
        self.past = x.copy() if self.past is None else np.concatenate([self.past, x], axis=1)
        return self._attend(x, self.past, causal_mask(x.shape[1], self.past.shape[1]))

    def _attend(self, x, memory, mask):
        q, k, v = (split_heads(a @ w, self.n_heads) for a, w in ((x, self.w_q), (memory, self.w_k), (memory, self.w_v)))
        heads, self.weights = scaled_dot_product(q, k, v, mask)
        return merge_heads(heads) @ self.w_o
