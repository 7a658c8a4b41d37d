import numpy as np
import pytest
from logistic_regression import LogisticRegression, gradient, log_loss, sigmoid


def penalised_loss(X, y, w, b, l2):
    return log_loss(y, sigmoid(X @ w + b)) + l2 / 2 * np.sum(w**2)


@pytest.mark.parametrize("l2", [0.0, 0.7])
@pytest.mark.parametrize("n", [3, 20])
def test_gradient_is_the_slope_of_the_loss(rng, n, l2):
    X, y = rng.normal(size=(n, 3)), rng.integers(0, 2, size=n)
    w, b, h = rng.normal(size=3), 0.6, 1e-6
    grad_w, grad_b = gradient(X, y, w, b, l2)
    for i, step in enumerate(h * np.eye(3)):
        slope = (penalised_loss(X, y, w + step, b, l2) - penalised_loss(X, y, w - step, b, l2)) / (2 * h)
        assert grad_w[i] == pytest.approx(slope, abs=1e-5), "the gradient is not the slope of the loss"
    slope = (penalised_loss(X, y, w, b + h, l2) - penalised_loss(X, y, w, b - h, l2)) / (2 * h)
    assert grad_b == pytest.approx(slope, abs=1e-5), "the gradient of the bias is not the slope of the loss"


def test_one_step_by_hand():
    X, y = np.array([[2.0], [1.0], [-1.0]]), np.array([1, 1, 1])
    model = LogisticRegression(learning_rate=0.3, n_iterations=1).fit(X, y)
    assert model.weights == pytest.approx([0.1]), "one step from zero leads the weight to 0.1"
    assert model.bias == pytest.approx(0.15), "one step from zero leads the bias to 0.15"


def test_the_first_step_descends(rng):
    X, y = rng.normal(size=(30, 3)), np.arange(30) % 3 // 2
    model = LogisticRegression(learning_rate=0.1, n_iterations=1).fit(X, y)
    assert log_loss(y, model.predict_proba(X)) < np.log(2), "one small step does not lower the loss"
