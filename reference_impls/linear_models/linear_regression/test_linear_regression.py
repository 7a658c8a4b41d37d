import numpy as np
import pytest
from linear_regression import LinearRegression


def plane(rng, n, noise=0.0):
    """Rows with unequal means and spreads, targets on or near a plane; its slopes and its intercept."""
    X = rng.normal(size=(n, 3)) * [1.0, 0.7, 1.4] + [0.5, -0.6, 0.3]
    slopes, intercept = rng.uniform(1, 2, size=3) * [1, -1, 0.5], rng.uniform(3, 5)
    return X, X @ slopes + intercept + noise * rng.normal(size=n), slopes, intercept


def test_a_plane_is_recovered_exactly(rng):
    X, y, slopes, intercept = plane(rng, rng.integers(300, 400))
    model = LinearRegression()
    assert model.fit(X, y) is model, "fit returns the model itself"
    assert model.weights == pytest.approx(slopes, abs=1e-4), "the slopes of noiseless data are not recovered"
    assert model.bias == pytest.approx(intercept, abs=1e-4), "the intercept of noiseless data is not recovered"
    for rows in (rng.normal(size=(7, 3)), rng.normal(size=(1, 3))):
        expected = rows @ slopes + intercept
        assert model.predict(rows) == pytest.approx(expected, abs=1e-4), "new rows on the plane are not predicted"


def test_the_solution_minimises_the_loss(rng):
    for n, l2 in ((rng.integers(30, 50), 0.0), (rng.integers(30, 50), 0.3), (3, 0.5)):
        X, y, *_ = plane(rng, n, noise=0.5)
        model = LinearRegression(l2=l2).fit(X, y)
        residual = y - X @ model.weights - model.bias
        assert residual.mean() == pytest.approx(0, abs=1e-5), "the residuals of the training rows do not average to 0"
        pull = X.T @ residual / n
        assert pull == pytest.approx(l2 * model.weights, abs=1e-5), "the loss still has a slope at the fitted weights"


def test_shifting_the_target_shifts_the_predictions(rng):
    X, y, *_ = plane(rng, rng.integers(20, 30), noise=0.5)
    before, after = (LinearRegression(l2=0.3).fit(X, target).predict(X) for target in (y, y + 10))
    assert after - before == pytest.approx(np.full(len(y), 10.0), abs=1e-4), (
        "adding 10 to every target does not add 10 to every prediction"
    )


def test_a_column_of_targets_means_the_same(rng):
    X, y, slopes, _ = plane(rng, rng.integers(20, 30))
    model = LinearRegression().fit(X, y.reshape(-1, 1))
    assert model.weights == pytest.approx(slopes, abs=1e-4), "a column of targets has other weights"
    assert model.predict(X) == pytest.approx(y, abs=1e-4), "a column of targets has other predictions"


def test_whole_numbers_are_fitted_like_floats(rng):
    x = rng.permutation(np.repeat([1, 2, 3, 4], rng.integers(2, 6)))
    X, y = x.reshape(-1, 1), rng.integers(2, 5) * x - rng.integers(1, 9)
    assert LinearRegression().fit(X, y).predict(X) == pytest.approx(y, abs=1e-3), "a line of whole numbers is missed"


def test_inputs_are_left_alone(rng, unchanged):
    X, y, *_ = plane(rng, rng.integers(20, 30), noise=0.5)
    with unchanged(X, y):
        LinearRegression(l2=0.1).fit(X, y).predict(X)


@pytest.mark.edge_case
def test_one_hot_columns_predict_the_mean_of_their_group(rng):
    for n_groups in (2, 3, 5):
        group = np.arange(n_groups * rng.integers(2, 6)) % n_groups
        X, y = np.eye(n_groups)[group], rng.normal(size=len(group))
        means = np.array([y[group == j].mean() for j in range(n_groups)])
        assert LinearRegression().fit(X, y).predict(np.eye(n_groups)) == pytest.approx(means, abs=1e-4), (
            f"the predictions for {n_groups} groups, coded as one-hot columns, are not the groups' means"
        )


@pytest.mark.edge_case
def test_bad_lengths_are_refused(rng):
    n = int(rng.integers(2, 9))
    for rows, targets in ((0, 0), (n, n + 1), (n + 1, n), (n + 1, 1), (1, n)):
        with pytest.raises(ValueError):
            LinearRegression().fit(rng.normal(size=(rows, 2)), rng.normal(size=targets))
