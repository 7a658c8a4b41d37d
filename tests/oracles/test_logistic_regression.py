"""logistic_regression against scikit-learn and scipy, and its derivatives against slopes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.special import expit, log_expit
from sklearn import metrics
from sklearn.linear_model import LogisticRegression, Ridge

from .reference import Network, implementations, load, relaxed, slope

MODULES = {name: load("logistic_regression", name) for name in implementations("logistic_regression")}
descent, newton = MODULES["gradient_descent"], MODULES["newton"]

every_implementation = pytest.mark.parametrize("name", MODULES)
UNLIKE_THE_DEFAULTS = {
    "gradient_descent": {"learning_rate": 0.9, "n_iterations": 700},
    "newton": {"n_iterations": 20, "tolerance": 1e-12},
}


def problem(rng, n=80, d=3):
    """Rows off the origin, and labels that no plane separates, both of them present."""
    X = rng.normal(size=(n, d)) + np.linspace(-0.8, 0.6, d)
    y = (X @ np.linspace(1.5, -1, d) + 0.7 + rng.logistic(size=n) > 0).astype(int)
    y[:2] = 0, 1
    return X, y


def objective(X, y, w, b, l2):
    """Penalised cross-entropy by scipy's logarithms of the sigmoid."""
    z = X @ w + b
    return -np.mean(y * log_expit(z) + (1 - y) * log_expit(-z)) + l2 / 2 * w @ w


def check_fit(ours, X, y, X_new, l2):
    theirs = LogisticRegression(C=1 / (len(y) * l2) if l2 > 0 else np.inf, tol=1e-10, max_iter=10_000).fit(X, y)
    assert ours.weights == pytest.approx(theirs.coef_[0], abs=1e-4)
    assert ours.bias == pytest.approx(theirs.intercept_[0], abs=1e-4)
    assert ours.predict_proba(X_new) == pytest.approx(theirs.predict_proba(X_new)[:, 1], abs=1e-4)
    assert np.array_equal(ours.predict(X_new), theirs.predict(X_new))


@every_implementation
def test_the_fit_by_default_is_that_of_scikit_learn(rng, name):
    (X, y), (X_new, _) = problem(rng), problem(rng, n=12)
    check_fit(MODULES[name].LogisticRegression().fit(X, y), X, y, X_new, l2=0.1)


@every_implementation
@pytest.mark.parametrize("l2", [0.0, 0.02, 1.0])
def test_the_fit_with_other_parameters_is_that_of_scikit_learn(rng, name, l2):
    (X, y), (X_new, _) = problem(rng), problem(rng, n=12)
    model = MODULES[name].LogisticRegression(l2=l2, **UNLIKE_THE_DEFAULTS.get(name, {}))
    check_fit(model.fit(X, y), X, y, X_new, l2)


@every_implementation
@relaxed
@given(z=arrays(float, array_shapes(min_dims=0, max_dims=3, max_side=5), elements=st.floats(-1e4, 1e4)))
def test_sigmoid_is_scipys(name, z):
    p = MODULES[name].sigmoid(z)
    assert np.shape(p) == np.shape(z)
    assert np.allclose(p, expit(z), rtol=1e-12, atol=1e-200)


@relaxed
@given(pairs=st.lists(st.tuples(st.integers(0, 1), st.floats(1e-9, 1 - 1e-9)), min_size=1, max_size=20))
def test_log_loss_is_scikit_learns(pairs):
    y, p = map(np.array, zip(*pairs, strict=True))
    expected = pytest.approx(metrics.log_loss(y, p, labels=[0, 1]), rel=1e-9)
    assert all(module.log_loss(y, p) == expected for module in MODULES.values())


@every_implementation
def test_log_loss_of_certainties(name):
    y, p = np.array([0, 1, 1, 0]), np.array([0.0, 1.0, 0.25, 0.25])
    assert MODULES[name].log_loss(y, p) == pytest.approx(metrics.log_loss(y, p), abs=1e-12)
    wrong = MODULES[name].log_loss(y, 1 - y)
    assert np.isfinite(wrong) and wrong > 30


@every_implementation
@pytest.mark.parametrize("labels", [[0, 1, 2], [-1, 1, 1], [0.0, 0.5, 1.0]])
def test_other_labels_are_refused(name, labels):
    with pytest.raises(ValueError, match="0 or 1"):
        MODULES[name].LogisticRegression().fit(np.eye(3), np.array(labels))


@pytest.mark.parametrize("n", [3, 31])
def test_the_gradient_is_the_slope_of_the_loss(rng, n):
    X, y = problem(rng, n=n)
    w, b, l2 = rng.normal(size=3), np.array(0.3), 0.4
    grad_w, grad_b = descent.gradient(X, y, w, b, l2)
    assert grad_w == pytest.approx(slope(lambda w: objective(X, y, w, b, l2), w), abs=1e-7)
    assert grad_b == pytest.approx(slope(lambda b: objective(X, y, w, b, l2), b), abs=1e-7)


def test_the_steps_of_descent_are_those_of_a_network_without_hidden_layer(rng):
    X, y = problem(rng)
    network = Network([np.zeros((3, 1))], [np.zeros(1)], classes=[0, 1], learning_rate=0.3, l2=0.25)
    for n_iterations in range(1, 6):
        network.step(X, y)
        model = descent.LogisticRegression(l2=0.25, learning_rate=0.3, n_iterations=n_iterations).fit(X, y)
        assert model.weights == pytest.approx(network.model.coefs_[0][:, 0], abs=1e-12)
        assert model.bias == pytest.approx(network.model.intercepts_[0][0], abs=1e-12)


@pytest.mark.parametrize("n", [4, 31])
def test_newtons_derivatives_are_slopes(rng, n):
    X, y = problem(rng, n=n)
    A, theta, l2 = np.column_stack([X, np.ones(n)]), rng.normal(size=4), 0.4
    assert newton.objective(A, y, theta, l2) == pytest.approx(objective(X, y, theta[:-1], theta[-1], l2))
    gradient, hessian = newton.derivatives(A, y, theta, l2)
    assert gradient == pytest.approx(slope(lambda at: objective(X, y, at[:-1], at[-1], l2), theta), abs=1e-7)
    assert hessian == pytest.approx(slope(lambda at: newton.derivatives(A, y, at, l2)[0], theta), abs=1e-7)


def test_the_first_step_of_newton_is_a_ridge_regression(rng):
    """At 0 every row has the curvature 1/4 and the working response 4 (y - 1/2)."""
    X, y = problem(rng)
    ridge = Ridge(alpha=4 * len(y) * 0.25).fit(X, 4 * (y - 0.5))
    model = newton.LogisticRegression(l2=0.25, n_iterations=1).fit(X, y)
    assert model.weights == pytest.approx(ridge.coef_, abs=1e-9)
    assert model.bias == pytest.approx(ridge.intercept_, abs=1e-9)


def test_newton_stops_at_the_tolerance(rng):
    X, y = problem(rng)
    sizes = []
    for tolerance in (10.0, 0.05, 1e-9):
        model = newton.LogisticRegression(l2=0.25, tolerance=tolerance).fit(X, y)
        theta = np.append(model.weights, model.bias)
        sizes.append(np.abs(slope(lambda at: objective(X, y, at[:-1], at[-1], 0.25), theta)).max())
    assert 0.05 < sizes[0] < 10 and 1e-6 < sizes[1] < 0.05 and sizes[2] < 1e-7
