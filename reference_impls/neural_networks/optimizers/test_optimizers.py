import math
from itertools import pairwise

import numpy as np
import pytest
from optimizers import SGD, AdamW, RMSProp, clip_by_norm, warmup_cosine


def problem(rng):
    """Two parameters of unlike shapes and scales, and a list of gradients for each of a few steps."""
    rows, columns = rng.integers(2, 5, size=2)
    params = [rng.normal(size=(rows, columns)), 10 * rng.normal(size=columns)]
    steps = int(rng.integers(3, 6))
    return params, [
        [scale * rng.normal(size=p.shape) for scale, p in zip((1, 30), params, strict=True)] for _ in range(steps)
    ]


def run(optimizer, params, steps):
    """The parameters after every step."""
    ways = []
    for grads in steps:
        params = optimizer.step(params, grads)
        ways.append(params)
    return ways


def followed(rule, params, steps):
    """The same, number by number: rule(w, g, memory) gives the new number and changes the dict that it keeps."""
    ways, memories = [], [[{} for _ in p.ravel()] for p in params]
    current = [p.ravel().tolist() for p in params]
    for grads in steps:
        flat = [g.ravel().tolist() for g in grads]
        current = [
            [rule(w, g, memory) for w, g, memory in zip(*parts, strict=True)]
            for parts in zip(current, flat, memories, strict=True)
        ]
        ways.append([np.reshape(c, p.shape) for c, p in zip(current, params, strict=True)])
    return ways


def agree(found, expected):
    return all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=1e-9, atol=1e-12)
        for step, other in zip(found, expected, strict=True)
        for a, b in zip(step, other, strict=True)
    )


def test_plain_steps_go_down_the_gradient(rng):
    params, steps = problem(rng)
    expected = followed(lambda w, g, memory: w - 0.05 * g, params, steps)
    assert agree(run(SGD(0.05), params, steps), expected), "a step is not the learning rate times the gradient"


def test_momentum_keeps_part_of_the_last_step(rng):
    params, steps = problem(rng)
    momentum = float(rng.uniform(0.3, 0.9))

    def rule(w, g, memory):
        memory["v"] = momentum * memory.get("v", 0.0) - 0.02 * g
        return w + memory["v"]

    assert agree(run(SGD(0.02, momentum), params, steps), followed(rule, params, steps)), "followed by hand it differs"


def test_nesterov_looks_one_step_ahead(rng):
    params, steps = problem(rng)
    momentum = float(rng.uniform(0.3, 0.9))

    def rule(w, g, memory):
        memory["v"] = momentum * memory.get("v", 0.0) - 0.02 * g
        return w + momentum * memory["v"] - 0.02 * g

    found = run(SGD(0.02, momentum, nesterov=True), params, steps)
    assert agree(found, followed(rule, params, steps)), "followed by hand it differs"


def test_rmsprop_divides_by_the_recent_size(rng):
    params, steps = problem(rng)

    for decay in rng.uniform([0.3, 0.7], [0.5, 0.9]):

        def rule(w, g, memory, decay=decay):
            memory["s"] = decay * memory.get("s", 0.0) + (1 - decay) * g * g
            return w - 0.1 * g / (math.sqrt(memory["s"]) + 1e-3)

        found = run(RMSProp(0.1, decay, 1e-3), params, steps)
        assert agree(found, followed(rule, params, steps)), "followed by hand it differs"


def test_adam_can_be_followed_by_hand(rng):
    params, steps = problem(rng)
    for beta1, beta2 in rng.uniform([[0.5, 0.8], [0.2, 0.3]], [[0.9, 0.99], [0.4, 0.5]]):

        def rule(w, g, memory, beta1=beta1, beta2=beta2):
            t = memory["t"] = memory.get("t", 0) + 1
            memory["m"] = beta1 * memory.get("m", 0.0) + (1 - beta1) * g
            memory["s"] = beta2 * memory.get("s", 0.0) + (1 - beta2) * g * g
            mean, square = memory["m"] / (1 - beta1**t), memory["s"] / (1 - beta2**t)
            return w - 0.1 * mean / (math.sqrt(square) + 1e-3)

        found = run(AdamW(0.1, beta1, beta2, 1e-3), params, steps)
        assert agree(found, followed(rule, params, steps)), "followed by hand it differs"


def test_the_first_step_of_adam_is_the_learning_rate(rng):
    params, (grads, *_) = problem(rng)
    moved = AdamW(0.03).step(params, grads)
    for w, new, g in zip(params, moved, grads, strict=True):
        assert w - new == pytest.approx(0.03 * np.sign(g), rel=1e-5), "the first step is longer or shorter"


def test_a_steady_gradient_moves_adam_steadily(rng):
    params, (grads, *_) = problem(rng)
    ways = [params, *run(AdamW(0.01), params, [grads] * 25)]
    for before, after in pairwise(ways):
        for w, new, g in zip(before, after, grads, strict=True):
            assert w - new == pytest.approx(0.01 * np.sign(g), rel=1e-5), "equal gradients, but steps of unequal length"


def test_adam_does_not_know_the_unit_of_the_loss(rng):
    params, steps = problem(rng)
    louder = [[1000 * g for g in grads] for grads in steps]
    found, expected = (run(AdamW(0.1, epsilon=1e-12), params, given)[-1] for given in (louder, steps))
    for a, b in zip(found, expected, strict=True):
        assert a == pytest.approx(b, rel=1e-6), "a loss in another unit leads elsewhere"


def test_decay_acts_beside_the_gradient(rng):
    params, steps = problem(rng)
    none = [[np.zeros_like(p) for p in params]] * 3
    for w, p in zip(run(AdamW(0.1, weight_decay=0.5), params, none)[-1], params, strict=True):
        assert w == pytest.approx(0.95**3 * p), "without a gradient a weight does not shrink by rate times decay"
    plain, decayed = (AdamW(0.1, weight_decay=decay).step(params, steps[0]) for decay in (0.0, 0.5))
    for a, b, p in zip(decayed, plain, params, strict=True):
        assert a - b == pytest.approx(-0.05 * p), "decay changes what the gradient does"


def test_parameters_do_not_share_their_state(rng):
    params, steps = problem(rng)
    for make in (lambda: SGD(0.1, 0.9), lambda: RMSProp(0.1), lambda: AdamW(0.1)):
        together = run(make(), params, steps)[-1]
        alone = [run(make(), [p], [[grads[i]] for grads in steps])[-1][0] for i, p in enumerate(params)]
        assert all(np.allclose(a, b) for a, b in zip(together, alone, strict=True)), "one parameter moves another"


def test_two_optimizers_do_not_share_their_state(rng):
    params, steps = problem(rng)
    for make in (lambda: SGD(0.1, 0.9), lambda: RMSProp(0.1), lambda: AdamW(0.1)):
        run(make(), params, steps)
        first, second = run(make(), params, steps), run(make(), params, steps)
        assert agree(first, second), "a new optimizer remembers what another has seen"


def test_clipping_shortens_and_does_not_turn(rng):
    _, (grads, *_) = problem(rng)
    length = math.sqrt(sum(float(value) ** 2 for g in grads for value in g.ravel()))
    for size in (1.0, 0.5 / length):
        clipped, norm = clip_by_norm([size * g for g in grads], 0.4 * size * length)
        assert norm == pytest.approx(size * length), "the length told is not that of all gradients together"
        for short, g in zip(clipped, grads, strict=True):
            assert short == pytest.approx(0.4 * size * g), "clipping changes the direction, or not the length"


def test_short_gradients_are_not_clipped(rng):
    _, (grads, *_) = problem(rng)
    length = math.sqrt(sum(np.sum(g * g) for g in grads))
    for short, g in zip(clip_by_norm(grads, 1.5 * length)[0], grads, strict=True):
        assert np.array_equal(short, g), "a gradient that is short enough is changed"


def test_the_rate_rises_to_its_peak_and_falls_to_its_floor(rng):
    warmup, half = (int(n) for n in rng.integers(3, 8, size=2))
    total, peak, floor = warmup + 2 * half, float(rng.uniform(1, 3)), float(rng.uniform(0.1, 0.5))
    rates = [warmup_cosine(step, total, warmup, peak, floor) for step in range(total + 3)]
    assert rates[:warmup] == pytest.approx([peak * (k + 1) / warmup for k in range(warmup)]), "not a straight line up"
    assert rates[warmup] == pytest.approx(peak), "the fall does not begin at the peak"
    assert rates[warmup + half] == pytest.approx((peak + floor) / 2), "halfway it is not halfway"
    assert rates[total:] == pytest.approx([floor] * 3), "it does not end at its floor, or does not stay there"
    without = [warmup_cosine(step, total - warmup, 0, peak, floor) for step in range(2 * half)]
    assert rates[warmup:total] == pytest.approx(without), "how it falls depends on how long it has risen"
    assert warmup_cosine(warmup + 1, warmup + 1, warmup, peak, floor) == pytest.approx(floor), (
        "a fall of a single step does not end at the floor"
    )


def test_a_fall_is_slow_at_both_ends(rng):
    total = int(rng.integers(12, 20))
    rates = [warmup_cosine(step, total, 0, 1.0) for step in range(total + 1)]
    falls = -np.diff(rates)
    assert (falls > 0).all(), "the rate does not fall all the way"
    assert falls == pytest.approx(falls[::-1]), "the fall is not the same from both ends"
    assert falls[0] < 0.5 * falls[total // 2], "the fall is not slow at its ends"


def test_all_of_them_find_the_bottom(rng):
    goal = rng.normal(size=3)
    for optimizer in (SGD(0.1), SGD(0.05, 0.8), SGD(0.05, 0.8, nesterov=True), RMSProp(0.04), AdamW(0.2)):
        w = [np.zeros(3)]
        for _ in range(120):
            w = optimizer.step(w, [w[0] - goal])
        assert np.abs(w[0] - goal).max() < 0.05, f"{type(optimizer)} does not come near the minimum"


def test_inputs_are_left_alone(rng, unchanged):
    params, (grads, *_) = problem(rng)
    with unchanged(params, grads):
        clip_by_norm(grads, 0.1)
        for optimizer in (SGD(0.1, 0.9, nesterov=True), RMSProp(0.1), AdamW(0.1, weight_decay=0.1)):
            optimizer.step(params, grads)
            optimizer.step(params, grads)


@pytest.mark.edge_case
def test_no_gradient_is_no_step(rng):
    params, _ = problem(rng)
    none = [np.zeros_like(p) for p in params]
    for optimizer in (SGD(0.1, 0.9), RMSProp(0.1), AdamW(0.1)):
        for new, p in zip(optimizer.step(params, none), params, strict=True):
            assert np.array_equal(new, p), "without a gradient a parameter moves"
    clipped, norm = clip_by_norm(none, 1.0)
    assert norm == 0, "gradients of zeros have a length"
    assert not any(g.any() for g in clipped), "gradients of zeros are no longer zeros"


@pytest.mark.edge_case
def test_a_call_without_settings_has_the_stated_ones(rng):
    params, steps = problem(rng)
    for plain, stated in (
        (SGD(), SGD(0.01, 0.0, False)),
        (RMSProp(), RMSProp(0.01, 0.9, 1e-8)),
        (AdamW(), AdamW(0.001, 0.9, 0.999, 1e-8, 0.0)),
    ):
        assert agree(run(plain, params, steps), run(stated, params, steps)), "the stated defaults are not the defaults"
    assert warmup_cosine(9, 9, 2, 1.0) == 0, "the floor is not 0 without a setting"
