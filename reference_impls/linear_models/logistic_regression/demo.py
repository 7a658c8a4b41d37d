"""Two clouds around -1 and +1 that overlap, labelled 0 and 1."""

import numpy as np
from logistic_regression import LogisticRegression, log_loss, sigmoid

rng = np.random.default_rng(0)
y = np.arange(60) % 3 // 2
X = rng.normal(size=(60, 2)) + np.where(y == 1, 1, -1)[:, None]
print("sigmoid of -1000, 0, 1000:", ", ".join(f"{p:.3f}" for p in sigmoid(np.array([-1000.0, 0.0, 1000.0]))))
print("log loss of 1/2 everywhere:", f"{log_loss(y, np.full(60, 0.5)):.3g}")
for label in (1, 0):
    print(f"log loss of 0.9 for a label {label}:", f"{log_loss(np.array([label]), np.array([0.9])):.3g}")

model = LogisticRegression().fit(X, y)
p = model.predict_proba(X)
print("shape of probabilities:", np.shape(p))
print("weights:", ", ".join(f"{value:.3g}" for value in np.ravel(model.weights)))
print("bias:", f"{np.ravel(model.bias)[0]:.3g}")
print("log loss after training:", f"{log_loss(y, p):.3g}")
print("accuracy:", f"{np.mean(model.predict(X) == y):.3g}")
print("mean probability, where a third are of class 1:", f"{np.mean(p):.3g}")
for l2 in (0.01, 1.0):
    bound = LogisticRegression(l2=l2).fit(X, y)
    print(f"length of the weights with l2 = {l2}:", f"{np.linalg.norm(bound.weights):.3g}")
twice = LogisticRegression().fit(np.vstack([X, X]), np.concatenate([y, y]))
print(
    "every row twice, largest change of a weight:",
    f"{round(float(np.abs(twice.weights - model.weights).max()), 3):.3g}",
)
