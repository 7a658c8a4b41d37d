"""Eight samples that can be ranked by hand, then two hundred."""

import numpy as np
import roc_auc_pr as curves

y = np.array([1, 0, 1, 1, 0, 0, 1, 0])
scores = np.array([0.8, 0.9, 0.7, 0.6, 0.5, 0.4, 0.3, 0.1])
fpr, tpr, thresholds = curves.roc_curve(y, scores)
print("ROC points:", [f"{f:.3g},{t:.3g}" for f, t in zip(fpr, tpr, strict=True)])
precision, recall, _ = curves.precision_recall_curve(y, scores)
print("precision and recall:", [f"{p:.3g},{r:.3g}" for p, r in zip(precision, recall, strict=True)])
print("AUC by area and by ranks:", f"{curves.roc_auc(y, scores):.3g}, {curves.roc_auc_by_ranks(y, scores):.3g}")
print("average precision:", f"{curves.average_precision(y, scores):.3g}")
print("best threshold:", f"{curves.best_threshold(y, scores):.3g}")

rng = np.random.default_rng(8)
labels = rng.integers(0, 2, size=200)
p = 1 / (1 + np.exp(-rng.normal(2 * labels - 1, 1.5)))
print("report of 200:", {name: f"{value:.3g}" for name, value in curves.report(labels, p).items()})
classes = rng.integers(0, 3, size=90)
print("three classes:", f"{curves.one_vs_rest_auc(classes, np.eye(3)[classes] + rng.normal(size=(90, 3))):.3g}")
