"""Bootstrap by multinomial counts, permutations by sorting random keys, adjusted p-values; plain Python around them."""

from statistics import fmean

import numpy as np


def _list(values):
    values = [float(v) for v in values]
    if not values:
        raise ValueError("empty")
    return values


def _counts(n, times, rng):
    """How often each of n users is in each resample: (times, n)."""
    return rng.multinomial(n, [1 / n] * n, size=times)


def bootstrap_means(values, n_resamples, rng):
    values = _list(values)
    return _counts(len(values), n_resamples, rng) @ np.array(values) / len(values)


def bootstrap_differences(control, treatment, n_resamples, rng):
    first = bootstrap_means(control, n_resamples, rng)
    return bootstrap_means(treatment, n_resamples, rng) - first


def _pairs(x, y):
    return [tuple(pair) for pair in zip(_list(x), _list(y), strict=True)]


def ratio_metric(clicks, views):
    users = _pairs(clicks, views)
    if any(seen <= 0 for _, seen in users):
        raise ValueError("no views")
    return sum(done for done, _ in users) / sum(seen for _, seen in users)


def bootstrap_ratios(clicks, views, n_resamples, rng):
    ratio_metric(clicks, views)
    totals = _counts(len(views), n_resamples, rng) @ np.array(_pairs(clicks, views))
    return totals[:, 0] / totals[:, 1]


def percentile_interval(estimates, alpha=0.05):
    low, high = np.percentile(_list(estimates), (50 * alpha, 100 - 50 * alpha))
    return low, high


def permutation_test(control, treatment, n_permutations, rng):
    control, treatment = _list(control), _list(treatment)
    everyone, m = np.array(control + treatment), len(treatment)
    chosen = np.argsort(rng.random((n_permutations, len(everyone))), axis=1)[:, :m]
    sums = everyone[chosen].sum(axis=1)
    middle = everyone.mean() * m  # the sum of an arm that does not differ
    beyond = np.abs(sums - middle) >= abs(sum(treatment) - middle) - 1e-9 * np.abs(everyone).sum()
    return np.append(beyond, True).mean()


def _by_adjusted(p_values, alpha, adjust):
    p = [float(v) for v in p_values]
    for value in p:
        if not 0 <= value <= 1:
            raise ValueError(f"{value} is no p-value")
    places = sorted(range(len(p)), key=p.__getitem__)
    rejected = [False] * len(p)
    for place, adjusted in zip(places, adjust([p[i] for i in places]), strict=True):
        rejected[place] = adjusted <= alpha
    return np.array(rejected)


def bonferroni(p_values, alpha=0.05):
    return _by_adjusted(p_values, alpha, lambda p: [value * len(p) for value in p])


def holm(p_values, alpha=0.05):
    def adjust(p):
        return [max(p[j] * (len(p) - j) for j in range(i + 1)) for i in range(len(p))]

    return _by_adjusted(p_values, alpha, adjust)


def benjamini_hochberg(p_values, alpha=0.05):
    def adjust(p):
        return [min(p[j] * len(p) / (j + 1) for j in range(i, len(p))) for i in range(len(p))]

    return _by_adjusted(p_values, alpha, adjust)


def _standardized(values):
    values = np.array(_list(values))
    if max(values) == min(values):
        raise ValueError("constant")
    return (values - fmean(values)) / np.sqrt(np.mean((values - fmean(values)) ** 2))


def correlation(x, y):
    _pairs(x, y)
    return fmean(_standardized(x) * _standardized(y))


def cuped(outcome, before):
    users = np.array(_pairs(outcome, before))
    if np.all(users[:, 1] == users[0, 1]):
        return users[:, 0]
    centred = users - users.mean(axis=0)
    slope = np.linalg.lstsq(centred[:, 1:], centred[:, 0], rcond=None)[0]
    return users[:, 0] - centred[:, 1:] @ slope


def compare(control, treatment, n_resamples, alpha=0.05, seed=0):
    rng = np.random.default_rng(seed)
    rows = []
    for old, new in zip(zip(*control, strict=True), zip(*treatment, strict=True), strict=True):
        p_value = permutation_test(old, new, n_resamples, rng)
        ends = percentile_interval(bootstrap_differences(old, new, n_resamples, rng), alpha)
        rows.append((fmean(new) - fmean(old), *ends, p_value))
    report = dict(zip(("difference", "low", "high", "p_value"), np.transpose(rows), strict=True))
    return report | {"rejected": benjamini_hochberg(report["p_value"], alpha)}
