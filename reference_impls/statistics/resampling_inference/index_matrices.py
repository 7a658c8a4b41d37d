"""Inference by resampling, all resamples at once: a matrix of row numbers, a row for each resample.

    bootstrap:    rows[b, i] uniform on 0 ... n - 1;  estimates[b] = statistic(values[rows[b]])
    percentile:   the quantiles alpha / 2 and 1 - alpha / 2 of the estimates
    permutation:  p = (1 + #{b : |d[b]| >= |d|}) / (1 + B)             (Phipson and Smyth 2010)
    Holm:         p(i) <= alpha / (m - i + 1) for this and all smaller ranks
    BH:           k = max{i : p(i) <= alpha i / m}; the k smallest are rejected
    CUPED:        y - theta (x - mean(x)),  theta = cov(y, x) / var(x)

Memory grows with n B. Shapes: rows (B, n), estimates (B,), p-values (m,).
"""

import numpy as np


def sample(values):
    values = np.asarray(values, dtype=float)
    if len(values) == 0:
        raise ValueError("there are no values")
    return values


def pairs(x, y):
    x, y = sample(x), sample(y)
    if len(x) != len(y):
        raise ValueError(f"{len(x)} values do not go with {len(y)}")
    return x, y


def views_of(clicks, views):
    clicks, views = pairs(clicks, views)
    if np.any(views <= 0):
        raise ValueError("a user has no views")
    return clicks, views


def resampled_rows(n, n_resamples, rng):
    """Numbers of n rows for each resample."""
    return rng.integers(0, n, size=(n_resamples, n))


def bootstrap_means(values, n_resamples, rng):
    """Mean of each resample."""
    values = sample(values)
    rows = resampled_rows(len(values), n_resamples, rng)
    return values[rows].mean(axis=1)


def bootstrap_differences(control, treatment, n_resamples, rng):
    """Difference of the means of both arms for each resample."""
    return bootstrap_means(treatment, n_resamples, rng) - bootstrap_means(control, n_resamples, rng)


def ratio_metric(clicks, views):
    clicks, views = views_of(clicks, views)
    return float(clicks.sum() / views.sum())


def bootstrap_ratios(clicks, views, n_resamples, rng):
    """Ratio metric of each resample of users."""
    clicks, views = views_of(clicks, views)
    rows = resampled_rows(len(clicks), n_resamples, rng)
    return clicks[rows].sum(axis=1) / views[rows].sum(axis=1)


def percentile_interval(estimates, alpha=0.05):
    low, high = np.quantile(sample(estimates), [alpha / 2, 1 - alpha / 2])
    return float(low), float(high)


def permutation_test(control, treatment, n_permutations, rng):
    """Two-sided p-value of the difference of two means."""
    control, treatment = sample(control), sample(treatment)
    n, pooled = len(control), np.concatenate([control, treatment])
    observed = abs(treatment.mean() - control.mean())
    shuffled = rng.permuted(np.tile(pooled, (n_permutations, 1)), axis=1)
    differences = np.abs(shuffled[:, n:].mean(axis=1) - shuffled[:, :n].mean(axis=1))
    rounding = 1e-9 * np.abs(pooled).max()
    extreme = np.sum(differences >= observed - rounding)
    return float((extreme + 1) / (n_permutations + 1))


def checked(p_values):
    p = np.asarray(p_values, dtype=float)
    if np.any(~((p >= 0) & (p <= 1))):
        raise ValueError(f"{p} are no p-values")
    return p


def bonferroni(p_values, alpha=0.05):
    """Which hypotheses are rejected; in the order of the p-values."""
    p = checked(p_values)
    return p <= alpha / len(p)


def holm(p_values, alpha=0.05):
    """Which hypotheses are rejected; in the order of the p-values."""
    p = checked(p_values)
    order = np.argsort(p)
    passing = p[order] <= alpha / np.arange(len(p), 0, -1)
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order] = np.logical_and.accumulate(passing)
    return rejected


def benjamini_hochberg(p_values, alpha=0.05):
    """Which hypotheses are rejected; in the order of the p-values."""
    p = checked(p_values)
    m, order = len(p), np.argsort(p)
    passing = np.flatnonzero(p[order] <= alpha * np.arange(1, m + 1) / m)
    rejected = np.zeros(m, dtype=bool)
    if len(passing):
        rejected[order[: passing.max() + 1]] = True
    return rejected


def correlation(x, y):
    x, y = pairs(x, y)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("a constant is correlated with nothing")
    return float(np.cov(x, y)[0, 1] / (x.std(ddof=1) * y.std(ddof=1)))


def cuped(outcome, before):
    """Outcomes without the part that was known before the experiment."""
    outcome, before = pairs(outcome, before)
    if np.ptp(before) == 0:
        return outcome.copy()
    theta = np.cov(outcome, before)[0, 1] / before.var(ddof=1)
    return outcome - theta * (before - before.mean())


def compare(control, treatment, n_resamples, alpha=0.05, seed=0):
    """Difference, interval, p-value and decision for each metric of an experiment."""
    control, treatment = sample(control), sample(treatment)
    rng = np.random.default_rng(seed)
    ends, p_values = [], []
    for old, new in zip(control.T, treatment.T, strict=True):
        ends.append(percentile_interval(bootstrap_differences(old, new, n_resamples, rng), alpha))
        p_values.append(permutation_test(old, new, n_resamples, rng))
    low, high = np.array(ends).T
    return {
        "difference": treatment.mean(axis=0) - control.mean(axis=0),
        "low": low,
        "high": high,
        "p_value": np.array(p_values),
        "rejected": benjamini_hochberg(p_values, alpha),
    }
