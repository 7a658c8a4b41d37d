import math

import numpy as np
import pytest
from attention import (
    MultiHeadAttention,
    causal_mask,
    merge_heads,
    padding_mask,
    scaled_dot_product,
    softmax,
    split_heads,
)


def heads(rng):
    """Queries, keys and values whose numbers of sequences, heads, queries, keys and columns all differ."""
    batch, n_heads, n_queries, n_keys, d_k, d_v = rng.permutation(np.arange(2, 8))
    sizes = ((n_queries, d_k), (n_keys, d_k), (n_keys, d_v))
    return [rng.normal(size=(batch, n_heads, *size)) for size in sizes]


def some_mask(rng, *shape):
    """Random booleans with at least one True and one False in each row."""
    mask = rng.random(shape) < 0.5
    mask[..., 0] = rng.random(shape[:-1]) < 0.5
    mask[..., 1] = ~mask[..., 0]
    return mask


def by_hand(query, keys, values):
    """Weights and output of one query that sees all the keys, number by number."""
    raw = [math.fsum(a * b for a, b in zip(query, key, strict=True)) / len(query) ** 0.5 for key in keys]
    shares = [1 / math.fsum(math.exp(other - own) for other in raw) for own in raw]
    return shares, sum(share * value for share, value in zip(shares, values, strict=True))


def sequences(rng, longer=0):
    """A model and rows of its width; `longer`: how many positions the second rows have more than the first."""
    n_heads, d_head, batch = rng.permutation([2, 3, 4])
    n_queries = int(rng.integers(6, 9))
    model = MultiHeadAttention(int(n_heads * d_head), int(n_heads), seed=int(rng.integers(99)))
    sizes = ((batch, n_queries + more, n_heads * d_head) for more in (0, longer))
    return model, *(rng.normal(size=size) for size in sizes)


def test_softmax_keeps_ratios_and_adds_up(rng):
    for shape in (rng.integers(2, 6, size=2), (2, 3, 4, 5), (4, 4)):
        scores = rng.normal(size=shape)
        shares = np.asarray(softmax(scores))
        assert shares.shape == tuple(shape), "the shares have another shape than the scores"
        assert np.allclose(np.diff(np.log(shares)), np.diff(scores)), "two shares have another ratio than their powers"
        assert np.allclose(shares.sum(axis=-1), 1), "the shares along the last axis do not add up to 1"


def test_the_causal_mask_opens_one_more_key_a_query(rng):
    n_keys = int(rng.integers(5, 7))
    for n_queries in range(n_keys, 0, -1):
        past = n_keys - n_queries
        expected = [[key <= past + query for key in range(n_keys)] for query in range(n_queries)]
        assert np.asarray(causal_mask(n_queries, n_keys)).tolist() == expected, (
            f"of {n_queries} queries on {n_keys} keys one sees other keys than those up to its own position"
        )


def test_the_padding_mask_opens_the_first_positions(rng):
    n_keys = int(rng.integers(4, 9))
    lengths = [1, n_keys, *rng.integers(1, n_keys + 1, size=3).tolist()]
    expected = [[True] * length + [False] * (n_keys - length) for length in lengths]
    for given in (lengths, np.array(lengths)):
        assert np.asarray(padding_mask(given, n_keys)).tolist() == expected, (
            "a sequence shows other positions than as many as its length, from the first"
        )


def test_each_head_gets_its_run_of_columns(rng):
    batch, n_heads, steps, d = rng.permutation(np.arange(2, 6))
    x = rng.normal(size=(batch, steps, n_heads * d))
    parts = np.asarray(split_heads(x, n_heads))
    assert parts.shape == (batch, n_heads, steps, d), "the parts are not of shape (B, H, T, D / H)"
    for h in range(n_heads):
        for t in range(steps):
            assert np.array_equal(parts[:, h, t], x[:, t, range(h * d, h * d + d)]), (
                "a head holds other numbers of a position than its run of columns"
            )


def test_merged_heads_stand_side_by_side(rng):
    batch, n_heads, steps, d = rng.permutation(np.arange(2, 6))
    parts = rng.normal(size=(batch, n_heads, steps, d))
    merged = np.asarray(merge_heads(parts))
    assert merged.shape == (batch, steps, n_heads * d), "the merged parts are not of shape (B, T, H * d)"
    for t in range(steps):
        expected = [np.hstack([part[t] for part in sequence]) for sequence in parts]
        assert np.array_equal(merged[:, t], expected), "a position does not hold what its heads have side by side"


def test_weights_follow_the_scaled_products(rng):
    q, k, v = heads(rng)
    weights = np.asarray(scaled_dot_product(q, k, v)[1])
    assert weights.shape == (*q.shape[:3], k.shape[2]), "the weights are not of shape (B, H, Tq, Tk)"
    for b, h, i in ((0, 0, 0), (0, 1, 1), (-1, -1, -1)):
        expected, _ = by_hand(q[b, h, i], k[b, h], v[b, h])
        assert weights[b, h, i] == pytest.approx(expected), "the weights of a query are not those worked out by hand"


def test_the_output_is_the_mean_of_the_values(rng):
    q, k, v = heads(rng)
    output, weights = map(np.asarray, scaled_dot_product(q, k, v))
    assert output.shape == (*q.shape[:3], v.shape[3]), "the output is not of shape (B, H, Tq, d_v)"
    for b, h, i in ((0, 0, 0), (0, 1, 1), (-1, -1, -1)):
        mean = np.average(v[b, h], axis=0, weights=weights[b, h, i])
        assert output[b, h, i] == pytest.approx(mean), "an output is not the mean of the values by the weights returned"


def test_the_visible_keys_share_a_total_of_one(rng):
    q, k, v = heads(rng)
    mask = some_mask(rng, *q.shape[:3], k.shape[2])
    weights = np.asarray(scaled_dot_product(q, k, v, mask)[1])
    free = np.asarray(scaled_dot_product(q, k, v)[1])
    assert np.allclose((weights * mask).sum(axis=-1), 1), "the weights of the keys that may be seen do not add up to 1"
    ratios = np.where(mask, weights / free, np.nan)
    assert np.allclose(np.nanmin(ratios, axis=-1), np.nanmax(ratios, axis=-1)), "a mask changes ratios of visible keys"


def test_hidden_keys_have_no_influence(rng):
    q, k, v = heads(rng)
    mask = some_mask(rng, k.shape[2])
    output, weights = map(np.asarray, scaled_dot_product(q, k, v, mask))
    assert np.all(weights[..., ~mask] == 0), "a key that may not be seen has a weight"
    k[:, :, ~mask], v[:, :, ~mask] = rng.normal(size=(2, 1))
    assert np.allclose(scaled_dot_product(q, k, v, mask)[0], output), "the output changes with a key that is hidden"


def test_masks_broadcast(rng):
    q, k, v = heads(rng)
    full = (*q.shape[:3], k.shape[2])
    for shape in ((*full[2:],), (full[0], 1, 1, full[3]), (1, *full[1:])):
        mask = some_mask(rng, *shape)
        weights = np.asarray(scaled_dot_product(q, k, v, mask)[1])
        spread = np.asarray(scaled_dot_product(q, k, v, np.broadcast_to(mask, full).copy())[1])
        assert np.allclose(weights, spread), f"a mask of shape {shape} acts otherwise than the same mask in full"


def test_each_head_of_the_model_attends_on_its_own(rng):
    for longer, b, i in ((0, 1, 2), (int(rng.integers(1, 4)), -1, -1)):
        model, x, memory = sequences(rng, longer)
        output, weights = np.asarray(model.forward(x, memory)), np.asarray(model.weights)
        assert weights.shape[2:] == (x.shape[1], memory.shape[1]), "the weights are not of shape (B, H, Tq, Tk)"
        query, keys, values = x[b, i] @ model.w_q, memory[b] @ model.w_k, memory[b] @ model.w_v
        merged = []
        for h, own in enumerate(np.arange(x.shape[2]).reshape(weights.shape[1], -1)):
            shares, context = by_hand(query[own], keys[:, own], values[:, own])
            assert np.allclose(weights[b, h, i], shares), "the weights of a head are not those worked out by hand"
            merged.extend(context)
        assert np.allclose(output[b, i], merged @ np.asarray(model.w_o)), "an output is not that worked out by hand"


def test_padding_has_no_influence(rng):
    model, x, memory = sequences(rng, longer=int(rng.integers(1, 4)))
    for rows in (x, memory):
        lengths = rng.permutation([1, 3, *rng.integers(2, rows.shape[1], size=len(x) - 2)])
        output = np.asarray(model.forward(x, rows, lengths=lengths))
        for b, length in enumerate(lengths[:3]):
            alone = np.asarray(model.forward(x[[b]], rows[[b], :length]))
            assert np.allclose(output[b], alone[0]), (
                f"a padded sequence of length {length} gives another output than the same one without padding"
            )


def test_later_positions_have_no_influence(rng):
    model, x, _ = sequences(rng)
    i = int(rng.integers(1, x.shape[1] - 1))
    output = np.asarray(model.forward(x, causal=True))
    start = np.asarray(model.forward(x[:, : i + 1], causal=True))
    assert np.allclose(output[:, : i + 1], start), "outputs change when later positions are cut off"


def test_a_query_sees_its_past_without_the_padding(rng):
    for longer in (0, int(rng.integers(1, 4))):
        model, x, memory = sequences(rng, longer)
        lengths = rng.permutation(np.arange(3, 3 + len(x)))
        model.forward(x, memory, lengths, causal=True)
        seen = np.asarray(model.weights) > 0
        for b, i in np.ndindex(x.shape[:2]):
            expected = [j < lengths[b] and j <= longer + i for j in range(memory.shape[1])]
            assert (seen[b, :, i] == expected).all(), (
                f"query {i} sees other keys than those up to its own position that are no padding, with {longer} more "
                "keys than queries"
            )


def test_sequences_of_a_batch_keep_to_themselves(rng):
    model, x, memory = sequences(rng, longer=2)
    for rows in (x, memory):
        together = np.asarray(model.forward(x, rows))
        for b in range(len(x)):
            alone = np.asarray(model.forward(x[[b]], rows[[b]]))
            assert np.allclose(together[b], alone[0]), "a sequence gives another output in a batch than by itself"


def test_pieces_are_decoded_like_the_whole(rng):
    model, x, other = sequences(rng)
    whole, weights = np.asarray(model.forward(x, causal=True)), np.asarray(model.weights)
    for start, stop in ((0, 2), (2, 3), (3, 4), (4, x.shape[1])):
        output, seen = np.asarray(model.decode(x[:, start:stop])), np.asarray(model.weights)
        assert np.allclose(output, whole[:, start:stop]), (
            f"positions {start} to {stop - 1}, fed after those before them, give other outputs than all at once"
        )
        assert seen.shape[2:] == (stop - start, stop), "the weights are not of shape (B, H, Tq, Tk) after decoding"
        assert np.allclose(seen, weights[:, :, start:stop, :stop]), "weights differ from those of all at once"
        model.forward(other)


def test_a_reset_starts_anew(rng):
    model, x, other = sequences(rng)
    model.decode(other)
    model.reset()
    assert np.allclose(model.decode(x), model.forward(x, causal=True)), "what was fed before a reset has an influence"


def test_a_seed_determines_the_matrices(rng):
    seed, width = int(rng.integers(1, 99)), 40
    matrices = [
        [np.asarray(m) for m in (model.w_q, model.w_k, model.w_v, model.w_o)]
        for model in (MultiHeadAttention(width, 2, seed=k) for k in (seed, seed, seed + 1))
    ]
    assert np.array_equal(matrices[0], matrices[1]), "two models with one seed differ"
    drawn = [*matrices[0], *matrices[2]]
    assert len({m[0, 0] for m in drawn}) == 8, "two of the matrices, or those of two seeds, begin alike"
    for m in drawn:
        assert m.shape == (width, width), "a matrix is not of shape (D, D)"
        assert 0.75 < width * m.var() < 1.25, "the entries of a matrix have another variance than 1 / D"
    default = MultiHeadAttention(width, 2)
    assert np.array_equal(default.w_q, MultiHeadAttention(width, 2, seed=0).w_q), "the seed is not 0 by default"


def test_inputs_are_left_alone(rng, unchanged):
    q, k, v = heads(rng)
    mask = some_mask(rng, q.shape[2], k.shape[2])
    model, x, memory = sequences(rng)
    lengths = np.full(len(x), 3)
    with unchanged(q, k, v, mask, x, memory, lengths):
        softmax(q)
        merge_heads(split_heads(x, 1))
        scaled_dot_product(q, k, v, mask)
        model.forward(x, memory, lengths, causal=True)
        model.decode(x)


@pytest.mark.edge_case
def test_large_scores(rng):
    scores, far = rng.normal(size=(4, 5)), rng.permutation([-1500.0, -300.0, 400.0, 2000.0])
    assert np.allclose(softmax(scores + far[:, None]), softmax(scores)), "a number added to a row changes its shares"
    q, k, v = heads(rng)
    weights = np.asarray(scaled_dot_product(1e3 * q, 1e3 * k, v)[1])
    assert np.allclose(weights.sum(axis=-1), 1), "the weights of long queries and keys do not add up to 1"


@pytest.mark.edge_case
def test_a_single_key_takes_it_all(rng):
    q, k, v = heads(rng)
    output, weights = map(np.asarray, scaled_dot_product(q, k[:, :, :1], v[:, :, :1]))
    assert np.all(weights == 1), "a single key does not have all the weight"
    assert np.allclose(output, v[:, :, :1]), "a single value is not the output of every query"
    model, x, _ = sequences(rng)
    assert np.allclose(model.forward(x[:, :1]), x[:, :1] @ model.w_v @ model.w_o), (
        "a sequence of one position does not give its own projected value"
    )


@pytest.mark.edge_case
def test_heads_that_do_not_divide_the_width_are_refused(rng):
    n_heads = int(rng.integers(2, 6))
    for width in (n_heads * 3 + 1, n_heads * 4 - 1):
        with pytest.raises(ValueError):
            MultiHeadAttention(width, n_heads)
