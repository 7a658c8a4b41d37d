import numpy as np
import pytest
from logistic_regression import derivatives, objective


@pytest.fixture
def case(rng):
    A = np.column_stack([rng.normal(size=(20, 3)), np.ones(20)])
    return A, rng.integers(0, 2, size=20), rng.normal(size=4)


@pytest.mark.parametrize("l2", [0.0, 0.7])
def test_gradient_is_the_slope_of_the_objective(case, l2):
    A, y, theta = case
    gradient, _ = derivatives(A, y, theta, l2)
    for i, step in enumerate(1e-6 * np.eye(4)):
        slope = (objective(A, y, theta + step, l2) - objective(A, y, theta - step, l2)) / 2e-6
        assert gradient[i] == pytest.approx(slope, abs=1e-5), "the gradient is not the slope of the objective"


@pytest.mark.parametrize("l2", [0.0, 0.7])
def test_hessian_is_the_slope_of_the_gradient(case, l2):
    A, y, theta = case
    _, hessian = derivatives(A, y, theta, l2)
    for i, step in enumerate(1e-6 * np.eye(4)):
        slope = (derivatives(A, y, theta + step, l2)[0] - derivatives(A, y, theta - step, l2)[0]) / 2e-6
        assert hessian[i] == pytest.approx(slope, abs=1e-5), "the Hessian is not the slope of the gradient"


@pytest.mark.edge_case
def test_objective_of_extreme_logits(rng):
    z = rng.uniform(1e4, 2e4)
    A, y = np.array([[z, 1.0], [-z, 1.0]]), np.array([0, 1])
    assert objective(A, y, np.array([1.0, 0.0]), 0.0) == pytest.approx(z), "a logit that is wrong by z does not cost z"
