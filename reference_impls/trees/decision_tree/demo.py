"""Three kinds of flowers: the first is told by its petals, the others by petals and sepals."""

import numpy as np
from decision_tree import DecisionTree, best_split, entropy, gini

rng = np.random.default_rng(0)
kind = np.repeat([0, 1, 2], 25)
petal = np.array([1.5, 4.3, 5.5])[kind] + 0.4 * rng.normal(size=75)
sepal = np.array([5.0, 5.9, 6.6])[kind] + 0.5 * rng.normal(size=75)
X = np.column_stack([sepal, petal])
print("gini and entropy of 0 0 0 1:", f"{gini([0, 0, 0, 1]):.3g}, {entropy([0, 0, 0, 1]):.3g} bits")

print("column, threshold and gain of the first split:", np.round(best_split(X, kind) or (), 3).tolist())
for depth in (1, 2, None):
    model = DecisionTree(max_depth=depth).fit(X, kind)
    right = int((model.predict(X) == kind).sum())
    print(f"rows right, depth at most {depth}:", f"{right} of 75, by {model.n_leaves} leaves")
print("importances:", ", ".join(f"{share:.3g}" for share in model.importances))
shares = DecisionTree(min_samples_leaf=10).fit(X, kind).predict_proba([[6, 1], [6, 4], [6, 6]])
print("shares for petals of 1, 4 and 6:", np.round(shares, 2).tolist())
