"""An experiment with two hundred users, three metrics and a week before it."""

import numpy as np
import resampling_inference as inference

rng = np.random.default_rng(5)
views = rng.integers(1, 60, size=40)
clicks = rng.binomial(views, 0.1 + 0.3 / views)
low, high = inference.percentile_interval(inference.bootstrap_ratios(clicks, views, 400, np.random.default_rng(1)))
print("clicks per view:", f"{inference.ratio_metric(clicks, views):.3f}")
print("and its interval:", f"{low:.3f} {high:.3f}")
print(
    "p-value of two arms far apart:",
    inference.permutation_test(range(12), range(90, 104), 99, np.random.default_rng(2)),
)
p_values = [0.009, 0.3, 0.031, 0.001, 0.0355, 0.0095, 0.7]
print("rejected by Bonferroni:", np.flatnonzero(inference.bonferroni(p_values)).tolist())
print("rejected by Holm:", np.flatnonzero(inference.holm(p_values)).tolist())
print("rejected by Benjamini-Hochberg:", np.flatnonzero(inference.benjamini_hochberg(p_values)).tolist())
before = rng.gamma(3, 10, size=60)
spend = 5 + 0.8 * before + rng.normal(0, 8, size=60)
print("correlation with the week before:", f"{inference.correlation(spend, before):.3f}")
adjusted = inference.cuped(spend, before)
print("mean of spend, and adjusted:", f"{np.mean(spend):.2f} {np.mean(adjusted):.2f}")
print("spread of spend, and adjusted:", f"{np.std(spend):.2f} {np.std(adjusted):.2f}")
report = inference.compare(rng.normal(size=(50, 3)), rng.normal([0, 0.5, 1], size=(60, 3)), 200, alpha=0.2)
for low, high, p_value in zip(report["low"], report["high"], report["p_value"], strict=True):
    print("interval and p-value of a metric:", f"{low:.2f} {high:.2f}, {p_value:.3f}")
