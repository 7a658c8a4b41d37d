import numpy as np
import pytest
from logistic_regression import LogisticRegression, log_loss, sigmoid


def clouds(rng, n):
    """Two overlapping classes of unequal size, off the origin, both of them present."""
    X = rng.normal(size=(n, 3)) * [1.0, 0.6, 1.3] + [0.4, -0.5, 0.2]
    y = (X @ [1.5, -1.0, 0.5] - 0.8 + rng.logistic(size=n) > 0).astype(int)
    y[:2] = 0, 1
    return X, y


def assert_stationary(model, X, y, l2):
    """No step along the weights or the bias lowers the penalised loss."""
    residual = y - model.predict_proba(X)
    assert residual.mean() == pytest.approx(0, abs=1e-4), "the mean probability is not the share of class 1"
    pull = X.T @ residual / len(y)
    assert pull == pytest.approx(l2 * model.weights, abs=1e-4), "the loss still has a slope at the fitted weights"


def test_sigmoid_of_odds(rng):
    odds = np.exp(rng.normal(size=rng.integers(2, 5, size=2)) * 3)
    assert sigmoid(np.log(odds)) == pytest.approx(odds / (odds + 1)), (
        "odds of a to 1 are not a probability of a/(a + 1)"
    )


def test_log_loss_is_the_mean_surprise(rng):
    y = rng.permutation([0, 1, *rng.integers(0, 2, size=rng.integers(3, 9))])
    p = rng.uniform(0.1, 0.9, size=len(y))
    likelihood = np.prod([q if label == 1 else 1 - q for label, q in zip(y, p, strict=True)])
    for labels in (y, y.astype(float)):
        assert log_loss(labels, p) == pytest.approx(-np.log(likelihood) / len(y)), (
            "n times the log loss is not minus the logarithm of the probability of all labels"
        )


def test_the_solution_minimises_the_loss(rng):
    for n, options in ((rng.integers(300, 400), {}), (rng.integers(50, 70), {"l2": 0.6}), (3, {"l2": 0.5})):
        X, y = clouds(rng, n)
        assert_stationary(LogisticRegression(**options).fit(X, y), X, y, options.get("l2", 0.1))


def test_probabilities_and_labels_follow_weights_and_bias(rng):
    X, y = clouds(rng, rng.integers(20, 30))
    model = LogisticRegression()
    assert model.fit(X, y.astype(float)) is model, "fit returns the model itself"
    p = model.predict_proba(X)
    assert np.log(p / (1 - p)) == pytest.approx(X @ model.weights + model.bias), (
        "the log odds are not the affine map given by weights and bias"
    )
    labels = model.predict(X)
    assert np.shape(labels) == np.shape(y), "predict does not return one label a row"
    assert np.array_equal(labels, np.where(p >= 0.5, 1, 0)), "a label does not agree with its probability"


def test_inputs_are_left_alone(rng, unchanged):
    X, y = clouds(rng, rng.integers(20, 30))
    with unchanged(X, y):
        LogisticRegression().fit(X, y).predict(X)


@pytest.mark.edge_case
def test_sigmoid_of_extreme_logits(rng):
    z = np.array([40.0, 800.0, 1e4]) * rng.uniform(1, 2)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        p = sigmoid(np.array([-z, z]))
    assert p == pytest.approx(np.array([[0, 0, 0], [1, 1, 1]]), abs=1e-12), "extreme logits are not near certain"


@pytest.mark.edge_case
def test_sigmoid_of_nan_is_nan(rng):
    z = rng.normal(size=rng.integers(2, 6))
    assert np.isnan(sigmoid(np.append(z, np.nan))).tolist() == [False] * len(z) + [True], "a NaN becomes a probability"


@pytest.mark.edge_case
def test_log_loss_of_certain_and_right(rng):
    p = rng.random()
    loss = log_loss(np.array([0, 1, 1]), np.array([0.0, 1.0, p]))
    assert loss == pytest.approx(-np.log(p) / 3, abs=1e-6), "a certain and right probability does not cost nothing"


@pytest.mark.edge_case
def test_log_loss_of_certain_and_wrong_is_large_and_finite(rng):
    y = rng.permutation([0, 1, *rng.integers(0, 2, size=rng.integers(1, 6))])
    loss = log_loss(y, 1.0 - y)
    assert np.isfinite(loss), "a certain and wrong probability has an infinite loss"
    assert loss > 16, "a certain and wrong probability costs too little"


@pytest.mark.edge_case
def test_separable_rows_far_from_the_boundary(rng):
    X, y = np.array([[-900.0], [-700.0], [800.0], [1000.0]]) * rng.uniform(0.9, 1.1), np.array([0, 0, 1, 1])
    model = LogisticRegression(l2=1.0).fit(X / 500, y)
    assert_stationary(model, X / 500, y, 1.0)
    assert np.array_equal(model.predict(X), y), "rows far from the boundary are not told apart"
    assert np.all(np.isfinite(model.predict_proba(X * 100))), "the probability of a far row is not finite"


@pytest.mark.edge_case
def test_one_hot_columns_give_the_share_of_their_group(rng):
    for n_groups in (2, 3, 4):
        times = rng.integers(1, 4)
        group = np.tile(np.arange(n_groups), 3 * times)
        ones = rng.integers(times, 2 * times + 1, size=n_groups)
        y = (np.arange(len(group)) // n_groups < ones[group]).astype(int)
        p = LogisticRegression(l2=0.0).fit(np.eye(n_groups)[group], y).predict_proba(np.eye(n_groups))
        assert p == pytest.approx(ones / (3 * times), abs=1e-3), (
            f"the probabilities of {n_groups} groups, coded as one-hot columns, are not their shares of class 1"
        )


@pytest.mark.edge_case
def test_even_odds_are_labelled_1(rng):
    n = 2 * rng.integers(1, 9)
    model = LogisticRegression().fit(np.zeros((n, 2)), rng.permutation(n) % 2)
    assert model.predict_proba(np.zeros((1, 2))) == pytest.approx([0.5]), "rows alike with as many 0 as 1 are not even"
    assert model.predict(np.zeros((1, 2))).tolist() == [1], "a probability of one half is not labelled 1"


@pytest.mark.edge_case
def test_one_class_only(rng):
    X = rng.normal(size=(rng.integers(10, 30), 3))
    model = LogisticRegression(l2=0.5).fit(X, np.ones(len(X), dtype=int))
    assert np.all(model.predict(X) == 1), "data of class 1 alone are not all labelled 1"


@pytest.mark.edge_case
def test_other_labels_are_refused(rng):
    for labels in ([-1, 1, 1], [0, 2, 1], [0.5, 0, 1]):
        with pytest.raises(ValueError):
            LogisticRegression().fit(np.eye(3), rng.permutation(labels))
