"""Splits of a table's rows into a part to fit on and a part to test on.

    hold-out     ceil(test_size n) test rows; stratified: of each class; grouped: of the groups
    k folds      every row is tested once, in folds whose sizes differ by one row at most
    stratified   the same, and the folds' counts of a class differ by one at most
    grouped      a group is in one fold; the largest groups are dealt out first, each to the smallest fold so far
    in time      k blocks of n // (k + 1) rows at the end, each tested after a fit on all that lies before its gap

A part is an array of row numbers. Rows that one part of a split has, the other does not.
"""

import numpy as np


def train_test_split(n, test_size, rng):
    """Row numbers (train, test) of a random split of n rows."""
    order = rng.permutation(n)
    n_test = held_out(n, test_size)
    return order[n_test:], order[:n_test]


def stratified_split(y, test_size, rng):
    """Row numbers (train, test) of a random split of each class of y (n,)."""
    train, test = [], []
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        fitted, tested = train_test_split(len(rows), test_size, rng)
        train.append(rows[fitted])
        test.append(rows[tested])
    return np.concatenate(train), np.concatenate(test)


def group_split(groups, test_size, rng):
    """Row numbers (train, test) of a random split of the groups of rows; groups (n,)."""
    names = rng.permutation(np.unique(groups))
    is_test = np.isin(groups, names[: held_out(len(names), test_size)])
    return np.flatnonzero(~is_test), np.flatnonzero(is_test)


def k_fold(n, k, rng):
    """List of k pairs (train, test) of row numbers."""
    check_folds(n, k)
    order = rng.permutation(n)
    folds = np.array_split(order, k)
    return [(np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]) for i in range(k)]


def stratified_k_fold(y, k, rng):
    """List of k pairs (train, test) of row numbers, for classes y (n,)."""
    check_folds(len(y), k)
    order = rng.permutation(len(y))
    order = order[np.argsort(y[order], kind="stable")]
    fold = np.empty(len(y), dtype=int)
    fold[order] = np.arange(len(y)) % k
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(k)]


def group_k_fold(groups, k):
    """List of k pairs (train, test) of row numbers, for groups (n,)."""
    names, members = np.unique(groups, return_inverse=True)
    check_folds(len(names), k)
    sizes = np.bincount(members)
    fold, filled = np.empty(len(names), dtype=int), np.zeros(k)
    for group in np.argsort(-sizes, kind="stable"):
        fold[group] = np.argmin(filled)
        filled[fold[group]] += sizes[group]
    rows = fold[members]
    return [(np.flatnonzero(rows != i), np.flatnonzero(rows == i)) for i in range(k)]


def time_series_split(times, k, gap=0):
    """List of k pairs (train, test) of row numbers, for times (n,), each pair later than the one before."""
    n = len(times)
    size = n // (k + 1)
    if k < 1 or size == 0 or gap >= n - k * size:
        raise ValueError(f"{n} rows are too few for {k} splits with a gap of {gap}")
    order = np.argsort(times, kind="stable")
    splits = []
    for i in range(k):
        start = n - (k - i) * size
        splits.append((order[: start - gap], order[start : start + size]))
    return splits


def bootstrap_split(n, rng):
    """Row numbers (train, test): n drawn with replacement, and those that were not drawn."""
    drawn = rng.integers(n, size=n)
    return drawn, np.setdiff1d(np.arange(n), drawn)


def held_out(n, test_size):
    """Number of test rows among n. Raises ValueError where a part would be empty."""
    n_test = int(np.ceil(test_size * n))
    if not 0 < n_test < n:
        raise ValueError(f"a test part of {test_size} leaves {n_test} of {n} to test and {n - n_test} to fit")
    return n_test


def check_folds(n, k):
    """Raises ValueError unless there are 2 to n folds."""
    if not 2 <= k <= n:
        raise ValueError(f"{n} cannot be dealt out to {k} folds")
