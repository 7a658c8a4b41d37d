"""The two sides of the quantile loss have each other's weight."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

LEVEL = role.named("quantile", "q", "tau", "alpha", "level", "theta")


class PinballSidesSwapped(Mutator):
    """A prediction that is too low costs what one that is too high should, and the reverse.

    For a high quantile it must be expensive to predict too little: only then does the best constant leave most targets
    below it. With the weights exchanged the loss is that of the opposite quantile, so a model asked for the level of
    0.9 learns that of 0.1. At the median both weights are one half and nothing changes.
    """

    symptoms = {
        "Asked for a high quantile, the loss is least for a low one.": "loss by hand is missed",
    }
    hints = (
        "Score one prediction that is one too low and one that is one too high, at a level of 0.9.",
        "Which of the two mistakes should be the dear one, if nine of ten targets are to end up below the prediction? "
        "Which one is it here?",
        "The sign of an error depends on what is subtracted from what, and the weights depend on that sign. Write down "
        "what error means in this program for a prediction that is too low, and follow its sign into the expression "
        "with the two weights. The median is no help, as it weighs both sides alike.",
    )
    follow_ups = {
        "Why is a quantile the minimum of this loss?": (
            "The slope in the prediction is the share of targets below it times one weight, minus the share above "
            "times the other. It vanishes where the shares are in the ratio q to 1 - q."
        ),
        "How would you notice it with a fitted model?": (
            "By its coverage: the share of targets below the predictions should be near the level that was asked for."
        ),
    }
    sources = ("github.com/ufal/npfl139#17", "github.com/awslabs/gluonts#1784")

    also_right = (
        Fix(
            "A weight chosen by the sign of the error, times its size, is the same cost.",
            "np.maximum((1 - $q) * $e, -$q * $e)",
            "np.abs($e) * np.where($e > 0, $q, 1 - $q)",
        ),
        Fix(
            "The larger of both products is the cost, because the other one is negative.",
            "(1 - $q) * $e if $e > 0 else -$q * $e",
            "max($q * $e, ($q - 1) * $e)",
        ),
    )
    treats_symptom = (
        Fix(
            "The weights are on the right sides, but what is too high is taken off instead of charged.",
            "np.maximum((1 - $q) * $e, -$q * $e)",
            "np.where($e > 0, $q * $e, (1 - $q) * $e)",
        ),
        Fix(
            "A prediction that is too high has the right weight, and a cost below zero.",
            "(1 - $q) * $e if $e > 0 else -$q * $e",
            "$q * $e if $e > 0 else (1 - $q) * $e",
        ),
    )
    rewrites = (
        Rewrite(
            "np.maximum($q * $e, ($q - 1) * $e)",
            "np.maximum((1 - $q) * $e, -$q * $e)",
            function=vocabulary.QUANTILE_LOSS,
            q=LEVEL,
        ),
        Rewrite(
            "np.where($e > 0, $q * $e, ($q - 1) * $e)",
            "np.where($e > 0, (1 - $q) * $e, -$q * $e)",
            function=vocabulary.QUANTILE_LOSS,
            q=LEVEL,
        ),
        Rewrite(
            "np.where($e >= 0, $q * $e, ($q - 1) * $e)",
            "np.where($e >= 0, (1 - $q) * $e, -$q * $e)",
            function=vocabulary.QUANTILE_LOSS,
            q=LEVEL,
        ),
        Rewrite(
            "$q * $e if $e > 0 else ($q - 1) * $e",
            "(1 - $q) * $e if $e > 0 else -$q * $e",
            function=vocabulary.QUANTILE_LOSS,
            q=LEVEL,
        ),
    )
    examples = (
        Example(
            "def pinball_loss(e, q):\n    return np.maximum(q * e, (q - 1) * e).mean()\n",
            "def pinball_loss(e, q):\n    return np.maximum((1 - q) * e, -q * e).mean()\n",
        ),
        Example(
            "def quantile_loss(diff, tau):\n    return np.where(diff > 0, tau * diff, (tau - 1) * diff)\n",
            "def quantile_loss(diff, tau):\n    return np.where(diff > 0, (1 - tau) * diff, -tau * diff)\n",
        ),
        Example(
            "def tilted(r, alpha):\n    return np.sum(np.where(r >= 0, alpha * r, (alpha - 1) * r))\n",
            "def tilted(r, alpha):\n    return np.sum(np.where(r >= 0, (1 - alpha) * r, -alpha * r))\n",
        ),
        Example(
            "def check_loss(r, tau):\n    return tau * r if r > 0 else (tau - 1) * r\n",
            "def check_loss(r, tau):\n    return (1 - tau) * r if r > 0 else -tau * r\n",
        ),
    )
    untouched = (
        "def leaky(x, alpha):\n    return np.maximum(alpha * x, (alpha - 1) * x)\n",
        "def pinball(e, q):\n    return np.maximum(q * e, e)\n",
        "def quantile(x, q):\n    return np.sort(x)[int(q * len(x))]\n",
    )
