"""Three overlapping clouds of 30, 20 and 10 rows."""

import numpy as np
from softmax_regression import SoftmaxRegression, balanced_weights, cross_entropy, log_softmax, softmax

rng = np.random.default_rng(0)
codes = np.repeat([0, 1, 2], [30, 20, 10])
X = np.array([[-1.0, 0.0], [1.0, 0.5], [0.0, -1.0]])[codes] + rng.normal(size=(60, 2))
y = np.array(["apple", "plum", "quince"])[codes]

print("softmax of 0, log 2, log 5:", ", ".join(f"{p:.3g}" for p in softmax(np.log([1.0, 2.0, 5.0]))))
print("log softmax of 0, 800:", ", ".join(f"{value:.3g}" for value in log_softmax(np.array([0.0, 800.0]))))
print("cross-entropy of even logits:", f"{cross_entropy(np.zeros((60, 3)), codes):.3g}")
print("balanced weights of 3, 1:", ", ".join(f"{v:.3g}" for v in balanced_weights(np.array([0, 0, 0, 1]))))

model = SoftmaxRegression().fit(X, y)
p = model.predict_proba(X)
print("classes:", ", ".join(model.classes))
print("shape of probabilities:", np.shape(p))
print("mean probabilities, shares are 0.5, 0.333, 0.167:", ", ".join(f"{share:.3g}" for share in p.mean(axis=0)))
print("cross-entropy after training:", f"{cross_entropy(model.decision_function(X), codes):.3g}")
print("accuracy:", f"{np.mean(model.predict(X) == y):.3g}")
even = SoftmaxRegression(balanced=True).fit(X, y)
print("rows called quince, then when balanced:", sum(model.predict(X) == "quince"), sum(even.predict(X) == "quince"))
for l2 in (0.01, 1.0):
    print(f"length of the weights with l2 = {l2}:", f"{np.linalg.norm(SoftmaxRegression(l2=l2).fit(X, y).weights):.3g}")
