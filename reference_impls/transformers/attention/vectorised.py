"""Multi-head attention on whole batches at once.

    weights = softmax(q k^T / sqrt(d_k)), over the keys that a query may see
    context = weights v
    output  = [context of head 1, ..., context of head H] W_o,  q = x W_q, k = m W_k, v = m W_v, head by head

Shapes: q (B, H, Tq, d_k), k (B, H, Tk, d_k), v (B, H, Tk, d_v), masks True where a key may be seen, x (B, Tq, D),
m (B, Tk, D), W (D, D). Vaswani et al. 2017, "Attention is all you need".
"""

import numpy as np


def softmax(scores):
    """The share of each score along the last axis; same shape as scores."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def causal_mask(n_queries, n_keys):
    """Which keys each query may see, as booleans of shape (n_queries, n_keys)."""
    return np.tril(np.ones((n_queries, n_keys), dtype=bool), k=n_keys - n_queries)


def padding_mask(lengths, n_keys):
    """Which positions of each sequence are no padding, as booleans of shape (B, n_keys)."""
    return np.arange(n_keys) < np.asarray(lengths)[:, None]


def split_heads(x, n_heads):
    """The heads' parts of x (B, T, D), as an array of shape (B, n_heads, T, D / n_heads)."""
    batch, steps, width = x.shape
    return x.reshape(batch, steps, n_heads, width // n_heads).transpose(0, 2, 1, 3)


def merge_heads(parts):
    """The heads' parts (B, H, T, d) side by side, as an array of shape (B, T, H * d)."""
    batch, n_heads, steps, width = parts.shape
    return parts.transpose(0, 2, 1, 3).reshape(batch, steps, n_heads * width)


def scaled_dot_product(q, k, v, mask=None):
    """The output (B, H, Tq, d_v) and the weights (B, H, Tq, Tk) of attention."""
    scores = q @ k.swapaxes(-1, -2) / np.sqrt(k.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    weights = softmax(scores)
    return weights @ v, weights


class MultiHeadAttention:
    """Attention with projections: w_q, w_k, w_v and w_o, each (d_model, d_model).

    After `forward` or `decode`: weights (B, H, Tq, Tk).
    """

    def __init__(self, d_model, n_heads, seed=0):
        if d_model % n_heads:
            raise ValueError(f"{n_heads} heads cannot share a width of {d_model} equally")
        rng = np.random.default_rng(seed)
        self.n_heads = n_heads
        self.w_q, self.w_k, self.w_v, self.w_o = rng.normal(scale=d_model**-0.5, size=(4, d_model, d_model))
        self.reset()

    def reset(self):
        """Forget what was decoded."""
        self.cache = None

    def forward(self, x, memory=None, lengths=None, causal=False):
        """Output (B, Tq, D) for x (B, Tq, D) and memory (B, Tk, D), x itself if there is none."""
        if memory is None:
            memory = x
        mask = self._mask(x.shape[1], memory.shape[1], lengths, causal)
        return self._attend(x, *self._keys_and_values(memory), mask)

    def decode(self, x):
        """Output (B, T, D) for the next T positions x (B, T, D) of the sequences."""
        keys, values = self._extended(*self._keys_and_values(x))
        return self._attend(x, keys, values, causal_mask(x.shape[1], keys.shape[2]))

    def _extended(self, keys, values):
        if self.cache is not None:
            past_keys, past_values = self.cache
            keys = np.concatenate([past_keys, keys], axis=2)
            values = np.concatenate([past_values, values], axis=2)
        self.cache = keys, values
        return self.cache

    def _mask(self, n_queries, n_keys, lengths, causal):
        mask = causal_mask(n_queries, n_keys) if causal else np.ones((n_queries, n_keys), dtype=bool)
        return mask if lengths is None else mask & padding_mask(lengths, n_keys)[:, None, None, :]

    def _keys_and_values(self, memory):
        return split_heads(memory @ self.w_k, self.n_heads), split_heads(memory @ self.w_v, self.n_heads)

    def _attend(self, x, keys, values, mask):
        queries = split_heads(x @ self.w_q, self.n_heads)
        context, self.weights = scaled_dot_product(queries, keys, values, mask)
        return merge_heads(context) @ self.w_o
