from itertools import pairwise

import numpy as np
import pytest
from mlp import MLP, cross_entropy, forward, gradients, log_softmax, loss, softmax

LEVELS = [[-1e4], [1e4], [300.0]]


def parameters(rng, sizes):
    """Weights and nonzero biases for layers of the given sizes."""
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    return weights, [rng.normal(size=width) for width in sizes[1:]]


def rows(rng, n=8):
    """Rows of two features off the origin, with labels 0, 1, 2 in turn."""
    return rng.normal(size=(n, 2)) + [0.5, -1.0], np.arange(n) % 3


def probabilities(rng):
    """Rows of probabilities that add up to 1, as many as there are classes."""
    k = rng.integers(3, 7)
    return rng.dirichlet(np.ones(k), size=k)


def drawn_settings(rng):
    """Settings of a model, each off its default."""
    return {"learning_rate": rng.uniform(0.2, 0.5), "l2": rng.uniform(0.2, 0.9), "seed": int(rng.integers(1, 1 << 16))}


def stages(X, y, settings):
    """The model before its first step on all rows, and after one, two and three."""
    return [MLP((2, 4, 3), n_epochs=done, batch_size=len(y), **settings).fit(X, y) for done in range(4)]


def assert_gradients_are_slopes(slopes, X, y, weights, biases, l2):
    grads_w, grads_b = gradients(X, y, weights, biases, l2)
    assert [np.shape(g) for g in grads_w] == [W.shape for W in weights], "weights and their gradients differ in shape"
    assert [np.shape(g) for g in grads_b] == [b.shape for b in biases], "biases and their gradients differ in shape"
    for i in range(len(weights)):
        slopes_w = slopes(lambda W, i=i: loss(X, y, [*weights[:i], W, *weights[i + 1 :]], biases, l2), weights[i])
        slopes_b = slopes(lambda b, i=i: loss(X, y, weights, [*biases[:i], b, *biases[i + 1 :]], l2), biases[i])
        assert grads_w[i] == pytest.approx(slopes_w, abs=1e-6), "a gradient of weights is not the slope of the loss"
        assert grads_b[i] == pytest.approx(slopes_b, abs=1e-6), "a gradient of biases is not the slope of the loss"


def test_softmax_turns_log_odds_into_probabilities(rng):
    p = probabilities(rng)
    assert softmax(np.log(p) + rng.normal(size=(len(p), 1))) == pytest.approx(p), (
        "logits that differ by the log odds of two classes have other probabilities"
    )


def test_log_softmax_turns_log_odds_into_log_probabilities(rng):
    p = probabilities(rng)
    assert log_softmax(np.log(p) + rng.normal(size=(len(p), 1))) == pytest.approx(np.log(p)), (
        "logits that differ by the log odds of two classes have other log probabilities"
    )


def test_cross_entropy_is_the_mean_cost_of_the_labels(rng):
    p = probabilities(rng)
    y = rng.integers(0, p.shape[1], size=len(p))
    costs = [-np.log(row[label]) for row, label in zip(p, y, strict=True)]
    assert cross_entropy(np.log(p), y) == pytest.approx(np.mean(costs)), (
        "the cross-entropy is not the mean of -log of the labels' probabilities"
    )


def test_hidden_units_are_the_tanh_of_weighted_sums(rng):
    odds, factors = rng.uniform(0.5, 2, size=(5, 2)), rng.uniform(0.5, 2, size=2)
    (W, out), (_, b) = parameters(rng, (2, 2, 3))
    W = np.array([[1.0, 2.0], [-1.0, 1.0]])
    u = np.column_stack([odds[:, 0] / odds[:, 1], odds[:, 0] ** 2 * odds[:, 1]]) * factors
    tanh_of_log = (u**2 - 1) / (u**2 + 1)
    assert forward(np.log(odds), [W, out], [np.log(factors), b]) == pytest.approx(tanh_of_log @ out + b), (
        "hidden units of pre-activation log u do not come in as (u^2 - 1) / (u^2 + 1)"
    )


def test_each_hidden_layer_feeds_the_next(rng):
    X, (weights, biases) = rng.normal(size=(5, 3)), parameters(rng, (3, 2, 4, 3, 2))
    hidden = np.tanh(X @ weights[0] + biases[0])
    assert forward(X, weights, biases) == pytest.approx(forward(hidden, weights[1:], biases[1:])), (
        "a network is not its first hidden layer, followed by the network of the others"
    )


def test_loss_is_the_cross_entropy_and_the_penalty(rng):
    (X, y), (weights, biases), l2 = rows(rng), parameters(rng, (2, 4, 3)), rng.uniform(0.2, 2)
    data_term = cross_entropy(forward(X, weights, biases), y)
    squares = sum(np.vdot(W, W) for W in weights)
    assert loss(X, y, weights, biases, 0.0) == pytest.approx(data_term), "without penalty L is not the cross-entropy"
    assert loss(X, y, weights, biases, l2) - data_term == pytest.approx(l2 / 2 * squares), (
        "the penalty is not l2 / 2 times the sum of all squared weights"
    )


def test_gradients_are_the_slopes_of_the_loss(rng, slopes):
    for n, sizes in ((3, (3, 3, 3)), (5, (2, 3, 2, 3))):
        X, y = rng.normal(size=(n, sizes[0])), rng.permutation(np.arange(n) % 3)
        assert_gradients_are_slopes(slopes, X, y, *parameters(rng, sizes), rng.uniform(0.2, 0.9))


def test_training_starts_from_the_stated_spread(rng):
    low, high = int(rng.integers(64, 80)), int(rng.integers(192, 224))
    model = MLP((low, high, low, 3), n_epochs=0, seed=int(rng.integers(1 << 16))).fit(np.ones((1, low)), np.array([1]))
    assert [np.shape(W) for W in model.weights] == [(low, high), (high, low), (low, 3)], "weights are (fan_in, fan_out)"
    assert [np.shape(b) for b in model.biases] == [(high,), (low,), (3,)], "biases are (fan_out,)"
    for W in model.weights[:2]:
        assert np.var(W) * (low + high) == pytest.approx(2, rel=0.2), "the first weights have another variance"
        assert np.mean(W) == pytest.approx(0, abs=0.01), "the first weights do not average to 0"
    for W, b in zip(model.weights, model.biases, strict=True):
        assert len(set(map(tuple, W.T))) == len(b), "two units of a layer start with the same weights"
        assert np.all(b == 0), "a bias does not start at 0"


def test_each_step_follows_the_gradients(rng):
    (X, y), settings = rows(rng), drawn_settings(rng)
    for before, after in pairwise(stages(X, y, settings)):
        grads_w, grads_b = gradients(X, y, before.weights, before.biases, settings["l2"])
        for old, new, grad in zip(before.weights, after.weights, grads_w, strict=True):
            assert (old - new) / settings["learning_rate"] == pytest.approx(grad), (
                "a step of the weights is not the learning rate times their gradient, downhill"
            )
        for old, new, grad in zip(before.biases, after.biases, grads_b, strict=True):
            assert (old - new) / settings["learning_rate"] == pytest.approx(grad), (
                "a step of the biases is not the learning rate times their gradient, downhill"
            )


def test_history_holds_the_loss_before_each_step(rng):
    (X, y), settings = rows(rng), drawn_settings(rng)
    *before, last = stages(X, y, settings)
    losses = [loss(X, y, model.weights, model.biases, settings["l2"]) for model in before]
    assert last.loss_history == pytest.approx(losses), "the history is not the loss that each step set out from"


def test_an_epoch_visits_every_row_once_in_a_new_order(rng):
    n = int(rng.integers(12, 16))
    X, y = rows(rng, n)
    model = MLP((2, 8, 3), learning_rate=0.0, n_epochs=2, batch_size=1).fit(X, y)
    alone = [loss(X[i : i + 1], y[i : i + 1], model.weights, model.biases, 0.0) for i in range(n)]
    first, second = model.loss_history[:n], model.loss_history[n:]
    assert sorted(first) == pytest.approx(sorted(alone)), "the losses of an epoch are not those of the rows"
    assert sorted(second) == pytest.approx(sorted(alone)), "the losses of a later epoch are not those of the rows"
    assert first != pytest.approx(alone), "the rows are visited in the order given"
    assert first != pytest.approx(second), "two epochs visit the rows in the same order"


def test_the_last_batch_of_an_epoch_takes_what_is_left(rng):
    size = int(rng.integers(3, 6))
    X, y = rows(rng, 2 * size + 1)
    model = MLP((2, 4, 3), learning_rate=0.0, l2=0.3, n_epochs=2, batch_size=size).fit(X, y)
    assert np.shape(model.loss_history) == (6,), "2 b + 1 rows in batches of b are not 3 batches an epoch"
    total = len(y) * loss(X, y, model.weights, model.biases, 0.3)
    assert np.reshape(model.loss_history, (2, 3)) @ [size, size, 1] == pytest.approx(np.full(2, total)), (
        "the losses of two full batches and one row do not add up to the loss of all rows"
    )


def test_every_row_has_a_say(rng):
    X, y = rows(rng, n=5)
    fitted = MLP((2, 8, 3), n_epochs=1, batch_size=2).fit(X, y).weights[0]
    for i in range(5):
        moved = np.where(np.arange(5)[:, None] == i, X + 1, X)
        weights = MLP((2, 8, 3), n_epochs=1, batch_size=2).fit(moved, y).weights[0]
        assert weights != pytest.approx(fitted, abs=1e-9), "changing one row does not change the fit"


def test_the_seed_decides_the_fit(rng):
    X, y = rows(rng)
    seed, other_seed = rng.choice(1 << 16, size=2, replace=False).tolist()
    model = MLP((2, 4, 3), n_epochs=2, batch_size=3, seed=seed)
    assert model.fit(X, y) is model, "fit does not return the model"
    once, history = np.array(model.weights[1]), list(model.loss_history)
    assert np.array_equal(model.fit(X, y).weights[1], once), "fitting the same model again gives other weights"
    assert model.loss_history == pytest.approx(history), "fitting the same model again gives another history"
    twin, other = (MLP((2, 4, 3), n_epochs=2, batch_size=3, seed=k).fit(X, y).weights[1] for k in (seed, other_seed))
    assert np.array_equal(twin, once), "two fits with the same seed differ"
    assert not np.allclose(other, once), "fits with different seeds are the same"


def test_what_is_not_said_has_its_stated_value(rng):
    X, y = rows(rng, 17)
    stated = MLP((2, 4, 3), learning_rate=0.1, l2=0.0, n_epochs=1, batch_size=16, seed=0).fit(X, y)
    assert MLP((2, 4, 3), n_epochs=1).fit(X, y).weights[0] == pytest.approx(stated.weights[0], abs=1e-12), (
        "a model without settings is not fitted with the stated ones"
    )
    assert len(MLP((2, 2, 3)).fit(X[:1], y[:1]).loss_history) == 100, "a model without settings takes not 100 epochs"


def test_probabilities_and_labels_follow_the_logits(rng):
    X, y = rows(rng)
    model = MLP((2, 4, 3), n_epochs=3, batch_size=3).fit(X, y)
    p, logits, labels = model.predict_proba(X), forward(X, model.weights, model.biases), model.predict(X)
    assert np.shape(p) == (8, 3), "predict_proba returns no number a row and class"
    assert p.sum(axis=1) == pytest.approx(np.ones(8)), "the predicted probabilities of a row do not add up to 1"
    assert np.log(p[:, 1:] / p[:, :1]) == pytest.approx(logits[:, 1:] - logits[:, :1]), (
        "the log odds of two classes are not the difference of their logits"
    )
    assert np.shape(labels) == (8,), "predict returns no label a row"
    assert p[np.arange(8), labels] == pytest.approx(p.max(axis=1)), "a label is not the most probable class of its row"


def test_inputs_are_left_alone(rng, unchanged):
    (X, y), (weights, biases), logits = rows(rng), parameters(rng, (2, 4, 3)), rng.normal(size=(8, 3))
    with unchanged(X, y, weights, biases, logits):
        softmax(logits)
        cross_entropy(logits, y)
        gradients(X, y, weights, biases, 0.2)
        loss(X, y, weights, biases, 0.2)
        MLP((2, 4, 3), n_epochs=2, batch_size=3).fit(X, y).predict(X)


@pytest.mark.edge_case
def test_softmax_of_rows_on_different_levels(rng):
    p = rng.dirichlet(np.ones(4), size=3)
    assert softmax(np.log(p) + LEVELS) == pytest.approx(p), (
        "adding a constant to a row of logits changes its probabilities"
    )


@pytest.mark.edge_case
def test_log_softmax_of_rows_on_different_levels(rng):
    p = rng.dirichlet(np.ones(4), size=3)
    assert log_softmax(np.log(p) + LEVELS) == pytest.approx(np.log(p)), (
        "adding a constant to a row of logits changes its log probabilities"
    )


@pytest.mark.edge_case
def test_cross_entropy_of_extreme_logits(rng):
    for size in rng.uniform(1, 2, size=3) * [40, 1e3, 1e4]:
        logits = np.array([[size, 0.0, -size], [-size, size, 0.0]])
        wrong, right = cross_entropy(logits, np.array([2, 0])), cross_entropy(logits, np.array([0, 1]))
        assert wrong == pytest.approx(2 * size), "labels behind by a logit gap do not cost that gap"
        assert right == pytest.approx(0, abs=1e-9), "certain and right labels cost something"


@pytest.mark.edge_case
def test_gradients_of_extreme_logits(rng):
    weights, biases = parameters(rng, (2, 2, 3))
    biases[1] = rng.uniform(1, 2) * np.array([1e4, -1e4, 0.0])
    _, grads_b = gradients(np.ones((1, 2)), np.array([1]), weights, biases, 0.0)
    assert grads_b[1] == pytest.approx([1, -1, 0]), "a certain and wrong row does not push its logits by 1 and -1"


@pytest.mark.edge_case
def test_gradients_of_a_batch_of_one(rng, slopes):
    X, y = rng.normal(size=(1, 2)), rng.integers(0, 3, size=1)
    assert_gradients_are_slopes(slopes, X, y, *parameters(rng, (2, 2, 3)), rng.uniform(0.2, 0.9))


@pytest.mark.edge_case
def test_a_single_row_is_predicted_like_the_others(rng):
    X, y = rows(rng)
    model = MLP((2, 4, 3), n_epochs=2).fit(X, y)
    assert model.predict_proba(X[:1]) == pytest.approx(model.predict_proba(X)[:1]), "a row alone is predicted otherwise"
    assert np.shape(model.predict(X[:1])) == (1,), "the labels of a single row are not an array of one"


@pytest.mark.edge_case
def test_a_batch_larger_than_the_data(rng):
    n = int(rng.integers(2, 9))
    model = MLP((2, 4, 3), n_epochs=3, batch_size=n + 7).fit(*rows(rng, n))
    assert len(model.loss_history) == 3, "rows that all fit in a batch are not one batch an epoch"


@pytest.mark.edge_case
def test_labels_are_those_of_the_outputs(rng):
    X, y = rows(rng, int(rng.integers(300, 400)))
    model = MLP((2, 2, 3), n_epochs=1, batch_size=len(y)).fit(X, y)
    assert len(model.loss_history) == 1, "hundreds of rows with labels of every output are not fitted"
    for label in (3, -1):
        with pytest.raises(ValueError):
            MLP((2, 5, 3), n_epochs=1).fit(X[:4], np.array([0, 1, 2, label]))


@pytest.mark.edge_case
def test_unequal_lengths_are_refused(rng):
    n = int(rng.integers(2, 9))
    X, y = rows(rng, n)
    for labels in (y[:-1], np.append(y, 0), y[:1]):
        with pytest.raises(ValueError):
            MLP((2, 4, 3), n_epochs=1).fit(X, labels)
