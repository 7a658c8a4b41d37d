"""ranking_metrics against scikit-learn, ties and queries without relevant candidates included."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn import metrics

from .reference import implementations, load, relaxed


@pytest.fixture(params=implementations("ranking_metrics"))
def ours(request):
    return load("ranking_metrics", request.param)


def distinct(rng, q, n):
    return rng.permuted(np.tile(np.arange(n) / 7, (q, 1)), axis=1)


@pytest.mark.parametrize("k", [1, 3, 12])
def test_ndcg_is_scikit_learns(ours, rng, k):
    scores, grades = distinct(rng, 20, 12), rng.integers(0, 4, size=(20, 12))
    gains = 2.0**grades - 1
    for row, gain, value in zip(scores, gains, ours.ndcg(scores, grades, k), strict=True):
        assert value == pytest.approx(metrics.ndcg_score([gain], [row], k=k))
    assert ours.dcg(-np.sort(-grades, axis=1)) == pytest.approx([metrics.dcg_score([gain], [gain]) for gain in gains])


def test_average_precision_of_all_places_is_scikit_learns(ours, rng):
    scores, grades = distinct(rng, 20, 15), rng.integers(0, 3, size=(20, 15))
    expected = [metrics.average_precision_score(g > 0, s) for g, s in zip(grades, scores, strict=True)]
    assert ours.average_precision(scores, grades, 15) == pytest.approx(expected)


def test_the_reciprocal_rank_of_one_relevant_candidate_is_scikit_learns(ours, rng):
    scores, grades = distinct(rng, 20, 15), np.eye(15, dtype=int)[rng.integers(15, size=20)]
    expected = metrics.label_ranking_average_precision_score(grades, scores)
    assert np.mean(ours.reciprocal_rank(scores, grades, 15)) == pytest.approx(expected)


@pytest.mark.parametrize("k", [1, 4, 9])
def test_recall_of_one_relevant_candidate_is_top_k_accuracy(ours, rng, k):
    scores, labels = distinct(rng, 40, 10), rng.integers(10, size=40)
    grades = np.eye(10, dtype=int)[labels]
    expected = metrics.top_k_accuracy_score(labels, scores, k=k, labels=range(10))
    assert np.mean(ours.recall_at_k(scores, grades, k)) == pytest.approx(expected)
    assert np.mean(ours.precision_at_k(scores, grades, k)) == pytest.approx(expected / k)


def tables(elements, dtype=float):
    return arrays(dtype, (3, 6), elements=elements)


@pytest.mark.parametrize("names", [implementations("ranking_metrics")])
@relaxed
@given(
    scores=tables(st.integers(-2, 2).map(float)),
    grades=tables(st.integers(0, 3), int),
    mask=tables(st.booleans(), bool),
    k=st.integers(1, 6),
)
def test_the_implementations_agree(names, scores, grades, mask, k):
    one, other = (load("ranking_metrics", name) for name in names)
    for name in ("precision_at_k", "recall_at_k", "average_precision", "reciprocal_rank", "ndcg"):
        values = [getattr(module, name)(scores, grades, k, mask) for module in (one, other)]
        assert values[0] == pytest.approx(values[1])
        assert np.all((values[0] >= 0) & (values[0] <= 1 + 1e-12))
    assert np.array_equal(one.top_k(scores, k), other.top_k(scores, k))
