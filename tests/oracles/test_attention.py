"""attention against scipy's softmax and against the same layer of scikit-learn's and scipy's pieces, head by head."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import special
from sklearn.gaussian_process.kernels import DotProduct

from .reference import implementations, load, relaxed

ATTENTION = [load("attention", name) for name in implementations("attention")]
each = pytest.mark.parametrize("attention", ATTENTION, ids=lambda module: module.__name__)
scores = arrays(float, array_shapes(min_dims=2, max_dims=4, max_side=4), elements=st.floats(-1e4, 1e4))


def of_one_head(q, k, v, visible):
    """Output and weights (Tq, ...) of a head, with products by scikit-learn's linear kernel and scipy's softmax."""
    products = DotProduct(sigma_0=0)(q, k) / np.sqrt(q.shape[1])
    weights = special.softmax(np.where(visible, products, -np.inf), axis=1)
    return weights @ v, weights


def draw(rng, *size):
    return rng.normal(size=size)


@each
@relaxed
@given(scores=scores)
def test_softmax_is_scipys(attention, scores):
    assert attention.softmax(scores) == pytest.approx(special.softmax(scores, axis=-1), abs=1e-12)


@each
def test_attention_is_that_of_each_head(attention, rng):
    q, k, v = draw(rng, 2, 3, 4, 5), draw(rng, 2, 3, 6, 5), draw(rng, 2, 3, 6, 7)
    mask = attention.causal_mask(4, 6) & attention.padding_mask([5, 3], 6)[:, None, None, :]
    output, weights = attention.scaled_dot_product(q, k, v, mask)
    for b, h in np.ndindex(2, 3):
        expected = of_one_head(q[b, h], k[b, h], v[b, h], mask[b, 0])
        assert output[b, h] == pytest.approx(expected[0])
        assert weights[b, h] == pytest.approx(expected[1])


@each
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("lengths", [None, [7, 2, 5]])
def test_the_model_is_its_heads_side_by_side(attention, rng, causal, lengths):
    model, x, memory = attention.MultiHeadAttention(8, 2, seed=3), draw(rng, 3, 5, 8), draw(rng, 3, 7, 8)
    output = model.forward(x, memory, lengths=lengths, causal=causal)
    for b in range(3):
        visible = np.tri(5, 7, k=2, dtype=bool) if causal else np.ones((5, 7), dtype=bool)
        visible[:, 7 if lengths is None else lengths[b] :] = False
        own = [slice(0, 4), slice(4, 8)]
        parts = [
            of_one_head((x[b] @ model.w_q)[:, h], (memory[b] @ model.w_k)[:, h], (memory[b] @ model.w_v)[:, h], visible)
            for h in own
        ]
        assert output[b] == pytest.approx(np.hstack([part for part, _ in parts]) @ model.w_o)
        assert model.weights[b] == pytest.approx(np.array([weights for _, weights in parts]))


@each
@pytest.mark.parametrize("pieces", [[1] * 6, [6], [2, 1, 3]])
def test_pieces_are_the_whole(attention, rng, pieces):
    model, x = attention.MultiHeadAttention(6, 3), draw(rng, 2, 6, 6)
    parts = np.split(x, np.cumsum(pieces)[:-1], axis=1)
    assert np.hstack([model.decode(part) for part in parts]) == pytest.approx(model.forward(x, causal=True))


@each
def test_split_and_merge_undo_each_other(attention, rng):
    x = draw(rng, 2, 3, 12)
    parts = attention.split_heads(x, 4)
    assert np.array_equal(attention.merge_heads(parts), x)
    assert np.array_equal(parts[1, 2, 0], x[1, 0, 6:9])
