import numpy as np
import pytest
from linear_regression import LinearRegression, gradient, loss


def table(rng, n):
    return rng.normal(size=(n, 3)), rng.normal(size=n) + 2


@pytest.mark.parametrize("square", [True, False])
def test_gradient_is_the_slope_of_the_loss(rng, slopes, square):
    X, y = table(rng, 3 if square else rng.integers(5, 20))
    w, b, l2 = rng.normal(size=3), rng.normal(), rng.uniform(0.5, 1)
    grad_w, grad_b = gradient(X, y, w, b, l2)
    assert grad_w == pytest.approx(slopes(lambda w: loss(X, y, w, b, l2), w), abs=1e-5), (
        "the gradient is not the slope of the loss"
    )
    assert grad_b == pytest.approx(slopes(lambda b: loss(X, y, w, b, l2), b), abs=1e-5), (
        "the gradient of the bias is not the slope of the loss"
    )


def test_loss_of_a_worked_example():
    X, y, w = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([1.0, 2.0]), np.array([0.5, -1.0])
    assert loss(X, y, w, 0.5, 0.0) == pytest.approx(1.0), "residuals -2 and 0 have a loss of 1"
    assert loss(X, y, w, 0.5, 0.4) == pytest.approx(1.25), "the penalty adds 0.2 * 1.25"


def test_the_first_step_descends(rng):
    X, y = table(rng, rng.integers(20, 40))
    history = LinearRegression(n_iterations=1, learning_rate=0.01).fit(X, y).loss_history
    assert history[1] < history[0], "one small step does not lower the loss"


def test_two_steps_by_hand():
    X, y = np.array([[1.0], [-1.0]]), np.array([1.0, 3.0])
    model = LinearRegression(learning_rate=0.1, momentum=0.5, n_iterations=2).fit(X, y)
    assert model.weights == pytest.approx([-0.24]), "two steps of momentum lead the weight to -0.24"
    assert model.bias == pytest.approx(0.48), "two steps of momentum lead the bias to 0.48"


def test_a_settled_loss_ends_the_descent(rng):
    X, y = table(rng, rng.integers(20, 40))
    tolerance = rng.uniform(1e-7, 1e-6)
    changes = np.abs(np.diff(LinearRegression(momentum=0.0, tolerance=tolerance).fit(X, y).loss_history))
    assert np.all(changes[:-1] >= tolerance), "the descent goes on after the loss has settled"
    assert changes[-1] < tolerance, "the descent ends before the loss has settled"


def test_a_rising_loss_does_not_end_the_descent(rng):
    X, y = table(rng, rng.integers(20, 40))
    history = LinearRegression(momentum=0.97, n_iterations=60).fit(X, y).loss_history
    assert len(history) == 61, "the descent ends although the loss is still changing"
