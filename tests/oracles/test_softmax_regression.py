"""softmax_regression against scikit-learn and scipy, and its gradient against slopes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import special
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

from .reference import load, relaxed, slope

descent = load("softmax_regression", "gradient_descent")


def problem(rng, n=90):
    """Rows of three overlapping classes, of unequal size, all of them present."""
    codes = np.concatenate([np.arange(3), rng.choice(3, size=n - 3, p=[0.6, 0.3, 0.1])])
    return rng.normal(size=(3, 2))[codes] + rng.normal(size=(n, 2)), np.array(["ash", "birch", "cedar"])[codes]


@pytest.mark.parametrize("balanced", [False, True])
@pytest.mark.parametrize("l2", [0.05, 0.5])
def test_the_fit_is_that_of_scikit_learn(rng, l2, balanced):
    X, y = problem(rng)
    theirs = LogisticRegression(
        C=1 / (len(y) * l2), class_weight="balanced" if balanced else None, tol=1e-10, max_iter=10_000
    ).fit(X, y)
    ours = descent.SoftmaxRegression(l2=l2, balanced=balanced).fit(X, y)
    assert list(ours.classes) == list(theirs.classes_)
    assert ours.weights == pytest.approx(theirs.coef_.T, abs=1e-4)
    assert ours.predict_proba(X) == pytest.approx(theirs.predict_proba(X), abs=1e-4)
    assert np.array_equal(ours.predict(X), theirs.predict(X))


@relaxed
@given(Z=arrays(float, array_shapes(min_dims=1, max_dims=3, max_side=5), elements=st.floats(-1e4, 1e4)))
def test_softmax_is_scipys(Z):
    assert np.allclose(descent.softmax(Z), special.softmax(Z, axis=-1), rtol=1e-9, atol=1e-200)
    assert np.allclose(descent.log_softmax(Z), special.log_softmax(Z, axis=-1), rtol=1e-9, atol=1e-9)


def test_cross_entropy_and_weights_are_scikit_learns(rng):
    Z, codes = rng.normal(size=(20, 4)), np.concatenate([np.arange(4), rng.integers(0, 4, size=16)])
    v = descent.balanced_weights(codes)
    assert v == pytest.approx(compute_sample_weight("balanced", codes))
    for weights in (None, v):
        theirs = metrics.log_loss(codes, special.softmax(Z, axis=1), sample_weight=weights)
        assert descent.cross_entropy(Z, codes, weights) == pytest.approx(theirs)


def test_the_gradient_is_the_slope_of_the_loss(rng):
    X, codes = rng.normal(size=(9, 2)), np.arange(9) % 3
    v, W, b = rng.uniform(0.5, 2, size=9), rng.normal(size=(2, 3)), rng.normal(size=3)

    def loss(W, b):
        return metrics.log_loss(codes, special.softmax(X @ W + b, axis=1), sample_weight=v) + 0.2 * np.sum(W**2)

    grad_w, grad_b = descent.gradient(X, codes, v, W, b, l2=0.4)
    assert grad_w == pytest.approx(slope(lambda W: loss(W, b), W), abs=1e-7)
    assert grad_b == pytest.approx(slope(lambda b: loss(W, b), b), abs=1e-7)
