import itertools
import math
from statistics import NormalDist

import numpy as np
import pytest
from resampling_inference import (
    benjamini_hochberg,
    bonferroni,
    bootstrap_differences,
    bootstrap_means,
    bootstrap_ratios,
    compare,
    correlation,
    cuped,
    holm,
    percentile_interval,
    permutation_test,
    ratio_metric,
)


def powers(n):
    """Numbers whose sums tell how often each of them was added, up to n times."""
    return float(n + 1) ** np.arange(n)


def counts(sums, n, values):
    """How often each of `values` powers of n + 1 is in sums that hold n of them in all (b, values)."""
    whole = np.round(np.asarray(sums)).astype(np.int64)
    digits = whole[:, None] // (n + 1) ** np.arange(values) % (n + 1)
    assert np.all(digits.sum(axis=1) == n), "a resample has not as many values as the sample"
    return digits


def are_of_a_bootstrap(drawn):
    """Counts (b, n) look like those of n draws with replacement, b times anew."""
    b, n = drawn.shape
    missing, spread = (1 - 1 / n) ** n, math.sqrt(b * (1 - 1 / n))
    assert np.mean(drawn == 0) == pytest.approx(missing, abs=0.8 / math.sqrt(b)), (
        "another share of the values is missing in a resample than chance leaves out"
    )
    assert np.all(np.abs(drawn.sum(axis=0) - b) < 6 * spread), "values do not all have the same chance to be drawn"
    assert len(set(map(tuple, drawn.tolist()))) > b / 2, "many resamples hold the very same values"


def test_resamples_are_drawn_with_replacement(rng, generator):
    n, b = int(rng.integers(6, 9)), int(rng.integers(90, 130))
    means = bootstrap_means(rng.permutation(powers(n)), b, generator(1))
    assert np.shape(means) == (b,), "there is not one mean for each resample"
    are_of_a_bootstrap(counts(np.asarray(means) * n, n, n))


def test_resampling_depends_on_the_generator_alone(rng, generator):
    values = rng.normal(size=rng.integers(20, 30))
    first, again, other = (bootstrap_means(values, 5, generator(k)) for k in (1, 1, 2))
    assert first == pytest.approx(again), "equal generators give different means"
    assert np.any(first != other), "the means do not depend on the generator"


def test_both_arms_are_resampled_and_each_by_itself(rng, generator):
    control, treatment = rng.normal(size=3), 4 + rng.normal(size=5)
    possible = [
        sum(new) / 5 - sum(old) / 3
        for old in itertools.combinations_with_replacement(control.tolist(), 3)
        for new in itertools.combinations_with_replacement(treatment.tolist(), 5)
    ]
    differences = bootstrap_differences(control, treatment, 40, generator(1))
    assert np.shape(differences) == (40,), "there is not one difference for each resample"
    for difference in differences:
        assert np.min(np.abs(difference - np.array(possible))) < 1e-9, (
            "a difference is not that of a treatment's and a control's resample"
        )


def test_both_arms_vary(rng, generator):
    control, treatment = rng.normal(size=rng.integers(5, 9)), rng.normal(size=4)
    for pair in ((control, np.full(4, 2.0)), (np.full(5, 2.0), treatment)):
        differences = bootstrap_differences(*pair, 40, generator(2))
        assert np.ptp(differences) > 1e-6, "differences do not vary where one of the arms is constant"


def test_differences_vary_as_much_as_both_means(rng, generator):
    n = int(rng.integers(30, 50))
    control = rng.normal(size=n)
    variance = np.var(bootstrap_differences(control, control + 3, 200, generator(1)))
    expected = 2 * np.mean((control - control.mean()) ** 2) / n
    assert 0.5 < variance / expected < 1.7, "the two arms are not drawn independently of each other"
    shift = np.mean(bootstrap_differences(control, control + 3, 200, generator(2)))
    assert shift == pytest.approx(3, abs=6 * math.sqrt(expected / 200)), "the differences do not lie around the shift"


def test_users_keep_their_clicks_and_views(rng, generator):
    views = rng.integers(1, 40, size=rng.integers(12, 20))
    rate = rng.uniform(0.1, 0.9)
    ratios = bootstrap_ratios(rate * views, views, 25, generator(1))
    assert ratios == pytest.approx(np.full(25, rate)), "users of one and the same ratio give resamples of other ratios"


def four_users(rng):
    """Clicks and views of four users, of whom some have far more views than others."""
    return rng.integers(1, 9, size=4), rng.permutation(np.array([1, 3, 20, 60]) + rng.integers(0, 3, size=4))


def test_a_ratio_is_of_the_whole(rng):
    clicks, views = four_users(rng)
    assert ratio_metric(clicks, views) * sum(views.tolist()) == pytest.approx(sum(clicks.tolist())), (
        "the ratio is not that of all clicks to all views"
    )


def test_a_resample_has_the_ratio_of_its_sums(rng, generator):
    clicks, views = four_users(rng)
    possible = [
        sum(clicks[list(users)].tolist()) / sum(views[list(users)].tolist())
        for users in itertools.combinations_with_replacement(range(4), 4)
    ]
    ratios = bootstrap_ratios(clicks, views, 30, generator(1))
    for ratio in ratios:
        assert np.min(np.abs(ratio - np.array(possible))) < 1e-9, "a ratio is that of no resample"
    assert np.ptp(ratios) > 1e-6, "all resamples have the same ratio"


def test_users_are_drawn_with_replacement(rng, generator):
    n, b = int(rng.integers(6, 9)), int(rng.integers(90, 130))
    ratios = bootstrap_ratios(powers(n), np.full(n, 2.0), b, generator(1))
    are_of_a_bootstrap(counts(np.asarray(ratios) * 2 * n, n, n))


def test_an_interval_leaves_out_the_same_share_at_both_ends(rng):
    for n in (41, 101):
        steps = rng.uniform(0.5, 2) * np.arange(n) + rng.normal()
        for cut in rng.integers(1, n // 3, size=3).tolist():
            low, high = percentile_interval(rng.permutation(steps), 2 * cut / (n - 1))
            below, above = np.sum(steps < low - 1e-9), np.sum(steps > high + 1e-9)
            assert (below, above) == (cut, cut), f"{below} estimates lie below and {above} above, not {cut} each"


def test_an_end_may_lie_between_two_estimates(rng):
    a, b, c = np.sort(rng.normal(size=3))
    for alpha in rng.uniform(0.05, 0.9, size=2):
        low, high = percentile_interval([c, a, b], alpha)
        assert low == pytest.approx(a + (b - a) * alpha), "the lower end is not on the line between two estimates"
        assert high == pytest.approx(c - (c - b) * alpha), "the upper end is not on the line between two estimates"


def exact_p(control, treatment):
    """Share of all ways to deal out the values that have a difference of at least this size, in exact numbers."""
    pooled, n, m = [*control, *treatment], len(control), len(treatment)
    seen = abs(n * sum(treatment) - m * sum(control))
    rests = [sum(chosen) for chosen in itertools.combinations(pooled, n)]
    return sum(abs(n * (sum(pooled) - rest) - m * rest) >= seen for rest in rests) / len(rests)


def test_the_p_value_is_the_share_of_deals_as_extreme(rng, generator):
    b = 300
    for _ in range(2):
        control = rng.integers(0, 9, size=rng.integers(3, 5)).tolist()
        treatment = rng.integers(4, 13, size=rng.integers(5, 7)).tolist()
        expected = exact_p(control, treatment)
        for pair in ((control, treatment), (treatment, control)):
            p_value = permutation_test(*pair, b, generator(rng.integers(99)))
            noise = 5 * math.sqrt(expected * (1 - expected) / b) + 2 / b
            assert p_value == pytest.approx(expected, abs=noise), (
                f"the p-value is {p_value:.3f}, and {expected:.3f} of all deals are as extreme"
            )


def test_the_deal_that_was_observed_counts(rng, generator):
    b = int(rng.integers(9, 40))
    low, high = rng.normal(size=(2, 14))
    for pair in ((low, high + 40), (low + 40, high)):
        assert permutation_test(*pair, b, generator(1)) == pytest.approx(1 / (b + 1)), (
            f"{b} deals of which none is as extreme give another p-value than 1 in {b + 1}"
        )


def test_values_are_dealt_out_and_not_drawn_again(rng, generator):
    heavy = np.append(np.zeros(7), 50.0 + rng.normal())
    for pair in ((np.zeros(8), heavy), (heavy, np.zeros(8))):
        assert permutation_test(*pair, 60, generator(1)) == pytest.approx(1), (
            "one large value lies in one arm or the other in every deal, and some deals are less extreme"
        )
    heavy[0] = 50.0
    together = 2 * math.comb(14, 6) / math.comb(16, 8)
    assert permutation_test(np.zeros(8), heavy, 400, generator(2)) == pytest.approx(together, abs=0.115), (
        f"two large values are in one arm in {together:.3f} of all deals, and the p-value is another"
    )


def drawn_p_values(rng, m):
    """p-values of which some are rejected by each procedure, in any order."""
    return rng.permutation(np.concatenate([rng.uniform(0, 0.3 / m, size=3), rng.uniform(0, 1, size=m - 3) ** 2]))


def test_the_level_is_divided_among_all_hypotheses(rng):
    m = int(rng.integers(5, 12))
    p = np.array([0.9, 1.1, 0.2, 3.0]) / m
    p = rng.permutation(np.append(p, np.full(m - 4, 0.9))) * 0.05
    assert np.array_equal(bonferroni(p), p < 0.05 / m), "other hypotheses are rejected than at a level of 0.05 / m each"
    alpha = rng.uniform(0.1, 0.3)
    p = drawn_p_values(rng, m)
    assert np.array_equal(bonferroni(p, alpha), [m * value < alpha for value in p]), "the level is not the one asked"


def holm_by_hand(p, alpha):
    rejected, left = set(), set(range(len(p)))
    while left and min(p[i] for i in left) <= alpha / len(left):
        i = min(left, key=p.__getitem__)
        rejected.add(i)
        left.remove(i)
    return [i in rejected for i in range(len(p))]


def test_holm_goes_on_with_what_is_left(rng):
    m = int(rng.integers(5, 10))
    for alpha in (0.05, *rng.uniform(0.1, 0.4, size=8)):
        p = drawn_p_values(rng, m)
        assert np.array_equal(holm(p, alpha), holm_by_hand(p, alpha)), "the smallest of those left is judged otherwise"
    bounds = 0.05 / np.arange(m, 0, -1)
    order = rng.permutation(m)
    assert np.array_equal(holm((0.99 * bounds)[order]), np.full(m, True)), "p-values below all bounds are not rejected"
    late = bounds * np.where(np.arange(m) == 2, 1.01, 0.99)
    assert np.array_equal(holm(late[order]), order < 2), "other hypotheses are rejected than those before the third"


def bh_by_hand(p, alpha):
    m = len(p)
    fulfilled = [k for k in range(1, m + 1) if sum(value <= alpha * k / m for value in p) >= k]
    bound = alpha * max(fulfilled, default=-1) / m
    return [bool(value <= bound) for value in p]


def test_the_false_discovery_rate_is_held_by_the_largest_rank(rng):
    m = int(rng.integers(6, 12))
    for alpha in (0.05, *rng.uniform(0.1, 0.4, size=8)):
        p = drawn_p_values(rng, m)
        assert np.array_equal(benjamini_hochberg(p, alpha), bh_by_hand(p, alpha)), "other discoveries are made"
    bounds, order = 0.05 * np.arange(1, m + 1) / m, rng.permutation(m)
    last = int(rng.integers(2, m - 1))
    p = bounds * np.where(np.arange(m) == last, 0.99, 1.01)
    p[-1] = 1.0
    assert np.array_equal(benjamini_hochberg(p[order]), order <= last), (
        "other discoveries are made where a small p-value is above its bound"
    )
    assert not np.any(benjamini_hochberg(1.01 * bounds[order])), "there are discoveries above every bound"


def test_correlation_is_the_cosine_of_deviations(rng):
    n = int(rng.integers(4, 9))
    x, y = 5 + rng.normal(size=n), rng.normal(size=n) * 3 - 7
    angle = sum(a * b for a, b in zip(x - x.mean(), y - y.mean(), strict=True))
    expected = angle / math.hypot(*(x - x.mean())) / math.hypot(*(y - y.mean()))
    assert correlation(x, y) == pytest.approx(expected), "the correlation is not the cosine of the deviations"
    for sign in (1, -1):
        line = 3 + sign * rng.uniform(0.2, 4) * x
        assert correlation(x, line) == pytest.approx(sign), "values on a line are not perfectly correlated"


def test_what_was_known_before_is_gone(rng):
    n = int(rng.integers(9, 30))
    before = 40 + 9 * rng.normal(size=n)
    outcome = 12 + rng.uniform(0.3, 0.8) * before + 3 * rng.normal(size=n)
    adjusted = np.asarray(cuped(outcome, before))
    assert sum(adjusted) / n == pytest.approx(sum(outcome) / n), "the mean has changed"
    off = before - before.mean()
    assert abs(math.fsum(off * adjusted)) < 1e-8 * math.fsum(abs(off * outcome)), (
        "the adjusted outcome still goes with what was known before"
    )
    removed = outcome - adjusted
    assert removed == pytest.approx(off / off[0] * removed[0]), "what was removed is no multiple of what was known"


def test_users_who_do_as_before_do_not_vary(rng):
    before = rng.normal(size=8)
    slope, shift = rng.uniform(-3, 3, size=2)
    adjusted = cuped(slope * before + shift, before)
    assert adjusted == pytest.approx(np.full(8, np.mean(slope * before + shift))), (
        "outcomes on a line over what was known still vary"
    )


def two_arms(rng, metrics=3):
    """Users and their metrics; the first is far better in the treatment, others by about one standard error."""
    n, m = rng.integers([30, 40], [40, 60])
    scale = np.arange(1, metrics + 1)
    control, treatment = rng.normal(size=(n, metrics)) * scale, rng.normal(size=(m, metrics)) * scale
    error = np.sqrt(control.var(axis=0) / n + treatment.var(axis=0) / m)
    treatment += control.mean(axis=0) - treatment.mean(axis=0) + error * np.where(scale == 1, 30, 1)
    return control, treatment


def test_the_report_belongs_together(rng):
    control, treatment = two_arms(rng)
    alpha = rng.uniform(0.8, 0.95)
    report = compare(control, treatment, 120, alpha, seed=int(rng.integers(99)))
    pairs = list(zip(control.T, treatment.T, strict=True))
    gaps = [math.fsum(new) / len(new) - math.fsum(old) / len(old) for old, new in pairs]
    assert report["difference"] == pytest.approx(np.array(gaps)), "the differences are not treatment minus control"
    assert np.all(report["low"] < report["high"]), "the upper end of an interval is not above the lower one"
    for gap, low, high, (old, new) in zip(gaps, report["low"], report["high"], pairs, strict=True):
        error = math.sqrt(np.var(old) / len(old) + np.var(new) / len(new))
        reach = NormalDist().inv_cdf(1 - alpha / 2) * error
        assert abs(low - gap + reach) < 0.8 * error and abs(high - gap - reach) < 0.8 * error, (
            "an interval is far from the one that is known for large samples"
        )
    assert report["p_value"][0] == pytest.approx(1 / 121), "arms far apart have another p-value than 1 in 121"
    assert np.array_equal(report["rejected"], benjamini_hochberg(report["p_value"], alpha)), (
        "other hypotheses are rejected than at these p-values and this level"
    )


def test_every_metric_has_draws_of_its_own(rng):
    control, treatment = (np.repeat(arm[:, 1:2], 2, axis=1) for arm in two_arms(rng))
    report = compare(control, treatment, 60)
    assert np.all(np.isfinite(report["low"])), "an interval has no lower end"
    assert report["low"][0] != report["low"][1], "two equal metrics have the very same interval"


def test_a_seed_makes_a_report_repeatable(rng):
    arms, seed = two_arms(rng, 2), int(rng.integers(1, 99))
    first, again, other = (compare(*arms, 30, seed=k) for k in (seed, seed, seed + 1))
    for key in ("low", "high", "p_value", "rejected"):
        assert np.array_equal(first[key], again[key]), "equal seeds give different reports"
    assert np.any(first["low"] != other["low"]), "the intervals do not depend on the seed"


def test_defaults_are_those_stated(rng):
    m, estimates, arms = 6, rng.normal(size=30), two_arms(rng, 2)
    assert percentile_interval(estimates) == pytest.approx(percentile_interval(estimates, alpha=0.05))
    for procedure in (bonferroni, holm, benjamini_hochberg):
        for p, found in ((0.049 / m, True), (0.051 / m, False)):
            assert list(procedure([p, *[0.9] * (m - 1)])) == [found, *[False] * (m - 1)], "the level is not 0.05"
    plain, named = compare(*arms, 40), compare(*arms, 40, alpha=0.05, seed=0)
    for key in ("low", "high", "p_value"):
        assert plain[key] == pytest.approx(named[key]), "alpha and seed are not 0.05 and 0 by default"


def test_inputs_are_left_alone(rng, generator, unchanged):
    x, y, p = rng.normal(size=9), rng.normal(size=9), rng.uniform(size=7)
    views, arms = rng.integers(1, 9, size=9), two_arms(rng)
    with unchanged(x, y, p, views, *arms):
        bootstrap_means(x, 2, generator(1))
        bootstrap_differences(x, y, 2, generator(1))
        bootstrap_ratios(x, views, 2, generator(1))
        percentile_interval(x)
        permutation_test(x, y, 2, generator(1))
        for procedure in (bonferroni, holm, benjamini_hochberg):
            procedure(p)
        correlation(x, y)
        cuped(x, y)
        compare(*arms, 2)


@pytest.mark.edge_case
def test_a_p_value_may_be_just_the_bound(rng):
    m = int(2 ** rng.integers(2, 5))
    bound = [0.5 / m, *[0.9] * (m - 1)]
    for procedure in (bonferroni, holm, benjamini_hochberg):
        assert list(procedure(bound, 0.5)) == [True, *[False] * (m - 1)], "a p-value at its bound is not rejected"
    ranks = 0.5 * np.arange(1, m + 1) / m
    assert np.all(benjamini_hochberg(ranks, 0.5)), "p-values that are all at their bounds are not all rejected"
    assert list(holm([0.25, 0.5], 0.5)) == [True, True], "the last one left is judged at another level"


@pytest.mark.edge_case
def test_all_or_nothing(rng, generator):
    value = rng.normal()
    assert bootstrap_means([value], 4, generator(1)) == pytest.approx(np.full(4, value)), "one value has other means"
    for n_permutations in (20, 21):
        p_value = permutation_test([value] * 3, [value] * 4, n_permutations, generator(1))
        assert p_value == 1, "equal values have another p-value than 1"
    assert percentile_interval([value]) == pytest.approx((value, value)), "one estimate is not its own interval"
    for procedure in (bonferroni, holm, benjamini_hochberg):
        assert list(procedure([0.04])) == [True], "a single hypothesis is not judged at the whole level"
        assert not np.any(procedure([1.0, 1.0])), "p-values of 1 are rejected"
        assert np.all(procedure([0.0, 0.0, 0.0])), "p-values of 0 are not rejected"


@pytest.mark.edge_case
def test_rounding_decides_nothing(rng, generator):
    for scale in (1e-12, 1.0, 1e9) * rng.uniform(1, 2, size=3):
        control, treatment = scale * np.array([0.1, 0.2, 0.6]), scale * np.array([0.3, 0.3, 0.3])
        assert permutation_test(control, treatment, 40, generator(1)) == 1, "equal means have a p-value below 1"
        low, high = scale * rng.uniform(0, 1, size=(2, 14))
        assert permutation_test(low, high + 9 * scale, 40, generator(2)) == pytest.approx(1 / 41), (
            "arms far apart have another p-value in another unit"
        )


@pytest.mark.edge_case
def test_before_may_be_constant(rng):
    outcome = rng.normal(size=5)
    assert cuped(outcome, [3, 3, 3, 3, 3]) == pytest.approx(outcome), "a constant tells something of the outcome"


@pytest.mark.edge_case
def test_hundreds_of_pairs_are_accepted(rng, generator):
    n = int(rng.integers(300, 400))
    views = rng.integers(1, 9, size=n)
    assert bootstrap_ratios(views, views, 2, generator(1)) == pytest.approx([1, 1]), (
        "the ratios of equal sums are not 1"
    )
    assert correlation(views, 3 - views) == pytest.approx(-1), "values on a line are not perfectly correlated"
    assert cuped(views, views) == pytest.approx(np.full(n, views.mean())), "what was known before still varies"


@pytest.mark.edge_case
def test_what_has_no_answer_is_refused(rng, generator):
    n = int(rng.integers(2, 9))
    some = rng.normal(size=n)
    for name, call in {
        "no values": lambda: bootstrap_means([], 3, generator(1)),
        "no control": lambda: bootstrap_differences([], some, 3, generator(1)),
        "no treatment": lambda: permutation_test(some, [], 3, generator(1)),
        "no estimates": lambda: percentile_interval([]),
        "clicks without views": lambda: ratio_metric([1, 2, 3, 4], [n]),
        "views without clicks": lambda: bootstrap_ratios([1], [3, n], 3, generator(1)),
        "a user without views": lambda: ratio_metric([0, 1], [0, n]),
        "a user without views among others": lambda: bootstrap_ratios([2, 0], [n, 0], 3, generator(1)),
        "two lengths": lambda: correlation([1, 2, 3, 5], [1]),
        "outcomes without a before": lambda: cuped([1.0, 2.0, 4.0], [1.0]),
        "a before without outcomes": lambda: cuped([1.0], [1.0, 2.0, 4.0]),
        "a constant": lambda: correlation(some, [0.1] * n),
        "another constant": lambda: correlation([0.1] * n, some),
        "a p-value above 1": lambda: holm([0.2, 1 + 0.1 * n]),
        "a p-value below 0": lambda: benjamini_hochberg([-0.1, 0.5]),
        "a missing p-value": lambda: bonferroni([0.2, math.nan]),
    }.items():
        with pytest.raises(ValueError):
            call()
            pytest.fail(f"{name} is not refused")
