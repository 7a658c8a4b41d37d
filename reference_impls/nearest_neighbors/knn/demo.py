"""Three groups of labels; their second column is in other units than the first."""

import numpy as np
from knn import KNNClassifier, KNNRegressor, distances, nearest, vote, weigh

rng = np.random.default_rng(1)
y = np.tile([0, 1, 2], 30)
X = np.array([[0.0, 0.0], [2.5, 0.0], [1.0, 2500.0]])[y] + rng.normal(size=(90, 2)) * [1.0, 1000.0]
corner = np.zeros((1, 2))
D = distances(corner, np.array([[3, 4], [6, 8], [5, 12]]))
print("distances of (0, 0) to (3, 4), (6, 8), (5, 12):", ", ".join(f"{d:.3g}" for d in D[0]))
print("by blocks:", distances(corner, np.array([[3, 4], [6, 8]]), "manhattan").tolist())
print("shapes of two neighbours and their shares:", nearest(D, 2).shape, weigh(D, "distance").shape)
print("2 of 5 against 3 of 5:", vote(np.array([[7, 3, 3, 7, 3]]), np.full((1, 5), 0.2)).tolist())

for weights in ("uniform", "distance"):
    model = KNNClassifier(7, weights=weights).fit(X[:60], y[:60])
    print("right of 30 new rows:", int(np.sum(model.predict(X[60:]) == y[60:])), f"with {weights} weights")
print("right of 90 when left out:", int(np.sum(KNNClassifier(3).fit(X, y).leave_one_out() == y)))
print("regression at (0, 0):", f"{KNNRegressor(9).fit(X, X[:, 0]).predict(corner)[0]:.3g}")
