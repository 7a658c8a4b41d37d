from itertools import pairwise

import numpy as np
import pytest
from mlp import MLP, cross_entropy, forward, gradients, log_softmax, loss, softmax

ODDS = [[1.0, 2.0, 5.0], [6.0, 1.0, 3.0], [2.0, 2.0, 1.0]]
P = np.array([[0.125, 0.25, 0.625], [0.6, 0.1, 0.3], [0.4, 0.4, 0.2]])
LEVELS = [[-1e4], [1e4], [300.0]]


def parameters(rng, sizes):
    """Weights and nonzero biases for layers of the given sizes."""
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    return weights, [rng.normal(size=width) for width in sizes[1:]]


def rows(rng, n=8):
    """Rows of two features off the origin, with labels 0, 1, 2 in turn."""
    return rng.normal(size=(n, 2)) + [0.5, -1.0], np.arange(n) % 3


def nudged(arrays, position, index, amount):
    """The arrays again, one entry of the one at the position moved by the amount."""
    copies = [np.array(a) for a in arrays]
    copies[position][index] += amount
    return copies


def assert_slopes(grads, arrays, loss_at):
    """Each entry of grads is the slope of loss_at along that entry of arrays."""
    assert [np.shape(g) for g in grads] == [a.shape for a in arrays], "gradients and parameters differ in shape"
    for position, array in enumerate(arrays):
        for index in np.ndindex(array.shape):
            up, down = (loss_at(nudged(arrays, position, index, h)) for h in (1e-6, -1e-6))
            assert grads[position][index] == pytest.approx((up - down) / 2e-6, abs=1e-6), (
                "a gradient is not the slope of the loss"
            )


def test_softmax_of_worked_values():
    assert softmax(np.log(ODDS)) == pytest.approx(P), "odds of 1 to 2 to 5 are not probabilities of 1/8, 2/8 and 5/8"


def test_log_softmax_of_worked_values():
    assert log_softmax(np.log(ODDS)) == pytest.approx(np.log(P)), "odds of 1 to 2 to 5 have the wrong log probabilities"


def test_each_row_has_its_own_probabilities(rng):
    logits = 3 * rng.normal(size=(5, 4))
    assert softmax(logits).sum(axis=1) == pytest.approx(np.ones(5)), "the probabilities of a row do not add up to 1"
    for alone, among in zip(logits, softmax(logits), strict=True):
        assert softmax(alone[None])[0] == pytest.approx(among), "the probabilities of a row depend on the other rows"


def test_cross_entropy_of_a_worked_example():
    expected = -(np.log(0.625) + np.log(0.1) + np.log(0.4)) / 3
    assert cross_entropy(np.log(ODDS), np.array([2, 1, 0])) == pytest.approx(expected), (
        "labels of probability 0.625, 0.1 and 0.4 do not cost 1.23 on average"
    )


def test_better_logits_cost_less():
    y = np.array([2, 0])
    good, bad = (cross_entropy(np.array([[0.0, 1.0, up], [up, -1.0, 0.0]]), y) for up in (30.0, 1.0))
    assert good == pytest.approx(0, abs=1e-9), "near certainty of the right label costs something"
    assert bad > 0.1, "doubt about the right label costs next to nothing"


def test_logits_of_one_hidden_layer_by_hand():
    X = np.log([[2.0, 1.0], [1.0, 3.0]])
    weights = [np.array([[1.0, 2.0], [-1.0, 1.0]]), np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])]
    biases = [np.log([2.0, 0.5]), np.array([0.5, -1.0, 2.0])]
    expected = [[15 / 17 + 0.5, 30 / 17 - 1.6, 3.8], [-5 / 13 + 0.5, -15 / 13 - 1, 15 / 13 + 2]]
    assert forward(X, weights, biases) == pytest.approx(np.array(expected)), (
        "hidden pre-activations log 4, log 2, log 2/3 and log 3/2 lead to other logits"
    )


def test_logits_of_two_hidden_layers_by_hand():
    weights = [np.array([[2.0]]), np.array([[1.25 * np.log(2)]]), np.array([[17.0, -34.0]])]
    biases = [np.log([0.75]), np.log([2.0]), np.array([1.0, 2.0])]
    logits = forward(np.log([[2.0]]), weights, biases)
    assert logits == pytest.approx(np.array([[16.0, -28.0]])), (
        "pre-activations log 3 and log 4 of two hidden units lead to other logits"
    )


def test_loss_of_a_worked_example():
    X, y = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([2, 0])
    weights = [np.array([[1.0, -2.0], [0.5, 3.0]]), np.zeros((2, 3))]
    biases = [np.array([4.0, -1.0]), np.log(ODDS[0])]
    data_term = -(np.log(0.625) + np.log(0.125)) / 2
    assert loss(X, y, weights, biases, 0.0) == pytest.approx(data_term), "probabilities 5/8 and 1/8 have another loss"
    assert loss(X, y, weights, biases, 0.4) == pytest.approx(data_term + 2.85), "the penalty is not 0.2 * 14.25"


@pytest.mark.parametrize("l2", [0.0, 0.7])
@pytest.mark.parametrize(("n", "sizes"), [(3, (3, 3, 3)), (5, (2, 4, 3)), (4, (2, 3, 2, 3))])
def test_gradients_are_the_slopes_of_the_loss(rng, n, sizes, l2):
    X, y = rng.normal(size=(n, sizes[0])), np.array([2, 0, 1, 0, 2])[:n]
    weights, biases = parameters(rng, sizes)
    grads_w, grads_b = gradients(X, y, weights, biases, l2)
    assert_slopes(grads_w, weights, lambda nudged_weights: loss(X, y, nudged_weights, biases, l2))
    assert_slopes(grads_b, biases, lambda nudged_biases: loss(X, y, weights, nudged_biases, l2))


def test_repeating_the_rows_changes_no_gradient(rng):
    X, y = rows(rng)
    weights, biases = parameters(rng, (2, 3, 3))
    once = gradients(X, y, weights, biases, 0.3)
    thrice = gradients(np.tile(X, (3, 1)), np.tile(y, 3), weights, biases, 0.3)
    for one, other in zip(once[0] + once[1], thrice[0] + thrice[1], strict=True):
        assert other == pytest.approx(one), "a gradient depends on how often the rows are repeated"


def test_training_starts_from_the_stated_spread(rng):
    sizes = (200, 100, 40, 3)
    model = MLP(sizes, n_epochs=0, seed=int(rng.integers(1 << 31))).fit(np.ones((1, 200)), np.array([1]))
    assert [np.shape(W) for W in model.weights] == [(200, 100), (100, 40), (40, 3)], "weights are (fan_in, fan_out)"
    assert [np.shape(b) for b in model.biases] == [(100,), (40,), (3,)], "biases are (fan_out,)"
    for W, variance in zip(model.weights[:2], (1 / 150, 1 / 70), strict=True):
        assert np.var(W) == pytest.approx(variance, rel=0.2), "the first weights have another variance than stated"
        assert np.mean(W) == pytest.approx(0, abs=0.01), "the first weights do not average to 0"
    small = [MLP((6, 5, 3), n_epochs=0, seed=k).fit(np.ones((1, 6)), np.array([1])).weights[0] for k in range(60)]
    assert np.var(small) == pytest.approx(2 / 11, rel=0.2), "the weights of a small layer have another variance"
    assert np.unique(model.weights[2]).size == 120, "two weights of the last layer start equal"
    assert all(np.all(b == 0) for b in model.biases), "a bias does not start at 0"


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_step_follows_the_gradients(rng, done):
    X, y = rows(rng)
    sizes, settings = (2, 4, 3), {"learning_rate": 0.3, "l2": 0.6, "batch_size": 8, "seed": 4}
    start = MLP(sizes, n_epochs=done, **settings).fit(X, y)
    after = MLP(sizes, n_epochs=done + 1, **settings).fit(X, y)
    grads_w, grads_b = gradients(X, y, start.weights, start.biases, 0.6)
    for old, new, grad in zip(start.weights, after.weights, grads_w, strict=True):
        assert (old - new) / 0.3 == pytest.approx(grad), (
            "a step of the weights is not 0.3 times their gradient, downhill"
        )
    for old, new, grad in zip(start.biases, after.biases, grads_b, strict=True):
        assert (old - new) / 0.3 == pytest.approx(grad), (
            "a step of the biases is not 0.3 times their gradient, downhill"
        )


def test_a_small_step_lowers_the_loss(rng):
    X, y = rows(rng)
    history = MLP((2, 3, 3), learning_rate=0.01, l2=0.4, n_epochs=3, batch_size=8).fit(X, y).loss_history
    assert history[0] > history[1] > history[2], "small steps on all rows do not lower the loss"


def test_history_holds_the_loss_before_each_step(rng):
    X, y = rows(rng)
    settings = {"learning_rate": 0.5, "l2": 0.4, "batch_size": 8, "seed": 2}
    history = MLP((2, 3, 3), n_epochs=2, **settings).fit(X, y).loss_history
    for done, recorded in enumerate(history):
        model = MLP((2, 3, 3), n_epochs=done, **settings).fit(X, y)
        assert recorded == pytest.approx(loss(X, y, model.weights, model.biases, 0.4)), (
            "an entry of the history is not the loss that the step set out from"
        )


def test_an_epoch_visits_every_row_once(rng):
    n = int(rng.integers(8, 14))
    X, y = rows(rng, n)
    model = MLP((2, 3, 3), learning_rate=0.0, n_epochs=2, batch_size=1, seed=1).fit(X, y)
    alone = [loss(X[i : i + 1], y[i : i + 1], model.weights, model.biases, 0.0) for i in range(n)]
    first, second = model.loss_history[:n], model.loss_history[n:]
    assert sorted(first) == pytest.approx(sorted(alone)), "the losses of an epoch are not those of the rows"
    assert sorted(second) == pytest.approx(sorted(alone)), "the losses of a later epoch are not those of the rows"
    assert first != pytest.approx(alone), "the rows are visited in the order given"
    assert first != pytest.approx(second), "two epochs visit the rows in the same order"


def test_batches_share_out_the_rows(rng):
    X, y = rows(rng)
    model = MLP((2, 3, 3), learning_rate=0.0, n_epochs=2, batch_size=3, seed=1).fit(X, y)
    assert np.shape(model.loss_history) == (6,), "8 rows in batches of 3 are not 3 batches an epoch"
    total = 8 * loss(X, y, model.weights, model.biases, 0.0)
    assert np.reshape(model.loss_history, (2, 3)) @ [3, 3, 2] == pytest.approx(np.full(2, total)), (
        "the losses of batches of 3, 3 and 2 rows do not add up to the loss of all rows"
    )


def test_every_row_has_a_say(rng):
    X, y = rows(rng, n=5)
    fitted = MLP((2, 3, 3), n_epochs=1, batch_size=2).fit(X, y).weights[0]
    for i in range(5):
        moved = np.where(np.arange(5)[:, None] == i, X + 1, X)
        weights = MLP((2, 3, 3), n_epochs=1, batch_size=2).fit(moved, y).weights[0]
        assert weights != pytest.approx(fitted, abs=1e-9), "changing one row does not change the fit"


def test_the_seed_decides_the_fit(rng):
    X, y = rows(rng)
    seed, other_seed = rng.choice(1 << 16, size=2, replace=False).tolist()
    model = MLP((2, 3, 3), n_epochs=2, batch_size=3, seed=seed)
    once, history = np.array(model.fit(X, y).weights[1]), list(model.loss_history)
    assert np.array_equal(model.fit(X, y).weights[1], once), "fitting the same model again gives other weights"
    assert model.loss_history == pytest.approx(history), "fitting the same model again gives another history"
    twin, other = (MLP((2, 3, 3), n_epochs=2, batch_size=3, seed=k).fit(X, y).weights[1] for k in (seed, other_seed))
    assert np.array_equal(twin, once), "two fits with the same seed differ"
    assert not np.allclose(other, once), "fits with different seeds are the same"


def test_probabilities_and_labels_follow_the_logits(rng):
    X, y = rows(rng)
    model = MLP((2, 3, 3), l2=0.1, n_epochs=5, batch_size=3, seed=3).fit(X, y)
    logits = np.tanh(X @ model.weights[0] + model.biases[0]) @ model.weights[1] + model.biases[1]
    p = model.predict_proba(X)
    assert np.shape(p) == (8, 3), "predict_proba returns one number a row and class"
    assert p.sum(axis=1) == pytest.approx(np.ones(8)), "the predicted probabilities of a row do not add up to 1"
    assert np.log(p[:, 1:] / p[:, :1]) == pytest.approx(logits[:, 1:] - logits[:, :1]), (
        "the log odds of two classes are not the difference of their logits"
    )
    labels = model.predict(X)
    assert np.shape(labels) == (8,), "predict returns one label a row"
    assert p[np.arange(8), labels] == pytest.approx(p.max(axis=1)), "a label is not the most probable class of its row"


def test_fit_returns_the_model(rng):
    model = MLP((2, 3, 3), n_epochs=1)
    assert model.fit(*rows(rng)) is model, "fit returns the model itself"


def test_inputs_are_left_alone(rng, unchanged):
    X, y = rows(rng)
    weights, biases = parameters(rng, (2, 3, 3))
    with unchanged(X, y, weights, biases):
        gradients(X, y, weights, biases, 0.2)
        loss(X, y, weights, biases, 0.2)
        MLP((2, 3, 3), n_epochs=2, batch_size=3).fit(X, y).predict(X)


def test_logits_are_left_alone(unchanged):
    logits, y = np.log(ODDS), np.array([2, 1, 0])
    with unchanged(logits, y):
        softmax(logits)
        cross_entropy(logits, y)


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
@pytest.mark.parametrize("size", [40.0, 1e3, 1e4])
def test_cross_entropy_of_extreme_logits(rng, size):
    size *= rng.uniform(1, 2)
    logits = np.array([[size, 0.0, -size], [-size, size, 0.0]])
    wrong, right = cross_entropy(logits, np.array([2, 0])), cross_entropy(logits, np.array([0, 1]))
    assert wrong == pytest.approx(2 * size), "labels behind by a logit gap do not cost that gap"
    assert right == pytest.approx(0, abs=1e-9), "certain and right labels cost something"


@pytest.mark.edge_case
def test_gradients_of_extreme_logits():
    weights, biases = [np.ones((2, 3)), np.zeros((3, 3))], [np.ones(3), np.array([1e4, -1e4, 0.0])]
    _, grads_b = gradients(np.ones((1, 2)), np.array([1]), weights, biases, 0.0)
    assert grads_b[1] == pytest.approx([1, -1, 0]), "a certain and wrong row does not push its logits by 1 and -1"


@pytest.mark.edge_case
def test_gradients_of_a_batch_of_one(rng):
    X, y = rng.normal(size=(1, 2)), np.array([0])
    weights, biases = parameters(rng, (2, 3, 3))
    grads_w, grads_b = gradients(X, y, weights, biases, 0.5)
    assert_slopes(grads_w, weights, lambda nudged_weights: loss(X, y, nudged_weights, biases, 0.5))
    assert_slopes(grads_b, biases, lambda nudged_biases: loss(X, y, weights, nudged_biases, 0.5))


@pytest.mark.edge_case
def test_a_single_row_is_predicted_like_the_others(rng):
    X, y = rows(rng)
    model = MLP((2, 3, 3), n_epochs=2).fit(X, y)
    assert model.predict_proba(X[:1]) == pytest.approx(model.predict_proba(X)[:1]), (
        "a row alone has other probabilities"
    )
    assert np.shape(model.predict(X[:1])) == (1,), "the labels of a single row are not an array of one"


@pytest.mark.edge_case
def test_a_batch_larger_than_the_data(rng):
    X, y = rows(rng, n=4)
    model = MLP((2, 3, 3), n_epochs=3, batch_size=50).fit(X, y)
    assert np.shape(model.loss_history) == (3,), "4 rows in batches of 50 are not one batch an epoch"


@pytest.mark.edge_case
@pytest.mark.parametrize("labels", [[0, 1, 3], [0, -1, 2], [0, 1], [0, 1, 2, 0]])
def test_bad_labels_are_refused(labels):
    with pytest.raises(ValueError):
        MLP((2, 3, 3), n_epochs=1).fit(np.ones((3, 2)), np.array(labels))
