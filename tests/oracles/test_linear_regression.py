"""linear_regression against scikit-learn, and its gradient against the slope of the loss."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.metrics import mean_squared_error

from .reference import implementations, load, slope

descent = load("linear_regression", "gradient_descent")

every_implementation = pytest.mark.parametrize("implementation", implementations("linear_regression"))
TOLERANCE = {"normal_equations": 1e-8}


def problem(rng, n=60, d=4):
    """Rows with unequal means and spreads, and noisy targets with an intercept."""
    X = rng.normal(size=(n, d)) * np.linspace(0.7, 1.4, d) + np.linspace(-0.6, 0.5, d)
    return X, X @ np.linspace(-2, 1.5, d) + 4 + 0.5 * rng.normal(size=n)


def oracle(l2, n):
    """1/(2n) |r|^2 + l2/2 |w|^2 is 1/(2n) of |r|^2 + n l2 |w|^2."""
    return Ridge(alpha=n * l2) if l2 > 0 else LinearRegression()


@every_implementation
@pytest.mark.parametrize("l2", [0.0, 0.3, 2.0])
def test_the_fit_is_that_of_scikit_learn(rng, implementation, l2):
    (X, y), (X_new, _) = problem(rng), problem(rng, n=11)
    theirs = oracle(l2, len(y)).fit(X, y)
    for target in (y, y.reshape(-1, 1)):
        ours = load("linear_regression", implementation).LinearRegression(l2=l2).fit(X, target)
        within = {"abs": TOLERANCE.get(implementation, 1e-4)}
        assert ours.weights == pytest.approx(theirs.coef_, **within)
        assert ours.bias == pytest.approx(theirs.intercept_, **within)
        assert ours.predict(X_new) == pytest.approx(theirs.predict(X_new), **within)


@every_implementation
@pytest.mark.parametrize("n", [4, 2])
def test_with_a_penalty_few_rows_suffice(rng, implementation, n):
    X, y = problem(rng, n=n)
    theirs = oracle(0.5, n).fit(X, y)
    ours = load("linear_regression", implementation).LinearRegression(l2=0.5).fit(X, y)
    assert ours.weights == pytest.approx(theirs.coef_, abs=TOLERANCE.get(implementation, 1e-4))
    assert ours.bias == pytest.approx(theirs.intercept_, abs=TOLERANCE.get(implementation, 1e-4))


@every_implementation
def test_collinear_columns_are_predicted_like_one(rng, implementation):
    X, y = problem(rng, d=2)
    X = np.column_stack([X, X[:, 0]])
    ours = load("linear_regression", implementation).LinearRegression().fit(X, y)
    assert ours.predict(X) == pytest.approx(LinearRegression().fit(X, y).predict(X), abs=1e-4)


@every_implementation
@pytest.mark.parametrize(("rows", "targets"), [(0, 0), (3, 4), (4, 3)])
def test_what_scikit_learn_refuses_is_refused(implementation, rows, targets):
    for model in (LinearRegression(), load("linear_regression", implementation).LinearRegression()):
        with pytest.raises(ValueError):  # noqa: PT011
            model.fit(np.ones((rows, 2)), np.ones(targets))


@pytest.mark.parametrize("n", [4, 23])
def test_the_gradient_is_the_slope_of_the_loss(rng, n):
    X, y = problem(rng, n=n)
    w, b, l2 = rng.normal(size=4), np.array(0.6), 0.7
    assert descent.loss(X, y, w, b, l2) == pytest.approx(mean_squared_error(y, X @ w + b) / 2 + l2 / 2 * w @ w)
    grad_w, grad_b = descent.gradient(X, y, w, b, l2)
    assert grad_w == pytest.approx(slope(lambda w: descent.loss(X, y, w, b, l2), w), abs=1e-7)
    assert grad_b == pytest.approx(slope(lambda b: descent.loss(X, y, w, b, l2), b), abs=1e-7)


def test_the_steps_are_those_of_a_heavy_ball(rng):
    """On a quadratic, theta' = theta + m (theta - before) - rate (H theta - g), from theta = before = 0."""
    X, y = problem(rng)
    A, l2, rate, m = np.column_stack([X, np.ones(len(X))]), 0.4, 0.05, 0.6
    H, g = A.T @ A / len(A) + l2 * np.diag([1, 1, 1, 1, 0]), A.T @ y / len(A)
    path = [np.zeros(5), np.zeros(5)]
    for _ in range(7):
        path.append(path[-1] + m * (path[-1] - path[-2]) - rate * (H @ path[-1] - g))
    model = descent.LinearRegression(l2=l2, learning_rate=rate, momentum=m, n_iterations=7, tolerance=0.0).fit(X, y)
    assert [*model.weights, model.bias] == pytest.approx(path[-1], abs=1e-12)
    losses = [mean_squared_error(y, A @ theta) / 2 + l2 / 2 * theta[:-1] @ theta[:-1] for theta in path[1:]]
    assert model.loss_history == pytest.approx(losses)


def test_the_descent_stops_at_the_first_change_below_the_tolerance(rng):
    X, y = problem(rng)
    whole, cut = (
        descent.LinearRegression(l2=0.2, n_iterations=300, tolerance=tolerance).fit(X, y).loss_history
        for tolerance in (0.0, 1e-5)
    )
    n_steps = np.flatnonzero(np.abs(np.diff(whole)) < 1e-5)[0] + 1
    assert cut == whole[: n_steps + 1]
