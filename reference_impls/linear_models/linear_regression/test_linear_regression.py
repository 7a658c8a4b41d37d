import numpy as np
import pytest
from linear_regression import LinearRegression

SLOPES = np.array([1.5, -2.0, 0.5])


def plane(rng, n=40, noise=0.0):
    """Rows with unequal means and spreads, and targets on a plane with intercept 4."""
    X = rng.normal(size=(n, 3)) * [1.0, 0.7, 1.4] + [0.5, -0.6, 0.3]
    return X, X @ SLOPES + 4.0 + noise * rng.normal(size=n)


def test_a_plane_is_recovered_exactly(rng):
    X, y = plane(rng)
    model = LinearRegression().fit(X, y)
    assert model.weights == pytest.approx(SLOPES, abs=1e-4), "the slopes of noiseless data are not recovered"
    assert model.bias == pytest.approx(4.0, abs=1e-4), "the intercept of noiseless data is not recovered"


def test_a_plane_is_predicted_exactly(rng):
    X, y = plane(rng)
    X_new, y_new = plane(rng, n=7)
    predicted = LinearRegression().fit(X, y).predict(X_new)
    assert np.shape(predicted) == (7,), "predict returns one number a row"
    assert predicted == pytest.approx(y_new, abs=1e-4), "new rows of noiseless data are not predicted exactly"


def test_fit_returns_the_model(rng):
    X, y = plane(rng)
    model = LinearRegression()
    assert model.fit(X, y) is model, "fit returns the model itself"


@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_residuals_have_zero_mean(rng, l2):
    X, y = plane(rng, noise=0.5)
    residual = y - LinearRegression(l2=l2).fit(X, y).predict(X)
    assert residual.mean() == pytest.approx(0, abs=1e-5), "the residuals of the training rows do not average to 0"


@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_the_solution_is_stationary(rng, l2):
    X, y = plane(rng, noise=0.5)
    model = LinearRegression(l2=l2).fit(X, y)
    pull = X.T @ (y - X @ model.weights - model.bias) / len(y)
    assert pull == pytest.approx(l2 * model.weights, abs=1e-5), "the fitted weights do not minimise the stated loss"


@pytest.mark.parametrize("l2", [0.0, 0.3])
def test_shifting_the_target_shifts_the_predictions(rng, l2):
    X, y = plane(rng, noise=0.5)
    before, after = (LinearRegression(l2=l2).fit(X, target).predict(X) for target in (y, y + 10))
    assert after - before == pytest.approx(np.full(len(y), 10.0), abs=1e-4), (
        "adding 10 to every target does not add 10 to every prediction"
    )


def test_a_larger_penalty_gives_smaller_weights(rng):
    X, y = plane(rng, noise=0.5)
    norms = [np.linalg.norm(LinearRegression(l2=l2).fit(X, y).weights) for l2 in (0.0, 0.1, 1.0)]
    assert norms[0] > norms[1] > norms[2], "the norm of the weights does not fall as l2 grows"


def test_repeating_the_rows_changes_nothing(rng):
    X, y = plane(rng, n=15, noise=0.5)
    once = LinearRegression(l2=0.3).fit(X, y)
    thrice = LinearRegression(l2=0.3).fit(np.tile(X, (3, 1)), np.tile(y, 3))
    assert thrice.weights == pytest.approx(once.weights, abs=1e-5), "the fit depends on how often the rows are repeated"


def test_a_column_of_targets_means_the_same(rng):
    X, y = plane(rng, noise=0.5)
    flat, column = LinearRegression().fit(X, y), LinearRegression().fit(X, y.reshape(-1, 1))
    assert np.shape(column.weights) == (3,), "weights have shape (d,) whatever the shape of y"
    assert column.weights == pytest.approx(flat.weights, abs=1e-6), "a column of targets gives another fit"


def test_as_many_rows_as_columns():
    X = np.array([[2.0, 0.0, 1.0], [0.0, 1.0, -1.0], [1.0, 1.0, 2.0]])
    y = np.array([1.0, 2.0, 4.0])
    model = LinearRegression(l2=0.5).fit(X, y)
    pull = X.T @ (y - X @ model.weights - model.bias) / 3
    assert pull == pytest.approx(0.5 * model.weights, abs=1e-5), "a square X is not fitted to the stated loss"


def test_integer_input_is_fitted_like_floats():
    X, y = np.array([[0], [1], [2], [5]]), np.array([1, 3, 5, 11])
    model = LinearRegression().fit(X, y)
    assert model.predict(X) == pytest.approx(y, abs=1e-3), "the line 2x + 1 through whole numbers is not found"


def test_inputs_are_left_alone(rng, unchanged):
    X, y = plane(rng, noise=0.5)
    with unchanged(X, y):
        LinearRegression(l2=0.1).fit(X, y).predict(X)


@pytest.mark.edge_case
def test_a_constant_target_is_all_bias(rng):
    X, _ = plane(rng)
    model = LinearRegression().fit(X, np.full(len(X), -3.0))
    assert model.bias == pytest.approx(-3.0, abs=1e-4), "a constant target is the bias"
    assert model.weights == pytest.approx(np.zeros(3), abs=1e-4), "a constant target needs no slope"


@pytest.mark.edge_case
def test_identical_columns_still_predict(rng):
    x = rng.normal(size=30)
    X, y = np.column_stack([x, x]), 2 * x + 1
    predicted = LinearRegression().fit(X, y).predict(X)
    assert predicted == pytest.approx(y, abs=1e-4), "two identical columns spoil the predictions"


@pytest.mark.edge_case
def test_a_single_row_is_predicted(rng):
    X, y = plane(rng)
    model = LinearRegression().fit(X, y)
    assert model.predict(X[:1]) == pytest.approx(y[:1], abs=1e-4), "a batch of one row is not predicted like the others"


@pytest.mark.edge_case
@pytest.mark.parametrize(("rows", "targets"), [(0, 0), (3, 4)])
def test_bad_lengths_are_refused(rows, targets):
    with pytest.raises(ValueError):
        LinearRegression().fit(np.zeros((rows, 2)), np.zeros(targets))
