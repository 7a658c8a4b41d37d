"""Sixty rows around (10, 20, 30) that vary most along (2, 2, -1)."""

import numpy as np
from pca import PCA, choose_components, explained_ratio, principal_axes


def show(values):
    return ", ".join(f"{value + 0.0:.3g}" for value in np.round(np.ravel(values), 6))


rng = np.random.default_rng(4)
X = rng.normal(size=(60, 3)) @ np.array([[4.0, 4.0, -2.0], [-1.0, 2.0, 2.0], [0.4, -0.2, 0.4]]) + [10, 20, 30]
axes, variances = principal_axes(X)
print("axes:", "; ".join(show(axis) for axis in axes))
print("variances:", show(variances))
print("shares of variance:", show(explained_ratio([6.0, 3.0, 1.0])))
print("components for 0.5, 0.9 and 1:", [choose_components([6.0, 3.0, 1.0], share) for share in (0.5, 0.9, 1)])

model = PCA(2, whiten=True).fit(X)
print("shapes of components and coordinates:", model.components.shape, model.transform(X).shape)
print("a new row restored:", show(model.inverse_transform(model.transform([[11.0, 19.0, 33.0]]))))
print("its distance to the plane:", show(model.residuals([[11.0, 19.0, 33.0]])))
