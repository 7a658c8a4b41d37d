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


def outcomes(tp, fp, fn, tn):
    """True and predicted labels with the given numbers of outcomes."""
    numbers = [tp, fp, fn, tn]
    return np.repeat([1, 0, 1, 0], numbers), np.repeat([1, 1, 0, 0], numbers)


def unlike(rng, shape):
    """Counts of which no two are equal."""
    return rng.choice(np.arange(70, 170), size=shape, replace=False)


def labels_with(counts, rng):
    """True and predicted labels, in random order, of which counts[i, j] samples of class i are predicted as j."""
    pairs = np.repeat(np.indices(counts.shape).reshape(2, -1), counts.ravel(), axis=1)
    return rng.permutation(pairs, axis=1)


def probabilities(rng, k, n=300):
    """Rows of k distinct probabilities that add up to 1, and a label for each."""
    return rng.dirichlet(np.ones(k), size=n), rng.integers(0, k, size=n)


def test_the_confusion_matrix_counts_each_combination(rng):
    k = int(rng.integers(3, 6))
    counts = unlike(rng, (k, k))
    matrix = confusion_matrix(*labels_with(counts, rng), k)
    assert np.array_equal(np.array(matrix), counts), "an entry is not the count of its true and predicted class"


def test_accuracy_is_the_share_of_right_predictions(rng):
    counts = unlike(rng, (3, 3))
    share = accuracy(*labels_with(counts, rng))
    assert share == pytest.approx(np.trace(counts) / counts.sum()), "the accuracy is not the share of right predictions"


def test_precision_is_the_share_of_hits_among_predicted_positives(rng):
    tp, fp, fn, tn = unlike(rng, 4)
    hits = precision(*outcomes(tp, fp, fn, tn))
    assert hits == pytest.approx(tp / (tp + fp)), "the precision is not the share of hits among predicted positives"


def test_recall_is_the_share_of_hits_among_positives(rng):
    tp, fp, fn, tn = unlike(rng, 4)
    assert recall(*outcomes(tp, fp, fn, tn)) == pytest.approx(tp / (tp + fn)), (
        "the recall is not the share of hits among the positives"
    )


def test_f1_is_the_harmonic_mean_of_precision_and_recall(rng):
    tp, fp, fn, tn = unlike(rng, 4)
    inverses = [(tp + fp) / tp, (tp + fn) / tp]
    assert 1 / f1(*outcomes(tp, fp, fn, tn)) == pytest.approx(np.mean(inverses)), (
        "the F1 is not the harmonic mean of precision and recall"
    )


def test_macro_metrics_average_each_class_against_the_rest(rng):
    k = int(rng.integers(3, 6))
    y_true, y_pred = labels_with(unlike(rng, (k, k)), rng)
    for macro, binary in ((macro_precision, precision), (macro_recall, recall), (macro_f1, f1)):
        of_classes = [binary((y_true == label).astype(int), (y_pred == label).astype(int)) for label in range(k)]
        assert macro(y_true, y_pred, k) == pytest.approx(np.mean(of_classes)), (
            "a macro metric is not the mean over each class against the rest"
        )


def test_the_predicted_class_is_the_most_probable(rng):
    proba, _ = probabilities(rng, int(rng.integers(2, 6)))
    labels = predicted_labels(proba)
    assert np.shape(labels) == (len(proba),), "there is not one label a sample"
    assert proba[np.arange(len(proba)), labels] == pytest.approx(np.sort(proba)[:, -1]), (
        "a sample is given a class although another one is more probable"
    )


def test_log_loss_of_the_worked_example():
    proba = np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1], [0.25, 0.6, 0.15], [0.2, 0.4, 0.4]])
    assert log_loss(np.array([0, 2, 0, 1]), proba) == pytest.approx(np.log(200) / 4), (
        "the log loss of the probabilities 1/2, 1/10, 1/4 and 2/5 is not log(200) / 4"
    )


def test_log_loss_is_the_mean_of_what_each_sample_costs(rng):
    proba, y = probabilities(rng, int(rng.integers(2, 6)))
    costs = [-np.log(row[label]) for row, label in zip(proba, y, strict=True)]
    assert log_loss(y, proba) == pytest.approx(np.mean(costs)), "the log loss is not the mean over the samples"


def test_top_k_accuracy_is_the_share_of_labels_with_fewer_than_k_rivals(rng):
    proba, y = probabilities(rng, 5)
    rivals = np.sum(proba > proba[np.arange(len(y)), y][:, None], axis=1)
    for k in range(1, 6):
        assert top_k_accuracy(y, proba, k) == pytest.approx(np.mean(rivals < k)), (
            "the top-k accuracy is not the share of samples whose class has fewer than k more probable ones"
        )


def test_auc_is_the_share_of_well_ordered_pairs(rng):
    y = np.repeat([1, 0], unlike(rng, 2))
    scores = rng.integers(0, 6, size=len(y)) + y
    gaps = scores[y == 1][:, None] - scores[y == 0]
    mixed = rng.permutation(len(y))
    assert roc_auc(y[mixed], scores[mixed] / 6) == pytest.approx(np.mean((gaps > 0) + 0.5 * (gaps == 0))), (
        "the AUC is not the share of pairs with the positive first, ties counted as halves"
    )


def test_the_report_holds_the_metrics_of_the_most_probable_labels(rng):
    y, labels = outcomes(*unlike(rng, 4))
    p = 0.5 + np.where(labels == 1, 1, -1) * rng.uniform(0.05, 0.45, size=len(y))
    proba = np.column_stack([1 - p, p])
    report = binary_report(y, proba)
    expected = {metric.__name__: metric(y, labels) for metric in (accuracy, precision, recall, f1)}
    expected |= {"log_loss": log_loss(y, proba), "roc_auc": roc_auc(y, p)}
    assert set(report) == set(expected), "the report has other entries than the six metrics"
    for name, value in expected.items():
        assert report[name] == pytest.approx(value), f"{name} of the report is not that of its labels"


def test_inputs_are_left_alone(rng, unchanged):
    y_true, y_pred = labels_with(unlike(rng, (2, 2)), rng)
    proba, y = probabilities(rng, 2)
    with unchanged(y_true, y_pred, proba, y):
        confusion_matrix(y_true, y_pred, 2)
        log_loss(y, proba)
        top_k_accuracy(y, proba, 1)
        binary_report(y, proba)
        roc_auc(y, proba[:, 1])


@pytest.mark.edge_case
def test_ratios_without_a_denominator_are_zero(rng):
    some, more = rng.integers(1, 99, size=2)
    for counts in ((0, 0, some, more), (0, some, 0, more), (0, 0, 0, some)):
        y_true, y_pred = outcomes(*counts)
        assert f1(y_true, y_pred) == 0, "without a hit the F1 is not 0"
        assert precision(y_true, y_pred) == 0, "without a hit the precision is not 0"
        assert recall(y_true, y_pred) == 0, "without a hit the recall is not 0"


@pytest.mark.edge_case
def test_a_single_positive_is_enough(rng):
    y = outcomes(1, 0, 0, int(rng.integers(1, 99)))[0]
    for metric in (precision, recall, f1, roc_auc):
        assert metric(y, y) == 1, "one positive that is found and no false alarm do not score 1"
    one_each = rng.permutation(3)
    for metric in (macro_precision, macro_recall, macro_f1):
        assert metric(one_each, one_each, 3) == pytest.approx(1), "perfect predictions of one sample a class are not 1"


@pytest.mark.edge_case
def test_classes_without_samples_or_predictions_count_as_zero(rng):
    sizes = rng.integers(1, 9, size=3)
    y, zeros = np.repeat([0, 1, 2], sizes), np.zeros(sizes.sum(), dtype=int)
    for metric in (macro_precision, macro_recall, macro_f1):
        assert metric(y, y, 6) == pytest.approx(0.5), "of six classes three are perfect and three absent: not 1/2"
    share = sizes[0] / sizes.sum()
    assert macro_precision(y, zeros, 3) == pytest.approx(share / 3), "a class that is never predicted is not 0"
    assert macro_recall(y, zeros, 3) == pytest.approx(1 / 3), "a class that is never predicted is not 0"
    assert macro_f1(y, zeros, 3) == pytest.approx(2 * share / (1 + share) / 3), "a class never predicted is not 0"


@pytest.mark.edge_case
def test_the_log_loss_of_a_sample_is_bounded(rng):
    p = 10 ** -rng.uniform(2, 14)
    for label, cost in ((0, 0.0), (1, np.log(1e15))):
        sure = log_loss(np.array([label]), np.array([[1.0, 0.0]]))
        assert sure == pytest.approx(cost), f"a sure prediction of class 0 costs class {label} another amount"
    assert log_loss(np.array([1]), np.array([[1 - p, p]])) == pytest.approx(-np.log(p)), (
        "a probability above the bound does not cost its own logarithm"
    )


@pytest.mark.edge_case
def test_a_single_sample(rng):
    proba, y = probabilities(rng, 3, n=1)
    assert np.array_equal(predicted_labels(proba), proba[0].argsort()[-1:]), (
        "a batch of one row does not have one label"
    )
    assert accuracy(y, y) == 1, "one right prediction does not have an accuracy of 1"


@pytest.mark.edge_case
def test_auc_needs_both_classes(rng):
    n = int(rng.integers(1, 9))
    for label in (0, 1):
        with pytest.raises(ValueError):
            roc_auc(np.full(n, label), rng.random(n))


@pytest.mark.edge_case
def test_empty_and_unequal_lengths_are_refused(rng):
    n = int(rng.integers(3, 9))
    for n_true, n_pred in ((0, 0), (0, n), (n, 0), (n, n + 1), (n, 1), (1, n)):
        y_true, y_pred, proba = np.arange(n_true) % 2, np.arange(n_pred) % 2, np.full((n_pred, 2), 0.5)
        for metric in (accuracy, precision, recall, f1, roc_auc):
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
