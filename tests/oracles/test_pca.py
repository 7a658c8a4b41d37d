"""pca against scikit-learn, whose signs are settled otherwise."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from .reference import load

SEEDS = range(8)


@pytest.fixture(params=["eigen", "singular"])
def pca(request):
    return load("pca", request.param)


def table(seed):
    rng = np.random.default_rng(seed)
    n, d = rng.integers(8, 40), rng.integers(2, 7)
    return rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) * rng.uniform(0.5, 5, size=d) + rng.normal(size=d) * 30


def aligned(ours, theirs):
    return np.sign(np.sum(ours * theirs, axis=1))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("whiten", [False, True])
def test_the_model_is_scikit_learns_up_to_signs(pca, seed, whiten):
    X = table(seed)
    k = 1 + seed % min(X.shape)
    ours, theirs = pca.PCA(k, whiten=whiten).fit(X), PCA(k, whiten=whiten).fit(X)
    signs = aligned(ours.components, theirs.components_)
    assert ours.components * signs[:, None] == pytest.approx(theirs.components_, abs=1e-7)
    assert ours.explained_variance == pytest.approx(theirs.explained_variance_)
    assert ours.explained_variance_ratio == pytest.approx(theirs.explained_variance_ratio_)
    fresh = X[:6] * 1.3 + 2
    Z = theirs.transform(fresh)
    assert ours.transform(fresh) * signs == pytest.approx(Z, abs=1e-7)
    assert ours.inverse_transform(Z * signs) == pytest.approx(theirs.inverse_transform(Z), abs=1e-7)
    gaps = np.linalg.norm(fresh - theirs.inverse_transform(Z), axis=1)
    assert ours.residuals(fresh) == pytest.approx(gaps, abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("share", [0.3, 0.8, 0.95])
def test_a_share_keeps_as_many_as_scikit_learn(pca, seed, share):
    X = table(seed)
    assert len(pca.PCA(share).fit(X).components) == PCA(share).fit(X).n_components_


@pytest.mark.parametrize("seed", SEEDS)
def test_axes_solve_the_eigenproblem_of_numpys_covariance(pca, seed):
    X = table(seed)
    axes, variances = pca.principal_axes(X)
    C = np.cov(X, rowvar=False)
    assert axes @ C == pytest.approx(variances[:, None] * axes, abs=1e-7)
    assert np.all(np.diff(variances) <= 0)
    assert pca.explained_ratio(variances).sum() == pytest.approx(1)
