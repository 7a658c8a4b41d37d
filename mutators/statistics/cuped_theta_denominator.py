"""The covariance is divided by the variance of the outcome, where that of the covariate is due."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary


class CupedThetaDenominator(Mutator):
    """The factor of the covariate is the slope of the wrong regression: covariate on outcome.

    What is to be taken away from the outcome is what a line over the covariate explains, and that line has the slope
    cov(y, x) / var(x). Divided by var(y) the number has the unit of x over y, and y - theta x adds things of different
    units. Too little or too much is removed: the adjusted outcome is still correlated with the covariate, and its
    variance may even be larger than before.
    """

    symptoms = {
        "The adjusted outcome still goes up and down with last week's.": "the adjusted outcome is another",
    }
    hints = (
        "Correlate the result with the covariate. Which value should come out?",
        "Measure the covariate in cents instead of euros. What must happen to the factor, and what happens here?",
        "The factor says how much the outcome changes when the covariate grows by one. Work out its unit, for an "
        "outcome in minutes and a covariate in euros, and then the unit of what this program computes. Which of the "
        "two variables has to stand where?",
    )
    follow_ups = {
        "By how much does the adjustment lower the variance?": (
            "By the squared correlation: a covariate with r = 0.7 leaves about half of it, as if there were twice as "
            "many users."
        ),
        "Which covariates are allowed?": (
            "Those the treatment cannot have changed, such as the same metric before the experiment. Anything measured "
            "afterwards may take part of the effect away."
        ),
    }
    sources = ("github.com/sb-ai-lab/HypEx#233",)

    where = place.named(vocabulary.COVARIATE_ADJUSTMENT)
    also_right = (
        Fix(
            "A straight line fitted by least squares has this slope.",
            "theta = np.cov($y, $x)[0, 1] / $y.var(ddof=1)",
            "theta = np.polyfit($x, $y, 1)[0]",
        ),
        Fix(
            "np.cov has the variance of the covariate on its diagonal.",
            "theta = np.sum($x * $y) / np.sum($y**2)",
            "theta = np.cov($x, $y)[0, 1] / np.cov($x, $y)[0, 0]",
            x=role.named("known", "before", "pre"),
        ),
    )
    treats_symptom = (
        Fix(
            "The correlation has no unit, and is the slope for equal spreads alone.",
            "theta = np.cov($y, $x)[0, 1] / $y.var(ddof=1)",
            "theta = np.corrcoef($y, $x)[0, 1]",
        ),
        Fix(
            "Divided by both spreads it is the correlation; the slope needs the spread of the covariate twice.",
            "theta = np.sum($x * $y) / np.sum($y**2)",
            "theta = np.sum($x * $y) / np.sqrt(np.sum($x**2) * np.sum($y**2))",
            x=role.named("known", "before", "pre"),
        ),
    )
    rewrites = (
        *(
            Rewrite(f"np.cov({pair})[0, 1] / $x.var(ddof=1)", f"np.cov({pair})[0, 1] / $y.var(ddof=1)", y=role.NAME)
            for pair in ("$y, $x", "$x, $y")
        ),
        *(
            Rewrite(f"np.cov({pair}, ddof=1)[0, 1] / $x.var(ddof=1)", f"np.cov({pair}, ddof=1)[0, 1] / $y.var(ddof=1)")
            for pair in ("$y, $x", "$x, $y")
        ),
        Rewrite("np.sum($x * $y) / np.sum($x ** 2)", "np.sum($x * $y) / np.sum($y ** 2)"),
        Rewrite("$y @ $x / ($x @ $x)", "$y @ $x / ($y @ $y)"),
        Rewrite("np.cov($y, $x)[0, 1] / np.cov($y, $x)[1, 1]", "np.cov($y, $x)[0, 1] / np.cov($y, $x)[0, 0]"),
    )
    examples = (
        Example(
            "def cuped(y, pre):\n    theta = np.cov(y, pre)[0, 1] / np.var(pre, ddof=1)\n    return theta\n",
            "def cuped(y, pre):\n    theta = np.cov(y, pre)[0, 1] / np.var(y, ddof=1)\n    return theta\n",
        ),
        Example(
            "def adjust(yc, xc):\n    beta = np.sum(xc * yc) / np.sum(xc ** 2)\n    return yc - beta * xc\n",
            "def adjust(yc, xc):\n    beta = np.sum(xc * yc) / np.sum(yc ** 2)\n    return yc - beta * xc\n",
        ),
        Example("theta = dy @ dx / (dx @ dx)", "theta = dy @ dx / (dy @ dy)"),
    )
    untouched = (
        "slope = np.cov(y, x)[0, 1] / np.var(x, ddof=1)",
        "shrunk = np.sum(w * g) / np.sum(w ** 2)",
        "theta = np.cov(y, x)[0, 1] / np.var(z, ddof=1)",
    )
