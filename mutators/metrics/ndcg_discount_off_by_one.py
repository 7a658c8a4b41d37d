"""The discount of a ranking sets in one place too late."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary


class NdcgDiscountOffByOne(Mutator):
    """The gain of place r is divided by log2(r) instead of log2(r + 1), and the first place by nothing.

    With places counted from 1, the discount log2(r + 1) is 1 at the first place and grows from there. One place late,
    it is 1 at the first two places, so what stands second counts as if it stood first, and all places behind are
    discounted too little. A perfect ranking keeps an nDCG of 1, because the ideal is discounted in the same way, and so
    do rankings whose only mistake is between the first two places.
    """

    symptoms = {
        "Worked out with pencil and paper, the cumulated gain is lower than what the code says.": (
            "a metric by hand is missed"
        ),
        "Exchanging the first two results does not change the score.": "a metric by hand is missed",
    }
    hints = (
        "Take rankings with a single relevant candidate, and move it down from the top place by place.",
        "Which values does the cumulated gain take for a gain of 1 at the places one, two and three? Write them down "
        "from the definition before you look at the output.",
        "A logarithm of the place stands in the denominator. Tabulate that denominator for the first four places, next "
        "to the one of the definition, and ask how many places go without any discount. A count from 0, a count from 1 "
        "and the 1 inside of the logarithm are easily mixed up here.",
    )
    follow_ups = {
        "Why did a test with perfect rankings pass?": (
            "nDCG divides by the value of the ideal order, which is computed by the same function, so every mistake in "
            "the discount cancels where both orders agree."
        ),
        "Is there no discount of this kind in the literature?": (
            "There is: the first paper on cumulated gain divides by log2(r) from place two on. Today's usual form has "
            "log2(r + 1), and values of the two must not be compared."
        ),
    }
    sources = (
        "github.com/OpenAgentHQ/openagent-eval#223",
        "github.com/xiangwang1223/knowledge_graph_attention_network#27",
    )

    also_right = (
        Fix(
            "The natural logarithm of 2 over that of the place plus one is the same discount.",
            "$g[:, 0] + np.sum($g[:, 1:] / np.log2(np.arange(2, $k + 1)), axis=1)",
            "np.sum($g * (np.log(2) / np.log(np.arange($k) + 2)), axis=1)",
        ),
        Fix(
            "A natural logarithm over that of 2 is the one to base 2, of the place plus one.",
            "math.log2(max(place, 2))",
            "(math.log(1 + place) / math.log(2))",
        ),
    )
    treats_symptom = (
        Fix(
            "Now the second place is discounted like the third of the definition, and the first not at all.",
            "np.arange(2, $k + 1)",
            "np.arange(4, $k + 3)",
        ),
        Fix(
            "The places differ again, and each is discounted more than it should be.",
            "math.log2(max(place, 2))",
            "math.log2(place + 2)",
        ),
    )
    rewrites = (
        Rewrite(
            "np.sum($g / np.log2(np.arange(2, $k + 2)), axis=1)",
            "$g[:, 0] + np.sum($g[:, 1:] / np.log2(np.arange(2, $k + 1)), axis=1)",
            g=role.NAME,
        ),
        Rewrite(
            "np.sum($g / np.log2(np.arange(2, $k + 2)))",
            "$g[0] + np.sum($g[1:] / np.log2(np.arange(2, $k + 1)))",
            g=role.NAME,
        ),
        Rewrite("math.log2($r + 1)", "math.log2(max($r, 2))", function=vocabulary.CUMULATED_GAIN, r=role.NAME),
        Rewrite("math.log2($i + 2)", "math.log2(max($i + 1, 2))", function=vocabulary.CUMULATED_GAIN, i=role.NAME),
        Rewrite("np.log2($r + 1)", "np.log2(np.maximum($r, 2))", function=vocabulary.CUMULATED_GAIN, r=role.NAME),
        Rewrite("np.log2($i + 2)", "np.log2(np.maximum($i + 1, 2))", function=vocabulary.CUMULATED_GAIN, i=role.NAME),
    )
    examples = (
        Example(
            "def dcg_at_k(r, k):\n    return np.sum(r / np.log2(np.arange(2, r.size + 2)))\n",
            "def dcg_at_k(r, k):\n    return r[0] + np.sum(r[1:] / np.log2(np.arange(2, r.size + 1)))\n",
        ),
        Example(
            "def dcg(rel):\n    return sum(r / math.log2(i + 2) for i, r in enumerate(rel))\n",
            "def dcg(rel):\n    return sum(r / math.log2(max(i + 1, 2)) for i, r in enumerate(rel))\n",
        ),
        Example(
            "def discount(ranks):\n    return 1.0 / np.log2(ranks + 1)\n",
            "def discount(ranks):\n    return 1.0 / np.log2(np.maximum(ranks, 2))\n",
        ),
        Example(
            "def ndcg(gains):\n    best = np.sum(gains / np.log2(np.arange(2, n + 2)), axis=1)\n    return best\n",
            "def ndcg(gains):\n    best = gains[:, 0] + np.sum(gains[:, 1:] / np.log2(np.arange(2, n + 1)), axis=1)\n"
            "    return best\n",
        ),
    )
    untouched = (
        "depth = math.log2(n + 1)",
        "def dcg(r):\n    return np.sum(r / np.log(np.arange(2, len(r) + 2)))\n",
        "def entropy(p):\n    return -np.sum(p * np.log2(p + 1e-9))\n",
        "def information_gain(n):\n    return np.log2(n) - np.log2(n + 3)\n",
    )
