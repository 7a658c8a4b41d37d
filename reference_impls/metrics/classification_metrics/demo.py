"""Eight labels that can be counted by hand: 3 hits, 1 miss, 2 false alarms, 2 right refusals."""

import classification_metrics as metrics
import numpy as np

y = np.array([1, 1, 1, 1, 0, 0, 0, 0])
said = np.array([1, 1, 1, 0, 1, 1, 0, 0])
print("rows are true, columns predicted:", np.asarray(metrics.confusion_matrix(y, said, 2)).tolist())
for name in ("accuracy", "precision", "recall", "f1"):
    print(f"{name}:", f"{getattr(metrics, name)(y, said):.3g}")
three, guessed = np.array([0, 0, 0, 0, 1, 1, 2]), np.array([0, 0, 0, 1, 1, 0, 0])
for name in ("macro_precision", "macro_recall", "macro_f1"):
    print(f"{name} of three classes, one never right:", f"{getattr(metrics, name)(three, guessed, 3):.3g}")
print("recall without a positive:", f"{metrics.recall([0, 0], [0, 1]):.3g}")
print("precision if none is predicted:", f"{metrics.precision([0, 1], [0, 0]):.3g}")

proba = np.array([[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.6, 0.4]])
truth = np.array([0, 1, 0, 1])
print("log loss:", f"{metrics.log_loss(truth, proba):.3g}")
print("log loss of certain and wrong:", f"{metrics.log_loss([0], np.array([[0.0, 1.0]])):.3g}")
four = np.array([[0.1, 0.5, 0.3, 0.1]] * 3)
print("right among the top 1, 2, 4:", [f"{metrics.top_k_accuracy([1, 2, 0], four, k):.3g}" for k in (1, 2, 4)])
print("ranks of 5, 1, 5, 9:", np.asarray(metrics.average_ranks(np.array([5, 1, 5, 9]))).tolist())
scores = np.array([[1, 2, 1, 2], [1, 1, 1, 1], [1, 2, 2, 3]])
print("AUC, perfect, useless, with a tie:", [f"{metrics.roc_auc(truth, row):.3g}" for row in scores])
print("report:", {name: f"{value:.3g}" for name, value in metrics.binary_report(truth, proba).items()})
