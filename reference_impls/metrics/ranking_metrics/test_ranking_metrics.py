import numpy as np
import pytest
from ranking_metrics import (
    RankingReport,
    average_precision,
    dcg,
    ndcg,
    precision_at_k,
    recall_at_k,
    reciprocal_rank,
    top_k,
)

METRICS = {
    "precision": precision_at_k,
    "recall": recall_at_k,
    "map": average_precision,
    "mrr": reciprocal_rank,
    "ndcg": ndcg,
}


def searches(rng, q=None):
    """Distinct scores and grades of q queries, about half of the candidates relevant, and a number of places."""
    q, n = q or int(rng.integers(4, 9)), int(rng.integers(40, 60))
    scores = rng.permuted(np.tile(np.arange(n) - 20.5, (q, 1)), axis=1)
    grades = rng.integers(1, 5, size=(q, n)) * (rng.random((q, n)) < 0.5)
    return scores, grades, int(rng.integers(12, 20))


def places(row):
    """The place, from 1 on, of each candidate of one query."""
    return [1 + sum(other > score for other in row) for score in row]


def hit_places(row, grades, k):
    """Places of the relevant candidates among the first k, in order."""
    return sorted(place for place, grade in zip(places(row), grades, strict=True) if grade > 0 and place <= k)


def test_the_highest_scores_come_first(rng):
    q, n, k = (int(rng.integers(*limits)) for limits in ((2, 4), (2000, 2500), (1000, 1500)))
    scores = rng.normal(size=(q, n))
    columns = np.array(top_k(scores, k))
    assert columns.shape == (q, k), "there are not k columns for each query"
    falling = np.array([sorted(row, reverse=True)[:k] for row in scores.tolist()])
    assert np.array_equal(np.take_along_axis(scores, columns, axis=1), falling), "the columns are not in rank order"


def test_precision_is_the_share_of_relevant_places(rng):
    scores, grades, k = searches(rng)
    shares = [len(hit_places(*query, k)) / k for query in zip(scores, grades, strict=True)]
    assert np.allclose(precision_at_k(scores, grades, k), shares), "precision is not the share of hits in k places"


def test_recall_is_the_share_of_relevant_candidates_found(rng):
    scores, grades, k = searches(rng)
    shares = [len(hit_places(*query, k)) / sum(query[1] > 0) for query in zip(scores, grades, strict=True)]
    assert np.allclose(recall_at_k(scores, grades, k), shares), "recall is not the share of relevant candidates found"


def test_average_precision_of_a_worked_example():
    scores, grades = np.array([[9, 8, 7, 6, 5, 4]]), np.array([[0, 2, 0, 1, 1, 3]])
    for k, value in ((1, 0), (2, 1 / 4), (4, (1 / 2 + 2 / 4) / 4), (6, (1 / 2 + 2 / 4 + 3 / 5 + 4 / 6) / 4)):
        assert average_precision(scores, grades, k)[0] == pytest.approx(value), (
            f"hits at 2, 4, 5 and 6 are off at k = {k}"
        )


def test_average_precision_is_the_mean_of_precisions_at_hits(rng):
    scores, grades, k = searches(rng)
    for row, truth in zip(scores, grades, strict=True):
        at_hits = [precision_at_k(row[None], truth[None], place)[0] for place in hit_places(row, truth, k)]
        expected = sum(at_hits) / min(k, np.count_nonzero(truth))
        assert average_precision(row[None], truth[None], k)[0] == pytest.approx(expected), (
            "average precision is not made of the precisions at the hits"
        )


def test_the_reciprocal_rank_is_that_of_the_first_hit(rng):
    n = int(rng.integers(15, 25))
    scores = rng.permuted(np.tile(np.arange(n), (n, 1)), axis=1)
    first = np.array([places(row) for row in scores]) >= np.arange(1, n + 1)[:, None]
    assert np.allclose(reciprocal_rank(scores, 2 * first, n), 1 / np.arange(1, n + 1)), (
        "a first hit at place 1, 2, 3, ... does not score 1, 1/2, 1/3, ..."
    )


def test_dcg_of_a_worked_example():
    values = dcg(np.array([[3, 2, 0], [0, 0, 1], [0, 1, 0]]))
    assert values == pytest.approx([7 + 3 / np.log2(3), 0.5, 1 / np.log2(3)]), "worked values of the DCG are missed"


def test_dcg_adds_up_place_by_place(rng):
    q, k = int(rng.integers(2, 6)), int(rng.integers(6, 30))
    grades = rng.integers(0, 5, size=(q, k))
    totals = [sum((2 ** int(g) - 1) / np.log2(r + 2) for r, g in enumerate(row)) for row in grades]
    assert np.allclose(dcg(grades), totals), "the DCG is not the sum of the discounted gains"


def test_ndcg_compares_with_the_best_of_all_orders(rng):
    scores, grades, k = searches(rng)
    values = np.array(ndcg(scores, grades, k))
    for value, row, truth in zip(values, scores, grades.tolist(), strict=True):
        gains = {place: 2**grade - 1 for place, grade in zip(places(row), truth, strict=True)}
        reached = sum(gains[r] / np.log2(r + 1) for r in range(1, k + 1))
        best = sum(gain / np.log2(r + 2) for r, gain in enumerate(sorted(gains.values())[: -k - 1 : -1]))
        assert value * best == pytest.approx(reached), "nDCG does not relate the DCG to that of the best order"
    assert np.allclose(ndcg(grades + scores / 100, grades, k), 1), "the best of all orders does not score 1"


def test_the_report_is_the_mean_over_queries(rng):
    scores, grades, k = searches(rng)
    report = RankingReport(k=k)
    report.update(scores, grades)
    values = report.compute()
    assert set(values) == set(METRICS), "the report has other entries than its five metrics"
    for name, metric in METRICS.items():
        assert values[name] == pytest.approx(np.mean(metric(scores, grades, k))), f"{name} is not the mean over queries"


def test_batches_do_not_change_the_report(rng):
    scores, grades, k = searches(rng, q=int(rng.integers(12, 18)))
    grades[:3] = np.where(scores[:3] > 0, 1, 0)
    whole, parts = RankingReport(k=k), RankingReport(k=k)
    whole.update(scores, grades)
    for batch in (slice(0, 3), slice(3, 4), slice(4, None)):
        parts.update(scores[batch], grades[batch])
    assert parts.compute() == pytest.approx(whole.compute()), "a report depends on how its queries are cut in batches"


def test_padding_has_no_influence(rng):
    scores, grades, k = searches(rng)
    q, n = scores.shape
    extra = int(rng.integers(3, 9))
    order = rng.permutation(n + extra)
    kept = order < n
    wide = np.hstack([scores, rng.uniform(-50, 50, size=(q, extra))])[:, order]
    truth = np.hstack([grades, rng.integers(5, 7, size=(q, extra))])[:, order]
    mask = np.tile(kept, (q, 1))
    for name, metric in METRICS.items():
        assert np.allclose(metric(wide, truth, k, mask), metric(scores, grades, k)), f"{name} changes with padding"


def test_inputs_are_left_alone(rng, unchanged):
    scores, grades, k = searches(rng)
    mask = rng.random(scores.shape) < 0.8
    with unchanged(scores, grades, mask):
        top_k(scores, k)
        dcg(grades)
        RankingReport(k).update(scores, grades, mask)


@pytest.mark.edge_case
def test_equal_scores_keep_their_order(rng):
    q, n = int(rng.integers(2, 6)), int(rng.integers(40, 80))
    scores = rng.integers(0, 4, size=(q, n))
    expected = [sorted((-score, column) for column, score in enumerate(row)) for row in scores.tolist()]
    columns = np.array(top_k(scores, n))
    assert np.array_equal(columns, [[column for _, column in row] for row in expected]), (
        "candidates with equal scores are not in the order of their columns"
    )
    first = (np.arange(n) == np.array(expected)[:, :1, 1]).astype(int)
    assert np.allclose(reciprocal_rank(scores, first, 1), 1), "a tie at the top is decided otherwise in a metric"


@pytest.mark.edge_case
def test_a_query_without_a_hit_scores_zero(rng):
    scores, grades, k = searches(rng)
    order = np.array([places(row) for row in scores])
    grades[order <= k] = 0
    grades[order == k + 1] = 1
    for name, metric in METRICS.items():
        assert np.allclose(metric(scores, grades, k), 0), f"{name} is not 0 although no place has a relevant candidate"


@pytest.mark.edge_case
def test_a_query_without_relevant_candidates_scores_zero(rng):
    scores, grades, k = searches(rng)
    grades[1] = 0
    for name, metric in METRICS.items():
        values = np.array(metric(scores, grades, k))
        assert values.shape == (len(scores),), f"{name} is not one number a query"
        assert values[1] == 0, f"{name} is not 0 for a query without relevant candidates"
        assert values[0] == pytest.approx(metric(scores[:1], grades[:1], k)[0]), f"{name} of one query moves another"


@pytest.mark.edge_case
def test_queries_without_relevant_candidates_are_left_out_of_the_report(rng):
    scores, grades, k = searches(rng)
    padded, mask = grades.copy(), np.ones(grades.shape, dtype=bool)
    padded[0], padded[1], mask[1] = 0, 3, False
    padded[2] = grades[2] = np.array(places(scores[2])) > k
    report = RankingReport(k)
    report.update(scores, padded, mask)
    report.update(scores[:1], padded[:1], mask[:1])
    expected = {name: np.mean(metric(scores[2:], grades[2:], k)) for name, metric in METRICS.items()}
    assert report.compute() == pytest.approx(expected), "queries without an answer change the means"


@pytest.mark.edge_case
def test_fewer_candidates_than_places(rng):
    scores, grades, k = searches(rng)
    mask = np.array([places(row) for row in scores]) > scores.shape[1] - 2
    grades = mask * 1 + 2 * ~mask
    assert np.allclose(precision_at_k(scores, grades, k, mask), 2 / k), "two hits among k places are not 2 / k"
    for metric in (recall_at_k, average_precision, reciprocal_rank, ndcg):
        assert np.allclose(metric(scores, grades, k, mask), 1), "two candidates, both relevant, do not score 1"


@pytest.mark.edge_case
def test_one_relevant_candidate_is_enough(rng):
    scores, _, k = searches(rng)
    grades = np.array([places(row) for row in scores]) == 1
    report = RankingReport(k)
    report.update(scores, grades.astype(int))
    expected = {name: 1 / k if name == "precision" else 1 for name in METRICS}
    assert report.compute() == pytest.approx(expected), "one relevant candidate, placed first, is not the best result"


@pytest.mark.edge_case
def test_a_report_has_ten_places_unless_told_otherwise(rng):
    scores, grades, _ = searches(rng)
    silent, told = RankingReport(), RankingReport(10)
    silent.update(scores, grades)
    told.update(scores, grades)
    assert silent.compute() == told.compute(), "without an argument the report looks at another number of places"


@pytest.mark.edge_case
def test_bytes_are_scores_like_others(rng):
    scores, grades, k = searches(rng)
    small = (scores + 20.5).astype(np.uint8), grades.astype(np.uint8)
    for name, metric in METRICS.items():
        assert np.allclose(metric(*small, k), metric(scores, grades, k)), f"{name} of single bytes is another"


@pytest.mark.edge_case
def test_an_empty_report_is_refused(rng):
    scores, _, k = searches(rng)
    report = RankingReport(k)
    with pytest.raises(ValueError):
        report.compute()
    report.update(scores, np.zeros(scores.shape, dtype=int))
    with pytest.raises(ValueError):
        report.compute()


@pytest.mark.edge_case
def test_unlike_shapes_and_impossible_places_are_refused(rng):
    scores, grades, k = searches(rng)
    q, n = scores.shape
    for wrong in (-1, 0, n + 1):
        with pytest.raises(ValueError):
            top_k(scores, wrong)
        for metric in METRICS.values():
            with pytest.raises(ValueError):
                metric(scores, grades, wrong)
    for metric in METRICS.values():
        for truth in (grades[:, :-1], grades[:1], grades[:-1]):
            with pytest.raises(ValueError):
                metric(scores, truth, k)
        for mask in (np.ones((q, n + 1), dtype=bool), np.ones((1, n), dtype=bool)):
            with pytest.raises(ValueError):
                metric(scores, grades, k, mask)
