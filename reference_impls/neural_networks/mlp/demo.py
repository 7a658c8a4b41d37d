"""Four clouds in the corners of a square, opposite corners of one class: no straight line parts them."""

import numpy as np
from mlp import MLP, cross_entropy, log_softmax, softmax

rng = np.random.default_rng(0)
corners = np.array([[-2, -2], [2, 2], [-2, 2], [2, -2]])
X = np.repeat(corners, 10, axis=0) + 0.3 * rng.normal(size=(40, 2))
y = np.repeat([0, 0, 1, 1], 10)
levels = np.array([[0.0, 0.0], [1000.0, 1000.0]])
print("softmax of (0, 0) and (1000, 1000):", np.round(softmax(levels), 3).tolist())
print("its logarithm:", np.round(log_softmax(levels), 3).tolist())
print("cross-entropy of undecided logits:", f"{cross_entropy(np.zeros((4, 2)), np.array([0, 1, 0, 1])):.3g}")

model = MLP([2, 8, 2]).fit(X, y)
print("loss of the first epoch:", f"{np.mean(model.loss_history[:3]):.3g}")
print("loss of the last epoch:", f"{np.mean(model.loss_history[-3:]):.3g}")
p = model.predict_proba(X)
print("probabilities of a row sum to:", f"{p.sum(axis=1).min():.3g} to {p.sum(axis=1).max():.3g}")
print("accuracy:", f"{np.mean(model.predict(X) == y):.3g}")
start, same = (MLP([2, 8, 2], n_epochs=0).fit(X, y) for _ in range(2))
alike = np.array_equal(start.weights[0], same.weights[0])
print("spread of the first weights:", f"{np.std(start.weights[0]):.3g}")
print("the same seed gives the same first weights:", alike)
print("biases have moved:", [bool(np.any(b != 0)) for b in model.biases])
bound = MLP([2, 8, 2], l2=0.1).fit(X, y)
for l2, fitted in {"0": model, "0.1": bound}.items():
    print(f"squared weights with l2 = {l2}:", f"{sum(np.sum(w**2) for w in fitted.weights):.3g}")
