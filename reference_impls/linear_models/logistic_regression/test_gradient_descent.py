import numpy as np
import pytest
from logistic_regression import LogisticRegression, gradient, log_loss, sigmoid


def penalised_loss(X, y, w, b, l2):
    return log_loss(y, sigmoid(X @ w + b)) + l2 / 2 * np.sum(w**2)


@pytest.mark.parametrize("square", [True, False])
def test_gradient_is_the_slope_of_the_loss(rng, slopes, square):
    X = rng.normal(size=(3 if square else rng.integers(5, 20), 3))
    y, w, b, l2 = rng.integers(0, 2, size=len(X)), rng.normal(size=3), rng.normal(), rng.uniform(0.5, 1)
    grad_w, grad_b = gradient(X, y, w, b, l2)
    assert grad_w == pytest.approx(slopes(lambda w: penalised_loss(X, y, w, b, l2), w), abs=1e-5), (
        "the gradient is not the slope of the loss"
    )
    assert grad_b == pytest.approx(slopes(lambda b: penalised_loss(X, y, w, b, l2), b), abs=1e-5), (
        "the gradient of the bias is not the slope of the loss"
    )


def test_one_step_by_hand():
    X, y = np.array([[2.0], [1.0], [-1.0]]), np.array([1, 1, 1])
    model = LogisticRegression(learning_rate=0.3, n_iterations=1).fit(X, y)
    assert model.weights == pytest.approx([0.1]), "one step from zero leads the weight to 0.1"
    assert model.bias == pytest.approx(0.15), "one step from zero leads the bias to 0.15"


def test_the_first_step_descends(rng):
    X = rng.normal(size=(rng.integers(20, 40), 3))
    y = np.arange(len(X)) % 3 // 2
    model = LogisticRegression(learning_rate=0.1, n_iterations=1).fit(X, y)
    assert log_loss(y, model.predict_proba(X)) < np.log(2), "one small step does not lower the loss"
