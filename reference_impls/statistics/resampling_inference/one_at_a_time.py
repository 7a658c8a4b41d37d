"""Inference by resampling in a loop: one resample is held at a time, and only its estimate is kept.

    bootstrap:    each round draws n of n users with replacement
    percentile:   order statistics, straight lines between them
    permutation:  p = (k + 1) / (B + 1), k rounds with a difference of at least the observed size
    BH:           from the largest p-value down to the first that is at most alpha rank / m
    CUPED:        y - theta (x - mean(x)), theta = S_xy / S_xx, with sums over deviations of x

Memory is that of one resample, whatever their number.
"""

import math

import numpy as np


def _numbers(values):
    array = np.array(values, dtype=float)
    if array.size == 0:
        raise ValueError("an empty sample")
    return array


def bootstrap_means(values, n_resamples, rng):
    """Mean of each resample."""
    values = _numbers(values)
    estimates = np.zeros(n_resamples)
    for b in range(n_resamples):
        drawn = rng.choice(values, size=len(values))
        estimates[b] = drawn.mean()
    return estimates


def bootstrap_differences(control, treatment, n_resamples, rng):
    """Difference of the means of both arms for each resample."""
    control, treatment = _numbers(control), _numbers(treatment)
    estimates = np.zeros(n_resamples)
    for b in range(n_resamples):
        old = rng.choice(control, size=len(control))
        new = rng.choice(treatment, size=len(treatment))
        estimates[b] = new.mean() - old.mean()
    return estimates


def ratio_metric(clicks, views):
    clicks, views = _numbers(clicks), _numbers(views)
    if len(clicks) != len(views) or min(views) <= 0:
        raise ValueError("each user has clicks and at least one view")
    return float(np.sum(clicks) / np.sum(views))


def bootstrap_ratios(clicks, views, n_resamples, rng):
    """Ratio metric of each resample of users."""
    clicks, views = _numbers(clicks), _numbers(views)
    ratio_metric(clicks, views)  # refuses what has no ratio
    estimates = []
    for _ in range(n_resamples):
        users = rng.integers(len(views), size=len(views))
        estimates.append(ratio_metric(clicks[users], views[users]))
    return np.array(estimates)


def quantile(ordered, share):
    """Where a share of the sorted values lies below."""
    position = share * (len(ordered) - 1)
    below = math.floor(position)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (position - below) * (ordered[above] - ordered[below]))


def percentile_interval(estimates, alpha=0.05):
    ordered = np.sort(_numbers(estimates))
    return quantile(ordered, alpha / 2), quantile(ordered, 1 - alpha / 2)


def permutation_test(control, treatment, n_permutations, rng):
    """Two-sided p-value of the difference of two means."""
    control, treatment = _numbers(control), _numbers(treatment)
    observed = treatment.mean() - control.mean()
    users = np.concatenate([control, treatment])
    slack = 1e-9 * max(abs(users))
    extreme = 0
    for _ in range(n_permutations):
        shuffled = rng.permutation(users)
        difference = shuffled[len(control) :].mean() - shuffled[: len(control)].mean()
        if abs(difference) >= abs(observed) - slack:
            extreme += 1
    return (extreme + 1) / (n_permutations + 1)


def _ascending(p_values):
    """The p-values, and their positions from the smallest to the largest."""
    p = np.array(p_values, dtype=float)
    if not all(0 <= value <= 1 for value in p):
        raise ValueError("a p-value lies between 0 and 1")
    return p, np.argsort(p)


def bonferroni(p_values, alpha=0.05):
    """Which hypotheses are rejected; in the order of the p-values."""
    p, _ = _ascending(p_values)
    return len(p) * p <= alpha


def holm(p_values, alpha=0.05):
    """Which hypotheses are rejected; in the order of the p-values."""
    p, order = _ascending(p_values)
    rejected = np.zeros(len(p), dtype=bool)
    for rank, i in enumerate(order):
        if p[i] > alpha / (len(p) - rank):
            break
        rejected[i] = True
    return rejected


def benjamini_hochberg(p_values, alpha=0.05):
    """Which hypotheses are rejected; in the order of the p-values."""
    p, order = _ascending(p_values)
    rejected = np.zeros(len(p), dtype=bool)
    for rank in range(len(p), 0, -1):
        if p[order[rank - 1]] <= alpha * rank / len(p):
            rejected[order[:rank]] = True
            break
    return rejected


def _couples(x, y):
    x, y = _numbers(x), _numbers(y)
    if len(x) != len(y):
        raise ValueError("a value has no partner")
    return x, y


def correlation(x, y):
    x, y = _couples(x, y)
    if len(set(x)) == 1 or len(set(y)) == 1:
        raise ValueError("a constant is correlated with nothing")
    covariance = np.sum((x - x.mean()) * (y - y.mean())) / (len(x) - 1)
    return float(covariance / (np.std(x, ddof=1) * np.std(y, ddof=1)))


def cuped(outcome, before):
    """Outcomes without the part that was known before the experiment."""
    outcome, before = _couples(outcome, before)
    if len(set(before)) == 1:
        return outcome
    known, gained = before - before.mean(), outcome - outcome.mean()
    theta = np.sum(known * gained) / np.sum(known**2)
    return outcome - theta * known


def compare(control, treatment, n_resamples, alpha=0.05, seed=0):
    """Difference, interval, p-value and decision for each metric of an experiment."""
    rng = np.random.default_rng(seed)
    report = {"difference": [], "low": [], "high": [], "p_value": []}
    for old, new in zip(np.transpose(_numbers(control)), np.transpose(_numbers(treatment)), strict=True):
        estimates = bootstrap_differences(old, new, n_resamples, rng)
        low, high = percentile_interval(estimates, alpha)
        report["difference"].append(new.mean() - old.mean())
        report["low"].append(low)
        report["high"].append(high)
        report["p_value"].append(permutation_test(old, new, n_resamples, rng))
    rejected = benjamini_hochberg(report["p_value"], alpha)
    return {**{name: np.array(values) for name, values in report.items()}, "rejected": rejected}
