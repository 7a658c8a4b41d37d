"""R2 is measured against a constant that is not the mean of the targets."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary


class R2WrongBaseline(Mutator):
    """The baseline predicts the mean of the predictions, so its squared errors are too large.

    R2 compares a model with the best constant, the mean of the targets. Any other constant has a larger sum of squares,
    by n times its squared distance from that mean, and a model looks better against a worse rival. A least-squares fit
    with an intercept has predictions with the mean of its targets, so on its training rows nothing is wrong; on other
    rows, or with biased predictions, the score is too high.
    """

    symptoms = {
        "Predicting too much for everybody hardly harms the score.": "a metric by hand is missed",
    }
    hints = (
        "Add a large constant to all predictions, and watch what the score makes of it.",
        "Which two sums of squares are compared? Compute both by hand for three targets and predictions that are all "
        "two too high.",
        "The share is relative to a rival that ignores the features. This rival should depend on the targets alone: "
        "exchange the predictions for others and keep the targets, and the denominator must stay what it was. Does "
        "it, and which constant does the rival predict?",
    )
    follow_ups = {
        "When is the mistake invisible?": (
            "When the mean of the predictions is that of the targets, as for least squares with an intercept on the "
            "rows that it was fitted to."
        ),
        "Which mean belongs into the baseline on test rows?": (
            "By the usual definition that of the test targets, which no model could know; the mean of the training "
            "targets is the fairer rival, and gives a slightly higher score."
        ),
    }
    sources = ("github.com/kusterlab/curve_curator#15",)

    also_right = (
        Fix(
            "The variance of the targets times their number is the sum of squares about their mean.",
            "np.sum(($y - np.mean($p)) ** 2)",
            "np.var($y) * len($y)",
        ),
        Fix(
            "Of pairs the first is the target, whatever it is called.",
            "sum($p for _, $p in $pairs)",
            "sum(pair[0] for pair in $pairs)",
        ),
    )
    treats_symptom = (
        Fix(
            "The spread of the predictions about their own mean is no baseline for the targets.",
            "np.sum(($y - np.mean($p)) ** 2)",
            "np.sum(($p - np.mean($p)) ** 2)",
        ),
        Fix(
            "The mean of targets and predictions together is half as far off, and no mean of the targets.",
            "sum($p for _, $p in $pairs)",
            "sum(sum(pair) / 2 for pair in $pairs)",
        ),
    )
    rewrites = (
        Rewrite(
            "$left = np.sum(($y - $p) ** 2)\n$total = np.sum(($y - np.mean($y)) ** 2)",
            "$left = np.sum(($y - $p) ** 2)\n$total = np.sum(($y - np.mean($p)) ** 2)",
            y=role.NAME,
            p=role.NAME,
        ),
        Rewrite(
            "$total = np.sum(($y - np.mean($y)) ** 2)\n$left = np.sum(($y - $p) ** 2)",
            "$total = np.sum(($y - np.mean($p)) ** 2)\n$left = np.sum(($y - $p) ** 2)",
            y=role.NAME,
            p=role.NAME,
        ),
        Rewrite(
            "1 - np.sum(($y - $p) ** 2) / np.sum(($y - np.mean($y)) ** 2)",
            "1 - np.sum(($y - $p) ** 2) / np.sum(($y - np.mean($p)) ** 2)",
            function=vocabulary.R_SQUARED,
            y=role.NAME,
            p=role.NAME,
        ),
        Rewrite(
            "$mean = sum($y for $y, _ in $pairs) / $n\n...\nfor $y, $p in $pairs:\n    ...",
            "$mean = sum($p for _, $p in $pairs) / $n\n...\nfor $y, $p in $pairs:\n    ...",
            function=vocabulary.R_SQUARED,
        ),
    )
    examples = (
        Example(
            "def r2_score(y, p):\n    return 1 - np.sum((y - p) ** 2) / np.sum((y - y.mean()) ** 2)\n",
            "def r2_score(y, p):\n    return 1 - np.sum((y - p) ** 2) / np.sum((y - p.mean()) ** 2)\n",
        ),
        Example(
            "ss_res = np.sum((y_true - y_pred) ** 2)\nss_tot = np.sum((y_true - np.mean(y_true)) ** 2)\n",
            "ss_res = np.sum((y_true - y_pred) ** 2)\nss_tot = np.sum((y_true - np.mean(y_pred)) ** 2)\n",
        ),
        Example(
            "tss = ((obs - obs.mean()) ** 2).sum()\nrss = ((obs - fitted) ** 2).sum()\n",
            "tss = ((obs - fitted.mean()) ** 2).sum()\nrss = ((obs - fitted) ** 2).sum()\n",
        ),
        Example(
            "def r_squared(rows):\n    mean = sum(y for y, _ in rows) / len(rows)\n    for y, p in rows:\n"
            "        rest += (y - p) ** 2\n        total += (y - mean) ** 2\n    return 1 - rest / total\n",
            "def r_squared(rows):\n    mean = sum(p for _, p in rows) / len(rows)\n    for y, p in rows:\n"
            "        rest += (y - p) ** 2\n        total += (y - mean) ** 2\n    return 1 - rest / total\n",
        ),
    )
    untouched = (
        "total = np.sum((y - np.mean(y)) ** 2)",
        "within = np.sum((x - c) ** 2)\nspread = np.sum((z - np.mean(z)) ** 2)\n",
        "def cost(y, p):\n    return np.sum((y - p) ** 2) / np.sum((y - y.mean()) ** 2)\n",
    )
