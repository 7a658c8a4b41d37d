from itertools import pairwise

import numpy as np
import pytest
from regression_metrics import (
    RunningScores,
    adjusted_r2,
    explained_variance,
    huber,
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_absolute_scaled_error,
    pinball,
    r2,
    root_mean_squared_log_error,
)

OF_PAIRS = (
    mean_absolute_error,
    mean_absolute_percentage_error,
    root_mean_squared_log_error,
    huber,
    pinball,
    r2,
    explained_variance,
)


def pairs(rng):
    """Targets off the origin, and predictions that are too high on average."""
    n, center = int(rng.integers(30, 60)), rng.uniform(20, 40)
    y = center + rng.normal(size=n) * 5
    return y, y + 2 + rng.normal(size=n) * 2


def test_the_absolute_error_is_the_mean_distance(rng):
    y, p = pairs(rng)
    distances = [max(a, b) - min(a, b) for a, b in zip(y, p, strict=True)]
    assert mean_absolute_error(y, p) == pytest.approx(np.mean(distances)), "the MAE is not the mean distance"


def test_percentages_are_of_the_size_of_the_target(rng):
    size = rng.uniform(1, 50, size=int(rng.integers(20, 40)))
    y = size * rng.permutation(np.resize([1, -1, 1], len(size)))
    percent = rng.uniform(1, 90, size=len(y))
    side = rng.permutation(np.resize([1, -1], len(y)))
    value = mean_absolute_percentage_error(y, y + side * size * percent / 100)
    assert value == pytest.approx(np.mean(percent)), (
        "the MAPE is not the mean of the percentages that predictions are off"
    )


def test_log_errors_are_of_one_more(rng):
    ratio, n = rng.uniform(2, 9), int(rng.integers(3, 9))
    y = np.append(rng.uniform(0.1, 50, size=n), 0)
    for targets, guesses in ((y, ratio * (y + 1) - 1), (ratio * (y + 1) - 1, y)):
        value = root_mean_squared_log_error(targets, guesses)
        assert value == pytest.approx(np.log(ratio)), "a constant ratio of 1 + target and 1 + prediction is not its log"


def test_log_errors_of_both_signs_count(rng):
    small, large = np.expm1(rng.uniform(0.1, 3, size=(2, int(rng.integers(10, 30)))))
    value = root_mean_squared_log_error(np.concatenate([small, large]), np.concatenate([large, small]))
    size = np.linalg.norm(np.log(1 + small) - np.log(1 + large)) / len(small) ** 0.5
    assert value == pytest.approx(size), "log errors of opposite signs are not as large as those of one sign"


def test_scaled_errors_are_in_units_of_the_naive_forecast(rng):
    y, gap = pairs(rng)[0], rng.uniform(0.5, 9)
    p = y + gap * rng.permutation(np.resize([1, -1, 1], len(y)))
    season, m = int(rng.integers(2, 6)), int(rng.integers(15, 25))
    history = rng.normal(size=m) * 5
    for lag in (season, 1):
        changes = [abs(later - earlier) for later, earlier in zip(history[lag:], history, strict=False)]
        value = mean_absolute_scaled_error(y, p, history, lag)
        assert value == pytest.approx(gap / np.mean(changes)), (
            f"at a season of {lag} the unit is not the mean size of the changes in the history"
        )


def test_huber_is_a_parabola_that_goes_on_straight(rng):
    delta = rng.uniform(0.5, 3)
    for side in (1, -1):
        for factor in (0.3, 0.9, 1.5, 4.0):
            size = factor * delta
            cost = size**2 / 2 if factor < 1 else delta**2 / 2 + delta * (size - delta)
            assert huber(np.array([5.0]), np.array([5.0 + side * size]), delta) == pytest.approx(cost), (
                f"an error of {factor} delta has another cost"
            )
    sizes = delta * np.resize([0.4, 2.0], 2 * int(rng.integers(2, 9)))
    mean = delta**2 * (0.08 + 1.5) / 2
    assert huber(sizes, 0 * sizes, delta) == pytest.approx(mean), "the loss is not the mean cost of the pairs"


def test_huber_is_smooth_where_its_pieces_meet(rng, slopes):
    delta = rng.uniform(0.5, 3)
    for size in (0.4 * delta, 3 * delta):
        y = np.array([1.0])
        slope = slopes(lambda p, y=y: huber(y, p, delta), y + size)
        assert slope[0] == pytest.approx(min(size, delta), abs=1e-5), "the cost of an error rises at another rate"
    around = [huber(np.zeros(1), np.array([delta * f]), delta) for f in (1 - 1e-9, 1, 1 + 1e-9)]
    assert np.ptp(around) < 1e-6, "the cost jumps at delta"


def test_pinball_costs_by_side(rng):
    quantile, gap = rng.uniform(0.6, 0.95), rng.uniform(0.5, 9)
    y = rng.normal(size=int(rng.integers(3, 9)))
    assert pinball(y, y - gap, quantile) == pytest.approx(quantile * gap), "predictions too low cost something else"
    assert pinball(y, y + gap, quantile) == pytest.approx(gap - quantile * gap), "those too high cost something else"
    both = np.concatenate([y - gap, y + gap])
    assert pinball(np.concatenate([y, y]), both, quantile) == pytest.approx(gap / 2), "the costs of both sides are off"


def test_a_quantile_has_the_least_pinball(rng):
    y = rng.permutation(np.arange(101)) + rng.uniform(-9, 9)
    k = int(rng.integers(65, 95))
    costs = [pinball(y, np.full(101, guess), (k + 0.5) / 101) for guess in np.sort(y)]
    assert np.argmin(costs) == k, "another constant than the quantile costs least"


def test_r2_compares_with_the_mean_of_the_targets(rng):
    y, p = pairs(rng)
    ratio = np.mean([(a - b) ** 2 for a, b in zip(y, p, strict=True)]) / np.var(y)
    assert r2(y, p) == pytest.approx(1 - ratio), "r2 is not 1 minus the squared errors in units of the mean's"
    for order in (np.argsort(y), np.argsort(-y)):
        assert r2(y[order], p[order]) == pytest.approx(1 - ratio), "pairs in another order have another r2"
    assert r2(y, np.full(len(y), y.mean())) == pytest.approx(0, abs=1e-12), "the mean of the targets does not score 0"
    assert r2(y, y) == 1, "right predictions do not score 1"


def test_least_squares_explain_a_squared_correlation(rng):
    x, y = pairs(rng)
    line = np.polyval(np.polyfit(x, y, 1), x)
    squared = np.corrcoef(x, y)[0, 1] ** 2
    for share in (r2(y, line), explained_variance(y, line)):
        assert share == pytest.approx(squared), "a least-squares line does not explain the squared correlation"


def test_adjusted_r2_charges_for_features(rng):
    y, p = pairs(rng)
    k = int(rng.integers(2, 9))
    for n, features, off in ((len(y), k, 0), (len(y) - 1, k + 1, 9), (len(y), 0, 9)):
        targets, guesses = y[:n], p[:n] + off
        unexplained = np.sum((targets - guesses) ** 2) / (n - features - 1)
        assert adjusted_r2(targets, guesses, features) == pytest.approx(1 - unexplained / np.var(targets, ddof=1)), (
            "adjusted r2 is not 1 minus a ratio of variances by their degrees of freedom"
        )


def test_explained_variance_forgives_an_offset(rng):
    y, p = pairs(rng)
    value, offset = explained_variance(y, p), rng.uniform(3, 30)
    assert explained_variance(y, p + offset) == pytest.approx(value), "an offset of the predictions changes the share"
    for order in (np.argsort(y), np.argsort(-y)):
        assert explained_variance(y[order], p[order]) == pytest.approx(value), (
            "pairs in another order explain another share"
        )
    centered = p - np.mean(p) + np.mean(y)
    assert value == pytest.approx(1 - np.mean((y - centered) ** 2) / np.var(y)), "without the offset r2 is another"


def test_running_scores_are_those_of_all_pairs(rng):
    y, p = pairs(rng)
    cuts = [0, 1, *sorted(rng.choice(np.arange(5, 25), size=2, replace=False)), len(y)]
    scores = RunningScores()
    for start, end in pairwise(cuts):
        scores.update(y[start:end], p[start:end])
    expected = {"mae": mean_absolute_error(y, p), "rmse": np.linalg.norm(y - p) / len(y) ** 0.5, "r2": r2(y, p)}
    assert scores.compute() == pytest.approx(expected), "scores in portions are not those of all pairs"
    small = RunningScores()
    small.update(y / 1000, p / 1000)
    assert small.compute()["r2"] == pytest.approx(expected["r2"]), "in another unit r2 is another"


def test_running_scores_far_from_zero(rng):
    y, p = pairs(rng)
    y, p = np.round(y * 64) / 64, np.round(p * 64) / 64
    scores = RunningScores()
    for part in (slice(0, 20), slice(20, None)):
        scores.update(y[part] + 2.0**26, p[part] + 2.0**26)
    assert scores.compute()["r2"] == pytest.approx(r2(y, p), abs=1e-5), "far from 0 the targets have another spread"


def test_inputs_are_left_alone(rng, unchanged):
    y, p = pairs(rng)
    with unchanged(y, p):
        for metric in OF_PAIRS:
            metric(y, p)
        adjusted_r2(y, p, 2)
        RunningScores().update(y, p)
    with unchanged(y, p):
        mean_absolute_scaled_error(p, y, y)


@pytest.mark.edge_case
def test_equal_targets(rng):
    y = np.full(int(rng.integers(2, 9)), float(rng.integers(1, 9)))
    away = y + np.arange(len(y))
    assert (r2(y, y.copy()), explained_variance(y, y.copy())) == (1, 1), "right predictions of equal targets are not 1"
    for wrong in (away, 2 * y - away):
        assert (r2(y, wrong), explained_variance(y, wrong)) == (0, 0), (
            "wrong predictions of equal targets do not score 0"
        )
    assert r2(y, y + 1) == 0, "an offset from equal targets does not score 0"
    whole = np.full(len(y), 4)
    assert explained_variance(whole, whole + 2) == 1, "equal errors of equal targets do not score 1"


@pytest.mark.edge_case
def test_arguments_have_their_stated_defaults(rng):
    y, p = pairs(rng)
    assert huber(y, p) == huber(y, p, 1.0), "without an argument delta is another"
    assert pinball(y, p) == pytest.approx(mean_absolute_error(y, p) / 2), "without an argument it is not the median's"
    assert mean_absolute_scaled_error(y, p, y) == mean_absolute_scaled_error(y, p, y, 1), "the season is another"


@pytest.mark.edge_case
def test_bytes_are_numbers_like_others(rng):
    y, p = rng.integers(1, 256, size=(2, int(rng.integers(300, 400))))
    for metric in OF_PAIRS:
        small = metric(y.astype(np.uint8), p.astype(np.uint8))
        assert small == pytest.approx(metric(y.astype(float), p.astype(float))), (
            f"{metric.__name__} of bytes is another"
        )
    history = rng.permutation(np.arange(40, dtype=np.uint8)) * 6
    assert mean_absolute_scaled_error(y, p, history) == pytest.approx(
        mean_absolute_scaled_error(y, p, history.astype(float))
    ), "a history of bytes is another"


@pytest.mark.edge_case
def test_columns_are_read_like_rows(rng):
    y, p = pairs(rng)
    for targets, guesses in ((y[:, None], p), (y, p[:, None]), (y[:, None], p[:, None])):
        for metric in OF_PAIRS:
            assert metric(targets, guesses) == pytest.approx(metric(y, p)), f"{metric.__name__} of a column is another"
        scores = RunningScores()
        scores.update(targets, guesses)
        assert scores.compute()["r2"] == pytest.approx(r2(y, p)), "the running scores of a column are others"


@pytest.mark.edge_case
def test_a_single_pair(rng):
    y, p = rng.uniform(1, 9, size=(2, 1))
    assert mean_absolute_error(y, p) == pytest.approx(abs(y[0] - p[0])), "the error of one pair is another"
    assert (r2(y, p), r2(y, y.copy())) == (0, 1), "one target is not treated as equal ones"
    scores = RunningScores()
    scores.update(y, p)
    assert scores.compute()["rmse"] == pytest.approx(abs(y[0] - p[0])), "the running error of one pair is another"


@pytest.mark.edge_case
def test_impossible_arguments_are_refused(rng):
    y, p = pairs(rng)
    for metric in (*OF_PAIRS, lambda y, p: adjusted_r2(y, p, 0), lambda y, p: RunningScores().update(y, p)):
        for targets, predictions in ((y[:0], p[:0]), (y, p[:-1]), (y[:1], p), (y, p[:1])):
            with pytest.raises(ValueError):
                metric(targets, predictions)
        with pytest.raises(ValueError):
            mean_absolute_scaled_error(targets, predictions, y)
    for wrong in (-1, 0, 5, 6):
        with pytest.raises(ValueError):
            mean_absolute_scaled_error(y, p, y[:5], wrong)
    mean_absolute_scaled_error(y, p, y[:5], 4)
    with pytest.raises(ValueError):
        mean_absolute_scaled_error(y, p, np.resize([3, 5], 8), 2)
    for below in ((-0.5, 1.0), (1.0, -0.5)):
        with pytest.raises(ValueError):
            root_mean_squared_log_error(*np.array([below, (2.0, 3.0)]).T)
    for wrong in (0.0, -1.0):
        with pytest.raises(ValueError):
            huber(y, p, wrong)
    for wrong in (0.0, 1.0, -0.5, 1.5):
        with pytest.raises(ValueError):
            pinball(y, p, wrong)
    for wrong in (-1, len(y) - 1, len(y)):
        with pytest.raises(ValueError):
            adjusted_r2(y, p, wrong)
    adjusted_r2(y, p, len(y) - 2)
    with pytest.raises(ValueError):
        mean_absolute_percentage_error(np.append(y, 0), np.append(p, 1))
    with pytest.raises(ValueError):
        RunningScores().compute()
