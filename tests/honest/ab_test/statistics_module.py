"""The standard library's statistics, Counters and a table of Student's density; numpy only for that table."""

import math
from collections import Counter, defaultdict
from statistics import NormalDist, mean, variance

import numpy as np


def _tail(t, df):
    """P(T > t) for t >= 0 by the midpoint rule on 1 / (1 + x), which runs from 0 to 1."""
    n = 20000
    u = (np.arange(n) + 0.5) / n / (1 + t)
    x = 1 / u - 1
    density = np.exp(-(df + 1) / 2 * np.log1p(x**2 / df))
    constant = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi * df)
    return constant * float(np.sum(density / u**2)) / n / (1 + t)


def t_cdf(t, df):
    return _tail(-t, df) if t < 0 else 1 - _tail(t, df)


def _critical_t(alpha, df):
    z = NormalDist().inv_cdf(1 - alpha / 2)
    low, high = z, 2 * z
    while 2 * _tail(high, df) > alpha:
        high *= 2
    while high - low > 1e-8 * high:
        middle = 0.5 * (low + high)
        if 2 * _tail(middle, df) > alpha:
            low = middle
        else:
            high = middle
    return high


def proportion_test(conversions, sizes, alpha=0.05):
    x, n = [int(v) for v in conversions], [int(v) for v in sizes]
    for hits, users in zip(x, n, strict=True):
        if users <= 0 or hits < 0 or hits > users:
            raise ValueError(f"{hits} of {users}")
    control, treatment = (hits / users for hits, users in zip(x, n, strict=True))
    common = sum(x) / sum(n)
    gap = treatment - control
    variance_under_null = common * (1 - common) / n[0] + common * (1 - common) / n[1]
    z = 0.0 if variance_under_null == 0 else gap / variance_under_null**0.5
    own = control * (1 - control) / n[0] + treatment * (1 - treatment) / n[1]
    interval = NormalDist(0, 1).inv_cdf(1 - alpha / 2) * own**0.5
    p_value = 2 * NormalDist().cdf(-abs(z))
    return {"difference": gap, "statistic": z, "p_value": p_value, "low": gap - interval, "high": gap + interval}


def _both(control, treatment):
    control, treatment = [float(v) for v in control], [float(v) for v in treatment]
    if len(control) < 2 or len(treatment) < 2:
        raise ValueError("too few amounts")
    return control, treatment


def mean_test(control, treatment, alpha=0.05):
    control, treatment = _both(control, treatment)
    a, b = variance(control) / len(control), variance(treatment) / len(treatment)
    if a == 0 and b == 0:
        raise ValueError("no variance")
    df = 1 / ((a / (a + b)) ** 2 / (len(control) - 1) + (b / (a + b)) ** 2 / (len(treatment) - 1))
    gap = mean(treatment) - mean(control)
    t = gap / math.hypot(a**0.5, b**0.5)
    margin = _critical_t(alpha, df) * (a + b) ** 0.5
    p_value = 2 * _tail(abs(t), df)
    return {"difference": gap, "statistic": t, "p_value": p_value, "low": gap - margin, "high": gap + margin, "df": df}


def relative_lift(control, treatment, alpha=0.05):
    control, treatment = _both(control, treatment)
    base, new = mean(control), mean(treatment)
    if base == 0:
        raise ValueError("no base")
    slope_new, slope_base = 1 / base, -new / base**2
    spread = slope_new**2 * variance(treatment) / len(treatment) + slope_base**2 * variance(control) / len(control)
    around = NormalDist(new / base - 1, spread**0.5)
    return new / base - 1, around.inv_cdf(alpha / 2), around.inv_cdf(1 - alpha / 2)


def sample_size(baseline, lift, alpha=0.05, power=0.8):
    other = baseline * (1 + lift)
    if not lift or min(baseline, other) <= 0 or max(baseline, other) >= 1:
        raise ValueError("no such design")
    p = (baseline + other) / 2
    critical = NormalDist().inv_cdf(1 - alpha / 2) * (2 * p * (1 - p)) ** 0.5
    spread = (baseline * (1 - baseline) + other * (1 - other)) ** 0.5

    def reached(n):
        return NormalDist(abs(other - baseline) * n**0.5, spread).cdf(critical) <= 1 - power

    n = 1
    while not reached(n):
        n *= 2
    low = n // 2
    while n - low > 1:
        middle = (n + low) // 2
        low, n = (low, middle) if reached(middle) else (middle, n)
    return n


def sample_ratio_p(sizes, shares):
    n = sum(sizes)
    distance = 0
    for seen, share in zip(sizes, shares, strict=True):
        expected = n * share / sum(shares)
        distance += (seen - expected) ** 2 / expected
    return math.erfc(math.sqrt(distance / 2))


def first_significant_look(conversions, sizes, planned, alpha=0.05):
    if len(conversions) > planned:
        raise ValueError("unplanned looks")
    for k in range(1, len(conversions) + 1):
        x = [sum(row[arm] for row in conversions[:k]) for arm in (0, 1)]
        n = [sum(row[arm] for row in sizes[:k]) for arm in (0, 1)]
        if proportion_test(x, n)["p_value"] <= alpha / planned:
            return k
    return None


class Experiment:
    def __init__(self, shares=(0.5, 0.5), alpha=0.05):
        self.shares, self.alpha = shares, alpha
        self.arm_of = {}
        self.payments = defaultdict(list)

    def add(self, users, arms, amounts):
        for user, arm, amount in zip(map(int, users), map(int, arms), map(float, amounts), strict=True):
            if self.arm_of.setdefault(user, arm) != arm:
                raise ValueError(f"user {user} has changed arms")
            self.payments[user].append(amount)

    def report(self):
        totals = [[sum(self.payments[u]) for u, arm in self.arm_of.items() if arm == wanted] for wanted in (0, 1)]
        counted = Counter(self.arm_of.values())
        sizes = (counted[0], counted[1])
        conversions = tuple(sum(1 for total in arm if total > 0) for arm in totals)
        return {
            "sizes": sizes,
            "conversions": conversions,
            "sample_ratio_p": sample_ratio_p(sizes, self.shares),
            "conversion": proportion_test(conversions, sizes, self.alpha),
            "spend": mean_test(*totals, self.alpha),
        }
