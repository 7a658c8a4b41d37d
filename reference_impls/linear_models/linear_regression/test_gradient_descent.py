import numpy as np
import pytest
from linear_regression import LinearRegression, gradient, loss


@pytest.mark.parametrize("l2", [0.0, 0.7])
@pytest.mark.parametrize("n", [3, 20])
def test_gradient_is_the_slope_of_the_loss(rng, n, l2):
    X, y = rng.normal(size=(n, 3)), rng.normal(size=n)
    w, b, h = rng.normal(size=3), 0.6, 1e-6
    grad_w, grad_b = gradient(X, y, w, b, l2)
    for i, step in enumerate(h * np.eye(3)):
        slope = (loss(X, y, w + step, b, l2) - loss(X, y, w - step, b, l2)) / (2 * h)
        assert grad_w[i] == pytest.approx(slope, abs=1e-5), "the gradient is not the slope of the loss"
    slope = (loss(X, y, w, b + h, l2) - loss(X, y, w, b - h, l2)) / (2 * h)
    assert grad_b == pytest.approx(slope, abs=1e-5), "the gradient of the bias is not the slope of the loss"


def test_loss_of_a_worked_example():
    X, y, w = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([1.0, 2.0]), np.array([0.5, -1.0])
    assert loss(X, y, w, 0.5, 0.0) == pytest.approx(1.0), "residuals -2 and 0 have a loss of 1"
    assert loss(X, y, w, 0.5, 0.4) == pytest.approx(1.25), "the penalty adds 0.2 * 1.25"


def test_the_first_step_descends(rng):
    X, y = rng.normal(size=(30, 3)), rng.normal(size=30) + 2
    history = LinearRegression(n_iterations=1, learning_rate=0.01).fit(X, y).loss_history
    assert history[1] < history[0], "one small step does not lower the loss"


def test_two_steps_by_hand():
    X, y = np.array([[1.0], [-1.0]]), np.array([1.0, 3.0])
    model = LinearRegression(learning_rate=0.1, momentum=0.5, n_iterations=2).fit(X, y)
    assert model.weights == pytest.approx([-0.24]), "two steps of momentum lead the weight to -0.24"
    assert model.bias == pytest.approx(0.48), "two steps of momentum lead the bias to 0.48"


def test_a_rising_loss_does_not_stop_the_descent(rng):
    X, y = rng.normal(size=(40, 2)), rng.normal(size=40)
    history = LinearRegression(momentum=0.97, n_iterations=60).fit(X, y).loss_history
    assert len(history) == 61, "the descent stopped although the loss was still changing"


def test_a_settled_loss_stops_the_descent(rng):
    X = rng.normal(size=(40, 2))
    history = LinearRegression(momentum=0.0, tolerance=1e-6).fit(X, X @ [1.0, -1.0]).loss_history
    assert len(history) < 400, "the descent goes on after the loss has settled"
