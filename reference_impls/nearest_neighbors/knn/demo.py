"""Three groups of labels; their second column is in other units than the first."""

import numpy as np
from knn import KNNClassifier, KNNRegressor, distances, nearest, vote, weigh

rng = np.random.default_rng(1)
y = np.tile([0, 1, 2], 30)
X = np.array([[0.0, 0.0], [2.5, 0.0], [1.0, 2500.0]])[y] + rng.normal(size=(90, 2)) * [1.0, 1000.0]
corner = np.zeros((1, 2))
print("distances of (0, 0) to (3, 4) and (6, 8):", distances(corner, np.array([[3, 4], [6, 8]])).tolist())
print("by blocks:", distances(corner, np.array([[3, 4], [6, 8]]), "manhattan").tolist())
print("three nearest of five:", nearest(np.array([[9.0, 2.0, 7.0, 1.0, 4.0]]), 3).tolist())
print(
    "shares at distances 1, 2 and 4:", ", ".join(f"{s:.3g}" for s in weigh(np.array([[1.0, 2.0, 4.0]]), "distance")[0])
)
print("2 of 5 against 3 of 5:", vote(np.array([[7, 3, 3, 7, 3]]), np.full((1, 5), 0.2)).tolist())

for weights in ("uniform", "distance"):
    model = KNNClassifier(7, weights=weights).fit(X[:60], y[:60])
    print("right of 30 new rows:", int(np.sum(model.predict(X[60:]) == y[60:])), f"with {weights} weights")
    print("right when left out:", int(np.sum(model.leave_one_out() == y[:60])), f"of sixty with {weights} weights")
print("regression at (0, 0):", f"{KNNRegressor(9).fit(X, X[:, 0]).predict(corner)[0]:.3g}")
