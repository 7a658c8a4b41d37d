"""optimizers against those that scikit-learn trains its networks with, and its rule for momentum without a library."""

import numpy as np
import pytest
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

from .reference import load

optimizers = load("optimizers", "lists_of_arrays")


def walk(rng, ours, theirs, start):
    """Parameters after ten steps by ours, and by theirs, which change them in place."""
    mine = [w.copy() for w in start]
    for _ in range(10):
        grads = [rng.normal(size=w.shape) * 5 for w in start]
        mine = ours.step(mine, grads)
        theirs.update_params(start, grads)
    return mine, start


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_is_scikit_learns(rng, momentum, nesterov):
    start = [rng.normal(size=(3, 2)), rng.normal(size=2)]
    theirs = SGDOptimizer(start, learning_rate_init=0.03, momentum=momentum, nesterov=nesterov)
    mine, expected = walk(rng, optimizers.SGD(0.03, momentum, nesterov), theirs, start)
    assert all(a == pytest.approx(b) for a, b in zip(mine, expected, strict=True))


def test_adam_is_scikit_learns(rng):
    """Which adds epsilon before the correction: without one both are the same."""
    start = [rng.normal(size=(3, 2)), rng.normal(size=2)]
    theirs = AdamOptimizer(start, learning_rate_init=0.03, beta_1=0.8, beta_2=0.95, epsilon=0.0)
    mine, expected = walk(rng, optimizers.AdamW(0.03, 0.8, 0.95, epsilon=0.0), theirs, start)
    assert all(a == pytest.approx(b) for a, b in zip(mine, expected, strict=True))


def test_a_clipped_gradient_has_the_norm_that_was_asked_for(rng):
    grads = [rng.normal(size=(4, 3)), 7 * rng.normal(size=5)]
    clipped, norm = optimizers.clip_by_norm(grads, 2.0)
    assert norm == pytest.approx(np.linalg.norm(np.concatenate([g.ravel() for g in grads])))
    assert np.linalg.norm(np.concatenate([g.ravel() for g in clipped])) == pytest.approx(2.0)
