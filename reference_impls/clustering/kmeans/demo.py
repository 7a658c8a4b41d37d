"""Three groups of twenty points around (0, 0), (6, 0) and (0, 8)."""

import numpy as np
from kmeans import KMeans, squared_distances

rng = np.random.default_rng(0)
middles = np.array([[0.0, 0.0], [6.0, 0.0], [0.0, 8.0]])
X = np.repeat(middles, 20, axis=0) + rng.normal(size=(60, 2))
print("squared distances from (0, 0) and (3, 4) to (0, 0):", squared_distances([[0, 0], [3, 4]], [[0, 0]]).tolist())

model = KMeans(3).fit(X)
print("shapes of centers and labels:", model.centers.shape, model.labels.shape)
for center in sorted(np.asarray(model.centers).tolist()):
    print("center at:", ", ".join(f"{value:.3g}" for value in center))
print("rows in each cluster:", sorted(np.bincount(model.labels, minlength=3).tolist()))
print("inertia:", ", ".join(f"{KMeans(k).fit(X).inertia:.3g}" for k in (1, 2, 3, 4)), "with 1, 2, 3, 4 clusters")
print("labels by predict:", "as by fit" if np.array_equal(model.predict(X), model.labels) else "other than by fit")
print("another fit, same seed:", "same labels" if np.array_equal(KMeans(3).fit(X).labels, model.labels) else "others")
print("three equal points, three clusters:", KMeans(3).fit(np.ones((3, 2))).centers.tolist())
