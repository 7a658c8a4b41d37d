"""Sixty-four customers, with gaps, three cities and a few copies; the later half of them is richer."""

import numpy as np
import pandas as pd
from tabular_pipeline import run_pipeline

rng, n = np.random.default_rng(0), 64
y = rng.permutation(n) % 3 // 2
income = np.where(np.arange(n) % 5, 30 + 20 * y + np.arange(n) / 4 + rng.normal(size=n), np.nan)
city = np.where(np.arange(n) % 9, rng.choice(["lima", "oslo", "rome"], size=n), None)
frame = pd.DataFrame({"income": income, "age": 50 + rng.normal(size=n), "city": city, "left": y})
frame = pd.concat([frame, frame.iloc[:8]], ignore_index=True)

report = run_pipeline(frame, "left", "city", k=2)
print("different rows of each part:", {part: len(set(labels)) for part, labels in report["rows"].items()})
print("columns:", report["features"])
median = frame.loc[[*dict.fromkeys(report["rows"]["train"])], "income"].median()
print("median income of the training rows, and what fills its gaps:", f"{median:.3g}, {report['fill']['income']:.3g}")
print("mean and scale of the incomes:", f"{report['mean']['income']:.3g}, {report['scale']['income']:.3g}")
print("rate of each city:", {key: f"{value:.3g}" for key, value in report["rates"].items()})
print("weights:", [f"{value:.3g}" for value in report["weights"]])
print("bias:", f"{report['bias']:.3g}")
print("f1:", f"{report['f1']:.3g}")
changed = frame.drop_duplicates()
changed.loc[report["rows"]["test"], "income"] += 1000
for name, table in {"the same seed again": frame, "test incomes + 1000": changed}.items():
    weights = run_pipeline(table, "left", "city", k=2)["weights"]
    print(
        f"{name}, largest change of a weight:",
        f"{round(float(np.abs(np.subtract(weights, report['weights'])).max()), 3):.3g}",
    )
