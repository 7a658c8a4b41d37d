"""Tests of an A/B experiment from counts and sums, with the error function.

    normal:       P(|Z| > z) = erfc(z / sqrt(2)); quantiles by bisection of the distribution function
    Student's t:  T = sqrt(df) tan(a), the angle a with density ~ cos(a)^(df - 1); integral by Gauss and Legendre
    proportions:  z = (r1 - r0) / sqrt(r (1 - r) (1/n0 + 1/n1)),  r = (x0 + x1) / (n0 + n1)
    means:        u = s^2 / n;  t = (m1 - m0) / sqrt(u0 + u1);  df = (u0 + u1)^2 / (u0^2 / (n0 - 1) + u1^2 / (n1 - 1))
    lift:         se = sqrt(u1 + (m1 / m0)^2 u0) / |m0|                       (delta method)
    split:        z = (n1 - N r1) / sqrt(N r0 r1), with the intended shares r0 and r1

Arms are numbered 0 (control) and 1; of each only a count, a sum or a mean is kept.
"""

import math

import numpy as np

ROOT_TWO = math.sqrt(2)
NODES, WEIGHTS = np.polynomial.legendre.leggauss(80)


def t_cdf(t, df):
    """Distribution function of Student's t at t; df need not be whole."""
    end = math.atan(t / math.sqrt(df))
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)
    return 0.5 + scale * end / 2 * float(WEIGHTS @ np.cos(end / 2 * (NODES + 1)) ** (df - 1))


def normal_cdf(z):
    return math.erfc(-z / ROOT_TWO) / 2


def quantile(cdf, level):
    """Where the continuous distribution function `cdf`, symmetric about 0, is `level`."""
    reach = 1  # a whole number: doubled without end it is an error, not infinity
    while cdf(reach) < level or cdf(-reach) > level:
        reach += reach
    low, high = -reach, reach
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle) < level else (low, middle)
    return (low + high) / 2


def proportion_test(conversions, sizes, alpha=0.05):
    """Pooled z-test of two conversion rates, and an interval of level 1 - alpha for their difference."""
    (x0, x1), (n0, n1) = map(int, conversions), map(int, sizes)
    if not (0 <= x0 <= n0 and 0 <= x1 <= n1 and n0 and n1):
        raise ValueError("more conversions than users, or no user in an arm")
    r0, r1 = x0 / n0, x1 / n1
    r = (x0 + x1) / (n0 + n1)
    delta = r1 - r0
    under_null = math.sqrt(r * (1 - r) * (1 / n0 + 1 / n1))
    z = delta / under_null if under_null else 0.0
    se = math.sqrt(r0 * (1 - r0) / n0 + r1 * (1 - r1) / n1)
    half = quantile(normal_cdf, 1 - alpha / 2) * se
    return {
        "difference": delta,
        "statistic": z,
        "p_value": math.erfc(abs(z) / ROOT_TWO),
        "low": delta - half,
        "high": delta + half,
    }


def _moments(amounts):
    """Number, mean, and variance of the mean."""
    amounts = np.asarray(amounts, dtype=float)
    n = len(amounts)
    if n < 2:
        raise ValueError("an arm has fewer than two amounts")
    mean = amounts.sum() / n
    variance = ((amounts - mean) ** 2).sum() / (n - 1)
    return n, float(mean), float(variance / n)


def _welch(n0, u0, n1, u1):
    """Standard error of a difference of means, and its degrees of freedom."""
    se = math.sqrt(u0 + u1)
    df = (u0 + u1) ** 2 / (u0**2 / (n0 - 1) + u1**2 / (n1 - 1))
    return se, df


def mean_test(control, treatment, alpha=0.05):
    """Welch's t-test of two means, and an interval of level 1 - alpha for their difference."""
    n0, m0, u0 = _moments(control)
    n1, m1, u1 = _moments(treatment)
    if u0 + u1 == 0:
        raise ValueError("both arms are constant")
    delta = m1 - m0
    se, df = _welch(n0, u0, n1, u1)
    t = delta / se
    half = quantile(lambda x: t_cdf(x, df), 1 - alpha / 2) * se
    p_value = 2 * t_cdf(-abs(t), df)
    return {
        "difference": delta,
        "statistic": t,
        "p_value": p_value,
        "low": delta - half,
        "high": delta + half,
        "df": df,
    }


def relative_lift(control, treatment, alpha=0.05):
    """Change of the mean relative to the control, with the ends of an interval of level 1 - alpha."""
    _, m0, u0 = _moments(control)
    _, m1, u1 = _moments(treatment)
    if m0 == 0:
        raise ValueError("the mean of the control is 0")
    delta = m1 - m0
    lift = delta / m0
    half = quantile(normal_cdf, 1 - alpha / 2) * math.sqrt(u1 + (m1 / m0) ** 2 * u0) / abs(m0)
    return lift, lift - half, lift + half


def sample_size(baseline, lift, alpha=0.05, power=0.8):
    """Users in each arm with which a relative lift of a conversion rate is found with this power."""
    r0, r1 = baseline, baseline * (1 + lift)
    if not (0 < r0 < 1 and 0 < r1 < 1 and lift):
        raise ValueError(f"no effect to be found between the rates {r0} and {r1}")
    r = (r0 + r1) / 2
    z_alpha, z_power = quantile(normal_cdf, 1 - alpha / 2), quantile(normal_cdf, power)
    reach = z_alpha * math.sqrt(2 * r * (1 - r)) + z_power * math.sqrt(r0 * (1 - r0) + r1 * (1 - r1))
    return math.ceil(reach**2 / (r1 - r0) ** 2)


def sample_ratio_p(sizes, shares):
    """p-value of the hypothesis that users were dealt out to the two arms in these shares."""
    (n0, n1), (s0, s1) = sizes, shares
    total, share = n0 + n1, s1 / (s0 + s1)
    z = (n1 - total * share) / math.sqrt(total * share * (1 - share))
    return math.erfc(abs(z) / ROOT_TWO)


def first_significant_look(conversions, sizes, planned, alpha=0.05):
    """Number of the first look at which an experiment may stop, None if it may not."""
    if len(sizes) > planned:
        raise ValueError("there are more looks than were planned")
    x, n = np.zeros(2), np.zeros(2)
    for look, (new_x, new_n) in enumerate(zip(conversions, sizes, strict=True), start=1):
        x, n = x + new_x, n + new_n
        if planned * proportion_test(x, n)["p_value"] < alpha:
            return look
    return None


class Experiment:
    """A log of events, and what it says of the two arms."""

    def __init__(self, shares=(0.5, 0.5), alpha=0.05):
        self.shares, self.alpha = shares, alpha
        self.sizes, self.conversions = [0, 0], [0, 0]
        self.spent = ({}, {})

    def add(self, users, arms, amounts):
        for user, arm, amount in zip(users, arms, amounts, strict=True):
            mine, other = self.spent[arm], self.spent[1 - arm]
            if user in other:
                raise ValueError(f"user {user} is in both arms")
            if user not in mine:
                mine[user] = 0.0
                self.sizes[arm] += 1
            if amount > 0 and mine[user] == 0:
                self.conversions[arm] += 1
            mine[user] += amount

    def report(self):
        control, treatment = (list(spent.values()) for spent in self.spent)
        return {
            "sizes": list(self.sizes),
            "conversions": list(self.conversions),
            "sample_ratio_p": sample_ratio_p(self.sizes, self.shares),
            "conversion": proportion_test(self.conversions, self.sizes, self.alpha),
            "spend": mean_test(control, treatment, self.alpha),
        }
