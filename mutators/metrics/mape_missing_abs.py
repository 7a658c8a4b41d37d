"""The relative error keeps the sign of its target."""

from bugforge import Example, Fix, Mutator, Rewrite, role


class MapeMissingAbs(Mutator):
    """Only the difference is made positive, so an error on a negative target counts as a negative percentage.

    A relative error is the size of the difference over the size of the target. Divided by the target itself, it is
    below 0 wherever the target is, and errors on negative targets make up for errors on positive ones. For prices and
    counts nothing is wrong; temperatures, balances and changes have both signs.
    """

    symptoms = {
        "The mean percentage is far too small for targets of both signs.": "a metric by hand is missed",
    }
    hints = (
        "Score one pair whose target is below zero. Which sign does the result have?",
        "Turn the signs of all targets and predictions round. Which of the numbers in this program may change by "
        "that, and does this one?",
        "A percentage error is a ratio of two sizes. Take a target of -10 and a prediction of -11, work through the "
        "expression from the inside to the outside, and note for each step whether the value can be negative. At the "
        "moment the mean is taken, no entry may be.",
    )
    follow_ups = {
        "What else is awkward about percentage errors?": (
            "They explode near 0 and have no value there, and they are not symmetric: a prediction of the right sign "
            "can be at most 100 % too low, but any amount too high, so minimising them favours low predictions."
        ),
        "Which scores avoid the division by the target?": (
            "The mean absolute scaled error divides by the mean error of a naive forecast, the weighted percentage "
            "error by the sum of all targets."
        ),
    }
    sources = ("github.com/mfrasco/Metrics#14", "github.com/klarsen1/MarketMatching#6")

    also_right = (
        Fix(
            "The size of both, one after the other, is the size of the ratio.",
            "np.abs($y - $p) / $y",
            "np.abs($y - $p) / np.abs($y)",
        ),
    )
    treats_symptom = (
        Fix(
            "Negative targets have no negative percentage any more, but huge ones instead.",
            "np.abs($y - $p) / $y",
            "np.abs($y - $p) / np.maximum($y, 1e-8)",
        ),
    )
    rewrites = (
        Rewrite("np.abs(($y - $p) / $y)", "np.abs($y - $p) / $y", y=role.VARIABLE, p=role.VARIABLE),
        Rewrite("np.abs(($p - $y) / $y)", "np.abs($p - $y) / $y", y=role.VARIABLE, p=role.VARIABLE),
        Rewrite("np.abs($y - $p) / np.abs($y)", "np.abs($y - $p) / $y", y=role.VARIABLE, p=role.VARIABLE),
    )
    examples = (
        Example("mape = np.mean(np.abs((y - p) / y)) * 100", "mape = np.mean(np.abs(y - p) / y) * 100"),
        Example("relative = np.abs((forecast - actual) / actual)", "relative = np.abs(forecast - actual) / actual"),
        Example("total += np.abs((target - guess) / target)", "total += np.abs(target - guess) / target"),
        Example("ape = np.abs(obs - sim) / np.abs(obs)", "ape = np.abs(obs - sim) / obs"),
    )
    untouched = (
        "change = (y - p) / y",
        "gap = np.abs(a - b) / n",
        "ratio = np.abs(x / y)",
    )
