"""Masks over all rows, random keys that are sorted, and lists of Python numbers."""

import math

import numpy as np


def _rows(mask):
    return np.nonzero(mask)[0]


def _count(n, fraction):
    m = math.ceil(fraction * n)
    if m <= 0 or m >= n:
        raise ValueError("both parts need rows")
    return m


def _lowest(keys, m):
    """Mask of the m lowest keys."""
    return keys.argsort().argsort() < m


def train_test_split(n, test_size, rng):
    test = _lowest(rng.random(n), _count(n, test_size))
    return _rows(~test), _rows(test)


def stratified_split(y, test_size, rng):
    keys, test = rng.random(len(y)), np.zeros(len(y), dtype=bool)
    for label in set(np.asarray(y).tolist()):
        members = y == label
        test[members] = _lowest(keys[members], _count(int(members.sum()), test_size))
    return _rows(~test), _rows(test)


def group_split(groups, test_size, rng):
    names = sorted(set(np.asarray(groups).tolist()))
    chosen = _lowest(rng.random(len(names)), _count(len(names), test_size))
    tested = {name for name, yes in zip(names, chosen, strict=True) if yes}
    test = np.array([name in tested for name in np.asarray(groups).tolist()])
    return _rows(~test), _rows(test)


def _folds(number, k):
    return [(_rows(number != i), _rows(number == i)) for i in range(k)]


def k_fold(n, k, rng):
    if k < 2 or k > n:
        raise ValueError("between two folds and as many as rows")
    return _folds(rng.random(n).argsort().argsort() % k, k)


def stratified_k_fold(y, k, rng):
    if k < 2 or k > len(y):
        raise ValueError("between two folds and as many as rows")
    keys, number, following = rng.random(len(y)), np.zeros(len(y), dtype=int), 0
    for label in sorted(set(np.asarray(y).tolist())):
        members = _rows(y == label)
        for row in members[keys[members].argsort()]:
            number[row] = following % k
            following += 1
    return _folds(number, k)


def group_k_fold(groups, k):
    names = np.asarray(groups).tolist()
    sizes = {name: names.count(name) for name in names}
    if k < 2 or k > len(sizes):
        raise ValueError("between two folds and as many as groups")
    folds = [[0, i, []] for i in range(k)]
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        fold = min(folds)
        fold[0] += sizes[name]
        fold[2].append(name)
    return _folds(np.array([next(i for _, i, held in folds if name in held) for name in names]), k)


def time_series_split(times, k, gap=0):
    n = len(times)
    block = n // (k + 1) if k >= 1 else 0
    if block < 1 or n - k * block - gap < 1:
        raise ValueError("too few rows")
    by_time = sorted(range(n), key=lambda row: times[row])
    borders = list(range(n - k * block, n, block))
    return [(np.array(by_time[: b - gap]), np.array(by_time[b : b + block])) for b in borders]


def bootstrap_split(n, rng):
    drawn = rng.choice(n, size=n)
    return drawn, np.array(sorted(set(range(n)) - set(drawn.tolist())), dtype=int)
