"""mlp against scikit-learn and scipy, and its gradients against the slope of the loss."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import special, stats
from sklearn.metrics import log_loss

from .reference import Network, load, relaxed, slope

mlp = load("mlp", "backpropagation")

logit_rows = arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=st.floats(-1e4, 1e4))
every_shape = pytest.mark.parametrize("sizes", [[4, 5, 3], [3, 3, 3], [2, 6, 4, 3]], ids=str)


def problem(rng, sizes, n=24):
    """Rows, labels of every class, and parameters that are all off zero."""
    X, y = rng.normal(size=(n, sizes[0])) + 0.4, rng.permutation(np.arange(n) % sizes[-1])
    weights, biases = mlp.initialise(sizes, rng)
    return X, y, weights, [b + rng.normal(size=b.shape) for b in biases]


@relaxed
@given(logits=logit_rows)
def test_softmax_and_its_logarithms_are_scipys(logits):
    assert mlp.softmax(logits) == pytest.approx(special.softmax(logits, axis=1), rel=1e-9, abs=1e-300)
    assert mlp.logsumexp(logits) == pytest.approx(special.logsumexp(logits, axis=1, keepdims=True), rel=1e-12)
    assert mlp.log_softmax(logits) == pytest.approx(special.log_softmax(logits, axis=1), rel=1e-12, abs=1e-11)


@relaxed
@given(logits=logit_rows, seed=st.integers(0, 99))
def test_cross_entropy_is_scipys(logits, seed):
    y = np.random.default_rng(seed).integers(logits.shape[1], size=len(logits))
    expected = -special.log_softmax(logits, axis=1)[np.arange(len(y)), y].mean()
    assert mlp.cross_entropy(logits, y) == pytest.approx(expected, rel=1e-12, abs=1e-11)


def test_cross_entropy_is_scikit_learns(rng):
    logits, y = rng.normal(size=(20, 4)) * 3, rng.integers(4, size=20)
    expected = log_loss(y, special.softmax(logits, axis=1), labels=range(4))
    assert mlp.cross_entropy(logits, y) == pytest.approx(expected, rel=1e-12)


@every_shape
def test_predictions_are_those_of_scikit_learn(rng, sizes):
    X, y, weights, biases = problem(rng, sizes)
    theirs = Network(weights, biases, range(sizes[-1]), learning_rate=0.1, l2=0.0).model
    ours = mlp.MLP(sizes, n_epochs=0).fit(X, y)
    ours.weights, ours.biases = weights, biases
    assert special.softmax(mlp.forward(X, weights, biases), axis=1) == pytest.approx(theirs.predict_proba(X), abs=1e-12)
    assert ours.predict_proba(X) == pytest.approx(theirs.predict_proba(X), abs=1e-12)
    assert np.array_equal(ours.predict(X), theirs.predict(X))


def test_two_classes_are_a_logistic_output_of_their_difference(rng):
    X, _, weights, biases = problem(rng, [3, 5, 2])
    last_w, last_b = np.diff(weights[-1], axis=1), np.diff(biases[-1])
    theirs = Network([weights[0], last_w], [biases[0], last_b], [0, 1], learning_rate=0.1, l2=0.0).model
    p = special.softmax(mlp.forward(X, weights, biases), axis=1)
    assert p == pytest.approx(theirs.predict_proba(X), abs=1e-12)


@pytest.mark.parametrize("n", [3, 17])
@pytest.mark.parametrize("sizes", [[4, 5, 3], [3, 3, 3], [2, 6, 4, 2]], ids=str)
def test_gradients_are_the_slopes_of_the_loss(rng, sizes, n):
    X, y, weights, biases = problem(rng, sizes, n=n)
    grads_w, grads_b = mlp.gradients(X, y, weights, biases, 0.3)
    assert len(grads_w) == len(grads_b) == len(weights)
    for parameters, grads in ((weights, grads_w), (biases, grads_b)):
        for layer, present in enumerate(parameters):

            def loss(moved, parameters=parameters, layer=layer):
                changed = [*parameters[:layer], moved, *parameters[layer + 1 :]]
                pair = (changed, biases) if parameters is weights else (weights, changed)
                return mlp.loss(X, y, *pair, 0.3)

            assert grads[layer] == pytest.approx(slope(loss, present), abs=1e-7)


@every_shape
def test_loss_and_gradients_are_those_of_scikit_learn(rng, sizes):
    X, y, weights, biases = problem(rng, sizes)
    network = Network(weights, biases, range(sizes[-1]), learning_rate=0.5, l2=0.3)
    assert mlp.loss(X, y, weights, biases, 0.3) == pytest.approx(network.step(X, y), rel=1e-12)
    grads_w, grads_b = mlp.gradients(X, y, weights, biases, 0.3)
    for before, grad, after in zip(weights, grads_w, network.model.coefs_, strict=True):
        assert grad == pytest.approx((before - after) / 0.5, abs=1e-12)
    for before, grad, after in zip(biases, grads_b, network.model.intercepts_, strict=True):
        assert grad == pytest.approx((before - after) / 0.5, abs=1e-12)


@pytest.mark.parametrize("batch_size", [7, 8, 100])
def test_training_takes_the_steps_of_scikit_learn(rng, batch_size):
    sizes, seed = [4, 6, 3], int(rng.integers(99))
    X, y, *_ = problem(rng, sizes)
    model = mlp.MLP(sizes, learning_rate=0.4, l2=0.05, n_epochs=4, batch_size=batch_size, seed=seed).fit(X, y)
    draws = np.random.default_rng(seed)
    network = Network(*mlp.initialise(sizes, draws), range(3), learning_rate=0.4, l2=0.05)
    batches = [batch for _ in range(4) for batch in mlp.minibatches(X, y, batch_size, draws)]
    assert model.loss_history == pytest.approx([network.step(*batch) for batch in batches], rel=1e-9)
    for ours, theirs in zip(model.weights, network.model.coefs_, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)
    for ours, theirs in zip(model.biases, network.model.intercepts_, strict=True):
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_the_start_is_xaviers(rng):
    weights, biases = mlp.initialise([60, 20, 3], rng)
    assert [W.shape for W in weights] == [(60, 20), (20, 3)]
    for W in weights:
        xavier = stats.norm(scale=np.sqrt(2 / sum(W.shape)))
        assert stats.kstest(W.ravel(), xavier.cdf).pvalue > 0.001
    assert [b.tolist() for b in biases] == [[0.0] * 20, [0.0] * 3]


@relaxed
@given(n=st.integers(1, 30), batch_size=st.integers(1, 40), seed=st.integers(0, 99))
def test_an_epoch_deals_out_every_row_once(n, batch_size, seed):
    X, y = np.arange(n)[:, None] * [1, -1], np.arange(n) + 100
    batches = mlp.minibatches(X, y, batch_size, np.random.default_rng(seed))
    lengths = [len(labels) for _, labels in batches]
    assert lengths == [min(batch_size, n - start) for start in range(0, n, batch_size)]
    rows, labels = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    assert sorted(labels) == y.tolist() and np.array_equal(rows, (labels - 100)[:, None] * [1, -1])


@pytest.mark.parametrize(("n", "labels"), [(3, [0, 1]), (2, [0, 3]), (2, [-1, 0])])
def test_other_labels_are_refused(n, labels):
    with pytest.raises(ValueError, match="label"):
        mlp.MLP([2, 4, 3], n_epochs=1).fit(np.ones((n, 2)), np.array(labels))
