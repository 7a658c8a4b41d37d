"""Attention of three queries to four keys, and a model of width 6 with two heads on sequences of five positions."""

import numpy as np
from attention import MultiHeadAttention, causal_mask, merge_heads, scaled_dot_product, softmax, split_heads


def rounded(numbers):
    return ", ".join(f"{number:.3g}" for number in np.ravel(numbers)[:6])


rng = np.random.default_rng(0)
print("softmax of 0, 1, 2 and of 2, 2, 2:", rounded(softmax(np.array([[0.0, 1.0, 2.0], [2.0, 2.0, 2.0]]))))
print("causal mask of three positions:", np.asarray(causal_mask(3, 3)).astype(int).tolist())
x = np.arange(12.0).reshape(1, 2, 6)
print("two heads of 0 to 11, six numbers a position:", np.asarray(split_heads(x, 2)).astype(int).tolist())
print("back again:", "the same" if np.array_equal(merge_heads(split_heads(x, 2)), x) else "other numbers")
q, k, v = rng.normal(size=(1, 2, 3, 4)), rng.normal(size=(1, 2, 4, 4)), rng.normal(size=(1, 2, 4, 4))
output, weights = scaled_dot_product(q, k, v, np.array([True, True, True, False]))
print("shapes of output and weights:", np.shape(output), np.shape(weights))
print("weights of a query, the last key hidden:", rounded(np.asarray(weights)[0, 0, 0]))
model, x = MultiHeadAttention(6, 2), rng.normal(size=(3, 5, 6))
print("output of the model:", np.shape(model.forward(x, causal=True)), "sum of a query's weights:", end=" ")
print(rounded(np.asarray(model.weights)[1, 1].sum(axis=-1)))
