"""Student's t by the continued fraction of the incomplete beta function, quantiles by bisection, arrays for users."""

import math
from statistics import NormalDist

import numpy as np

NORMAL = NormalDist()


def _fraction(a, b, x):
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 10_000):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + numerator * d
            d = 1 / (d if abs(d) > tiny else tiny)
            c = 1 + numerator / c
            c = c if abs(c) > tiny else tiny
            h *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return h


def _beta(a, b, x):
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def t_cdf(t, df):
    tail = _beta(df / 2, 0.5, df / (df + t * t)) / 2
    return 1 - tail if t > 0 else tail


def _t_quantile(p, df):
    low, high = 0.0, 1.0
    while t_cdf(high, df) < p:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, df) < p else (low, middle)
    return (low + high) / 2


def _result(difference, statistic, p_value, margin, **more):
    low, high = difference - margin, difference + margin
    keys = {"difference": difference, "statistic": statistic, "p_value": p_value, "low": low, "high": high, **more}
    return {name: float(value) for name, value in keys.items()}


def proportion_test(conversions, sizes, alpha=0.05):
    c, n = np.asarray(conversions, float), np.asarray(sizes, float)
    if np.any(n <= 0) or np.any(c < 0) or np.any(c > n):
        raise ValueError("impossible counts")
    p, common = c / n, c.sum() / n.sum()
    difference = p[1] - p[0]
    error = math.sqrt(common * (1 - common) * (1 / n).sum())
    z = difference / error if error > 0 else 0.0
    margin = NORMAL.inv_cdf(1 - alpha / 2) * math.sqrt((p * (1 - p) / n).sum())
    return _result(difference, z, math.erfc(abs(z) / math.sqrt(2)), margin)


def _sample(values):
    values = np.asarray(values, float).ravel()
    if len(values) < 2:
        raise ValueError("a sample needs two amounts")
    return values.mean(), values.var(ddof=1) / len(values), len(values)


def mean_test(control, treatment, alpha=0.05):
    (m0, v0, n0), (m1, v1, n1) = _sample(control), _sample(treatment)
    variance = v0 + v1
    if variance == 0:
        raise ValueError("neither sample varies")
    df = variance**2 / (v0**2 / (n0 - 1) + v1**2 / (n1 - 1))
    t = (m1 - m0) / math.sqrt(variance)
    margin = _t_quantile(1 - alpha / 2, df) * math.sqrt(variance)
    return _result(m1 - m0, t, 2 * t_cdf(-abs(t), df), margin, df=df)


def relative_lift(control, treatment, alpha=0.05):
    (m0, v0, _), (m1, v1, _) = _sample(control), _sample(treatment)
    if m0 == 0:
        raise ValueError("no lift on nothing")
    lift = (m1 - m0) / m0
    margin = NORMAL.inv_cdf(1 - alpha / 2) * math.sqrt(v1 / m0**2 + m1**2 * v0 / m0**4)
    return lift, lift - margin, lift + margin


def sample_size(baseline, lift, alpha=0.05, power=0.8):
    treated = baseline * (1 + lift)
    if lift == 0 or not 0 < baseline < 1 or not 0 < treated < 1:
        raise ValueError("no such design")
    middle = (baseline + treated) / 2
    under_null = math.sqrt(2 * middle * (1 - middle))
    observed = math.sqrt(baseline * (1 - baseline) + treated * (1 - treated))
    needed = NORMAL.inv_cdf(1 - alpha / 2) * under_null + NORMAL.inv_cdf(power) * observed
    if needed <= 0:
        return 1
    return max(1, math.ceil((needed / (treated - baseline)) ** 2))


def sample_ratio_p(sizes, shares):
    n, s = np.asarray(sizes, float), np.asarray(shares, float)
    expected = n.sum() * s / s.sum()
    chi2 = ((n - expected) ** 2 / expected).sum()
    return math.erfc(math.sqrt(chi2 / 2))


def first_significant_look(conversions, sizes, planned, alpha=0.05):
    if len(conversions) > planned:
        raise ValueError("more looks than planned")
    so_far = np.cumsum(np.asarray(conversions), axis=0), np.cumsum(np.asarray(sizes), axis=0)
    for look, (c, n) in enumerate(zip(*so_far, strict=True), start=1):
        if proportion_test(c, n)["p_value"] < alpha / planned:
            return look
    return None


class Experiment:
    def __init__(self, shares=(0.5, 0.5), alpha=0.05):
        self.shares, self.alpha, self.log = shares, alpha, []

    def add(self, users, arms, amounts):
        self.log += zip(*(np.asarray(each).tolist() for each in (users, arms, amounts)), strict=True)

    def report(self):
        arm, spent = {}, {}
        for user, which, amount in self.log:
            if arm.setdefault(user, which) != which:
                raise ValueError(f"user {user} is in both arms")
            spent[user] = spent.get(user, 0.0) + amount
        totals = [[amount for user, amount in spent.items() if arm[user] == which] for which in (0, 1)]
        if not all(totals):
            raise ValueError("an arm has no users")
        sizes = tuple(len(each) for each in totals)
        conversions = tuple(sum(amount > 0 for amount in each) for each in totals)
        return {
            "sizes": sizes,
            "conversions": conversions,
            "sample_ratio_p": sample_ratio_p(sizes, self.shares),
            "conversion": proportion_test(conversions, sizes, self.alpha),
            "spend": mean_test(*totals, self.alpha),
        }
