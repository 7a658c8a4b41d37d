"""Two queries that can be ranked by hand, then many in batches."""

import numpy as np
import ranking_metrics as metrics

scores = np.array([[0.2, 0.9, 0.4, 0.7, 0.1], [0.3, 0.8, 0.1, 0.5, 0.6]])
grades = np.array([[0, 0, 1, 2, 3], [1, 0, 0, 0, 2]])
print("best three of 0.2, 0.9, 0.4, 0.7, 0.1:", np.asarray(metrics.top_k(scores, 3))[0].tolist())
print("precision:", [f"{p:.3g}" for p in metrics.precision_at_k(scores, grades, 3)])
print("recall:", [f"{r:.3g}" for r in metrics.recall_at_k(scores, grades, 3)])
print("average precision:", [f"{p:.3g}" for p in metrics.average_precision(scores, grades, 3)])
print("reciprocal rank:", [f"{r:.3g}" for r in metrics.reciprocal_rank(scores, grades, 3)])
print("nDCG:", [f"{value:.3g}" for value in metrics.ndcg(scores, grades, 5)])
print("DCG of a single gain at place 1, 2, 3:", [f"{value:.3g}" for value in metrics.dcg(np.eye(3))])

rng = np.random.default_rng(4)
report = metrics.RankingReport(k=8)
for q in (40, 15, 5):
    truth = rng.integers(1, 4, size=(q, 12)) * (rng.random((q, 12)) < 0.5)
    report.update(truth + 2 * rng.normal(size=(q, 12)), truth)
print("report of 60 queries:", {name: f"{value:.3g}" for name, value in report.compute().items()})
