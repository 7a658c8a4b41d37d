"""Sixty-four customers, with gaps, three cities and a few copies; the later half of them is richer."""

import numpy as np
import pandas as pd
from tabular_pipeline import run_pipeline

rng = np.random.default_rng(0)
n = 64
y = rng.permutation(n) % 3 // 2
income = np.where(np.arange(n) % 5, 30 + 20 * y + np.arange(n) / 4 + rng.normal(size=n), np.nan)
city = np.where(np.arange(n) % 9, rng.choice(["lima", "oslo", "rome"], size=n), None)
frame = pd.DataFrame({"income": income, "age": 50 + rng.normal(size=n), "city": city, "left": y})
frame = pd.concat([frame, frame.iloc[:8]], ignore_index=True)

report = run_pipeline(frame, "left", "city", k=2)
rows = {part: len(set(labels)) for part, labels in report["rows"].items()}
print("different rows of each part:", rows)
print("columns:", report["features"], "weights:", np.shape(report["weights"]))
train, fitted = frame.loc[sorted(set(report["rows"]["train"]))], ("fill", "mean", "scale")
print(
    "median income of the training rows:",
    f"{train['income'].median():.3g}",
    "filled in:",
    f"{report['fill']['income']:.3g}",
)
for name in fitted:
    print(f"{name} of income and age:", [f"{report[name][column]:.3g}" for column in ("income", "age")])
rates = {key: f"{value:.3g}" for key, value in report["rates"].items()}
print("rate of each city:", rates, "of all:", f"{report['prior']:.3g}")
print(
    "weights:",
    [f"{value:.3g}" for value in report["weights"]],
    "bias:",
    f"{report['bias']:.3g}",
    "f1:",
    f"{report['f1']:.3g}",
)
again = run_pipeline(frame, "left", "city", k=2)
print("the same seed, the same weights:", np.array_equal(again["weights"], report["weights"]))
changed = frame.drop_duplicates()
changed.loc[report["rows"]["test"], "income"] += 1000
other = run_pipeline(changed, "left", "city", k=2)
print(
    "test incomes + 1000 change the weights by:",
    f"{np.abs(np.subtract(other['weights'], report['weights'])).max():.3f}",
)
