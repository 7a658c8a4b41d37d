import numpy as np
import pytest
from logistic_regression import LogisticRegression, log_loss, sigmoid


def clouds(rng, n=60):
    """Two overlapping classes of unequal size, off the origin."""
    X = rng.normal(size=(n, 3)) * [1.0, 0.6, 1.3] + [0.4, -0.5, 0.2]
    logit = X @ [1.5, -1.0, 0.5] - 0.8
    return X, (rng.random(n) < 1 / (1 + np.exp(-logit))).astype(int)


def assert_stationary(model, X, y, l2):
    """No step along the weights or the bias lowers the penalised loss."""
    residual = y - model.predict_proba(X)
    assert X.T @ residual / len(y) == pytest.approx(l2 * model.weights, abs=1e-4), (
        "the fitted weights do not minimise the stated loss"
    )
    assert residual.mean() == pytest.approx(0, abs=1e-4), "the mean probability is not the share of class 1"


def test_sigmoid_of_worked_values():
    z = np.log([[1.0, 3.0], [0.25, 9.0]])
    assert sigmoid(z) == pytest.approx(np.array([[0.5, 0.75], [0.2, 0.9]])), "odds of 3 to 1 are a probability of 0.75"


def test_sigmoid_is_symmetric(rng):
    z = rng.normal(size=20) * 5
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(np.ones(20)), "sigmoid(z) and sigmoid(-z) do not add up to 1"


def test_log_loss_of_a_worked_example():
    y, p = np.array([1, 0, 1]), np.array([0.5, 0.2, 0.25])
    expected = -(np.log(0.5) + np.log(0.8) + np.log(0.25)) / 3
    assert log_loss(y, p) == pytest.approx(expected), "the log loss of 0.5, 0.2 and 0.25 for 1, 0, 1 is 0.7675"


def test_better_probabilities_have_a_lower_loss():
    y = np.array([1, 0, 0])
    good, bad = log_loss(y, np.array([0.9, 0.1, 0.2])), log_loss(y, np.array([0.6, 0.3, 0.4]))
    assert 0 < good < bad, "the loss is not positive, or does not fall as the probabilities improve"


@pytest.mark.parametrize("l2", [0.1, 0.6])
def test_the_solution_is_stationary(rng, l2):
    X, y = clouds(rng)
    assert_stationary(LogisticRegression(l2=l2).fit(X, y), X, y, l2)


def test_probabilities_follow_weights_and_bias(rng):
    X, y = clouds(rng)
    model = LogisticRegression().fit(X, y)
    p = model.predict_proba(X)
    assert np.shape(p) == (len(X),), "predict_proba returns one number a row"
    assert np.all((p > 0) & (p < 1)), "a probability lies outside (0, 1)"
    assert np.log(p / (1 - p)) == pytest.approx(X @ model.weights + model.bias), (
        "the log odds are not the affine map given by weights and bias"
    )


def test_labels_follow_the_probabilities(rng):
    X, y = clouds(rng)
    model = LogisticRegression().fit(X, y)
    labels = model.predict(X)
    assert np.array_equal(labels == 1, model.predict_proba(X) >= 0.5), "a label does not agree with its probability"
    assert set(np.unique(labels)) == {0, 1}, "labels other than 0 and 1 are predicted"


def test_exchanging_the_classes_mirrors_the_model(rng):
    X, y = clouds(rng)
    model, mirror = LogisticRegression().fit(X, y), LogisticRegression().fit(X, 1 - y)
    assert mirror.weights == pytest.approx(-model.weights, abs=1e-4), (
        "exchanging the classes does not negate the weights"
    )
    assert mirror.bias == pytest.approx(-model.bias, abs=1e-4), "exchanging the classes does not negate the bias"


def test_repeating_the_rows_changes_nothing(rng):
    X, y = clouds(rng, n=25)
    once, thrice = LogisticRegression().fit(X, y), LogisticRegression().fit(np.tile(X, (3, 1)), np.tile(y, 3))
    assert thrice.weights == pytest.approx(once.weights, abs=1e-4), "the fit depends on how often the rows are repeated"


def test_a_larger_penalty_gives_smaller_weights(rng):
    X, y = clouds(rng)
    norms = [np.linalg.norm(LogisticRegression(l2=l2).fit(X, y).weights) for l2 in (0.05, 0.3, 1.0)]
    assert norms[0] > norms[1] > norms[2], "the norm of the weights does not fall as l2 grows"


def test_as_many_rows_as_columns(rng):
    X, y = rng.normal(size=(4, 4)), np.array([0, 1, 1, 0])
    model = LogisticRegression(l2=0.5).fit(X, y)
    pull = X.T @ (y - model.predict_proba(X)) / 4
    assert pull == pytest.approx(0.5 * model.weights, abs=1e-4), "a square X is not fitted to the stated loss"


def test_fit_returns_the_model(rng):
    X, y = clouds(rng)
    model = LogisticRegression()
    assert model.fit(X, y) is model, "fit returns the model itself"


def test_inputs_are_left_alone(rng, unchanged):
    X, y = clouds(rng)
    with unchanged(X, y):
        LogisticRegression().fit(X, y).predict(X)


@pytest.mark.edge_case
@pytest.mark.parametrize("size", [40.0, 800.0, 1e4])
def test_sigmoid_of_extreme_logits(rng, size):
    z = size * rng.uniform(1, 2)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        p = sigmoid(np.array([-z, z]))
    assert p == pytest.approx([0, 1], abs=1e-12), "extreme logits do not give probabilities of 0 and 1"


@pytest.mark.edge_case
def test_log_loss_of_certain_and_right(rng):
    p = rng.random()
    loss = log_loss(np.array([0, 1, 1]), np.array([0.0, 1.0, p]))
    assert loss == pytest.approx(-np.log(p) / 3), "a certain and right probability does not cost nothing"


@pytest.mark.edge_case
def test_log_loss_of_certain_and_wrong_is_large_and_finite(rng):
    y, p = np.array([0, 1, 0, 1]), np.append([1.0, 0.0], rng.random(2))
    loss = log_loss(y, p)
    assert np.isfinite(loss), "a certain and wrong probability has an infinite loss"
    assert loss > 10, "a certain and wrong probability costs too little"


@pytest.mark.edge_case
def test_separable_rows_far_from_the_boundary(rng):
    X, y = np.array([[-900.0], [-700.0], [800.0], [1000.0]]) * rng.uniform(0.9, 1.1), np.array([0, 0, 1, 1])
    model = LogisticRegression(l2=1.0).fit(X / 500, y)
    assert_stationary(model, X / 500, y, 1.0)
    assert np.array_equal(model.predict(X), y), "rows far from the boundary are not told apart"
    assert np.all(np.isfinite(model.predict_proba(X * 100))), "the probability of a far row is not finite"


@pytest.mark.edge_case
def test_a_column_of_zeros_changes_nothing(rng):
    X, y = clouds(rng)
    without = LogisticRegression(l2=0.0).fit(X, y).predict_proba(X)
    assert without.mean() == pytest.approx(y.mean(), abs=0.02), "the mean probability is not the share of class 1"
    wider = np.column_stack([X, np.zeros(len(X))])
    assert LogisticRegression(l2=0.0).fit(wider, y).predict_proba(wider) == pytest.approx(without, abs=1e-6), (
        "a column without information changes the probabilities"
    )


@pytest.mark.edge_case
def test_one_class_only(rng):
    X = rng.normal(size=(20, 3))
    model = LogisticRegression(l2=0.5).fit(X, np.ones(20, dtype=int))
    assert np.all(model.predict(X) == 1), "data of class 1 alone are not all labelled 1"


@pytest.mark.edge_case
@pytest.mark.parametrize("labels", [[-1, 1, 1], [0, 2, 1], [0.5, 0, 1]])
def test_other_labels_are_refused(labels):
    with pytest.raises(ValueError):
        LogisticRegression().fit(np.eye(3), np.array(labels))
