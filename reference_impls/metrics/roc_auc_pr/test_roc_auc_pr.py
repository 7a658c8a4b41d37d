import numpy as np
import pytest
from roc_auc_pr import (
    area,
    average_precision,
    best_threshold,
    one_vs_rest_auc,
    precision_recall_curve,
    report,
    roc_auc,
    roc_auc_by_ranks,
    roc_curve,
)

OF_SCORES = (roc_curve, precision_recall_curve, roc_auc, roc_auc_by_ranks, average_precision, best_threshold, report)


def samples(rng):
    """Labels of unequally many positives and negatives, and scores with ties, the highest and lowest of both labels."""
    n_positive, n_negative = int(rng.integers(20, 30)), int(rng.integers(35, 50))
    y = np.repeat([1, 0], [n_positive, n_negative])
    scores = rng.integers(1, 12, size=len(y)) + 2 * y
    scores[[0, -1]], scores[[1, -2]] = 14, 0
    mixed = rng.permutation(len(y))
    return y[mixed], scores[mixed] / 16


def outcomes(y, scores, threshold):
    """Numbers of true and false positives, one sample at a time."""
    called = [label for label, score in zip(y.tolist(), scores.tolist(), strict=True) if score >= threshold]
    return called.count(1), called.count(0)


def well_ordered(y, scores):
    """The share of pairs in which the positive is above the negative, ties as halves."""
    gaps = scores[y == 1][:, None] - scores[y == 0]
    return np.mean(np.sign(gaps) + 1) / 2


def test_roc_points_are_the_rates_at_each_threshold(rng):
    y, scores = samples(rng)
    fpr, tpr, thresholds = roc_curve(y, scores)
    assert list(thresholds[1:]) == sorted(set(scores), reverse=True), "thresholds are not the falling distinct scores"
    for alarms, found, threshold in zip(fpr, tpr, thresholds, strict=True):
        true_positives, false_positives = outcomes(y, scores, threshold)
        assert found == pytest.approx(true_positives / np.sum(y == 1)), "tpr is not the share of positives found"
        assert alarms == pytest.approx(false_positives / np.sum(y == 0)), "fpr is not the share of negatives called"


def test_precision_and_recall_at_each_threshold(rng):
    y, scores = samples(rng)
    precision, recall, thresholds = precision_recall_curve(y, scores)
    assert list(thresholds[1:]) == sorted(set(scores), reverse=True), "thresholds are not the falling distinct scores"
    for right, found, threshold in list(zip(precision, recall, thresholds, strict=True))[1:]:
        true_positives, false_positives = outcomes(y, scores, threshold)
        assert found == pytest.approx(true_positives / np.sum(y == 1)), "recall is not the share of positives found"
        assert right == pytest.approx(true_positives / (true_positives + false_positives)), (
            "precision is not the share of positives among what is called positive"
        )


def test_curves_begin_where_nothing_is_called_positive(rng):
    y, scores = samples(rng)
    fpr, tpr, thresholds = roc_curve(y, scores)
    assert (fpr[0], tpr[0], thresholds[0]) == (0, 0, np.inf), "the ROC curve has another first point"
    assert (fpr[-1], tpr[-1]) == (1, 1), "the ROC curve does not end where everything is called positive"
    precision, recall, thresholds = precision_recall_curve(y, scores)
    assert (precision[0], recall[0], thresholds[0]) == (1, 0, np.inf), "the curve has another first point"
    assert precision[-1] == pytest.approx(np.mean(y)), "the last precision is not the share of positives"


def test_the_area_of_straight_pieces(rng):
    x = np.concatenate([[0], np.cumsum(rng.uniform(0.1, 2, size=int(rng.integers(5, 9))))])
    slope, height = rng.uniform(0.5, 2, size=2)
    assert area(x, height + slope * x) == pytest.approx(height * x[-1] + slope * x[-1] ** 2 / 2), (
        "the area below a straight line is not that of its trapezoid"
    )
    assert area(np.array([0, 1, 1, 3]), np.array([2, 4, 0, 2])) == pytest.approx(5), "a worked area is missed"


def test_auc_is_the_share_of_well_ordered_pairs(rng):
    y, scores = samples(rng)
    assert roc_auc(y, scores) == pytest.approx(well_ordered(y, scores)), "the area is not the share of ordered pairs"


def test_ranks_and_curve_agree(rng):
    y, scores = samples(rng)
    assert roc_auc_by_ranks(y, scores) == pytest.approx(well_ordered(y, scores)), (
        "without a curve the AUC is not the share of ordered pairs"
    )


def test_auc_of_a_worked_example():
    y, scores = np.array([1, 0, 1, 0, 0]), np.array([3, 3, 2, 1, 0])
    for measure in (roc_auc, roc_auc_by_ranks):
        assert measure(np.array([0, 1, 0]), np.array([1, 2, 3])) == pytest.approx(0.5), (
            "one positive amid two is not 0.5"
        )
        assert measure(1 - y, -scores) == pytest.approx(4.5 / 6), "both turned round, the AUC is another"
        assert measure(y, scores) == pytest.approx(4.5 / 6), (
            "of six pairs four are in order and one is tied: not 4.5 / 6"
        )


def test_average_precision_adds_up_steps(rng):
    y, scores = samples(rng)
    total, before = 0.0, 0
    for threshold in sorted(set(scores), reverse=True):
        true_positives, false_positives = outcomes(y, scores, threshold)
        total += (true_positives - before) / np.sum(y) * true_positives / (true_positives + false_positives)
        before = true_positives
    assert average_precision(y, scores) == pytest.approx(total), "average precision is not the sum over its steps"


def test_average_precision_of_a_worked_example():
    y, scores = np.array([0, 1, 0, 1, 0, 1]), np.array([6, 5, 4, 3, 2, 1])
    assert average_precision(y, scores) == pytest.approx((1 / 2 + 2 / 4 + 3 / 6) / 3), (
        "positives at the places 2, 4 and 6 of 6 do not have an average precision of one half"
    )


def test_the_best_threshold_has_the_largest_index(rng):
    y, scores = samples(rng)
    best = best_threshold(y, scores)
    indices = {}
    for threshold in set(scores):
        true_positives, false_positives = outcomes(y, scores, threshold)
        indices[threshold] = true_positives * np.sum(y == 0) - false_positives * np.sum(y == 1)
    assert indices.get(best) == max(indices.values()), "another threshold has a larger difference of the rates"


def test_one_class_against_the_rest(rng):
    sizes = rng.choice(np.arange(10, 40), size=3, replace=False)
    labels = rng.permutation(np.repeat([0, 1, 2], sizes))
    scores = rng.normal(size=(len(labels), 3)) + np.eye(3)[labels] * [0.3, 1, 3]
    areas = [well_ordered((labels == c).astype(int), scores[:, c]) for c in range(3)]
    assert one_vs_rest_auc(labels, scores) == pytest.approx(np.mean(areas)), (
        "the mean over the classes is not that of each class against the others"
    )


def test_the_report_has_decisions_and_areas(rng):
    y, scores = samples(rng)
    threshold = rng.integers(4, 9) / 16 + 0.01
    true_positives, false_positives = outcomes(y, scores, threshold)
    values = report(y, scores, threshold)
    expected = {
        "precision": true_positives / (true_positives + false_positives),
        "recall": true_positives / np.sum(y),
        "roc_auc": roc_auc(y, scores),
        "average_precision": average_precision(y, scores),
    }
    assert set(values) == set(expected), "the report has other entries"
    for name, value in expected.items():
        assert values[name] == pytest.approx(value), f"{name} of the report is not that of its arguments"


def test_inputs_are_left_alone(rng, unchanged):
    y, scores = samples(rng)
    with unchanged(y, scores):
        report(y, scores)
        roc_auc_by_ranks(y, scores)
        best_threshold(y, scores)


@pytest.mark.edge_case
def test_a_score_on_the_threshold_is_positive(rng):
    y, scores = samples(rng)
    border = scores[y == 1][int(rng.integers(np.sum(y)))]
    true_positives, false_positives = outcomes(y, scores, border)
    values = report(y, scores, border)
    assert values["recall"] == pytest.approx(true_positives / np.sum(y)), "on the threshold the recall is another"
    assert values["precision"] == pytest.approx(true_positives / (true_positives + false_positives)), (
        "on the threshold the precision is another"
    )


@pytest.mark.edge_case
def test_equal_scores_make_one_point(rng):
    y = rng.permutation(np.repeat([0, 1, 0, 1], rng.integers(5, 30, size=4)))
    scores = rng.permutation(np.arange(len(y)) % 3)
    for curve in (roc_curve, precision_recall_curve):
        for values in curve(y, scores):
            assert len(values) == 4, "three distinct scores do not make three points and the first one"
    upwards, downwards = np.argsort(y), np.argsort(-y)
    for measure in (roc_auc, roc_auc_by_ranks, average_precision):
        assert measure(y[upwards], scores[upwards]) == pytest.approx(measure(y[downwards], scores[downwards])), (
            "the order of the samples decides between equal scores"
        )


@pytest.mark.edge_case
def test_constant_scores_are_worth_nothing(rng):
    y = np.repeat([1, 0], rng.integers(1, 30, size=2))
    same = np.full(len(y), rng.normal())
    assert roc_auc(y, same) == pytest.approx(0.5), "one score for all does not have half the area"
    assert roc_auc_by_ranks(y, same) == pytest.approx(0.5), "one score for all does not order half of the pairs"
    assert average_precision(y, same) == pytest.approx(np.mean(y)), (
        "one score for all does not have the share of positives as its average precision"
    )


@pytest.mark.edge_case
def test_perfect_and_reversed_scores(rng):
    y = np.repeat([1, 0], rng.integers(1, 300, size=2))
    for measure in (roc_auc, roc_auc_by_ranks):
        assert measure(y, y + 0.0) == pytest.approx(1), "a perfect score does not have an AUC of 1"
        assert measure(y, -y) == pytest.approx(0, abs=1e-12), "a reversed score does not have an AUC of 0"
    assert average_precision(y, y) == pytest.approx(1), "a perfect score does not have an average precision of 1"


@pytest.mark.edge_case
def test_of_equally_good_thresholds_the_highest(rng):
    low, step = rng.integers(1, 9, size=2)
    y, scores = np.array([1, 0, 1, 0]), low + step * np.array([3, 2, 1, 0])
    assert best_threshold(y, scores) == low + step * 3, "of two equally good thresholds the lower one is taken"
    assert best_threshold(1 - y, scores) == np.inf, "where calling nothing is as good as anything, something is called"


@pytest.mark.edge_case
def test_nothing_above_the_threshold(rng):
    y, scores = samples(rng)
    values = report(y, scores, 2.0)
    assert (values["precision"], values["recall"]) == (0, 0), "without a positive decision the ratios are not 0"
    values = report(y, scores, scores.max())
    assert values["precision"] == pytest.approx(np.mean(y[scores == scores.max()])), (
        "few decisions have another precision"
    )


@pytest.mark.edge_case
def test_the_threshold_is_one_half_unless_told_otherwise(rng):
    y, scores = samples(rng)
    scores[:8] = 0.5
    assert report(y, scores) == report(y, scores, 0.5), "without an argument the decisions are at another threshold"


@pytest.mark.edge_case
def test_other_types_mean_the_same(rng):
    y, scores = samples(rng)
    small = (16 * scores).astype(np.uint8)
    for measure in (roc_auc, roc_auc_by_ranks, average_precision):
        assert measure(y == 1, small) == pytest.approx(measure(y, scores)), "booleans and bytes score otherwise"
        assert measure(y.astype(np.uint8), 16 * scores) == pytest.approx(measure(y, scores)), "small labels count else"


@pytest.mark.edge_case
def test_unequal_lengths_and_missing_classes_are_refused(rng):
    y, scores = samples(rng)
    none = np.zeros(len(y), dtype=int)
    for function in OF_SCORES:
        for labels, given in (
            (y, scores[:-1]),
            (y[:-1], scores),
            (y[:1], scores),
            (y, scores[:1]),
            (none, scores),
            (none + 1, scores),
        ):
            with pytest.raises(ValueError):
                function(labels, given)
        with pytest.raises(ValueError):
            function(none[:0], scores[:0])
    with pytest.raises(ValueError):
        one_vs_rest_auc(none, np.column_stack([scores, scores]))
