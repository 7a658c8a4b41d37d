"""Holm's procedure goes on after the first hypothesis that it has to keep."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

ORDER = role.named("order", "idx", "perm", "sorter")


class HolmDoesNotStop(Mutator):
    """Each p-value is compared with the bound of its rank alone, whatever became of the smaller ones.

    The bounds grow from rank to rank because the hypotheses before have been rejected and need no protection any more.
    The first that is not rejected may be true, and so may all that follow: the number of those left no longer shrinks.
    Whoever goes on uses bounds that were not earned, and can reject a hypothesis while keeping one with a smaller
    p-value.
    """

    symptoms = {
        "One hypothesis is kept, and another with a larger p-value is rejected.": "other hypotheses are rejected",
    }
    hints = (
        "Try three p-values of which the first two are just above their bounds and the third is below its own.",
        "Can a hypothesis be rejected although another one with a smaller p-value is not?",
        "The level is divided by the number of hypotheses that are still in play, and that number falls by one with "
        "every success. Work out what it is after the first failure, for the next rank and for the one after, and look "
        "for the place where the program takes notice of a failure.",
    )
    follow_ups = {
        "How do the steps of Holm and Hochberg differ?": (
            "Same bounds, other direction: Holm steps from the smallest p-value until the first failure, Hochberg from "
            "the largest until the first success, which needs independence or positive dependence."
        ),
        "What plays the part of stopping for adjusted p-values?": (
            "The running maximum: an adjusted p-value is never smaller than that of a lower rank."
        ),
    }
    sources = ("github.com/HomericIntelligence/Scylla#288",)

    where = place.function(vocabulary.FAMILYWISE)
    also_right = (
        Fix(
            "A product that has met a zero stays zero.",
            "$rejected[$order] = $passing",
            "$rejected[$order] = np.cumprod($passing) > 0",
            order=ORDER,
        ),
        Fix(
            "All that are smaller must have been rejected, too.",
            "if $p[$i] <= $bound:\n    $rejected[$i] = True",
            "$rejected[$i] = $p[$i] <= $bound and $rejected[order[:rank]].all()",
        ),
    )
    treats_symptom = (
        Fix(
            "Up to the last success is Hochberg's procedure, which rejects even more.",
            "$rejected[$order] = $passing",
            "$rejected[$order] = np.logical_or.accumulate($passing[::-1])[::-1]",
            order=ORDER,
        ),
        Fix(
            "A strict comparison changes a p-value that equals its bound, and nothing about going on.",
            "if $p[$i] <= $bound:\n    $rejected[$i] = True",
            "if $p[$i] < $bound:\n    $rejected[$i] = True",
        ),
    )
    rewrites = (
        Rewrite("$rejected[$order] = np.logical_and.accumulate($passing)", "$rejected[$order] = $passing"),
        Rewrite("$rejected[$order] = np.cumprod($passing)", "$rejected[$order] = $passing"),
        Rewrite(
            "if $p[$i] > $bound:\n    break\n$rejected[$i] = True",
            "if $p[$i] <= $bound:\n    $rejected[$i] = True",
        ),
        Rewrite("np.maximum.accumulate($factors * $p[$order])", "$factors * $p[$order]"),
    )
    examples = (
        Example(
            "def holm(p, alpha):\n    m = len(p)\n    order = np.argsort(p)\n"
            "    ok = p[order] <= alpha / (m - np.arange(m))\n"
            "    reject = np.zeros(m, dtype=bool)\n    reject[order] = np.logical_and.accumulate(ok)\n"
            "    return reject\n",
            "def holm(p, alpha):\n    m = len(p)\n    order = np.argsort(p)\n"
            "    ok = p[order] <= alpha / (m - np.arange(m))\n"
            "    reject = np.zeros(m, dtype=bool)\n    reject[order] = ok\n    return reject\n",
        ),
        Example(
            "def holm_bonferroni(p, alpha):\n    out = [False] * len(p)\n    for k, i in enumerate(np.argsort(p)):\n"
            "        if p[i] > alpha / (len(p) - k):\n            break\n        out[i] = True\n    return out\n",
            "def holm_bonferroni(p, alpha):\n    out = [False] * len(p)\n    for k, i in enumerate(np.argsort(p)):\n"
            "        if alpha / (len(p) - k) >= p[i]:\n            out[i] = True\n    return out\n",
        ),
        Example(
            "def holm_adjust(p):\n    order = np.argsort(p)\n    left = len(p) - np.arange(len(p))\n"
            "    return np.maximum.accumulate(left * p[order])\n",
            "def holm_adjust(p):\n    order = np.argsort(p)\n    left = len(p) - np.arange(len(p))\n"
            "    return left * p[order]\n",
        ),
    )
    untouched = (
        "def bh(p, order):\n    flags[order] = np.logical_and.accumulate(ok)\n    return flags\n",
        "def bonferroni(p, alpha):\n    return [q <= alpha / len(p) for q in p]\n",
        "def first_true(x):\n    return np.logical_and.accumulate(x)\n",
    )
