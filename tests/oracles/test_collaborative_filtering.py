"""collaborative_filtering against scikit-learn's cosines, masked arrays, and a solved least-squares problem."""

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.metrics.pairwise import cosine_similarity

from .reference import load

filtering = load("collaborative_filtering", "items_and_factors")


def ratings(rng, m=30, n=8):
    R = np.clip(np.rint(3 + rng.normal(size=(m, 2)) @ rng.normal(size=(2, n)) + rng.normal(size=(m, 1))), 1, 5)
    return np.where(rng.random((m, n)) < 0.3, np.nan, R)


def test_means_are_those_of_masked_arrays(rng):
    R = ratings(rng)
    means, C = filtering.centered(R)
    masked = np.ma.masked_invalid(R)
    assert means == pytest.approx(masked.mean(axis=1).filled(np.nanmean(R)))
    assert pytest.approx((masked - means[:, None]).filled(0.0)) == C


def test_similarities_are_scikit_learns_cosines(rng):
    R = ratings(rng)
    _, C = filtering.centered(R)
    expected = cosine_similarity(C.T)
    np.fill_diagonal(expected, 0)
    assert filtering.item_similarities(R) == pytest.approx(expected)


def test_without_factors_the_biases_are_a_ridge_regressions(rng):
    """Each epoch pulls a bias back once a rating, so the penalty of a bias is l2 times the number of its ratings."""
    R = ratings(rng, m=6, n=5)
    users, items = np.nonzero(~np.isnan(R))
    l2 = 0.5
    model = filtering.MatrixFactorization(n_factors=0, learning_rate=0.002, l2=l2, n_epochs=3000).fit(R)
    X = np.hstack([np.eye(6)[users], np.eye(5)[items]])
    scale = np.sqrt(l2 * X.sum(axis=0))
    used = scale > 0
    fit = Ridge(alpha=1.0, fit_intercept=False).fit(X[:, used] / scale[used], R[users, items] - model.mean)
    biases = np.concatenate([model.user_bias, model.item_bias])
    assert biases[used] == pytest.approx(fit.coef_ / scale[used], abs=0.01)
