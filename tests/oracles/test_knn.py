"""knn against scikit-learn and scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cdist
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.preprocessing import StandardScaler

from .reference import implementations, load, relaxed

METRICS = {"euclidean": "euclidean", "manhattan": "cityblock"}
coordinates = st.integers(-1000, 1000).map(lambda whole: whole / 8)


@pytest.fixture(params=implementations("knn"))
def knn(request):
    return load("knn", request.param)


def tables(max_rows, n_columns=3):
    return st.integers(1, max_rows).flatmap(lambda n: arrays(float, (n, n_columns), elements=coordinates))


@pytest.mark.parametrize("name", implementations("knn"))
@pytest.mark.parametrize("metric", METRICS)
def test_distances_are_scipys(name, metric):
    module = load("knn", name)

    @relaxed
    @given(A=tables(9), B=tables(6))
    def check(A, B):
        assert module.distances(A, B, metric) == pytest.approx(cdist(A, B, METRICS[metric]), abs=1e-6)

    check()


def table(rng, n=40, d=4):
    return rng.normal(size=(n, d)) * rng.uniform(0.01, 500, size=d) + rng.uniform(-50, 50, size=d)


@pytest.mark.parametrize("weights", ["uniform", "distance"])
@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("scaled", [True, False])
def test_predictions_are_scikit_learns(knn, rng, weights, metric, scaled):
    X, new = table(rng), table(rng, n=30)
    y, labels, k = rng.normal(size=40), rng.choice([-3, 0, 8], size=40), int(rng.integers(1, 12))
    scaler = StandardScaler(with_mean=scaled, with_std=scaled).fit(X)
    Z, Z_new = scaler.transform(X), scaler.transform(new)
    theirs = KNeighborsRegressor(k, weights=weights, metric=metric).fit(Z, y)
    ours = knn.KNNRegressor(k, weights, metric, scaled).fit(X, y)
    assert ours.predict(new) == pytest.approx(theirs.predict(Z_new), rel=1e-9)
    voters = KNeighborsClassifier(k, weights=weights, metric=metric).fit(Z, labels)
    assert np.array_equal(
        knn.KNNClassifier(k, weights, metric, scaled).fit(X, labels).predict(new), voters.predict(Z_new)
    )
    left_out = cross_val_predict(KNeighborsRegressor(k, weights=weights, metric=metric), Z, y, cv=LeaveOneOut())
    assert ours.leave_one_out() == pytest.approx(left_out, rel=1e-9)


def test_neighbours_are_scikit_learns_in_order(knn, rng):
    X, new = table(rng), table(rng, n=30)
    theirs = KNeighborsRegressor(7).fit(X, X[:, 0]).kneighbors(new, return_distance=False)
    assert np.array_equal(knn.nearest(knn.distances(new, X), 7), theirs)


def test_weights_at_distance_zero_are_scikit_learns(knn):
    X, y = np.array([[0.0], [0.0], [1.0], [3.0]]), np.array([1.0, 4.0, 10.0, 20.0])
    theirs = KNeighborsRegressor(3, weights="distance").fit(X, y)
    ours = knn.KNNRegressor(3, "distance", scaled=False).fit(X, y)
    for query in ([[0.0]], [[1.0]], [[0.25]]):
        assert ours.predict(np.array(query)) == pytest.approx(theirs.predict(query))
