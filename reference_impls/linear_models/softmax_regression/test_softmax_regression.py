import numpy as np
import pytest
from softmax_regression import SoftmaxRegression, balanced_weights, cross_entropy, log_softmax, softmax


def clouds(rng, n, k=3):
    """Overlapping classes of unequal size, off the origin, all of them present."""
    centres = rng.normal(size=(k, 2)) + [0.4, -0.3]
    codes = rng.permutation(np.concatenate([np.arange(k), rng.integers(0, k, size=n - k) * rng.integers(0, 2, n - k)]))
    return centres[codes] + rng.normal(size=(n, 2)), codes


def assert_stationary(model, X, codes, v, l2):
    """No step along the weights or the bias lowers the penalised loss."""
    assert np.abs(model.bias).max() < 100, "the biases have run away together"
    missing = np.eye(len(model.classes))[codes] - model.predict_proba(X)
    for c, residual in enumerate(missing.T):
        assert np.average(residual, weights=v) == pytest.approx(0, abs=1e-4), (
            "the mean probability of a class is not its share of the weight"
        )
        pull = np.array([np.average(residual * column, weights=v) for column in X.T])
        assert pull == pytest.approx(l2 * model.weights[:, c], abs=1e-4), "the loss still has a slope at the weights"


def test_softmax_of_odds(rng):
    odds = rng.uniform(0.2, 5, size=(*rng.integers(2, 5, size=2), 3))
    p = softmax(np.log(odds))
    for row, of_the_row in zip(odds.reshape(-1, 3), p.reshape(-1, 3), strict=True):
        assert of_the_row == pytest.approx(row / sum(row)), "the probabilities are not in proportion to the odds"


def test_log_softmax_is_the_logarithm(rng):
    Z = rng.normal(size=rng.integers(2, 6, size=2)) * 2
    assert np.exp(log_softmax(Z)) == pytest.approx(softmax(Z)), "log_softmax is not the logarithm of the softmax"


def test_cross_entropy_is_the_mean_surprise(rng):
    p = rng.dirichlet(np.ones(3), size=rng.integers(4, 9)) * 0.97 + 0.01
    codes = rng.integers(0, 3, size=len(p))
    likelihood = np.prod([row[code] for row, code in zip(p, codes, strict=True)])
    shift = rng.normal(size=(len(p), 1))
    assert cross_entropy(np.log(p) + shift, codes) == pytest.approx(-np.log(likelihood) / len(p)), (
        "n times the cross-entropy is not minus the logarithm of the probability of all labels"
    )


def test_a_row_of_weight_three_counts_three_times(rng):
    Z, codes = rng.normal(size=(rng.integers(3, 8), 4)), rng.integers(0, 4, size=8)
    codes, times = codes[: len(Z)], rng.permutation(np.arange(len(Z)) % 3 + 1)
    assert cross_entropy(Z, codes, times) == pytest.approx(
        cross_entropy(np.repeat(Z, times, axis=0), np.repeat(codes, times))
    ), "a row of weight 3 does not count as three rows"


def test_balanced_weights_give_every_class_the_same_total(rng):
    k = rng.integers(2, 5)
    codes = rng.permutation(np.repeat(np.arange(k), rng.permutation(np.arange(k) + rng.integers(1, 4))))
    v = balanced_weights(codes)
    assert np.shape(v) == np.shape(codes), "there is not one weight a row"
    assert [sum(v[codes == c]) for c in range(k)] == pytest.approx([len(codes) / k] * k), (
        "the classes do not share the weight of all rows evenly"
    )


def test_the_solution_minimises_the_loss(rng):
    for n, k, options in ((rng.integers(60, 90), 3, {}), (rng.integers(20, 30), 2, {}), (3, 3, {"l2": 0.5})):
        X, codes = clouds(rng, n)
        codes %= k
        assert_stationary(SoftmaxRegression(**options).fit(X, codes), X, codes, None, options.get("l2", 0.05))


def test_balanced_classes_minimise_the_weighed_loss(rng):
    X, codes = clouds(rng, rng.integers(60, 90))
    v = 1 / np.array([np.sum(codes == code) for code in codes])
    assert_stationary(SoftmaxRegression(l2=0.2, balanced=True).fit(X, codes), X, codes, v, 0.2)


def test_two_classes_that_no_line_parts(rng):
    X = rng.uniform(0.8, 1.2) * np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    model = SoftmaxRegression().fit(X, np.array(["odd", "even", "even", "odd"]))
    assert list(model.classes) == ["even", "odd"], "the classes are not the two labels"
    assert model.predict_proba(X) == pytest.approx(np.full((4, 2), 0.5), abs=1e-4), (
        "at the corners of a square, opposite ones alike, a row is likelier of one class than of the other"
    )


def test_logits_probabilities_and_labels_agree(rng):
    X, codes = clouds(rng, rng.integers(20, 30))
    y = np.array(["plum", "apple", "quince"])[codes]
    model = SoftmaxRegression()
    assert model.fit(X, y) is model, "fit returns the model itself"
    assert list(model.classes) == ["apple", "plum", "quince"], "the classes are not the sorted labels"
    logits, p = model.decision_function(X), model.predict_proba(X)
    assert logits == pytest.approx(X @ model.weights + model.bias), "the logits are not the affine map"
    assert p == pytest.approx(softmax(logits)), "the probabilities are not the softmax of the logits"
    labels = model.predict(X)
    assert list(labels) == [["apple", "plum", "quince"][int(np.argmax(row))] for row in p], (
        "a label is not the likeliest one"
    )


def test_inputs_are_left_alone(rng, unchanged):
    X, codes = clouds(rng, rng.integers(20, 30))
    with unchanged(X, codes):
        SoftmaxRegression().fit(X, codes).predict_proba(X)
    Z = rng.normal(size=(4, 3))
    with unchanged(Z):
        softmax(Z), log_softmax(Z), cross_entropy(Z, np.arange(4) % 3)


@pytest.mark.edge_case
def test_softmax_of_rows_of_very_different_size(rng):
    base = rng.normal(size=(3, 4))
    with np.errstate(all="raise", under="ignore"):
        p = softmax(base + np.array([[-1e4], [0.0], [1e4]]))
    assert p == pytest.approx(softmax(base), abs=1e-8), (
        "a number added to all logits of a row changes its probabilities"
    )


@pytest.mark.edge_case
def test_the_surprise_of_a_certain_and_wrong_row_is_its_gap(rng):
    gap = rng.uniform(1e3, 1e4)
    Z = np.array([[gap, 0.0, 0.0], [0.0, 0.0, 0.0]])
    with np.errstate(all="raise", under="ignore"):
        loss = cross_entropy(Z, np.array([2, 1]))
    assert loss == pytest.approx((gap + np.log(3)) / 2), "a label that is gap below the favourite does not cost the gap"


@pytest.mark.edge_case
def test_one_class_only_is_refused(rng):
    with pytest.raises(ValueError):
        SoftmaxRegression().fit(rng.normal(size=(4, 2)), np.full(4, "plum"))
