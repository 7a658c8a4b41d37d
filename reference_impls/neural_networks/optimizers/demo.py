"""A narrow valley: (a^2 + 100 b^2) / 2 from (3, 1), whose gradient is (a, 100 b)."""

import numpy as np
from optimizers import SGD, AdamW, RMSProp, clip_by_norm, warmup_cosine

for name, optimizer in {
    "plain": SGD(0.008),
    "momentum": SGD(0.008, 0.8),
    "nesterov": SGD(0.008, 0.8, nesterov=True),
    "rmsprop": RMSProp(0.05),
    "adam": AdamW(0.1),
    "adam with decay": AdamW(0.1, weight_decay=1.0),
}.items():
    w, first = [np.array([3.0, 1.0])], None
    for _ in range(60):
        w = optimizer.step(w, [w[0] * [1, 100]])
        first = w[0] if first is None else first
    print(f"{name}:", ", ".join(f"{value:.3g}" for value in first), "after one step; after sixty", end=" ")
    print(", ".join(f"{value:.3f}" for value in w[0] + 0.0))
clipped, norm = clip_by_norm([np.array([3.0]), np.array([4.0, 12.0])], 6.5)
print("clipped to 6.5:", ", ".join(f"{value:.3g}" for g in clipped for value in g), f"from {norm:.3g}")
print("schedule:", ", ".join(f"{warmup_cosine(step, 8, 2, 1.0):.3g}" for step in range(10)))
