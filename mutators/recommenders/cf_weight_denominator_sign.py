"""The weights are divided by their sum, although some of them are negative."""

from bugforge import Example, Fix, Mutator, Rewrite, role

WEIGHTS = role.named("w", "weight", "sim", "similarity", "similaritie", "sims")


class CfWeightDenominatorSign(Mutator):
    """The total weight is the plain sum, in which similar and opposite neighbours cancel.

    A neighbour with a negative similarity speaks too: what is unlike the item tells in which direction not to go. How
    much is said in all is the sum of the absolute values. In the plain sum a similarity of 0.6 and one of -0.5 leave
    0.1 to divide by, and the rating shoots out of the scale, or changes its side where the sum is negative.
    """

    symptoms = {
        "A predicted rating is far from everything that the user has ever given.": "ratings are predicted otherwise",
        "The order of the recommendations is another one than by hand.": "the ranking is another",
    }
    hints = (
        "Can a weighted mean lie outside the range of what it averages?",
        "Print the similarities that go into the worst prediction, and what they are divided by.",
        "Take two neighbours with the similarities 0.6 and -0.5 and work the prediction out by hand. Which number "
        "says how much evidence there is in all, and what happens to it as the second similarity goes on falling?",
    )
    follow_ups = {
        "How else is this avoided?": (
            "By using neighbours with a positive similarity only, and a plain sum is right then."
        ),
        "What remains to be decided?": (
            "What to say where all similarities are zero: the user's mean is the usual answer."
        ),
    }
    sources = ("github.com/hcorona-zz/recsys-101-workshop#19",)

    also_right = (
        Fix(
            "The absolute values, one by one.",
            "$total = $w.sum()",
            "$total = sum(abs(value) for value in $w)",
            w=WEIGHTS,
        ),
    )
    treats_symptom = (
        Fix(
            "The absolute value of the sum keeps the side and not the size.",
            "$total = $w.sum()",
            "$total = abs($w.sum())",
            w=WEIGHTS,
        ),
        Fix(
            "A sum kept away from zero by a small number is still the sum in which they cancel.",
            "$total = $w.sum()",
            "$total = $w.sum() + 1e-3",
            w=WEIGHTS,
        ),
    )
    rewrites = (
        Rewrite("np.sum(np.abs($w))", "np.sum($w)", w=WEIGHTS),
        Rewrite("sum(abs($s) for $n in $all)", "sum($s for $n in $all)", s=WEIGHTS),
    )
    examples = (
        Example("r = mean + weights @ offsets / np.abs(weights).sum()", "r = mean + weights @ offsets / weights.sum()"),
        Example("denominator = np.sum(np.abs(sims))", "denominator = np.sum(sims)"),
        Example("total = sum(abs(sim) for sim, _ in neighbors)", "total = sum(sim for sim, _ in neighbors)"),
    )
    untouched = (
        "l1 = np.abs(w - v).sum()",
        "total = np.abs(errors).sum()",
        "p = w / w.sum()",
    )
