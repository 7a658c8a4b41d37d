"""Einsums and additive masks, uniform draws, a cache in a dict, type hints."""

from __future__ import annotations

import math

import numpy as np

HIDDEN = -1e9


def softmax(scores: np.ndarray) -> np.ndarray:
    total = np.logaddexp.reduce(scores, axis=-1)
    return np.exp(scores - total[..., None])


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    own = np.arange(n_keys - n_queries, n_keys)
    return np.less_equal.outer(np.arange(n_keys), own).T


def padding_mask(lengths, n_keys: int) -> np.ndarray:
    return np.stack([np.repeat([True, False], [size, n_keys - size]) for size in lengths])


def split_heads(x: np.ndarray, n_heads: int) -> np.ndarray:
    columns = np.arange(x.shape[2]).reshape(n_heads, -1)
    return np.moveaxis(x[:, :, columns], 2, 1)


def merge_heads(parts: np.ndarray) -> np.ndarray:
    return np.block(list(np.moveaxis(parts, 1, 0)))


def scaled_dot_product(q, k, v, mask=None):
    scores = np.einsum("bhqd,bhkd->bhqk", q / math.sqrt(q.shape[-1]), k)
    if mask is not None:
        scores = scores + HIDDEN * (1.0 - mask)
    weights = softmax(scores)
    return np.einsum("bhqk,bhkd->bhqd", weights, v), weights


class MultiHeadAttention:
    def __init__(self, d_model: int, n_heads: int, seed: int = 0):
        if d_model != n_heads * (d_model // n_heads):
            raise ValueError("d_model is no multiple of n_heads")
        self.n_heads = n_heads
        for i, name in enumerate(("w_q", "w_k", "w_v", "w_o")):
            draw = np.random.default_rng([seed, i]).uniform(-1, 1, size=(d_model, d_model))
            setattr(self, name, draw * math.sqrt(3 / d_model))
        self.weights = None
        self._fed: dict[str, np.ndarray] = {}

    def reset(self) -> None:
        self._fed.clear()

    def forward(self, x, memory=None, lengths=None, causal=False):
        memory = x if memory is None else memory
        hidden = np.zeros((1, 1, x.shape[1], memory.shape[1]), dtype=bool)
        if causal:
            hidden = hidden | ~causal_mask(x.shape[1], memory.shape[1])
        if lengths is not None:
            hidden = hidden | ~padding_mask(lengths, memory.shape[1])[:, np.newaxis, np.newaxis]
        return self._run(x, memory @ self.w_k, memory @ self.w_v, ~hidden)

    def decode(self, x):
        for name, rows in (("keys", x @ self.w_k), ("values", x @ self.w_v)):
            before = self._fed.get(name)
            self._fed[name] = rows if before is None else np.hstack([before, rows])
        keys = self._fed["keys"]
        return self._run(x, keys, self._fed["values"], causal_mask(x.shape[1], keys.shape[1]))

    def _run(self, x, keys, values, mask):
        q, k, v = (split_heads(rows, self.n_heads) for rows in (x @ self.w_q, keys, values))
        context, self.weights = scaled_dot_product(q, k, v, mask)
        return np.einsum("bhtd,hde->bte", context, self.w_o.reshape(self.n_heads, -1, self.w_o.shape[1]))
