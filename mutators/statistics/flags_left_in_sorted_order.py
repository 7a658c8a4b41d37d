"""Decisions that were made in sorted order are not put back to where the hypotheses stand."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

ORDER = role.named("order", "idx", "index", "perm", "ranking", "argsort", "by_p", "sorter", "ascending")


class FlagsLeftInSortedOrder(Mutator):
    """The number of rejections is right, and they are reported for the first hypotheses instead of the right ones.

    Sorting gives p-values their ranks, and the rank decides. What is decided for rank 1 belongs to the hypothesis with
    the smallest p-value, wherever it stands in the list. Unless the answers are put back through the same order, every
    metric gets the verdict of another one, and only a list that was sorted already looks right.
    """

    symptoms = {
        "It rejects a hypothesis whose p-value is larger than that of another which it keeps.": (
            "other hypotheses are rejected"
        ),
    }
    hints = (
        "Pass the same p-values in two different orders and compare which of them are rejected.",
        "The count of rejections agrees with the library. Do the names agree as well?",
        "The program puts p-values into another order before it decides. Take the decision about the smallest one, and "
        "follow it to the array that is returned: at which position does it arrive, and at which position did that "
        "p-value stand when it came in?",
    )
    follow_ups = {
        "How is an order undone in numpy?": (
            "By assigning through it, out[order] = values, or by indexing with the inverse, values[np.argsort(order)]."
        ),
        "Which test finds it at once?": ("A permutation of the input must permute the output in the same way."),
    }
    sources = ("github.com/juliangehring/MultipleTesting.jl#66",)

    where = place.function(vocabulary.FAMILYWISE) | place.function(vocabulary.DISCOVERY_RATE)
    also_right = (
        Fix(
            "The inverse of the order brings each decision back to its hypothesis.",
            "return $kept",
            "return ($kept)[np.argsort(order)]",
            kept=role.call("accumulate"),
        ),
        Fix(
            "A p-value up to the largest rejected one is rejected.",
            "rejected[: passing.max() + 1] = True",
            "rejected = p <= p[order[passing.max()]]",
        ),
        Fix(
            "The order's own entry is the position of the hypothesis with this rank.",
            "rejected[:$rank] = True",
            "rejected[order[range($rank)]] = True",
            rank=role.NAME,
        ),
    )
    treats_symptom = (
        Fix(
            "The order applied once more is not its inverse.",
            "return $kept",
            "return ($kept)[order]",
            kept=role.call("accumulate"),
        ),
        Fix(
            "The last ones in the list are as arbitrary as the first.",
            "rejected[: passing.max() + 1] = True",
            "rejected[-passing.max() - 1 :] = True",
        ),
        Fix(
            "From the end of the list it is again a question of position and not of p-value.",
            "rejected[:$rank] = True",
            "rejected[-$rank:] = True",
            rank=role.NAME,
        ),
    )
    rewrites = (
        Rewrite(
            "$flags = np.zeros($m, dtype=bool)\n$flags[$order] = $kept\nreturn $flags",
            "return $kept",
            order=ORDER,
        ),
        Rewrite("$flags[$order[:$k]] = True", "$flags[:$k] = True", order=ORDER),
        Rewrite("$out = np.empty_like($p)\n$out[$order] = $adjusted\nreturn $out", "return $adjusted", order=ORDER),
        Rewrite("return $adjusted[np.argsort($order)]", "return $adjusted", order=ORDER),
    )
    examples = (
        Example(
            "def holm(p, alpha):\n    order = np.argsort(p)\n    ok = steps(p[order], alpha)\n"
            "    reject = np.zeros(len(p), dtype=bool)\n    reject[order] = np.logical_and.accumulate(ok)\n"
            "    return reject\n",
            "def holm(p, alpha):\n    order = np.argsort(p)\n    ok = steps(p[order], alpha)\n"
            "    return np.logical_and.accumulate(ok)\n",
        ),
        Example(
            "def bh(p, q):\n    idx = np.argsort(p)\n    k = largest(p[idx], q)\n    flags = np.zeros(len(p), bool)\n"
            "    flags[idx[:k]] = True\n    return flags\n",
            "def bh(p, q):\n    idx = np.argsort(p)\n    k = largest(p[idx], q)\n    flags = np.zeros(len(p), bool)\n"
            "    flags[:k] = True\n    return flags\n",
        ),
        Example(
            "def fdr_adjust(p):\n    order = np.argsort(p)\n    q = stepwise(p[order])\n"
            "    return q[np.argsort(order)]\n",
            "def fdr_adjust(p):\n    order = np.argsort(p)\n    q = stepwise(p[order])\n    return q\n",
        ),
    )
    untouched = (
        "def top(scores, k):\n    order = np.argsort(scores)\n    flags[order[:k]] = True\n    return flags\n",
        "def bh(p, q):\n    flags[rows[:k]] = True\n    return flags\n",
        "def holm(p):\n    order = np.argsort(p)\n    return p[order]\n",
    )
