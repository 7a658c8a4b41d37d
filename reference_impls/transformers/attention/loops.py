"""Multi-head attention, one sequence and one head after the other.

    a_ij = exp(q_i . k_j / sqrt(d)) / sum of the same over the keys that query i may see
    c_i  = sum over j of a_ij v_j;  output = sum over heads of c W_o[rows of the head]

Shapes: in a head queries (Tq, d), keys (Tk, d), values (Tk, d_v), visible (Tq, Tk); a batch adds (B, H) or (B,).
Vaswani et al. 2017, "Attention is all you need".
"""

import numpy as np


def softmax(scores):
    """The share of each score along the last axis; same shape as scores."""
    raised = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return raised / np.sum(raised, axis=-1, keepdims=True)


def causal_mask(n_queries, n_keys):
    """Which keys each query may see, as booleans of shape (n_queries, n_keys)."""
    visible = np.zeros((n_queries, n_keys), dtype=bool)
    offset = n_keys - n_queries
    for i in range(n_queries):
        visible[i, : offset + i + 1] = True
    return visible


def padding_mask(lengths, n_keys):
    """Which positions of each sequence are no padding, as booleans of shape (B, n_keys)."""
    return np.array([[j < length for j in range(n_keys)] for length in lengths])


def without_padding(visible, lengths):
    """The part of visible (B, Tq, Tk) that is no padding, for sequences of these lengths."""
    return visible & padding_mask(lengths, visible.shape[-1])[:, None, :]


def split_heads(x, n_heads):
    """The heads' parts of x (B, T, D), as an array of shape (B, n_heads, T, D / n_heads)."""
    return np.stack(np.split(x, n_heads, axis=2), axis=1)


def merge_heads(parts):
    """The heads' parts (B, H, T, d) side by side, as an array of shape (B, T, H * d)."""
    return np.concatenate([parts[:, h] for h in range(parts.shape[1])], axis=2)


def mix(scores, values, visible):
    """The means (Tq, d_v) of the values by their weights, and these weights (Tq, Tk)."""
    scores[~visible] = -1e30
    shares = softmax(scores)
    return shares @ values, shares


def scaled_dot_product(queries, keys, values, mask=None):
    """The output (B, H, Tq, d_v) and the weights (B, H, Tq, Tk) of attention."""
    batch, n_heads, n_queries, width = queries.shape
    visible = np.ones((batch, n_heads, n_queries, keys.shape[2]), dtype=bool)
    if mask is not None:
        visible &= mask
    output = np.empty((batch, n_heads, n_queries, values.shape[3]))
    weights = np.empty(visible.shape)
    for b, h in np.ndindex(batch, n_heads):
        scores = queries[b, h] @ keys[b, h].T / np.sqrt(width)
        output[b, h], weights[b, h] = mix(scores, values[b, h], visible[b, h])
    return output, weights


class MultiHeadAttention:
    """Attention with projections: w_q, w_k, w_v and w_o, each (d_model, d_model).

    After `forward` or `decode`: weights (B, H, Tq, Tk).
    """

    def __init__(self, d_model, n_heads, seed=0):
        self.d_model, self.n_heads = d_model, n_heads
        self.d_head, rest = divmod(d_model, n_heads)
        if rest:
            raise ValueError(f"a width of {d_model} is no multiple of {n_heads} heads")
        draw = np.random.default_rng(seed).normal
        self.w_q = draw(size=(d_model, d_model)) / np.sqrt(d_model)
        self.w_k = draw(size=(d_model, d_model)) / np.sqrt(d_model)
        self.w_v = draw(size=(d_model, d_model)) / np.sqrt(d_model)
        self.w_o = draw(size=(d_model, d_model)) / np.sqrt(d_model)
        self.seen = None

    def reset(self):
        """Forget what was decoded."""
        self.seen = None

    def forward(self, x, memory=None, lengths=None, causal=False):
        """Output (B, Tq, D) for x (B, Tq, D) and memory (B, Tk, D), x itself if there is none."""
        source = x if memory is None else memory
        visible = np.ones((len(x), x.shape[1], source.shape[1]), dtype=bool)
        if causal:
            visible &= causal_mask(x.shape[1], source.shape[1])
        if lengths is not None:
            visible = without_padding(visible, lengths)
        return self._output(x, source, visible)

    def decode(self, x):
        """Output (B, T, D) for the next T positions x (B, T, D) of the sequences."""
        self._remember(x)
        visible = np.stack([causal_mask(x.shape[1], self.seen.shape[1])] * len(x))
        return self._output(x, self.seen, visible)

    def _remember(self, x):
        self.seen = x if self.seen is None else np.concatenate([self.seen, x], axis=1)

    def _output(self, x, source, visible):
        total = np.zeros((len(x), x.shape[1], self.d_model))
        self.weights = np.empty((len(x), self.n_heads, *visible.shape[1:]))
        for b in range(len(x)):
            q, k, v = x[b] @ self.w_q, source[b] @ self.w_k, source[b] @ self.w_v
            for h in range(self.n_heads):
                own = slice(h * self.d_head, (h + 1) * self.d_head)
                scores = q[:, own] @ k[:, own].T / np.sqrt(self.d_head)
                context, self.weights[b, h] = mix(scores, v[:, own], visible[b])
                total[b] += context @ self.w_o[own]
        return total
