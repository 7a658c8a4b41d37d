"""The adjustment subtracts the covariate itself, and not its deviation from the mean."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary


class CovariateNotCentered(Mutator):
    """A multiple of the covariate is taken from the outcome, and its mean goes with it.

    What may be taken away is the part of the outcome that differs between users because of what they did before: the
    deviation from the average user. With the covariate as it is, every outcome is shifted by theta times its mean. The
    difference between two arms survives that, so nobody notices; levels, ratios and relative lifts do not.
    """

    symptoms = {
        "The adjusted outcome has another mean than the outcome.": "the adjusted outcome is another",
    }
    hints = (
        "Compare the averages before and after the adjustment.",
        "Add a thousand to the covariate of every user. What should become of the adjusted outcome, and what does?",
        "An adjustment for what users did before should leave the average user exactly where they are. Put the numbers "
        "of such a user, with a covariate at its mean, into the last expression and look at what comes out. Which "
        "quantity ought to be zero for this user?",
    )
    follow_ups = {
        "Is the estimated effect wrong without centering?": (
            "Not the difference of the arms, if both are shifted by the same amount. A relative lift divides by the "
            "control's mean, and is."
        ),
        "Why must the mean of both arms be used, and the same theta?": (
            "With a mean or factor of its own for each arm, a chance difference of the covariates between the arms is "
            "not corrected."
        ),
    }
    sources = ("github.com/david26694/cluster-experiments#270",)

    where = place.named(vocabulary.COVARIATE_ADJUSTMENT)
    also_right = (
        Fix(
            "The mean that was taken away can be given back afterwards.",
            "return $y - theta * before",
            "return $y - theta * before + theta * before.mean()",
        ),
    )
    treats_symptom = (
        Fix(
            "Centering the outcome as well gives it the mean 0, which is another one again.",
            "return $y - theta * before",
            "return $y - $y.mean() - theta * (before - before.mean())",
        ),
        Fix(
            "Centering by the median leaves a shift wherever the covariate is skewed.",
            "return $y - theta * before",
            "return $y - theta * (before - np.median(before))",
        ),
    )
    rewrites = (
        Rewrite("$y - $theta * ($x - $x.mean())", "$y - $theta * $x", theta=role.VARIABLE),
        Rewrite("$y - $theta * ($x - $mean)", "$y - $theta * $x", theta=role.VARIABLE, mean=role.named("mean", "mu")),
        Rewrite(
            "$known, $gained = $x - $x.mean(), $off\n...\nreturn $y - $theta * $known",
            "$known, $gained = $x - $x.mean(), $off\n...\nreturn $y - $theta * $x",
        ),
    )
    examples = (
        Example(
            "def cuped(y, x):\n    theta = slope(y, x)\n    return y - theta * (x - x.mean())\n",
            "def cuped(y, x):\n    theta = slope(y, x)\n    return y - theta * x\n",
        ),
        Example(
            "df['y_cuped'] = df['y'] - theta * (df['pre'] - df['pre'].mean())",
            "df['y_cuped'] = df['y'] - theta * df['pre']",
        ),
        Example("adjusted = y - theta * (pre - pre_mean)", "adjusted = y - theta * pre"),
    )
    untouched = (
        "moved = y - step * (x - x.mean())",
        "adjusted = y - theta * (x - target)",
        "theta = cov / (x - x.mean()).var()",
    )
