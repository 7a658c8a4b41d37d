import math
from statistics import NormalDist

import numpy as np
import pytest
from ab_test import (
    Experiment,
    first_significant_look,
    mean_test,
    proportion_test,
    relative_lift,
    sample_ratio_p,
    sample_size,
    t_cdf,
)

CLOSE = {"abs": 2e-6, "rel": 2e-6}


def two_samples(rng):
    """Amounts of two arms, off the origin, of unequal numbers and unequal spread; the treatment's mean is higher."""
    n, m = rng.integers([6, 14], [10, 20])
    return 20 + 6 * rng.normal(size=n), 25 + 2 * rng.normal(size=m)


def two_counts(rng):
    """Conversions and sizes of two arms of unequal size and rate; the treatment's rate is higher."""
    sizes = rng.integers([80, 300], [120, 400])
    return np.round(sizes * rng.uniform([0.2, 0.3], [0.25, 0.4])).astype(int), sizes


def outcomes(conversions, sizes):
    """A one for each user of an arm who has converted, a zero for each other."""
    return [np.repeat([1.0, 0.0], [x, n - x]) for x, n in zip(conversions, sizes, strict=True)]


def squared_error(sample):
    """Estimated variance of the mean of a sample, from the differences of all its pairs."""
    n = len(sample)
    return sum((a - b) ** 2 for i, a in enumerate(sample) for b in sample[:i]) / n**2 / (n - 1)


def both_tails(t, df=math.inf):
    """Chance of a value further from 0 than t, by summing Student's density (the normal one) at close points."""
    u = (np.arange(6000) + 0.5) / 300
    x = np.sinh(u)
    log_density = -(df + 1) / 2 * np.log1p(x**2 / df) if df < math.inf else -np.minimum(x**2, 1400) / 2
    share = np.exp(log_density) * np.cosh(u)
    edges = np.concatenate([[0], np.cumsum(share)]) / share.sum()
    return 1 - np.interp(math.asinh(abs(t)), np.arange(6001) / 300, edges)


def chi_squared(table):
    table = np.asarray(table, dtype=float)
    parts = 0.0
    for row in table:
        for j, cell in enumerate(row):
            expected = row.sum() * table[:, j].sum() / table.sum()
            parts += (cell - expected) ** 2 / expected
    return parts


def test_students_distribution_has_its_closed_forms(rng):
    for t in (*rng.uniform(-4, 4, size=3), 0.0, 60.0, -25.0):
        expected = {
            1: 0.5 + math.atan(t) / math.pi,
            2: 0.5 + t / 2 / math.sqrt(2 + t**2),
            3: 0.5 + (t * math.sqrt(3) / (3 + t**2) + math.atan(t / math.sqrt(3))) / math.pi,
        }
        for df, value in expected.items():
            assert t_cdf(t, df) == pytest.approx(value, **CLOSE), (
                f"the distribution with df = {df} is another at {t:.3f}"
            )
    assert t_cdf(1.5, 1e6) == pytest.approx(NormalDist().cdf(1.5), abs=1e-5), "a million of df are not near the normal"


def test_degrees_of_freedom_need_not_be_whole(rng):
    t, df = rng.uniform(0.5, 4), rng.uniform(2, 40)
    assert 2 * t_cdf(-t, df) == pytest.approx(both_tails(t, df), **CLOSE), "the tails are not those of the density"


def test_the_statistic_of_two_rates_is_the_root_of_chi_squared(rng):
    conversions, sizes = two_counts(rng)
    result = proportion_test(conversions, sizes)
    mean0, mean1 = (sum(arm.tolist()) / len(arm) for arm in outcomes(conversions, sizes))
    assert result["difference"] == pytest.approx(mean1 - mean0), "the difference is not that of the two rates"
    expected = chi_squared(np.column_stack([conversions, sizes - conversions]))
    assert result["statistic"] ** 2 == pytest.approx(expected), "the squared statistic is not that of the 2 x 2 table"
    assert result["statistic"] > 0, "a higher rate of the treatment has a negative statistic"


def test_the_p_value_of_two_rates_is_the_chance_beyond_the_statistic(rng):
    conversions, sizes = two_counts(rng)
    for order in (slice(None), slice(None, None, -1)):
        result = proportion_test(conversions[order], sizes[order])
        chance = both_tails(result["statistic"])
        assert result["p_value"] == pytest.approx(chance, **CLOSE), (
            f"the p-value at z = {result['statistic']:.3f} is not the chance of a value as far from 0"
        )


def test_the_interval_of_two_rates_has_its_level(rng):
    conversions, sizes = two_counts(rng)
    for alpha in (0.05, *rng.uniform(0.02, 0.3, size=2)):
        result = proportion_test(conversions, sizes, alpha)
        low, high = result["low"], result["high"]
        assert (low + high) / 2 == pytest.approx(result["difference"]), (
            "the difference is not the middle of the interval"
        )
        error = math.sqrt(sum(np.mean((arm - arm.mean()) ** 2) / len(arm) for arm in outcomes(conversions, sizes)))
        covered = 1 - both_tails((high - low) / 2 / error)
        assert covered == pytest.approx(1 - alpha, **CLOSE), "the interval of two rates has another level than asked"


def test_the_statistic_of_two_means_is_welchs(rng):
    control, treatment = two_samples(rng)
    result = mean_test(control, treatment)
    difference = math.fsum(treatment) / len(treatment) - math.fsum(control) / len(control)
    assert result["difference"] == pytest.approx(difference), "the difference is not that of the two means"
    error = math.sqrt(squared_error(control) + squared_error(treatment))
    assert result["statistic"] == pytest.approx(difference / error), "the statistic is not the difference in its errors"


def test_the_degrees_of_freedom_are_welchs(rng):
    control, treatment = two_samples(rng)
    weights = np.array([squared_error(control), squared_error(treatment)])
    shares = weights / weights.sum()
    inverse = sum(share**2 / (len(arm) - 1) for share, arm in zip(shares, (control, treatment), strict=True))
    df = mean_test(control, treatment)["df"]
    assert df == pytest.approx(1 / inverse), "the degrees of freedom are not those for two variances"


def test_the_p_value_of_two_means_is_the_chance_beyond_the_statistic(rng):
    control, treatment = two_samples(rng)
    for pair in ((control, treatment), (treatment, control)):
        result = mean_test(*pair)
        chance = both_tails(result["statistic"], result["df"])
        assert result["p_value"] == pytest.approx(chance, **CLOSE), (
            f"the p-value at t = {result['statistic']:.3f} is not the chance of a value as far from 0"
        )


def test_the_interval_of_two_means_has_its_level(rng):
    control, treatment = two_samples(rng)
    error = math.sqrt(squared_error(control) + squared_error(treatment))
    for alpha in (0.05, *rng.uniform(0.01, 0.4, size=2)):
        result = mean_test(control, treatment, alpha)
        low, high = result["low"], result["high"]
        assert (low + high) / 2 == pytest.approx(result["difference"]), (
            "the difference is not the middle of the interval"
        )
        covered = 1 - both_tails((high - low) / 2 / error, result["df"])
        assert covered == pytest.approx(1 - alpha, **CLOSE), "the interval of two means has another level than asked"


def test_the_lift_is_relative_to_the_control(rng):
    control, treatment = two_samples(rng)
    lift, _, _ = relative_lift(control, treatment)
    before, after = math.fsum(control) / len(control), math.fsum(treatment) / len(treatment)
    assert before * (1 + lift) == pytest.approx(after), "the control's mean and the lift do not lead to the treatment's"


def test_the_interval_of_the_lift_has_its_level(rng):
    for sign in (1, -1):
        control, treatment = (sign * sample for sample in two_samples(rng))
        before, after = control.mean(), treatment.mean()
        error = math.sqrt(squared_error(treatment / before) + squared_error(control * after / before**2))
        for alpha in (0.05, rng.uniform(0.01, 0.4)):
            lift, low, high = relative_lift(control, treatment, alpha)
            assert (low + high) / 2 == pytest.approx(lift), "the lift is not the middle of its interval"
            covered = math.erf((high - low) / 2 / error / math.sqrt(2))
            assert covered == pytest.approx(1 - alpha, **CLOSE), "the interval of the lift has another level than asked"


def test_the_sample_size_is_the_first_with_the_power(rng):
    for sign in (1, -1):
        baseline, lift = rng.uniform(0.1, 0.4), sign * rng.uniform(0.1, 0.4)
        alpha, power = rng.uniform(0.01, 0.2), rng.uniform(0.6, 0.95)
        n = sample_size(baseline, lift, alpha, power)
        assert n == round(n), "the number of users is not whole"
        rates = (baseline, baseline + baseline * lift)
        middle, chances = sum(rates) / 2, []
        for users in (n - 1, n):
            critical = NormalDist().inv_cdf(1 - alpha / 2) * math.sqrt(2 * middle * (1 - middle) / users)
            found = NormalDist(abs(rates[1] - rates[0]), math.sqrt(sum(p * (1 - p) / users for p in rates)))
            chances.append(1 - found.cdf(critical))
        assert chances[0] < power <= chances[1], (
            f"{n} users have a power of {chances[1]:.4f}, one less of {chances[0]:.4f}; {power:.4f} was asked"
        )


def test_users_dealt_out_as_intended_raise_no_alarm(rng):
    shares = rng.integers([1, 5], [5, 12])
    p_value = sample_ratio_p(rng.integers(20, 90) * shares, shares)
    assert p_value == pytest.approx(1), "arms in exactly the intended ratio have a p-value below 1"


def test_the_p_value_of_the_split_is_that_of_chi_squared(rng):
    shares = np.array([rng.uniform(1, 2), rng.uniform(3, 5)])
    intended = 600 * shares / shares.sum()
    for off in rng.uniform(5, 25) * np.array([1, -1]):
        sizes = np.round(intended + [off, -off]).astype(int)
        parts = [(n - sizes.sum() * share / shares.sum()) ** 2 / share for n, share in zip(sizes, shares, strict=True)]
        distance = sum(parts) * shares.sum() / sizes.sum()
        p_value = sample_ratio_p(sizes, shares)
        assert p_value == pytest.approx(both_tails(math.sqrt(distance)), **CLOSE), "the p-value of the split is wrong"


def step(rng, z, n):
    """Counts of n users in each arm whose rates are about z standard errors apart."""
    rate = rng.uniform(0.2, 0.3)
    gap = z * math.sqrt(2 * rate * (1 - rate) / n)
    return [round(n * (rate - gap / 2)), round(n * (rate + gap / 2))], [n, n]


def test_a_look_counts_all_users_so_far(rng):
    n = int(rng.integers(3000, 5000))
    conversions, sizes = zip(*(step(rng, z, n) for z in (1.6, 1.6, 1.6, 1.6)), strict=True)
    assert first_significant_look(conversions, sizes, 4, 0.05) == 3, (
        "three looks of z = 1.6 each do not reject, or two do"
    )
    conversions, sizes = zip(step(rng, 0.0, 9 * n), step(rng, -4.5, n), strict=True)
    assert first_significant_look(conversions, sizes, 2, 0.05) is None, "a small new part decides, not all users so far"


def test_the_level_is_shared_out_among_the_planned_looks(rng):
    n = int(rng.integers(3000, 5000))
    for z in (2.25, -2.25):
        conversions, sizes = step(rng, z, n)
        assert first_significant_look([conversions], [sizes], 1) == 1, (
            "a single look at z = 2.25 does not reject at 0.05"
        )
        for planned in (3, 10):
            found = first_significant_look([conversions], [sizes], planned)
            assert found is None, (
                f"the first of {planned} looks rejects at z = 2.25, at a level of 0.05 over all of them"
            )
        conversions, sizes = zip(step(rng, z, n), step(rng, z, n), strict=True)
        assert first_significant_look(conversions, sizes, 10) == 2, "the second of ten looks does not reject at z = 3.2"


def visits(rng, n_users=30, n_events=120):
    """Events of a few users, most of whom come back; an arm has about one third of them."""
    of_user = rng.permutation(n_users) % 3 == 0
    users = np.concatenate([np.arange(n_users), rng.integers(n_users, size=n_events - n_users)])
    users = rng.permutation(users)
    amounts = np.round(rng.uniform(0.1, 1.5, size=n_events) * (rng.random(n_events) < 0.2), 2)
    return 1000 + 7 * users, of_user[users].astype(int), amounts


def logged(batches, **how):
    experiment = Experiment(**how)
    for users, arms, amounts in batches:
        experiment.add(users, arms, amounts)
    return experiment.report()


def by_user(users, arms, amounts):
    spent = [{}, {}]
    for user, arm, amount in zip(users.tolist(), arms.tolist(), amounts.tolist(), strict=True):
        spent[arm].setdefault(user, []).append(amount)
    return [[sum(paid) for paid in arm.values()] for arm in spent]


def test_users_are_counted_and_not_their_visits(rng):
    events = visits(rng)
    report, spent = logged([events]), by_user(*events)
    assert list(report["sizes"]) == [len(arm) for arm in spent], "the sizes are not the numbers of distinct users"
    buyers = [sum(paid > 0 for paid in arm) for arm in spent]
    assert list(report["conversions"]) == buyers, "the conversions are not the numbers of users who have spent anything"


def test_spend_is_compared_in_totals_of_users(rng):
    events = visits(rng)
    report, (control, treatment) = logged([events]), by_user(*events)
    gap = sum(treatment) / len(treatment) - sum(control) / len(control)
    assert report["spend"]["difference"] == pytest.approx(gap), "the spend of a user is not all that the user has paid"
    assert report["spend"] == pytest.approx(mean_test(control, treatment)), "spend is not tested on totals of users"


def test_batches_do_not_matter(rng):
    events = visits(rng)
    cuts = sorted(rng.choice(np.arange(1, 119), size=3, replace=False).tolist())
    batches = zip(*(np.split(part, cuts) for part in events), strict=True)
    assert flat(logged(batches)) == pytest.approx(flat(logged([events]))), "events in four batches have another report"


def flat(report):
    """The numbers of a report by name."""
    single = {f"{name} {i}": float(report[name][i]) for name in ("sizes", "conversions") for i in (0, 1)}
    tests = {f"{name} {key}": value for name in ("conversion", "spend") for key, value in report[name].items()}
    return {**single, **tests, "sample_ratio_p": report["sample_ratio_p"]}


def test_the_report_belongs_together(rng):
    shares, alpha = (2, 1), rng.uniform(0.1, 0.3)
    events = visits(rng)
    report = logged([events], shares=shares, alpha=alpha)
    sizes, conversions = list(report["sizes"]), list(report["conversions"])
    assert report["sample_ratio_p"] == pytest.approx(sample_ratio_p(sizes, shares)), (
        "the split is not that of the sizes"
    )
    assert report["conversion"] == pytest.approx(proportion_test(conversions, sizes, alpha)), "other rates are compared"
    width, at_default = (logged([events], **how)["spend"] for how in ({"alpha": alpha}, {}))
    assert width["high"] - width["low"] < at_default["high"] - at_default["low"], (
        "a lower level has no narrower interval"
    )


def test_a_report_may_be_followed_by_more(rng):
    users, arms, amounts = visits(rng)
    experiment = Experiment()
    experiment.add(users[:90], arms[:90], amounts[:90])
    before = flat(experiment.report())
    assert flat(experiment.report()) == pytest.approx(before), "a second report of the same events is another one"
    experiment.add(users[90:], arms[90:], amounts[90:])
    assert flat(experiment.report()) == pytest.approx(flat(logged([(users, arms, amounts)]))), (
        "events that are added after a report are missing, or change others"
    )


def test_defaults_are_those_stated(rng):
    conversions, sizes = two_counts(rng)
    samples, events = two_samples(rng), visits(rng)
    assert proportion_test(conversions, sizes) == pytest.approx(proportion_test(conversions, sizes, alpha=0.05))
    assert mean_test(*samples) == pytest.approx(mean_test(*samples, alpha=0.05))
    assert relative_lift(*samples) == pytest.approx(relative_lift(*samples, alpha=0.05))
    assert sample_size(0.2, 0.1) == sample_size(0.2, 0.1, alpha=0.05, power=0.8) == 6510
    assert flat(logged([events])) == pytest.approx(flat(logged([events], shares=(0.5, 0.5), alpha=0.05)))


def test_inputs_are_left_alone(rng, unchanged):
    conversions, sizes = two_counts(rng)
    control, treatment = two_samples(rng)
    tables = np.array([conversions, conversions]), np.array([sizes, sizes])
    users, arms, amounts = visits(rng)
    with unchanged(conversions, sizes, control, treatment, *tables, users, arms, amounts):
        proportion_test(conversions, sizes)
        mean_test(control, treatment)
        relative_lift(control, treatment)
        sample_ratio_p(sizes, sizes)
        first_significant_look(*tables, 2)
        logged([(users, arms, amounts)])


@pytest.mark.edge_case
def test_rates_of_none_and_all(rng):
    sizes = rng.integers(3, 30, size=2)
    for conversions in ([0, 0], sizes):
        result = proportion_test(conversions, sizes)
        assert (result["statistic"], result["difference"]) == (0, 0), "equal rates without a variance have a statistic"
        assert result["p_value"] == pytest.approx(1), "equal rates without a variance have a p-value below 1"
    one = proportion_test([1, 0], [1, sizes[1]])
    assert one["difference"] == -1, "with one user in an arm the difference is not that of the rates"
    result = proportion_test([0, sizes[1]], sizes)
    assert result["statistic"] ** 2 == pytest.approx(sizes.sum()), (
        "none of one arm and all of the other are not N apart"
    )


@pytest.mark.edge_case
def test_an_arm_may_sell_nothing(rng):
    for arm in (0, 1):
        n = int(rng.integers(3, 9))
        report = logged(
            [(np.arange(2 * n), np.arange(2 * n) % 2, (np.arange(2 * n) % 2 == arm) * np.arange(1, 2 * n + 1))]
        )
        expected = [n, 0] if arm == 0 else [0, n]
        assert list(report["conversions"]) == expected, "an arm in which nobody buys has other conversions than 0"


@pytest.mark.edge_case
def test_one_arm_may_be_constant(rng):
    control, constant = rng.integers(1, 50, size=5) + np.arange(5) * 50, [7, 7, 7]
    result = mean_test(control.tolist(), constant)
    assert result["df"] == pytest.approx(4), (
        "beside a constant sample the degrees of freedom are not n - 1 of the other"
    )
    assert result["statistic"] ** 2 * squared_error(control) == pytest.approx((control.mean() - 7) ** 2), (
        "beside a constant sample the error is not that of the other mean"
    )
    assert mean_test([1, 3], [2, 2])["p_value"] == pytest.approx(1), "equal means have a p-value below 1"


@pytest.mark.edge_case
def test_what_cannot_be_tested_is_refused(rng):
    n = int(rng.integers(2, 9))
    for name, call in {
        "an arm without users": lambda: proportion_test([0, 1], [0, n]),
        "more conversions than users": lambda: proportion_test([1, n + 1], [n, n]),
        "a negative count": lambda: proportion_test([-1, 1], [n, n]),
        "a single amount": lambda: mean_test([1.0], [1.0, 2.0]),
        "a single amount of the treatment": lambda: mean_test([1.0, 2.0], [n]),
        "two constant samples": lambda: mean_test([n, n], [3, 3, 3]),
        "a lift of one amount": lambda: relative_lift([1.0, 2.0], [n]),
        "a lift on 0": lambda: relative_lift([-n, n], [1.0, 2.0]),
        "no lift": lambda: sample_size(0.2, 0.0),
        "a baseline of 0": lambda: sample_size(0.0, 0.1),
        "a rate of 0": lambda: sample_size(0.5, -1.0),
        "a rate of 1": lambda: sample_size(0.5, 1.0),
        "a rate above 1": lambda: sample_size(0.6, 1.0),
        "a rate below 0": lambda: sample_size(0.5, -1.2),
        "more looks than planned": lambda: first_significant_look([[1, 2]] * (n + 1), [[20, 20]] * (n + 1), n),
        "a user in both arms": lambda: logged([([1, 2, 3, 4, n + 5, 1], [0, 1, 0, 1, 1, 1], [2, 1, 0, 3, 1, 1])]),
        "a user in both arms, the treatment's first": lambda: logged(
            [([5, 2, 3, 4], [1, 0, 0, 1], [2, 1, 0, 3]), ([5], [0], [n])]
        ),
    }.items():
        with pytest.raises(ValueError):
            call()
            pytest.fail(f"{name} is not refused")
