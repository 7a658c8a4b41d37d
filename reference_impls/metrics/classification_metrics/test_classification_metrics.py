import numpy as np
import pytest
from classification_metrics import (
    accuracy,
    binary_report,
    confusion_matrix,
    f1,
    log_loss,
    macro_f1,
    macro_precision,
    macro_recall,
    precision,
    predicted_labels,
    recall,
    roc_auc,
    top_k_accuracy,
)

# 10 samples of 3 classes: of class 0 are 4 predicted as 0, 1 as 1, 1 as 2; of class 1 are 2 as 0, 1 as 1; class 2 as 2
REPEATS = [4, 1, 1, 2, 1, 1]
Y_TRUE = np.repeat([0, 0, 0, 1, 1, 2], REPEATS)
Y_PRED = np.repeat([0, 1, 2, 0, 1, 2], REPEATS)


def outcomes(tp, fp, fn, tn):
    """True and predicted labels with the given numbers of outcomes."""
    numbers = [tp, fp, fn, tn]
    return np.repeat([1, 0, 1, 0], numbers), np.repeat([1, 1, 0, 0], numbers)


def three_classes(rng):
    """Labels of three classes of 40, 15 and 7 samples, and predictions that err most towards class 2."""
    y_true = rng.permutation(np.repeat([0, 1, 2], [40, 15, 7]))
    y_pred = np.where(rng.random(62) < 0.6, y_true, rng.choice(3, size=62, p=[0.2, 0.1, 0.7]))
    return y_true, y_pred


def probabilities(rng, n, k):
    """Rows of k distinct probabilities that add up to 1."""
    return rng.dirichlet(np.ones(k), size=n)


def test_confusion_matrix_of_the_worked_example():
    counts = confusion_matrix(Y_TRUE, Y_PRED, 3)
    assert np.array_equal(counts, [[4, 1, 1], [2, 1, 0], [0, 0, 1]]), "a count of the worked example is wrong"


def test_confusion_matrix_adds_up_to_the_class_sizes(rng):
    y_true, y_pred = three_classes(rng)
    counts = confusion_matrix(y_true, y_pred, 3)
    for label in range(3):
        assert counts[label, :].sum() == np.sum(y_true == label), "a row does not add up to the samples of its class"
        assert counts[:, label].sum() == np.sum(y_pred == label), "a column does not add up to its predictions"


def test_accuracy_of_the_worked_example():
    assert accuracy(Y_TRUE, Y_PRED) == pytest.approx(0.6), "6 right predictions of 10 are an accuracy of 0.6"


@pytest.mark.parametrize(
    ("tp", "fp", "fn", "tn", "relevant", "found"),
    [(3, 1, 2, 4, 0.75, 0.6), (2, 6, 1, 3, 0.25, 2 / 3), (1, 0, 4, 2, 1.0, 0.2)],
)
def test_precision_and_recall_of_worked_outcomes(tp, fp, fn, tn, relevant, found):
    y_true, y_pred = outcomes(tp, fp, fn, tn)
    assert precision(y_true, y_pred) == pytest.approx(relevant), f"{tp} TP, {fp} FP, {fn} FN have another precision"
    assert recall(y_true, y_pred) == pytest.approx(found), f"{tp} TP, {fp} FP, {fn} FN have another recall"


def test_missed_positives_cost_recall_only(rng):
    y_true, y_pred = outcomes(*rng.integers(2, 9, size=4))
    more_true, more_pred = np.append(y_true, [1, 1]), np.append(y_pred, [0, 0])
    assert recall(more_true, more_pred) < recall(y_true, y_pred), "missing more positives does not lower the recall"
    assert precision(more_true, more_pred) == pytest.approx(precision(y_true, y_pred)), (
        "missing more positives changes the precision"
    )


def test_false_alarms_cost_precision_only(rng):
    y_true, y_pred = outcomes(*rng.integers(2, 9, size=4))
    more_true, more_pred = np.append(y_true, [0, 0]), np.append(y_pred, [1, 1])
    assert precision(more_true, more_pred) < precision(y_true, y_pred), "more false alarms do not lower the precision"
    assert recall(more_true, more_pred) == pytest.approx(recall(y_true, y_pred)), "more false alarms change the recall"


@pytest.mark.parametrize(("tp", "fp", "fn", "expected"), [(3, 1, 2, 2 / 3), (1, 0, 49, 2 / 51), (4, 4, 0, 2 / 3)])
def test_f1_of_worked_outcomes(tp, fp, fn, expected):
    assert f1(*outcomes(tp, fp, fn, 5)) == pytest.approx(expected), f"{tp} TP, {fp} FP, {fn} FN have another F1"


def test_f1_is_twice_the_hits_over_all_positives(rng):
    y_true, y_pred = rng.integers(0, 2, size=(2, 40))
    assert f1(y_true, y_pred) == pytest.approx(2 * np.sum(y_true & y_pred) / np.sum(y_true + y_pred)), (
        "the F1 is not twice the hits over the true and the predicted positives"
    )


def test_f1_is_close_to_the_smaller_part(rng):
    y_true, y_pred = outcomes(2, 0, int(rng.integers(100, 200)), 5)
    assert f1(y_true, y_pred) < 2 * recall(y_true, y_pred), "a precision of 1 hides a recall near 0"


def test_macro_metrics_of_the_worked_example():
    assert macro_precision(Y_TRUE, Y_PRED, 3) == pytest.approx(5 / 9), "classes of 2/3, 1/2 and 1/2 average to 5/9"
    assert macro_recall(Y_TRUE, Y_PRED, 3) == pytest.approx(2 / 3), "classes of 2/3, 1/3 and 1 average to 2/3"
    assert macro_f1(Y_TRUE, Y_PRED, 3) == pytest.approx(26 / 45), "classes of 2/3, 2/5 and 2/3 average to 26/45"


@pytest.mark.parametrize("n_classes", [3, 4])
def test_macro_metrics_are_means_over_each_class_against_the_rest(rng, n_classes):
    y_true, y_pred = three_classes(rng)
    actual, predicted, hits = (
        np.array([np.sum(chosen == label) for label in range(n_classes)])
        for chosen in (y_true, y_pred, np.where(y_true == y_pred, y_true, -1))
    )
    for macro, of in ((macro_precision, predicted), (macro_recall, actual), (macro_f1, (actual + predicted) / 2)):
        assert macro(y_true, y_pred, n_classes) == pytest.approx(np.mean(hits / np.maximum(of, 1))), (
            "a macro metric is not the mean over each class against the rest"
        )


def test_macro_recall_does_not_depend_on_class_sizes(rng):
    y_true, y_pred = three_classes(rng)
    heavier = np.where(y_true == 0, 7, 1)
    repeated = macro_recall(np.repeat(y_true, heavier), np.repeat(y_pred, heavier), 3)
    assert repeated == pytest.approx(macro_recall(y_true, y_pred, 3)), "a larger class weighs more in the macro recall"


@pytest.mark.parametrize("order", [[1, 2, 0], [2, 1, 0]])
def test_renaming_the_classes_changes_no_average(rng, order):
    (y_true, y_pred), order = three_classes(rng), np.array(order)
    before = [metric(y_true, y_pred, 3) for metric in (macro_precision, macro_recall, macro_f1)]
    after = [metric(order[y_true], order[y_pred], 3) for metric in (macro_precision, macro_recall, macro_f1)]
    assert after == pytest.approx(before), "a macro average depends on the numbering of the classes"


def test_perfect_predictions(rng):
    y, _ = three_classes(rng)
    for metric in (macro_precision, macro_recall, macro_f1):
        assert metric(y, y, 3) == pytest.approx(1), "perfect predictions of three classes do not score 1"
    assert accuracy(y, y) == 1, "perfect predictions have an accuracy of 1"
    binary = np.minimum(y, 1)
    for metric in (precision, recall, f1):
        assert metric(binary, binary) == pytest.approx(1), "perfect predictions of two classes do not score 1"


@pytest.mark.parametrize(("n", "k"), [(7, 3), (4, 4), (30, 2)])
def test_the_predicted_class_is_the_most_probable(rng, n, k):
    proba = probabilities(rng, n, k)
    labels = predicted_labels(proba)
    assert np.shape(labels) == (n,), "there is not one label a sample"
    for row, label in zip(proba, labels, strict=True):
        assert row[label] == max(row), "a sample is given a class although another one is more probable"


def test_predicted_labels_of_worked_rows():
    proba = np.array([[0.1, 0.2, 0.7], [0.3, 0.5, 0.2], [0.4, 0.35, 0.25]])
    assert np.array_equal(predicted_labels(proba), [2, 1, 0]), "the most probable classes are 2, 1 and 0"


def test_log_loss_of_a_worked_example():
    proba = np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1], [0.25, 0.6, 0.15], [0.2, 0.4, 0.4]])
    expected = np.log(2 * 10 * 4 * 2.5) / 4
    assert log_loss(np.array([0, 2, 0, 1]), proba) == pytest.approx(expected), (
        "the log loss of the probabilities 1/2, 1/10, 1/4 and 2/5 is log(200) / 4"
    )


def test_uniform_probabilities_cost_the_log_of_the_number_of_classes(rng):
    y = rng.integers(0, 5, size=12)
    assert log_loss(y, np.full((12, 5), 0.2)) == pytest.approx(np.log(5)), (
        "guessing among 5 classes does not cost log 5"
    )


@pytest.mark.parametrize(("n", "k"), [(7, 3), (4, 4)])
def test_each_sample_has_its_own_price(rng, n, k):
    proba, y = probabilities(rng, n, k), rng.permutation(n) % k
    prices = [log_loss(y[i : i + 1], proba[i : i + 1]) for i in range(n)]
    assert log_loss(y, proba) == pytest.approx(np.mean(prices)), "the loss is not the average of the samples' losses"


def test_repeating_the_samples_keeps_the_log_loss(rng):
    proba, y = probabilities(rng, 8, 3), rng.integers(0, 3, size=8)
    assert log_loss(np.tile(y, 3), np.tile(proba, (3, 1))) == pytest.approx(log_loss(y, proba)), (
        "the log loss depends on how often the samples are repeated"
    )


def test_better_probabilities_have_a_lower_loss():
    y = np.array([0, 2])
    good = log_loss(y, np.array([[0.8, 0.1, 0.1], [0.2, 0.1, 0.7]]))
    bad = log_loss(y, np.array([[0.4, 0.5, 0.1], [0.2, 0.5, 0.3]]))
    assert 0 < good < bad, "the loss is not positive, or does not fall as the probabilities improve"


@pytest.mark.parametrize(("k", "expected"), [(1, 0.2), (2, 0.6), (3, 0.8), (4, 1.0)])
def test_top_k_accuracy_of_a_worked_example(k, expected):
    proba = np.array(
        [
            [0.4, 0.3, 0.2, 0.1],
            [0.2, 0.5, 0.25, 0.05],
            [0.1, 0.2, 0.3, 0.4],
            [0.3, 0.1, 0.45, 0.15],
            [0.15, 0.6, 0.05, 0.2],
        ]
    )
    y = np.array([0, 2, 2, 3, 2])
    assert top_k_accuracy(y, proba, k) == pytest.approx(expected), "classes at the places 1, 2, 2, 3, 4 count otherwise"


def test_the_most_probable_class_alone_gives_the_accuracy(rng):
    proba, y = probabilities(rng, 25, 3), rng.integers(0, 3, size=25)
    right = sum(row[label] == max(row) for row, label in zip(proba, y, strict=True))
    assert top_k_accuracy(y, proba, 1) == pytest.approx(right / 25), "the top 1 are not the most probable classes"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.1, 0.4, 0.35, 0.8, 0.3], 4 / 6),
        ([3.0, 2.0, 2.0, 1.0, 2.0], 1 / 6),
        ([-5.0, -1.0, -1.0, 2.0, -1.0], 5 / 6),
    ],
)
def test_roc_auc_of_worked_scores(scores, expected):
    assert roc_auc(np.array([0, 0, 1, 1, 1]), np.array(scores)) == pytest.approx(expected), (
        "the share of well-ordered pairs of the worked example is another one"
    )


@pytest.mark.parametrize("levels", [4, 1000])
def test_reversing_the_scores_reverses_the_auc(rng, levels):
    y, scores = np.repeat([0, 1], [20, 13]), rng.integers(0, levels, size=33)
    assert roc_auc(y, scores) + roc_auc(y, -scores) == pytest.approx(1), (
        "the AUC of scores and of their negation add to 1"
    )
    assert roc_auc(y, scores) + roc_auc(1 - y, scores) == pytest.approx(1), (
        "exchanging the classes does not mirror the AUC"
    )


def test_auc_depends_on_the_order_of_the_scores_alone(rng):
    y, scores = np.repeat([0, 1], [15, 10]), rng.integers(-9, 10, size=25) / 10
    assert roc_auc(y, np.exp(5 * scores) - 40) == pytest.approx(roc_auc(y, scores)), (
        "a monotone transformation of the scores changes the AUC"
    )


def test_auc_is_the_share_of_well_ordered_pairs(rng):
    n = int(rng.integers(20, 60))
    y, scores = rng.permutation(np.arange(n) % 3 // 2), rng.integers(0, 5, size=n)
    gaps = scores[y == 1][:, None] - scores[y == 0]
    assert roc_auc(y, scores) == pytest.approx(np.mean((gaps > 0) + 0.5 * (gaps == 0))), (
        "the AUC is not the share of pairs with the positive first, ties counted as halves"
    )


def test_a_perfect_ranking_has_an_auc_of_one(rng):
    y = np.repeat([0, 1], [6, 4])
    scores = rng.random(10) + 2 * y
    assert roc_auc(y, scores) == pytest.approx(1), "positives above all negatives do not have an AUC of 1"


def test_report_of_a_worked_example():
    y, p = np.array([0, 0, 1, 1, 1, 0]), np.array([0.2, 0.1, 0.25, 0.4, 0.8, 0.6])
    report = binary_report(y, np.column_stack([1 - p, p]))
    expected = {
        "accuracy": 0.5,
        "precision": 0.5,
        "recall": 1 / 3,
        "f1": 0.4,
        "log_loss": -np.log(0.8 * 0.9 * 0.25 * 0.4 * 0.8 * 0.4) / 6,
        "roc_auc": 7 / 9,
    }
    assert set(report) == set(expected), "the report has other entries than the six metrics"
    for name, value in expected.items():
        assert report[name] == pytest.approx(value), f"{name} of the worked example is not {value:.4f}"


def test_the_report_holds_the_metrics_of_the_predicted_labels(rng):
    y, labels = outcomes(*rng.integers([2, 7, 1, 2], [9, 12, 6, 9]))  # more false alarms than misses
    p = 0.5 + np.where(labels == 1, 1, -1) * rng.uniform(0.05, 0.45, size=len(y))
    report = binary_report(y, np.column_stack([1 - p, p]))
    hits, actual, predicted = np.sum(y & labels), y.sum(), labels.sum()
    expected = {"precision": hits / predicted, "recall": hits / actual, "f1": 2 * hits / (actual + predicted)}
    for name, value in {"accuracy": np.mean(y == labels), **expected}.items():
        assert report[name] == pytest.approx(value), f"{name} of the report is not that of its labels"


@pytest.mark.parametrize("share", [0.4, 0.9])
def test_the_reported_auc_follows_the_ranking(rng, share):
    y = np.repeat([0, 1], [7, 5])
    p = share * (rng.random(12) + y) / 2
    report = binary_report(y, np.column_stack([1 - p, p]))
    assert report["roc_auc"] == pytest.approx(1), "a perfect ranking is not reported with an AUC of 1"


def test_inputs_are_left_alone(rng, unchanged):
    y_true, y_pred = three_classes(rng)
    proba = probabilities(rng, len(y_true), 3)
    y, p = np.repeat([1, 0], [3, 5]), probabilities(rng, 8, 2)
    with unchanged(proba, y_true, y_pred, y, p):
        confusion_matrix(y_true, y_pred, 3)
        log_loss(y_true, proba)
        top_k_accuracy(y_true, proba, 2)
        binary_report(y, p)
        roc_auc(y, p[:, 1])


@pytest.mark.edge_case
def test_nothing_predicted_as_positive(rng):
    y_true, y_pred = outcomes(0, 0, *rng.integers(1, 99, size=2))
    assert precision(y_true, y_pred) == 0, "without predicted positives the precision is 0"
    assert f1(y_true, y_pred) == 0, "without predicted positives the F1 is 0"


@pytest.mark.edge_case
def test_no_positives_at_all(rng):
    y_true, y_pred = outcomes(0, rng.integers(1, 99), 0, rng.integers(1, 99))
    assert recall(y_true, y_pred) == 0, "without positive samples the recall is 0"
    assert f1(y_true, y_pred) == 0, "without positive samples the F1 is 0"


@pytest.mark.edge_case
def test_all_samples_negative_and_predicted_so(rng):
    zeros = np.zeros(rng.integers(1, 99), dtype=int)
    for metric in (precision, recall, f1):
        assert metric(zeros, zeros) == 0, "a ratio without a denominator is not 0"


@pytest.mark.edge_case
def test_a_class_that_is_never_predicted_counts_as_zero():
    y_true, y_pred = np.array([0, 0, 1, 2]), np.array([0, 0, 0, 0])
    assert macro_precision(y_true, y_pred, 3) == pytest.approx(1 / 6), "precisions of 1/2, 0 and 0 average to 1/6"
    assert macro_recall(y_true, y_pred, 3) == pytest.approx(1 / 3), "recalls of 1, 0 and 0 average to 1/3"
    assert macro_f1(y_true, y_pred, 3) == pytest.approx(2 / 9), "F1 scores of 2/3, 0 and 0 average to 2/9"


@pytest.mark.edge_case
def test_a_class_that_never_occurs_counts_as_zero():
    y_true, y_pred = np.array([0, 0, 0, 1, 1]), np.array([0, 0, 0, 1, 1])
    assert np.array_equal(confusion_matrix(y_true, y_pred, 4).sum(axis=1), [3, 2, 0, 0]), "an absent class has a count"
    for metric in (macro_precision, macro_recall, macro_f1):
        assert metric(y_true, y_pred, 4) == pytest.approx(0.5), "two of four classes are perfect, the others count 0"


@pytest.mark.edge_case
def test_certain_and_right_costs_nothing():
    loss = log_loss(np.array([2, 0, 1]), np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.5, 0.5, 0.0]]))
    assert loss == pytest.approx(np.log(2) / 3), "a certain and right probability does not cost nothing"


@pytest.mark.edge_case
def test_certain_and_wrong_is_large_and_finite(rng):
    other = probabilities(rng, 1, 3)[0]
    loss = log_loss(np.array([1, 0]), np.array([[1.0, 0.0, 0.0], other]))
    assert np.isfinite(loss), "a certain and wrong probability has an infinite loss"
    assert loss == pytest.approx((np.log(1e15) - np.log(other[0])) / 2), "a probability of 0 does not cost log(1e15)"


@pytest.mark.edge_case
def test_constant_scores_have_an_auc_of_one_half():
    y = np.array([1, 0, 0, 1, 0])
    assert roc_auc(y, np.full(5, 0.7)) == pytest.approx(0.5), "scores without any order do not have an AUC of 1/2"


@pytest.mark.edge_case
def test_a_single_sample():
    one = np.array([1])
    assert accuracy(one, one) == 1, "one right prediction has an accuracy of 1"
    assert log_loss(one, np.array([[0.75, 0.25]])) == pytest.approx(np.log(4)), "a probability of 1/4 costs log 4"
    assert np.array_equal(predicted_labels(np.array([[0.2, 0.3, 0.5]])), [2]), "a batch of one row has one label"


@pytest.mark.edge_case
@pytest.mark.parametrize("label", [0, 1])
def test_auc_needs_both_classes(label):
    with pytest.raises(ValueError):
        roc_auc(np.full(3, label), np.array([0.1, 0.5, 0.9]))


@pytest.mark.edge_case
@pytest.mark.parametrize(("n_true", "n_pred"), [(0, 0), (0, 2), (3, 2), (1, 3)])
def test_bad_lengths_are_refused(n_true, n_pred):
    y_true, y_pred, proba = np.zeros(n_true, dtype=int), np.zeros(n_pred, dtype=int), np.full((n_pred, 2), 0.5)
    for metric in (accuracy, precision, recall, f1):
        with pytest.raises(ValueError):
            metric(y_true, y_pred)
    for metric in (confusion_matrix, macro_precision, macro_recall, macro_f1):
        with pytest.raises(ValueError):
            metric(y_true, y_pred, 2)
    for metric in (log_loss, binary_report):
        with pytest.raises(ValueError):
            metric(y_true, proba)
    with pytest.raises(ValueError):
        top_k_accuracy(y_true, proba, 1)
    with pytest.raises(ValueError):
        roc_auc(y_true, y_pred)
