"""The rank of the first hit is counted from zero."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

ONE = role.number(1)


class MrrZeroBasedRank(Mutator):
    """The reciprocal is taken of an index, which is 0 at the top, instead of a rank, which is 1.

    Positions in an array start at 0 and places of a ranking at 1. The reciprocal of the index has no value for a hit at
    the top, the best that can happen, and is 1 for a hit at the second place, 1/2 for one at the third: every ranking
    that misses the top looks one place better than it is.
    """

    symptoms = {
        "A perfect result ends in an infinite score.": "NaN",
        "A perfect result ends the program with a division by zero.": "raises",
        "A first hit at the second place has the full score.": "a metric by hand is missed",
    }
    hints = (
        "What do you expect for a ranking whose very first candidate is relevant, and what happens to it?",
        "Move the only relevant candidate down from the top, place by place, and write the scores in a row. Do they "
        "begin with 1, 1/2, 1/3?",
        "Two ways of counting meet in this function: that of arrays and loops, and that of people who speak of a first "
        "and a second place. Follow the number of the position from where it is found to where it becomes a "
        "denominator, for a hit at the very top.",
    )
    follow_ups = {
        "What distinguishes the mean of reciprocal ranks from the reciprocal of the mean rank?": (
            "The former is bounded and ruled by the top places; one query with a hit at place 1000 hardly moves it, "
            "while it ruins a mean rank."
        ),
        "Why not put a maximum of 1 around the index?": (
            "Then a hit at the top and one at the second place have the same score, and the rest stays one place off."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "Adding one before the reciprocal is taken may as well be done where the position is found.",
            "1 / first",
            "1 / (1 + first)",
        ),
        Fix(
            "A range from 1 to k, side by side with the ranking, counts places and ends after k of them.",
            "enumerate(ranking[:k])",
            "zip(range(1, k + 1), ranking)",
        ),
    )
    treats_symptom = (
        Fix(
            "No division by zero any more, and the second place still scores as the first.",
            "1 / first",
            "1 / np.maximum(first, 1)",
        ),
        Fix(
            "The top no longer divides by zero, but the places behind it are still one too good.",
            "return 1 / place",
            "return 1 / max(place, 1)",
        ),
    )
    rewrites = (
        Rewrite("$one / ($first + 1)", "$one / $first", function=vocabulary.RECIPROCAL_RANK, one=ONE, first=role.NAME),
        Rewrite(
            "for $r, $x in enumerate($ranking, start=1):\n    if $c:\n        return $one / $r",
            "for $r, $x in enumerate($ranking):\n    if $c:\n        return $one / $r",
            one=ONE,
        ),
        Rewrite(
            "for $r, $x in enumerate($ranking, 1):\n    if $c:\n        return $one / $r",
            "for $r, $x in enumerate($ranking):\n    if $c:\n        return $one / $r",
            one=ONE,
        ),
    )
    examples = (
        Example(
            "def mrr(ranks):\n    return np.mean([1 / (r + 1) for r in ranks])\n",
            "def mrr(ranks):\n    return np.mean([1 / r for r in ranks])\n",
        ),
        Example(
            "def rr(docs, gold):\n    for rank, doc in enumerate(docs, start=1):\n        if doc in gold:\n"
            "            return 1.0 / rank\n    return 0.0\n",
            "def rr(docs, gold):\n    for rank, doc in enumerate(docs):\n        if doc in gold:\n"
            "            return 1.0 / rank\n    return 0.0\n",
        ),
        Example(
            "def reciprocal_rank(hits):\n    first = np.argmax(hits)\n    return 1 / (first + 1)\n",
            "def reciprocal_rank(hits):\n    first = np.argmax(hits)\n    return 1 / first\n",
        ),
    )
    untouched = (
        "weight = 1 / (distance + 1)",
        "for i, row in enumerate(rows, start=1):\n    if row:\n        total += 1 / i\n",
        "def decay_rate(step):\n    return 1 / (step + 1)\n",
    )
