import math
from collections import Counter

import numpy as np
import pytest
from splitters import (
    bootstrap_split,
    group_k_fold,
    group_split,
    k_fold,
    stratified_k_fold,
    stratified_split,
    time_series_split,
    train_test_split,
)


def uneven(rng):
    """Labels of unequal frequency in mixed order, fewer than a multiple of any small number of folds."""
    counts = rng.integers([19, 11, 5], [24, 15, 8])
    return rng.permutation(np.repeat(rng.permutation(9)[:3], counts))


def wholes(parts):
    """The row numbers of several parts, in order."""
    return sorted(row for part in parts for row in np.asarray(part).tolist())


def overlap(groups, train, test):
    return {*groups[train].tolist()} & {*groups[test].tolist()}


def test_a_hold_out_split_deals_out_every_row_once(rng, generator):
    for n in (2, int(rng.integers(20, 40)), 300):
        parts = train_test_split(n, 0.3, generator(0))
        assert wholes(parts) == list(range(n)), f"of {n} rows some are in both parts or in none"


def test_the_test_part_has_its_share_rounded_up(rng, generator):
    n = int(rng.integers(21, 40))
    for test_size in (0.1, 0.25, 0.6):
        train, test = train_test_split(n, test_size, generator(0))
        expected = math.ceil(test_size * n)
        assert (len(train), len(test)) == (n - expected, expected), f"{test_size} of {n} rows are not tested"


def test_any_row_may_be_tested(rng, generator):
    n = int(rng.integers(6, 10))
    tested = {row for k in range(60) for row in train_test_split(n, 0.2, generator(k))[1].tolist()}
    assert tested == set(range(n)), "in sixty splits some row is never tested"


def test_each_class_gives_its_share_to_the_test_part(rng, generator):
    y = uneven(rng)
    for test_size in (0.2, 0.5):
        train, test = stratified_split(y, test_size, generator(0))
        assert wholes((train, test)) == list(range(len(y))), "a row is in both parts or in none"
        counts = Counter(y[test].tolist())
        for label, n in Counter(y.tolist()).items():
            assert counts[label] == math.ceil(test_size * n), f"{counts[label]} of {n} rows of a class are tested"


def test_a_class_is_split_at_random(rng, generator):
    y = uneven(rng)
    tested = {row for k in range(80) for row in stratified_split(y, 0.2, generator(k))[1].tolist()}
    assert tested == set(range(len(y))), "in eighty splits some row is never tested"


def test_a_group_is_in_one_part(rng, generator):
    groups = rng.integers(100, 112, size=50)
    train, test = group_split(groups, 0.3, generator(0))
    assert wholes((train, test)) == list(range(50)), "a row is in both parts or in none"
    assert not overlap(groups, train, test), "rows of one group are in both parts"
    assert len({*groups[test].tolist()}) == math.ceil(0.3 * len({*groups.tolist()})), "not 0.3 of the groups are tested"


def test_any_group_may_be_tested(rng, generator):
    groups = rng.permutation(np.repeat(np.arange(6) * 7, rng.integers(1, 5, size=6)))
    splits = [group_split(groups, 0.3, generator(k)) for k in range(60)]
    tested = {name for _, test in splits for name in groups[test].tolist()}
    assert tested == {*groups.tolist()}, "in sixty splits some group is never tested"


def test_folds_test_every_row_once(rng, generator):
    for n, k in ((int(rng.integers(21, 40)), 4), (17, 5), (300, 7), (6, 6)):
        folds = k_fold(n, k, generator(0))
        assert len(folds) == k, f"there are not {k} folds"
        assert wholes(test for _, test in folds) == list(range(n)), f"of {n} rows some are tested twice or never"
        sizes = [len(test) for _, test in folds]
        assert max(sizes) - min(sizes) <= 1, f"folds of {n} rows have the sizes {sizes}"


def test_a_fold_is_fitted_on_all_other_rows(rng, generator):
    y = uneven(rng)
    for name, folds in (
        ("k_fold", k_fold(len(y), 4, generator(0))),
        ("stratified_k_fold", stratified_k_fold(y, 4, generator(1))),
        ("group_k_fold", group_k_fold(y + 10 * (np.arange(len(y)) % 4), 4)),
    ):
        assert len(folds) == 4, f"{name} does not make four folds"
        for train, test in folds:
            assert wholes((train, test)) == list(range(len(y))), f"{name} fits on tested rows, or not on all the others"


def test_folds_are_drawn_at_random(rng, generator):
    n = int(rng.integers(8, 12))
    together = {frozenset(k_fold(n, 2, generator(k))[0][1].tolist()) for k in range(30)}
    assert len(together) > 15, "thirty generators make hardly any different folds"
    assert frozenset.union(*together) == frozenset(range(n)), "in thirty first folds some row is never tested"
    pairs = [row for k in range(40) for _, test in k_fold(n, n // 2, generator(k)) for row in [tuple(sorted(test))]]
    assert len({*pairs}) > n, "rows that stand next to each other stay together"


def test_stratified_folds_share_out_every_class(rng, generator):
    y = uneven(rng)
    for k in (3, 5):
        folds = stratified_k_fold(y, k, generator(0))
        assert wholes(test for _, test in folds) == list(range(len(y))), "a row is tested twice or never"
        for label in set(y.tolist()):
            counts = [int((y[test] == label).sum()) for _, test in folds]
            assert max(counts) - min(counts) <= 1, f"the folds have {counts} rows of one class"


def test_stratified_folds_are_of_one_size(rng, generator):
    k, counts = 5, rng.integers(6, 10, size=6)
    y = rng.permutation(np.repeat(np.arange(6), counts - (counts % 5 == 0)))
    sizes = [len(test) for _, test in stratified_k_fold(y, k, generator(0))]
    assert max(sizes) - min(sizes) <= 1, f"the folds have the sizes {sizes}"


def test_stratified_folds_are_drawn_at_random(rng, generator):
    y = uneven(rng)
    first = {frozenset(stratified_k_fold(y, 3, generator(k))[0][1].tolist()) for k in range(40)}
    assert len(first) > 20, "forty generators make hardly any different folds"
    assert frozenset.union(*first) == frozenset(range(len(y))), "in forty first folds some row is never tested"


def test_folds_of_groups_keep_them_whole(rng):
    groups = rng.integers(9, size=60) * 5 - 12
    for k in (2, 4):
        folds = group_k_fold(groups, k)
        assert wholes(test for _, test in folds) == list(range(60)), "a row is tested twice or never"
        assert not any(overlap(groups, train, test) for train, test in folds), "rows of one group are in both parts"


def test_the_next_largest_group_goes_to_the_smallest_fold(rng):
    sizes = np.array([9, 8, 7, 6, 5, 1]) + 10 * rng.integers(1, 4)
    groups = rng.permutation(np.repeat(rng.permutation(40)[:6], sizes))
    folds = [0, 0, 0]
    for size in sorted(sizes.tolist(), reverse=True):
        folds[folds.index(min(folds))] += size
    assert sorted(len(test) for _, test in group_k_fold(groups, 3)) == sorted(folds), "the folds have other sizes"


def test_nothing_is_fitted_on_its_future(rng):
    n, k = int(rng.integers(23, 40)), 3
    times = rng.permutation(n) * 2.5 - 30
    for train, test in time_series_split(times, k):
        assert times[train].max() < times[test].min(), "a row is fitted that is later than one that is tested"


def test_time_moves_on_from_split_to_split(rng):
    n, k = int(rng.integers(25, 40)), 4
    times = rng.permutation(n) * 3
    splits = time_series_split(times, k)
    assert len(splits) == k, f"there are not {k} splits"
    rank = times.argsort().argsort()
    size = n // (k + 1)
    for i, (train, test) in enumerate(splits):
        start = n - (k - i) * size
        assert sorted(rank[test].tolist()) == list(range(start, start + size)), f"split {i} tests another block of time"
        assert sorted(rank[train].tolist()) == list(range(start)), f"split {i} is not fitted on all that is earlier"


@pytest.mark.edge_case
def test_one_split_in_time_tests_the_later_half(rng):
    n = 2 * int(rng.integers(4, 9))
    times = rng.permutation(n)
    ((train, test),) = time_series_split(times, 1)
    assert times[train].max() == n // 2 - 1 and len(test) == n // 2, "one split does not part the times in the middle"


def test_a_gap_lies_before_the_test_rows(rng):
    n, gap = int(rng.integers(30, 40)), int(rng.integers(1, 5))
    times = rng.permutation(n)
    for (train, test), (near, same) in zip(time_series_split(times, 3, gap), time_series_split(times, 3), strict=True):
        assert sorted(test.tolist()) == sorted(same.tolist()), "a gap changes which rows are tested"
        left_out = sorted({*near.tolist()} - {*train.tolist()}, key=lambda row: times[row])
        before = sorted(near.tolist(), key=lambda row: times[row])
        assert left_out == before[-gap:], f"not the {gap} rows before the tested ones are left out"


def test_a_bootstrap_tests_what_was_not_drawn(rng, generator):
    n = int(rng.integers(30, 50))
    drawn, test = bootstrap_split(n, generator(0))
    assert len(drawn) == n, f"not {n} rows are drawn"
    assert wholes(({*drawn.tolist()}, test)) == list(range(n)), "a row is drawn and tested, or neither"
    splits = [bootstrap_split(n, generator(k)) for k in range(40)]
    drawn, tested = ({row for split in splits for row in split[part].tolist()} for part in (0, 1))
    assert drawn == tested == set(range(n)), "in forty bootstraps some row is never drawn, or never tested"


def test_the_same_generator_makes_the_same_split(rng, generator):
    y = uneven(rng)
    for split in (
        lambda rng: train_test_split(30, 0.4, rng),
        lambda rng: stratified_split(y, 0.4, rng),
        lambda rng: group_split(y, 0.4, rng),
        lambda rng: k_fold(30, 2, rng)[0],
        lambda rng: stratified_k_fold(y, 2, rng)[0],
        lambda rng: bootstrap_split(30, rng),
    ):
        first, again = (split(generator(5)) for _ in range(2))
        assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True)), "the same seed, another split"


@pytest.mark.edge_case
def test_groups_and_times_may_be_texts(rng, generator):
    names = np.array(["ann", "bob", "cy", "dora"])[rng.permutation(np.repeat(np.arange(4), [3, 4, 5, 6]))]
    train, test = group_split(names, 0.5, generator(0))
    assert not overlap(names, train, test), "rows of one group are in both parts"
    assert sorted(len(test) for _, test in group_k_fold(names, 2)) == [9, 9], "four groups do not fill two folds"
    days = np.array([f"2026-{month:02}-01" for month in rng.permutation(12) + 1])
    for train, test in time_series_split(days, 3):
        assert max(days[train].tolist()) < min(days[test].tolist()), "a date is fitted that is later than a tested one"


def test_inputs_are_left_alone(rng, generator, unchanged):
    y = uneven(rng)
    with unchanged(y):
        stratified_split(y, 0.3, generator(0))
        group_split(y, 0.3, generator(0))
        stratified_k_fold(y, 3, generator(0))
        group_k_fold(y, 2)
        time_series_split(y, 2)


@pytest.mark.edge_case
def test_what_cannot_be_split_is_refused(rng, generator):
    n = int(rng.integers(5, 9))
    one = np.zeros(n, dtype=int)
    for name, call in {
        "no test row": lambda: train_test_split(n, 0.0, generator(0)),
        "no row to fit": lambda: train_test_split(n, 1.0, generator(0)),
        "a class of one row": lambda: stratified_split(np.arange(n), 0.5, generator(0)),
        "a single group": lambda: group_split(one, 0.5, generator(0)),
        "one fold": lambda: k_fold(n, 1, generator(0)),
        "more folds than rows": lambda: k_fold(n, n + 1, generator(0)),
        "more stratified folds than rows": lambda: stratified_k_fold(one, n + 1, generator(0)),
        "more folds than groups": lambda: group_k_fold(np.arange(n) % 2, 3),
        "a test size of two rows too many": lambda: train_test_split(n, 1.5, generator(0)),
        "no split in time": lambda: time_series_split(np.arange(n), 0),
        "more splits in time than rows": lambda: time_series_split(np.arange(n), n),
        "a gap as long as the first fit": lambda: time_series_split(np.arange(3 * n), 2, n),
    }.items():
        with pytest.raises(ValueError):
            call()
            pytest.fail(f"{name} is not refused")
