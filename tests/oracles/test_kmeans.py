"""kmeans against scikit-learn and scipy, and its seeding against the distribution it draws from."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist
from scipy.stats import chisquare
from sklearn import cluster

from .reference import load, relaxed

kmeans = load("kmeans", "lloyd")

coordinates = st.integers(-1000, 1000).map(lambda whole: whole / 8)


def tables(max_rows, n_columns=3):
    return st.integers(1, max_rows).flatmap(lambda n: arrays(float, (n, n_columns), elements=coordinates))


def clouds(rng, n=120, d=3):
    """Overlapping groups off the origin."""
    middles = rng.normal(size=(5, d)) * 2 + [20.0, -7.0, 3.0]
    return middles[rng.integers(5, size=n)] + rng.normal(size=(n, d))


@relaxed
@given(A=tables(9), B=tables(6))
def test_squared_distances_and_nearest_centres_are_scipys(A, B):
    gaps = cdist(A, B, "sqeuclidean")
    assert kmeans.squared_distances(A, B) == pytest.approx(gaps, abs=1e-6)
    labels = kmeans.assign(A, B)
    assert gaps[np.arange(len(A)), labels] == pytest.approx(gaps.min(axis=1), abs=1e-6)


def test_the_nearest_centre_is_scikit_learns(rng):
    X, centers = clouds(rng), clouds(rng, n=6)
    assert np.array_equal(kmeans.assign(X, centers), cdist(X, centers).argmin(axis=1))


@pytest.mark.parametrize("n_clusters", [1, 4, 7])
@pytest.mark.parametrize("n_iterations", [1, 2, 300])
def test_the_fit_is_that_of_scikit_learn_from_the_same_start(rng, n_clusters, n_iterations):
    X, seed = clouds(rng), int(rng.integers(99))
    middle = X.mean(axis=0)
    start = kmeans.seed_centers(X - middle, n_clusters, np.random.default_rng(seed)) + middle
    theirs = cluster.KMeans(n_clusters, init=start, n_init=1, max_iter=n_iterations, tol=0, algorithm="lloyd").fit(X)
    ours = kmeans.KMeans(n_clusters, n_iterations=n_iterations, seed=seed).fit(X)
    assert ours.centers == pytest.approx(theirs.cluster_centers_, abs=1e-8)
    assert np.array_equal(ours.labels, theirs.labels_)
    assert ours.inertia == pytest.approx(theirs.inertia_, rel=1e-9)
    X_new = clouds(rng, n=40)
    assert np.array_equal(ours.predict(X_new), theirs.predict(X_new))


def test_updated_centres_are_scikit_learns_after_one_round(rng):
    X = clouds(rng)
    centers = X[rng.choice(len(X), size=3, replace=False)]
    theirs = cluster.KMeans(3, init=centers, n_init=1, max_iter=1, tol=0).fit(X)
    updated = kmeans.update_centers(X, cdist(X, centers).argmin(axis=1), centers)
    assert updated == pytest.approx(theirs.cluster_centers_, abs=1e-10)


def test_an_empty_cluster_keeps_its_centre(rng):
    X, centers = clouds(rng, n=8), clouds(rng, n=4)
    updated = kmeans.update_centers(X, np.array([0, 0, 3, 3, 3, 1, 1, 0]), centers)
    expected = [X[[0, 1, 7]].mean(axis=0), X[[5, 6]].mean(axis=0), centers[2], X[[2, 3, 4]].mean(axis=0)]
    assert updated == pytest.approx(np.array(expected))


def test_seeds_are_drawn_by_their_squared_distance():
    X = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0], [3.0, 3.0]])
    gaps, expected = cdist(X, X, "sqeuclidean"), {}
    for i, j, k in product(range(4), repeat=3):
        nearest = np.minimum(gaps[i], gaps[j])
        expected[i, j, k] = 1 / 4 * gaps[i, j] / gaps[i].sum() * nearest[k] / nearest.sum() if i != j else 0.0
    rows, counts = X.tolist(), dict.fromkeys(expected, 0)
    generator = np.random.default_rng(5)
    for _ in range(3000):
        counts[tuple(rows.index(seed) for seed in kmeans.seed_centers(X, 3, generator).tolist())] += 1
    possible = [draw for draw, p in expected.items() if p > 0]
    assert sum(counts[draw] for draw in possible) == 3000
    assert chisquare([counts[draw] for draw in possible], [3000 * expected[draw] for draw in possible]).pvalue > 0.01


def test_without_distances_any_row_is_a_seed():
    seeds = kmeans.seed_centers(np.full((4, 2), 2.5), 3, np.random.default_rng(0))
    assert seeds.tolist() == [[2.5, 2.5]] * 3


@pytest.mark.parametrize(("n", "n_clusters"), [(0, 1), (3, 4), (3, 0)])
def test_what_scikit_learn_refuses_is_refused(n, n_clusters):
    for model in (cluster.KMeans(n_clusters), kmeans.KMeans(n_clusters)):
        with pytest.raises(ValueError):  # noqa: PT011
            model.fit(np.arange(2.0 * n).reshape(n, 2))
