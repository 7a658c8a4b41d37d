"""splitters against scikit-learn: sizes and shares where chance decides, row by row where it does not."""

import numpy as np
import pytest
from sklearn import model_selection

from .reference import load

splitters = load("splitters", "row_numbers")


def labels(rng, n=83):
    return rng.choice(4, size=n, p=[0.5, 0.3, 0.15, 0.05])


@pytest.mark.parametrize("test_size", [0.1, 0.25, 1 / 3, 0.7])
def test_a_hold_out_split_has_scikit_learns_sizes(rng, test_size):
    n = int(rng.integers(20, 90))
    ours = splitters.train_test_split(n, test_size, rng)
    theirs = model_selection.train_test_split(np.arange(n), test_size=test_size)
    assert [len(part) for part in ours] == [len(part) for part in theirs]


@pytest.mark.parametrize("k", [2, 5, 7])
def test_folds_have_scikit_learns_sizes(rng, k):
    n = int(rng.integers(20, 90))
    theirs = model_selection.KFold(k, shuffle=True).split(np.arange(n))
    assert [len(test) for _, test in splitters.k_fold(n, k, rng)] == [len(test) for _, test in theirs]


@pytest.mark.parametrize("k", [2, 3])
def test_stratified_folds_share_out_classes_like_scikit_learns(rng, k):
    y = labels(rng)
    splits = splitters.stratified_k_fold(y, k, rng), [*model_selection.StratifiedKFold(k, shuffle=True).split(y, y)]
    for label in np.unique(y):
        ours, theirs = (sorted(int((y[test] == label).sum()) for _, test in folds) for folds in splits)
        assert ours == theirs


@pytest.mark.parametrize("k", [2, 4])
def test_folds_of_groups_have_scikit_learns_sizes(rng, k):
    groups = rng.integers(11, size=70)
    theirs = model_selection.GroupKFold(k).split(groups, groups=groups)
    ours = splitters.group_k_fold(groups, k)
    assert sorted(len(test) for _, test in ours) == sorted(len(test) for _, test in theirs)


@pytest.mark.parametrize("gap", [0, 3])
@pytest.mark.parametrize("k", [1, 4])
def test_splits_in_time_are_scikit_learns_of_the_ordered_rows(rng, k, gap):
    times = rng.permutation(47)
    order = times.argsort()
    theirs = model_selection.TimeSeriesSplit(k, gap=gap).split(order) if k > 1 else [(range(24 - gap), range(24, 47))]
    for ours, (train, test) in zip(splitters.time_series_split(times, k, gap), theirs, strict=True):
        assert sorted(times[ours[0]].tolist()) == list(train)
        assert sorted(times[ours[1]].tolist()) == list(test)


def test_a_bootstrap_leaves_out_its_share(rng):
    shares = [len(splitters.bootstrap_split(200, rng)[1]) / 200 for _ in range(100)]
    assert np.mean(shares) == pytest.approx((1 - 1 / 200) ** 200, abs=0.01)
