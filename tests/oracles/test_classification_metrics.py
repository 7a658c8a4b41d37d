"""classification_metrics against scikit-learn and scipy, ties, absent classes and empty denominators included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu, rankdata
from sklearn import metrics

from .reference import load, relaxed

ours = load("classification_metrics", "confusion_counts")

MACRO = {
    "macro_precision": metrics.precision_score,
    "macro_recall": metrics.recall_score,
    "macro_f1": metrics.f1_score,
}


def columns(*strategies, min_size=1):
    """Equally long arrays, one for each strategy of an entry."""
    rows = st.lists(st.tuples(*strategies), min_size=min_size, max_size=30)
    return rows.map(lambda rows: [np.array(column) for column in zip(*rows, strict=True)])


@st.composite
def classes_and_labels(draw):
    """n_classes and two arrays of labels, in which classes may be absent."""
    n_classes = draw(st.integers(2, 5))
    label = st.integers(0, n_classes - 1)
    return n_classes, *draw(columns(label, label))


def probabilities(rng, n, n_classes):
    """Rows of coarse probabilities, so that many are equal."""
    parts = rng.integers(1, 5, size=(n, n_classes))
    return parts / parts.sum(axis=1, keepdims=True)


@relaxed
@given(labels=classes_and_labels())
def test_counts_and_accuracy_are_scikit_learns(labels):
    n_classes, y, p = labels
    expected = metrics.confusion_matrix(y, p, labels=range(n_classes))
    assert np.array_equal(ours.confusion_matrix(y, p, n_classes), expected)
    assert np.array_equal(ours.confusion_matrix(y.tolist(), p.tolist(), n_classes), expected)
    assert ours.accuracy(y, p) == pytest.approx(metrics.accuracy_score(y, p))


@pytest.mark.parametrize("name", MACRO)
@relaxed
@given(labels=classes_and_labels())
def test_macro_averages_are_scikit_learns(name, labels):
    n_classes, y, p = labels
    expected = MACRO[name](y, p, labels=range(n_classes), average="macro", zero_division=0)
    assert getattr(ours, name)(y, p, n_classes) == pytest.approx(expected)


@relaxed
@given(labels=columns(st.integers(0, 1), st.integers(0, 1)))
def test_precision_recall_and_f1_are_scikit_learns(labels):
    assert ours.precision(*labels) == pytest.approx(metrics.precision_score(*labels, zero_division=0))
    assert ours.recall(*labels) == pytest.approx(metrics.recall_score(*labels, zero_division=0))
    assert ours.f1(*labels) == pytest.approx(metrics.f1_score(*labels, zero_division=0))


@relaxed
@given(scores=st.lists(st.integers(-3, 3) | st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_average_ranks_are_scipys(scores):
    assert ours.average_ranks(np.array(scores)) == pytest.approx(rankdata(scores))


@pytest.mark.parametrize("score", [st.integers(0, 4), st.floats(0, 1)], ids=["ties", "floats"])
@relaxed
@given(data=st.data())
def test_auc_is_scikit_learns(score, data):
    y, scores = data.draw(columns(st.integers(0, 1), score, min_size=2))
    y[:2] = 0, 1
    auc = ours.roc_auc(y, scores)
    assert auc == pytest.approx(metrics.roc_auc_score(y, scores))
    statistic = mannwhitneyu(scores[y == 1], scores[y == 0], method="asymptotic").statistic
    assert auc == pytest.approx(statistic / ((y == 1).sum() * (y == 0).sum()))


@pytest.mark.parametrize("n_classes", [2, 3, 5])
def test_log_loss_is_scikit_learns(rng, n_classes):
    y, proba = rng.integers(n_classes, size=40), probabilities(rng, 40, n_classes)
    assert ours.log_loss(y, proba) == pytest.approx(metrics.log_loss(y, proba, labels=range(n_classes)))


def test_log_loss_of_certainties(rng):
    y = rng.integers(3, size=20)
    proba = np.eye(3)[rng.permutation(y)]
    expected = -np.log(np.where(proba[np.arange(20), y] == 1, 1.0, 1e-15)).mean()
    assert ours.log_loss(y, proba) == pytest.approx(expected)
    assert ours.log_loss(y, np.eye(3)[y]) == pytest.approx(
        metrics.log_loss(y, np.eye(3)[y], labels=range(3)), abs=1e-12
    )


@pytest.mark.parametrize("n_classes", [3, 6])
def test_top_k_accuracy_is_scikit_learns(rng, n_classes):
    y, scores = rng.integers(n_classes, size=50), rng.random(size=(50, n_classes))
    for k in range(1, n_classes):
        expected = metrics.top_k_accuracy_score(y, scores, k=k, labels=range(n_classes))
        assert ours.top_k_accuracy(y, scores, k) == pytest.approx(expected)
    assert ours.top_k_accuracy(y, scores, n_classes) == 1


def test_ties_change_top_k_accuracy_within_bounds(rng):
    y, proba = rng.integers(5, size=60), probabilities(rng, 60, 5)
    of_label = proba[np.arange(60), y][:, None]
    for k in range(1, 5):
        lowest, highest = ((rivals.sum(axis=1) < k).mean() for rivals in (
            (proba >= of_label) & (np.arange(5) != y[:, None]), proba > of_label))  # fmt: skip
        assert lowest < highest
        assert lowest <= ours.top_k_accuracy(y, proba, k) <= highest


def test_the_predicted_label_is_the_most_probable(rng):
    labels = rng.integers(4, size=30)
    proba = 0.6 * np.eye(4)[labels] + 0.4 * rng.dirichlet(np.ones(4), size=30)
    assert np.array_equal(ours.predicted_labels(proba), labels)
    assert np.array_equal(ours.predicted_labels(proba.tolist()), labels)


@pytest.mark.parametrize("constant", [None, 0, 1])
def test_the_report_is_scikit_learns(rng, constant):
    """With ties, and with predictions that are all of one class."""
    y, proba = rng.permutation(np.arange(40) % 2), probabilities(rng, 40, 2)
    if constant is not None:
        proba = 0.3 * proba + 0.7 * np.eye(2)[constant]
    labels, report = (proba[:, 1] > proba[:, 0]).astype(int), ours.binary_report(y, proba)
    expected = {
        "accuracy": metrics.accuracy_score(y, labels),
        "precision": metrics.precision_score(y, labels, zero_division=0),
        "recall": metrics.recall_score(y, labels, zero_division=0),
        "f1": metrics.f1_score(y, labels, zero_division=0),
        "log_loss": metrics.log_loss(y, proba),
        "roc_auc": metrics.roc_auc_score(y, proba[:, 1]),
    }
    assert report == pytest.approx(expected)


@pytest.mark.parametrize("label", [0, 1])
def test_one_class_has_no_auc(label):
    with pytest.raises(ValueError, match="both classes"):
        ours.roc_auc([label] * 3, [0.1, 0.2, 0.3])


@pytest.mark.parametrize(("n", "m"), [(0, 0), (2, 3), (3, 2)])
def test_unequal_lengths_are_refused(n, m):
    y, p, proba = np.zeros(n, dtype=int), np.zeros(m, dtype=int), np.full((m, 2), 0.5)
    calls = [lambda metric=metric: metric(y, p) for metric in (ours.accuracy, ours.precision, ours.recall, ours.f1)]
    calls += [lambda name=name: getattr(ours, name)(y, p, 2) for name in (*MACRO, "confusion_matrix")]
    calls += [lambda: ours.log_loss(y, proba), lambda: ours.top_k_accuracy(y, proba, 1)]
    calls += [lambda: ours.roc_auc(y, p / 2), lambda: ours.binary_report(y, proba)]
    for call in calls:
        with pytest.raises(ValueError):  # noqa: PT011
            call()
