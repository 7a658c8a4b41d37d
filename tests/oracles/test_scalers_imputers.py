"""Scalers, imputer and encoders against scikit-learn."""

import numpy as np
import pytest
from sklearn import preprocessing
from sklearn.impute import SimpleImputer

from .reference import load

ours = load("scalers_imputers", "columnwise")
SEEDS = range(6)


def table(seed, n=17):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 4)) * [1, 30, 0.2, 5] + [50, -7, 3, 0]


@pytest.mark.parametrize("seed", SEEDS)
def test_scalers(seed):
    X, fresh = table(seed), table(seed + 100)
    X[:, 3] = 5.0
    for mine, theirs in (
        (ours.StandardScaler(), preprocessing.StandardScaler()),
        (ours.MinMaxScaler(-2.0, 3.0), preprocessing.MinMaxScaler((-2, 3))),
        (ours.RobustScaler(10, 85), preprocessing.RobustScaler(quantile_range=(10, 85))),
    ):
        scaled = theirs.fit(X).transform(fresh)
        assert mine.fit(X).transform(fresh) == pytest.approx(scaled)
        assert mine.inverse_transform(scaled) == pytest.approx(theirs.inverse_transform(scaled))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("strategy", ["mean", "median", "most_frequent"])
def test_imputer(seed, strategy):
    rng = np.random.default_rng(seed)
    X, fresh = rng.integers(0, 5, size=(2, 20, 3)).astype(float)
    X[rng.random(X.shape) < 0.2] = np.nan
    fresh[rng.random(X.shape) < 0.2] = np.nan
    theirs = SimpleImputer(strategy=strategy, add_indicator=True).fit(X).transform(fresh)
    assert ours.SimpleImputer(strategy, add_indicator=True).fit(X).transform(fresh) == pytest.approx(theirs)


@pytest.mark.parametrize("seed", SEEDS)
def test_encoders(seed):
    X = np.random.default_rng(seed).integers(10, 16, size=(30, 2)).astype(str)
    fresh = X[::-1].copy()
    fresh[0] = ["99", "98"]
    codes = preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(X)
    assert ours.OrdinalEncoder().fit(X).transform(fresh).tolist() == codes.transform(fresh).tolist()
    flags = preprocessing.OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(X)
    assert ours.OneHotEncoder().fit(X).transform(fresh).tolist() == flags.transform(fresh).tolist()
    assert ours.OneHotEncoder().fit(X).inverse_transform(flags.transform(X)).tolist() == X.tolist()
