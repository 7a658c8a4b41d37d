"""roc_auc_pr against scikit-learn, ties included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from .reference import implementations, load, relaxed

pairs = st.lists(st.tuples(st.integers(0, 1), st.integers(-4, 4)), min_size=2, max_size=40)


@pytest.mark.parametrize("name", implementations("roc_auc_pr"))
@relaxed
@given(rows=pairs)
def test_curves_and_areas_are_scikit_learns(name, rows):
    ours = load("roc_auc_pr", name)
    y, scores = (np.array(column) for column in zip(*[(0, 1), (1, 1), *rows], strict=True))
    scores = scores / 4
    fpr, tpr, thresholds = ours.roc_curve(y, scores)
    theirs = metrics.roc_curve(y, scores, drop_intermediate=False)
    for mine, other in zip((fpr, tpr, thresholds), theirs, strict=True):
        assert mine == pytest.approx(other)
    precision, recall, thresholds = ours.precision_recall_curve(y, scores)
    theirs = metrics.precision_recall_curve(y, scores)
    assert precision == pytest.approx(theirs[0][::-1])
    assert recall == pytest.approx(theirs[1][::-1])
    assert thresholds[1:] == pytest.approx(theirs[2][::-1])
    auc = metrics.roc_auc_score(y, scores)
    assert ours.roc_auc(y, scores) == pytest.approx(auc)
    assert ours.roc_auc_by_ranks(y, scores) == pytest.approx(auc)
    assert ours.average_precision(y, scores) == pytest.approx(metrics.average_precision_score(y, scores))
    assert ours.area(fpr, tpr) == pytest.approx(metrics.auc(fpr, tpr))


@pytest.mark.parametrize("name", implementations("roc_auc_pr"))
@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.9])
def test_the_report_is_scikit_learns(name, threshold, rng):
    ours = load("roc_auc_pr", name)
    y, scores = rng.permutation(np.arange(50) % 2), rng.integers(0, 11, size=50) / 10
    said = scores >= threshold
    assert ours.report(y, scores, threshold) == pytest.approx(
        {
            "precision": metrics.precision_score(y, said, zero_division=0),
            "recall": metrics.recall_score(y, said),
            "roc_auc": metrics.roc_auc_score(y, scores),
            "average_precision": metrics.average_precision_score(y, scores),
        }
    )


@pytest.mark.parametrize("name", implementations("roc_auc_pr"))
def test_one_vs_rest_is_scikit_learns(name, rng):
    labels, scores = rng.permutation(np.arange(60) % 4), rng.dirichlet(np.ones(4), size=60)
    expected = metrics.roc_auc_score(labels, scores, multi_class="ovr", average="macro")
    assert load("roc_auc_pr", name).one_vs_rest_auc(labels, scores) == pytest.approx(expected)
