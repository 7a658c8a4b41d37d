"""A plane without noise, y = 2 + 3 x_0 - x_1, and the same with a penalty."""

import numpy as np
from linear_regression import LinearRegression

rng = np.random.default_rng(0)
X = rng.normal(size=(40, 2)) + [1, 0]
y = 2 + 3 * X[:, 0] - X[:, 1]

for l2 in (0.0, 1.0):
    model = LinearRegression(l2=l2).fit(X, y)
    numbers = ", ".join(f"{value:.3g}" for value in (*np.ravel(model.weights), *np.ravel(model.bias)))
    print(f"l2 = {l2:g}: weights {np.shape(model.weights)} and bias:", numbers)
    print("    largest error:", f"{np.abs(np.ravel(model.predict(X)) - y).max():.2f}")
column = LinearRegression().fit(X, y[:, None])
print("predictions:", np.shape(model.predict(X)), "after fitting y as a column:", np.shape(column.predict(X)))
moved = LinearRegression(l2=1.0).fit(X, y + 100)
print("y + 100 moves the bias by:", f"{np.ravel(moved.bias)[0] - np.ravel(model.bias)[0]:.3g}")
twice = LinearRegression(l2=1.0).fit(np.vstack([X, X]), np.concatenate([y, y]))
print("every row twice, largest change of a weight:", f"{np.abs(twice.weights - model.weights).max():.3f}")
pairs = np.column_stack([X, X])
twins = LinearRegression().fit(pairs, y)
print("every column twice, largest error:", f"{np.abs(twins.predict(pairs) - y).max():.3f}")
