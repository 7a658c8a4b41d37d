"""Loans that are paid back or not: income and debts tell something, the postal district nothing."""

import numpy as np
from random_forest import RandomForest, best_split, bootstrap, permutation_importance

rng = np.random.default_rng(4)
income, debts, district = rng.integers(1, 7, size=(3, 90))
X = np.column_stack([income, debts, district]).astype(float)
paid = (income - debts + 1.5 * rng.normal(size=90) > 0).astype(int)
known, asked = X[:60], X[60:]

print("distinct rows in a bag of 400:", len(set(bootstrap(400, np.random.default_rng(1)).tolist())))
print("first split by either column:", [float(best_split(known, paid[:60], [column])[1]) for column in (0, 1)])
forest = RandomForest(n_trees=8, seed=2).fit(known, paid[:60])
print("training rows right:", int((forest.predict(known) == paid[:60]).sum()), "of 60")
print("fresh rows right:", int((forest.predict(asked) == paid[60:]).sum()), "of 30")
print("out-of-bag score:", f"{forest.oob_score:.3g}")
print("importances:", np.round(permutation_importance(forest, known, paid[:60], rng, 2), 3).tolist())
