"""Tests of an A/B experiment on arrays: conversion by the pooled z-test, amounts by Welch's t-test.

    proportions:  z = (p1 - p0) / sqrt(p (1 - p) (1/n0 + 1/n1)),  p = (x0 + x1) / (n0 + n1)
    means:        t = (m1 - m0) / sqrt(e0^2 + e1^2),  e = s / sqrt(n);  df = (e0^2 + e1^2)^2 / sum e^4 / (n - 1)
    lift:         var(m1 / m0) = (v1/n1 + (m1/m0)^2 v0/n0) / m0^2            (delta method)
    sample size:  n = ((z_alpha sqrt(2 p (1 - p)) + z_power sqrt(p0 (1 - p0) + p1 (1 - p1))) / (p1 - p0))^2
    split:        chi^2 = sum (n - expected)^2 / expected, one degree of freedom: the square of a normal variable
    Student's t:  the angle atan(t / sqrt(df)) has a density proportional to cos^(df - 1); Simpson's rule

Everything of two arms has shape (2,), the control first. Welch 1947, "The generalization of Student's problem".
"""

from math import ceil, exp, lgamma, pi
from statistics import NormalDist

import numpy as np

NORMAL = NormalDist()
PIECES = 500


def t_density(t, df):
    """Density of Student's t at t."""
    scale = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / np.sqrt(pi * df)
    return scale * (1 + t**2 / df) ** (-(df + 1) / 2)


def t_cdf(t, df):
    """Distribution function of Student's t at t; df need not be whole."""
    angle = np.arctan(t / np.sqrt(df))
    heights = np.cos(np.linspace(0, angle, PIECES + 1)) ** (df - 1)
    area = angle / PIECES * (heights[0] + 4 * heights[1::2].sum() + 2 * heights[2:-1:2].sum() + heights[-1]) / 3
    return float(0.5 + area * t_density(0, df) * np.sqrt(df))


def t_quantile(level, df):
    """Where the distribution function of Student's t is `level` (above one half)."""
    t = NORMAL.inv_cdf(level)
    for _ in range(60):
        step = (level - t_cdf(t, df)) / t_density(t, df)
        t += step
        if abs(step) < 1e-9 * t:
            break
    return t


def summary(difference, statistic, p_value, margin):
    numbers = (difference, statistic, p_value, difference - margin, difference + margin)
    return dict(zip(("difference", "statistic", "p_value", "low", "high"), map(float, numbers), strict=True))


def rate_margin(rates, sizes, alpha):
    """Half the width of an interval for the difference of two rates."""
    error = np.sqrt(np.sum(rates * (1 - rates) / sizes))
    return NORMAL.inv_cdf(1 - alpha / 2) * error


def proportion_test(conversions, sizes, alpha=0.05):
    """Pooled z-test of two conversion rates, and an interval of level 1 - alpha for their difference."""
    conversions, sizes = np.asarray(conversions, dtype=float), np.asarray(sizes, dtype=float)
    if np.any(sizes < 1) or np.any(conversions < 0) or np.any(conversions > sizes):
        raise ValueError(f"{conversions} of {sizes} users cannot have converted")
    rates = conversions / sizes
    difference = rates[1] - rates[0]
    pooled = conversions.sum() / sizes.sum()
    null_error = np.sqrt(pooled * (1 - pooled) * np.sum(1 / sizes))
    z = difference / null_error if null_error > 0 else 0.0
    p_value = 2 * (1 - NORMAL.cdf(abs(z)))
    return summary(difference, z, p_value, rate_margin(rates, sizes, alpha))


def samples(*arms):
    """Amounts of each arm as floats."""
    if min(map(len, arms)) < 2:
        raise ValueError("an arm has fewer than two amounts")
    return [np.asarray(arm, dtype=float) for arm in arms]


def standard_error(amounts):
    """Standard error of a mean."""
    return amounts.std(ddof=1) / np.sqrt(len(amounts))


def t_p_value(t, df):
    """Two-sided p-value of a statistic t."""
    return 2 * (1 - t_cdf(abs(t), df))


def mean_test(control, treatment, alpha=0.05):
    """Welch's t-test of two means, and an interval of level 1 - alpha for their difference."""
    arms = samples(control, treatment)
    sizes = np.array([len(arm) for arm in arms])
    errors = np.array([standard_error(arm) for arm in arms])
    if not errors.any():
        raise ValueError("neither arm varies")
    error = np.sqrt((errors**2).sum())
    df = (errors**2).sum() ** 2 / (errors**4 / (sizes - 1)).sum()
    difference = arms[1].mean() - arms[0].mean()
    t = difference / error
    margin = t_quantile(1 - alpha / 2, df) * error
    return {**summary(difference, t, t_p_value(t, df), margin), "df": float(df)}


def relative_lift(control, treatment, alpha=0.05):
    """Change of the mean relative to the control, with the ends of an interval of level 1 - alpha."""
    control, treatment = samples(control, treatment)
    base, mean = control.mean(), treatment.mean()
    if base == 0:
        raise ValueError("the mean of the control is 0")
    lift = (mean - base) / base
    variance = treatment.var(ddof=1) / len(treatment) + (1 + lift) ** 2 * control.var(ddof=1) / len(control)
    margin = NORMAL.inv_cdf(1 - alpha / 2) * np.sqrt(variance) / abs(base)
    return float(lift), float(lift - margin), float(lift + margin)


def sample_size(baseline, lift, alpha=0.05, power=0.8):
    """Users in each arm with which a relative lift of a conversion rate is found with this power."""
    rates = baseline * np.array([1, 1 + lift])
    if lift == 0 or rates.min() <= 0 or rates.max() >= 1:
        raise ValueError(f"a lift of {lift} on {baseline} leads nowhere")
    middle = rates.mean()
    null = np.sqrt(2 * middle * (1 - middle))
    spread = np.sqrt((rates * (1 - rates)).sum())
    reach = NORMAL.inv_cdf(1 - alpha / 2) * null + NORMAL.inv_cdf(power) * spread
    return ceil((reach / (rates[1] - rates[0])) ** 2)


def sample_ratio_p(sizes, shares):
    """p-value of the hypothesis that users were dealt out to the two arms in these shares."""
    sizes, shares = np.asarray(sizes, dtype=float), np.asarray(shares, dtype=float)
    expected = sizes.sum() * shares / shares.sum()
    chi_squared = ((sizes - expected) ** 2 / expected).sum()
    return 2 * NORMAL.cdf(-np.sqrt(chi_squared))


def first_significant_look(conversions, sizes, planned, alpha=0.05):
    """Number of the first look at which an experiment may stop, None if it may not."""
    if len(sizes) > planned:
        raise ValueError(f"{len(sizes)} looks where {planned} were planned")
    conversions, sizes = np.cumsum(conversions, axis=0), np.cumsum(sizes, axis=0)
    for look in range(len(sizes)):
        if proportion_test(conversions[look], sizes[look])["p_value"] < alpha / planned:
            return look + 1
    return None


class Experiment:
    """A log of events, and what it says of the two arms."""

    def __init__(self, shares=(0.5, 0.5), alpha=0.05):
        self.shares = shares
        self.alpha = alpha
        self.events = []

    def add(self, users, arms, amounts):
        self.events.append((np.array(users), np.array(arms), np.array(amounts, dtype=float)))

    def report(self):
        everyone, arms, amounts = map(np.concatenate, zip(*self.events, strict=True))
        _, first, rows = np.unique(everyone, return_index=True, return_inverse=True)
        arm = arms[first]
        if np.any(arm[rows] != arms):
            raise ValueError("a user is in both arms")
        spent = np.bincount(rows, weights=amounts)
        sizes = np.bincount(arm, minlength=2)
        conversions = np.bincount(arm[spent > 0], minlength=2)
        return {
            "sizes": sizes.tolist(),
            "conversions": conversions.tolist(),
            "sample_ratio_p": sample_ratio_p(sizes, self.shares),
            "conversion": proportion_test(conversions, sizes, self.alpha),
            "spend": mean_test(spent[arm == 0], spent[arm == 1], self.alpha),
        }
