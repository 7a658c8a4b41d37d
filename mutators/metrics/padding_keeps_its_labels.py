"""Padding is taken out of the ranking, but not out of the labels."""

from bugforge import Example, Fix, Mutator, Rewrite, role

LABELS = role.named("grade", "label", "relevance", "rel", "gain", "target", "y", "truth", "relevant")
LOWEST = role.like("-np.inf", "-math.inf", "float('-inf')", "np.finfo($t).min")


class PaddingKeepsItsLabels(Mutator):
    """The mask is applied to the scores and forgotten at the labels, so padding counts as something to be found.

    Rows of unequal length are filled up, and what stands in the filling means nothing. A score of minus infinity sends
    it to the end of the ranking. Whatever is counted in the labels themselves, the number of relevant candidates or the
    best possible gain, still takes in the filling, and so do the last places where the ranking is long enough.
    """

    symptoms = {
        "Fill the rows up with other values, and the metric moves.": "what is masked has influence",
    }
    hints = (
        "Pad the same candidates twice, once with zeros and once with large numbers.",
        "With padding that looks relevant some metrics change and others do not. Which arrays do the ones that change "
        "look at, which the others do not?",
        "Everything about a candidate that does not exist must be without influence, not only its position. List the "
        "arrays that carry one entry a candidate, and for each of them the line in which the mask reaches it. Then ask "
        "which quantities are counted over whole rows.",
    )
    follow_ups = {
        "Why do most data hide it?": (
            "Padding is usually filled with zeros, which happen to mean not relevant. Another filling, such as -1 or "
            "a copy of the last entry, shows the mistake."
        ),
        "How would you test masks in general?": (
            "By drawing the values of masked entries at random: no output may change. It costs one line and knows "
            "nothing about the formula."
        ),
    }
    sources = ("github.com/voidism/DiffCSE#25",)

    also_right = (
        Fix(
            "Labels times the mask are 0 where there is no candidate.",
            "np.where(mask, scores, -np.inf), grades",
            "np.where(mask, scores, -np.inf), grades * mask",
        ),
    )
    treats_symptom = (
        Fix(
            "A label of one is a relevant candidate as well.",
            "np.where(mask, scores, -np.inf), grades",
            "np.where(mask, scores, -np.inf), np.where(mask, grades, 1)",
        ),
    )
    rewrites = (
        Rewrite(
            "return np.where($m, $s, $lowest), np.where($m, $g, 0)",
            "return np.where($m, $s, $lowest), $g",
            lowest=LOWEST,
        ),
        Rewrite(
            "$s = np.where($m, $s, $lowest)\n$g = np.where($m, $g, 0)",
            "$s = np.where($m, $s, $lowest)",
            lowest=LOWEST,
            g=LABELS,
        ),
        Rewrite("$s[~$m] = $lowest\n$g[~$m] = 0", "$s[~$m] = $lowest", lowest=LOWEST, g=LABELS),
    )
    examples = (
        Example(
            "def clean(s, rel, m):\n    return np.where(m, s, -np.inf), np.where(m, rel, 0)\n",
            "def clean(s, rel, m):\n    return np.where(m, s, -np.inf), rel\n",
        ),
        Example(
            "scores = np.where(mask, scores, -np.inf)\nlabels = np.where(mask, labels, 0)\n",
            "scores = np.where(mask, scores, -np.inf)\n",
        ),
        Example(
            "logits[~valid] = -np.inf\ntargets[~valid] = 0\n",
            "logits[~valid] = -np.inf\n",
        ),
    )
    untouched = (
        "x = np.where(mask, x, 0)",
        "attention = np.where(mask, scores, -np.inf)",
        "return np.where(m, a, 1), np.where(m, b, 0)\n",
    )
