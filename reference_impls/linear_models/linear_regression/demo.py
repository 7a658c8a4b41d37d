"""A plane without noise, y = 2 + 3 x_0 - x_1, and the same with a penalty."""

import numpy as np
from linear_regression import LinearRegression


def short(number):
    return f"{round(float(number), 3):.3g}"


rng = np.random.default_rng(0)
X = rng.normal(size=(40, 2)) + [1, 0]
y = 2 + 3 * X[:, 0] - X[:, 1]
free, bound = (LinearRegression(l2=l2).fit(X, y) for l2 in (0.0, 1.0))
for name, model in {"without a penalty": free, "with l2 = 1": bound}.items():
    print(f"weights {name}:", ", ".join(f"{value:.3g}" for value in np.ravel(model.weights)))
    print(f"bias {name}:", f"{np.ravel(model.bias)[0]:.3g}")
print("largest error without a penalty:", short(np.abs(np.ravel(free.predict(X)) - y).max()))
column = LinearRegression().fit(X, y[:, None])
print("shape of predictions:", np.shape(free.predict(X)), "after fitting y as a column:", np.shape(column.predict(X)))
moved = LinearRegression(l2=1.0).fit(X, y + 100)
print("y + 100 moves the bias by:", f"{np.ravel(moved.bias)[0] - np.ravel(bound.bias)[0]:.3g}")
twice = LinearRegression(l2=1.0).fit(np.vstack([X, X]), np.concatenate([y, y]))
print("every row twice, largest change of a weight:", short(np.abs(twice.weights - bound.weights).max()))
pairs = np.column_stack([X, X])
twins = LinearRegression().fit(pairs, y)
print("every column twice, largest error:", short(np.abs(twins.predict(pairs) - y).max()))
