"""Student's t by Gauss-Legendre integration over an angle, quantiles by Newton's method, tables grown by numpy."""

import math
from statistics import NormalDist

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)
Z = NormalDist()


def _density_constant(df):
    return math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)


def t_cdf(t, df):
    """With t = sqrt(df) tan(a) the density becomes a power of the cosine; small steps where that is narrow."""
    end = math.atan2(abs(t), math.sqrt(df))
    edge = min(end, 12 / math.sqrt(df + 1))
    angles = (NODES + 1) * edge / 2
    area = np.sum(WEIGHTS * np.cos(angles) ** (df - 1)) * edge / 2
    if end > edge:
        more = edge + (NODES + 1) * (end - edge) / 2
        area += np.sum(WEIGHTS * np.cos(more) ** (df - 1)) * (end - edge) / 2
    half = float(area) * _density_constant(df) * math.sqrt(df)
    return 0.5 + math.copysign(half, t)


def _t_quantile(p, df):
    low, high = 0.0, 2.0
    while t_cdf(high, df) < p:
        low, high = high, 4 * high
    t = (low + high) / 2
    for _ in range(100):
        miss = t_cdf(t, df) - p
        low, high = (low, t) if miss > 0 else (t, high)
        slope = _density_constant(df) * (1 + t * t / df) ** (-(df + 1) / 2)
        step = t - miss / slope
        t = step if low < step < high else (low + high) / 2
    return t


def _two_sided(z):
    return 2 * Z.cdf(-abs(z))


def proportion_test(conversions, sizes, alpha=0.05):
    (a, b), (m, n) = (int(c) for c in conversions), (int(s) for s in sizes)
    if m < 1 or n < 1 or not (0 <= a <= m and 0 <= b <= n):
        raise ValueError(f"there are no {a} of {m} and {b} of {n}")
    p, q = a / m, b / n
    pooled = (a + b) / (m + n)
    se = math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))
    z = 0.0 if se == 0 else (q - p) / se
    reach = Z.inv_cdf(1 - alpha / 2) * math.sqrt(p * (1 - p) / m + q * (1 - q) / n)
    return {"difference": q - p, "statistic": z, "p_value": _two_sided(z), "low": q - p - reach, "high": q - p + reach}


def _moments(values):
    values = [float(v) for v in values]
    n = len(values)
    if n < 2:
        raise ValueError("fewer than two amounts")
    mean = math.fsum(values) / n
    return n, mean, math.fsum((v - mean) ** 2 for v in values) / (n - 1)


def mean_test(control, treatment, alpha=0.05):
    (m, a, va), (n, b, vb) = _moments(control), _moments(treatment)
    if len(set(map(float, control))) == 1 and len(set(map(float, treatment))) == 1:
        raise ValueError("nothing varies")
    se = math.sqrt(va / m + vb / n)
    df = (va / m + vb / n) ** 2 / ((va / m) ** 2 / (m - 1) + (vb / n) ** 2 / (n - 1))
    t, reach = (b - a) / se, _t_quantile(1 - alpha / 2, df) * se
    p_value = 2 * (1 - t_cdf(abs(t), df))
    return {
        "difference": b - a,
        "statistic": t,
        "p_value": p_value,
        "low": b - a - reach,
        "high": b - a + reach,
        "df": df,
    }


def relative_lift(control, treatment, alpha=0.05):
    (m, a, va), (n, b, vb) = _moments(control), _moments(treatment)
    if a == 0:
        raise ValueError("the control's mean is 0")
    ratio = b / a
    se = math.sqrt(vb / n + ratio**2 * va / m) / abs(a)
    reach = Z.inv_cdf(1 - alpha / 2) * se
    return ratio - 1, ratio - 1 - reach, ratio - 1 + reach


def sample_size(baseline, lift, alpha=0.05, power=0.8):
    other = baseline + baseline * lift
    if other == baseline or min(baseline, other) <= 0 or max(baseline, other) >= 1:
        raise ValueError("rates between 0 and 1 that differ are needed")
    gap, mean = abs(other - baseline), (baseline + other) / 2
    critical = Z.inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean * (1 - mean))
    noise = math.sqrt(baseline * (1 - baseline) + other * (1 - other))

    def chance(n):
        return Z.cdf((gap * math.sqrt(n) - critical) / noise)

    high = 1
    while chance(high) < power:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if chance(middle) >= power else (middle, high)
    return high


def sample_ratio_p(sizes, shares):
    (m, n), (s, t) = sizes, shares
    expected = (m + n) * s / (s + t)
    variance = (m + n) * s * t / (s + t) ** 2
    return _two_sided((m - expected) / math.sqrt(variance))


def first_significant_look(conversions, sizes, planned, alpha=0.05):
    c, s = np.array(conversions, dtype=int).reshape(-1, 2), np.array(sizes, dtype=int).reshape(-1, 2)
    if len(c) > planned:
        raise ValueError("that many looks were not planned")
    for k in range(1, len(c) + 1):
        if proportion_test(c[:k].sum(axis=0), s[:k].sum(axis=0))["p_value"] < alpha / planned:
            return k
    return None


class Experiment:
    def __init__(self, shares=(0.5, 0.5), alpha=0.05):
        self.shares, self.alpha = tuple(shares), alpha
        self.users, self.arms, self.amounts = np.array([], int), np.array([], int), np.array([], float)

    def add(self, users, arms, amounts):
        users = np.concatenate([self.users, np.asarray(users, int)])
        arms = np.concatenate([self.arms, np.asarray(arms, int)])
        if np.intersect1d(users[arms == 0], users[arms == 1]).size:
            raise ValueError("a user is in both arms")
        self.users, self.arms = users, arms
        self.amounts = np.concatenate([self.amounts, np.asarray(amounts, float)])

    def report(self):
        totals = []
        for arm in (0, 1):
            mine = self.arms == arm
            names, place = np.unique(self.users[mine], return_inverse=True)
            if not names.size:
                raise ValueError(f"arm {arm} has no users")
            totals.append(np.bincount(place, weights=self.amounts[mine], minlength=names.size))
        sizes = (len(totals[0]), len(totals[1]))
        conversions = tuple(int(np.count_nonzero(total > 0)) for total in totals)
        return {
            "sizes": sizes,
            "conversions": conversions,
            "sample_ratio_p": sample_ratio_p(sizes, self.shares),
            "conversion": proportion_test(conversions, sizes, self.alpha),
            "spend": mean_test(totals[0], totals[1], self.alpha),
        }
