"""Four pairs that can be scored by hand, then a stream of portions."""

import numpy as np
import regression_metrics as metrics

y, p = np.array([2.0, 4.0, 5.0, 9.0]), np.array([3.0, 4.0, 6.0, 11.0])
percent = metrics.mean_absolute_percentage_error(y, p)
print("MAE and MAPE:", f"{metrics.mean_absolute_error(y, p):.3g}, {percent:.3g}")
sizes = [metrics.huber(np.zeros(1), np.array([size])) for size in (0.5, 3.0)]
print("Huber of the errors 0.5 and 3:", [f"{value:.3g}" for value in sizes])
sides = [metrics.pinball(np.zeros(1), np.array([guess]), 0.9) for guess in (-1.0, 1.0)]
print("pinball at 0.9, too low and too high:", [f"{value:.3g}" for value in sides])
shares = metrics.r2(y, p), metrics.adjusted_r2(y, p, 1), metrics.explained_variance(y, p)
print("R2, adjusted, explained:", [f"{share:.3g}" for share in shares])
logs = metrics.root_mean_squared_log_error(np.array([1.0, 3.0]), np.array([3.0, 1.0]))
print("log errors of 1 for 3 and 3 for 1:", f"{logs:.3g}")
scaled = metrics.mean_absolute_scaled_error(y, p, np.array([1.0, 3.0, 7.0, 7.0]))
print("scaled by the changes 2, 4, 0:", f"{scaled:.3g}")

rng = np.random.default_rng(2)
scores = metrics.RunningScores()
for size in (30, 30, 30):
    truth = rng.normal(50, 5, size=size)
    scores.update(truth, truth + rng.normal(0, 2, size=size))
print("running:", {name: f"{value:.3g}" for name, value in scores.compute().items()})
