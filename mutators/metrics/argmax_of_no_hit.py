"""The first True is looked up without asking whether there is one."""

from bugforge import Example, Fix, Mutator, Rewrite


class ArgmaxOfNoHit(Mutator):
    """argmax of a mask that is False throughout is 0, and is taken for a hit at the first position.

    The maximum of equal values stands at the first of them. For a row with a True that is what is wanted; for a row
    without, the answer reads as the best possible find where there was none. The case must be asked for by itself,
    because no value that argmax returns could tell it.
    """

    symptoms = {
        "Queries for which nothing was found have the highest score of all.": (
            "fails where a ratio has no denominator & only at an edge case"
        ),
    }
    hints = (
        "Look at the rows for which the search has no success at all. What is reported for them?",
        "Feed a row that contains what is looked for at the first position, and a row that does not contain it. Can "
        "the lines that follow tell one from the other?",
        "A position is derived from a mask of true and false. Ask numpy for the position of the largest entry in an "
        "array of zeros, and think about which of several equal entries it names. What does the code behind it make of "
        "this answer when there was nothing to find?",
    )
    follow_ups = {
        "How else can the first True be found?": (
            "With the first entry of np.flatnonzero, which is empty when there is none and so fails instead of lying; "
            "or by putting a True behind the end of the mask."
        ),
        "Does the mean over queries show the mistake?": (
            "It rises with every query without a hit, so a worse system may look better; a histogram of ranks would "
            "show too many firsts."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "Multiplied by whether there is a hit, the value of a row without one is 0.",
            "return 1 / (first + 1)",
            "return hits.any(axis=1) / (first + 1)",
        ),
    )
    treats_symptom = (
        Fix(
            "Not counting hits at the first position removes the right ones with the wrong.",
            "return 1 / (first + 1)",
            "return np.where(first > 0, 1 / (first + 1), 0.0)",
        ),
    )
    rewrites = (
        Rewrite(
            "$first = np.argmax($h, axis=$a)\nreturn np.where(np.any($h, axis=$a), $value, $none)",
            "$first = np.argmax($h, axis=$a)\nreturn $value",
        ),
        Rewrite(
            "$first = np.argmax($h)\nreturn $value if np.any($h) else $none",
            "$first = np.argmax($h)\nreturn $value",
        ),
        Rewrite(
            "if not np.any($h):\n    return $none\n$first = np.argmax($h)",
            "$first = np.argmax($h)",
        ),
    )
    examples = (
        Example(
            "def rr(hits):\n    rank = np.argmax(hits, axis=1)\n"
            "    return np.where(hits.any(axis=1), 1 / (rank + 1), 0)\n",
            "def rr(hits):\n    rank = np.argmax(hits, axis=1)\n    return 1 / (rank + 1)\n",
        ),
        Example(
            "def first_crossing(x, level):\n    above = x > level\n    if not above.any():\n        return None\n"
            "    start = above.argmax()\n    return start\n",
            "def first_crossing(x, level):\n    above = x > level\n    start = above.argmax()\n    return start\n",
        ),
        Example(
            "def delay(mask):\n    i = np.argmax(mask)\n    return i * dt if mask.any() else np.nan\n",
            "def delay(mask):\n    i = np.argmax(mask)\n    return i * dt\n",
        ),
    )
    untouched = (
        "label = np.argmax(scores, axis=1)",
        "i = np.argmax(x)\nreturn i if y.any() else 0\n",
        "best = np.where(seen.any(axis=1), mean, 0)",
    )
