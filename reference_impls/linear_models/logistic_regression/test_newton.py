import numpy as np
import pytest
from logistic_regression import LogisticRegression, derivatives, objective


@pytest.fixture
def case(rng):
    n = rng.integers(10, 20)
    A = np.column_stack([rng.normal(size=(n, 3)), np.ones(n)])
    return A, rng.integers(0, 2, size=n), rng.normal(size=4), rng.uniform(0.5, 1)


def test_gradient_is_the_slope_of_the_objective(case, slopes):
    A, y, theta, l2 = case
    gradient, _ = derivatives(A, y, theta, l2)
    assert gradient == pytest.approx(slopes(lambda theta: objective(A, y, theta, l2), theta), abs=1e-5), (
        "the gradient is not the slope of the objective"
    )


def test_hessian_is_the_slope_of_the_gradient(case, slopes):
    A, y, theta, l2 = case
    _, hessian = derivatives(A, y, theta, l2)
    for i, row in enumerate(hessian):
        slope = slopes(lambda theta, i=i: derivatives(A, y, theta, l2)[0][i], theta)
        assert row == pytest.approx(slope, abs=1e-5), "the Hessian is not the slope of the gradient"


def test_the_first_step_solves_the_linearised_equations(case):
    A, y, _, l2 = case
    model = LogisticRegression(l2=l2, n_iterations=1).fit(A[:, :3], y)
    gradient, hessian = derivatives(A, y, np.zeros(4), l2)
    assert hessian @ np.append(model.weights, model.bias) == pytest.approx(-gradient, abs=1e-9), (
        "the first step does not lead to where the gradient, linearised at the start, is zero"
    )


@pytest.mark.edge_case
def test_rows_far_apart_are_fitted(rng):
    for X, y in (
        ([[-13, -159], [2, -20], [22, -48], [3, 406]], [0, 0, 1, 0]),
        ([[24, -68], [15, 180], [-13, 7], [24, 174]], [0, 1, 1, 0]),
    ):
        order, l2 = rng.permutation(4), 0.01
        X, y = np.array(X)[order] * rng.uniform(0.99, 1.01), np.array(y)[order]
        model = LogisticRegression(l2=l2).fit(X, y)
        error = model.predict_proba(X) - y
        for column, weight in zip([*X.T, np.ones(4)], [*model.weights, 0.0], strict=True):
            slope = np.mean(error * column) + l2 * weight
            assert slope == pytest.approx(0, abs=1e-6), "the objective still has a slope at the fitted weights"


@pytest.mark.edge_case
def test_objective_of_extreme_logits(rng):
    z = rng.uniform(1e4, 2e4)
    A, y = np.array([[z, 1.0], [-z, 1.0]]), np.array([0, 1])
    assert objective(A, y, np.array([1.0, 0.0]), 0.0) == pytest.approx(z), "a logit that is wrong by z does not cost z"
