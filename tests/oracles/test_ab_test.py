"""ab_test against scipy: distributions, Welch's test, chi-squared tests, and the coverage of its intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from .reference import implementations, load, relaxed

MODULES = [load("ab_test", name) for name in implementations("ab_test")]


@pytest.fixture(params=MODULES, ids=lambda module: module.__name__)
def ab_test(request):
    return request.param


def samples(rng):
    n, m = rng.integers(3, 60, size=2)
    return rng.gamma(2, 9, size=n), 3 + rng.normal(20, rng.uniform(1, 9), size=m)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
@relaxed
@given(t=st.floats(-80, 80), df=st.floats(1, 5000))
def test_students_distribution_is_scipys(module, t, df):
    assert module.t_cdf(t, df) == pytest.approx(stats.t.cdf(t, df), abs=1e-8)


@pytest.mark.parametrize("alpha", [0.001, 0.05, 0.3])
def test_means_are_compared_as_by_scipy(rng, ab_test, alpha):
    control, treatment = samples(rng)
    theirs = stats.ttest_ind(treatment, control, equal_var=False)
    ours = ab_test.mean_test(control, treatment, alpha)
    assert ours["statistic"] == pytest.approx(theirs.statistic)
    assert ours["p_value"] == pytest.approx(theirs.pvalue, abs=1e-8)
    assert ours["df"] == pytest.approx(theirs.df)
    assert (ours["low"], ours["high"]) == pytest.approx(tuple(theirs.confidence_interval(1 - alpha)), abs=1e-6)


@pytest.mark.filterwarnings("ignore:Precision loss")  # of a constant sample
def test_heavy_tails_have_their_quantile(ab_test):
    theirs = stats.ttest_ind([2.0, 2.0], [1.0, 4.0], equal_var=False).confidence_interval(0.999)
    ours = ab_test.mean_test([1.0, 4.0], [2.0, 2.0], 0.001)
    assert (ours["low"], ours["high"]) == pytest.approx(tuple(theirs), rel=1e-6)


def test_rates_are_compared_as_in_a_table(rng, ab_test):
    sizes = rng.integers(20, 900, size=2)
    conversions = rng.binomial(sizes, [0.2, 0.3]) + 1
    table = np.column_stack([conversions, sizes - conversions])
    theirs = stats.chi2_contingency(table, correction=False)
    ours = ab_test.proportion_test(conversions, sizes)
    assert ours["statistic"] ** 2 == pytest.approx(theirs.statistic)
    assert ours["p_value"] == pytest.approx(theirs.pvalue, abs=1e-9)


def test_the_split_is_tested_as_by_scipy(rng, ab_test):
    shares = rng.uniform(0.1, 1, size=2)
    sizes = rng.multinomial(500, shares / shares.sum())
    theirs = stats.chisquare(sizes, 500 * shares / shares.sum()).pvalue
    assert ab_test.sample_ratio_p(sizes, shares) == pytest.approx(theirs, abs=1e-9)


def test_the_sample_size_is_that_of_r(ab_test):
    # power.prop.test(p1=0.03, p2=0.02, power=0.8) gives n = 3825.15: github.com/statsmodels/statsmodels#8676
    assert ab_test.sample_size(0.03, -1 / 3) == 3826
    # power.prop.test(p1=0.1, p2=0.11, sig.level=0.1, power=0.9) gives n = 16093.88: github.com/heliosdrm/pwr#26
    assert ab_test.sample_size(0.1, 0.1, alpha=0.1, power=0.9) == 16094


def test_intervals_of_the_lift_cover_the_truth(ab_test):
    rng, covered = np.random.default_rng(4), 0
    for _ in range(600):
        control, treatment = rng.gamma(4, 5, size=90), rng.gamma(4, 6, size=60)
        _, low, high = ab_test.relative_lift(control, treatment, 0.1)
        covered += low < 0.2 < high
    assert covered / 600 == pytest.approx(0.9, abs=0.03)


def test_peeking_is_paid_for(ab_test):
    rng, stopped = np.random.default_rng(9), 0
    for _ in range(400):
        sizes = np.full((8, 2), 200)
        conversions = rng.binomial(sizes, 0.3)
        stopped += ab_test.first_significant_look(conversions, sizes, 8, 0.1) is not None
    assert 0.02 < stopped / 400 < 0.1
