"""Four hundred visits of some two hundred users, a third of them in the treatment."""

import numpy as np
from ab_test import Experiment, first_significant_look, relative_lift, sample_size

rng = np.random.default_rng(3)
users = rng.integers(1, 240, size=400)
arms = (users % 3 == 0).astype(int)
amounts = np.where(rng.random(400) < 0.2 + 0.1 * arms, rng.gamma(2, 10, size=400), 0).round(2)
experiment = Experiment(shares=(2, 1))
experiment.add(users[:250], arms[:250], amounts[:250])
experiment.add(users[250:], arms[250:], amounts[250:])
report = experiment.report()
print("users and buyers:", list(map(int, report["sizes"])), list(map(int, report["conversions"])))
print("p-value of the split:", f"{report['sample_ratio_p']:.3g}")
conversion = report["conversion"]
print("conversion:", ", ".join(f"{key} {conversion[key]:.3g}" for key in ("difference", "statistic", "p_value")))
spend = report["spend"]
print("spend a user, treatment minus control:", f"{spend['difference']:.3g}, statistic {spend['statistic']:.3g}")
print("lift and interval:", ", ".join(f"{value:.3g}" for value in relative_lift([8, 9, 12, 11], [12, 9, 14, 13, 15])))
print("users to find 10 % on 0.2:", sample_size(0.2, 0.1), "and for a loss:", sample_size(0.2, -0.1))
print("first look to stop at:", first_significant_look([[40, 58], [45, 75]], [[200, 200], [200, 200]], 4))
