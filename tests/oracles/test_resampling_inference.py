"""resampling_inference against scipy: bootstrap, permutation test, adjusted p-values; and what CUPED promises."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from .reference import implementations, load, relaxed

MODULES = [load("resampling_inference", name) for name in implementations("resampling_inference")]


@pytest.fixture(params=MODULES, ids=lambda module: module.__name__)
def inference(request):
    return request.param


def spends(rng):
    n, m = rng.integers(20, 50, size=2)
    return rng.gamma(2, 9, size=n), rng.gamma(2, 12, size=m)


def difference(treatment, control, axis):
    return treatment.mean(axis=axis) - control.mean(axis=axis)


def test_intervals_are_near_those_of_scipy(rng, inference):
    control, treatment = spends(rng)
    ours = inference.percentile_interval(inference.bootstrap_differences(control, treatment, 4000, rng), 0.1)
    theirs = stats.bootstrap(
        (treatment, control),
        difference,
        n_resamples=9999,
        vectorized=True,
        confidence_level=0.9,
        method="percentile",
        random_state=1,
    ).confidence_interval
    error = np.sqrt(control.var() / len(control) + treatment.var() / len(treatment))
    assert ours == pytest.approx(tuple(theirs), abs=0.2 * error)


def test_a_ratio_varies_as_by_scipys_paired_bootstrap(rng, inference):
    views = rng.integers(1, 60, size=40)
    clicks = rng.binomial(views, rng.beta(2, 9, size=40))
    theirs = stats.bootstrap(
        (clicks, views),
        lambda c, v, axis: c.sum(axis=axis) / v.sum(axis=axis),
        n_resamples=9999,
        paired=True,
        vectorized=True,
        method="percentile",
        random_state=1,
    )
    assert inference.bootstrap_ratios(clicks, views, 4000, rng).std() == pytest.approx(theirs.standard_error, rel=0.08)


def test_means_vary_as_by_theory(rng, inference):
    values = rng.gamma(2, 9, size=30)
    means = inference.bootstrap_means(values, 4000, rng)
    assert means.std() == pytest.approx(values.std() / np.sqrt(30), rel=0.08)
    assert stats.skew(means) == pytest.approx(stats.skew(values) / np.sqrt(30), abs=0.2)


def test_p_values_are_those_of_all_permutations(rng, inference):
    control, treatment = rng.integers(0, 9, size=5), rng.integers(2, 12, size=6)
    exact = stats.permutation_test(
        (treatment, control), difference, vectorized=True, n_resamples=np.inf, alternative="two-sided"
    )
    larger = stats.permutation_test(
        (treatment, control), lambda t, c, axis: abs(difference(t, c, axis)), vectorized=True, n_resamples=np.inf,
        alternative="greater",
    )  # fmt: skip
    ours = inference.permutation_test(control, treatment, 4000, rng)
    assert ours == pytest.approx(larger.pvalue, abs=0.04)
    assert ours <= exact.pvalue + 0.04  # scipy doubles the smaller tail


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
@relaxed
@given(p=st.lists(st.floats(1e-6, 1), min_size=1, max_size=30), alpha=st.floats(0.01, 0.5))
def test_discoveries_are_scipys(module, p, alpha):
    adjusted = stats.false_discovery_control(p, method="bh")
    clear = np.abs(adjusted - alpha) > 1e-9
    assert np.array_equal(module.benjamini_hochberg(p, alpha)[clear], (adjusted <= alpha)[clear])


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
@relaxed
@given(p=st.lists(st.floats(0, 0.2), min_size=2, max_size=12), alpha=st.floats(0.01, 0.5))
def test_holm_closes_bonferroni(module, p, alpha):
    """A hypothesis is rejected if every intersection of it with others is rejected by Bonferroni (closed testing)."""
    order = np.argsort(p, kind="stable")
    sorted_p, m = np.sort(p), len(p)
    margins = [sorted_p[i] * (m - i) - alpha for i in range(m)]
    if min(map(abs, margins)) < 1e-9:
        return
    # the hardest intersection for rank i has i and all larger p-values, or begins at an earlier rank
    closed = [all(margins[j] < 0 for j in range(i + 1)) for i in range(m)]
    holm = module.holm(p, alpha)
    assert holm[order].tolist() == closed
    assert np.all(holm >= module.bonferroni(p, alpha))
    assert np.all(module.benjamini_hochberg(p, alpha) >= holm)


def test_families_of_true_hypotheses_are_mostly_left_alone(inference):
    rng = np.random.default_rng(3)
    for procedure in (inference.bonferroni, inference.holm, inference.benjamini_hochberg):
        alarms = sum(procedure(rng.uniform(size=20), 0.1).any() for _ in range(800))
        assert alarms / 800 == pytest.approx(0.1, abs=0.04)


@pytest.mark.parametrize("n", [2, 5, 300])
def test_correlations_are_pearsons(rng, inference, n):
    x = rng.gamma(2, 9, size=n)
    y = x + rng.normal(size=n) * 9
    assert inference.correlation(x, y) == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_cuped_leaves_the_residual_of_a_regression(rng, inference):
    before = rng.gamma(2, 9, size=50)
    outcome = 4 + 0.7 * before + rng.normal(size=50) * 5
    line = stats.linregress(before, outcome)
    residual = outcome - line.intercept - line.slope * before
    assert inference.cuped(outcome, before) == pytest.approx(residual + outcome.mean())
    share = np.var(inference.cuped(outcome, before)) / np.var(outcome)
    assert share == pytest.approx(1 - inference.correlation(outcome, before) ** 2)


def test_intervals_of_a_report_cover_the_truth(inference):
    rng, covered = np.random.default_rng(4), 0
    for k in range(150):
        control, treatment = rng.gamma(4, 5, size=(50, 1)), rng.gamma(4, 6, size=(60, 1))
        report = inference.compare(control, treatment, 120, alpha=0.2, seed=k)
        covered += int(report["low"][0] < 4 < report["high"][0])
    assert covered / 150 == pytest.approx(0.8, abs=0.1)
