"""The variances of both arms are added up and divided by the users of both."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

SIZE = role.COUNT | role.named("n", "sizes", "counts", "nobs")
SPREAD = role.VARIANCE | role.like("$p * (1 - $p)", "$s ** 2") | role.named("v", "var", "variance")


class UnequalNPooledSe(Mutator):
    """The variance of a difference is the sum of two variances, each over its own number; here it is one quotient.

    Each mean scatters with its own spread and its own number of users, and the scatter of a difference is the sum of
    both. Adding first and dividing once by all users gives something else: half of the right value where the arms are
    alike, and less still where one arm is small. The small arm decides how well the difference is known, but in the
    common denominator its few users disappear behind the many of the other.
    """

    symptoms = {
        "My intervals are far too narrow, worst of all when few users get the new version.": "the interval is wrong",
    }
    hints = (
        "Let one arm have ten users and the other a million. How well can the difference be known?",
        "Repeat every row of the larger arm ten times. How much narrower may the interval become at best?",
        "A difference of two independent means is uncertain because the first mean is and because the second one is. "
        "Write down the variance of either by itself, with its own number of users, and only then put the two "
        "together. Does the expression in the program fall apart into these two pieces?",
    )
    follow_ups = {
        "With a fixed number of users in all, which split gives the shortest interval?": (
            "Halves, if the spreads are equal; otherwise numbers in proportion to the standard deviations."
        ),
        "Is this the pooled variance of Student's test?": (
            "No. That one is a mean of the two variances, weighted by their degrees of freedom, and it is multiplied "
            "by 1/n + 1/m afterwards, so both numbers keep their own term."
        ),
    }
    sources = ("github.com/statsmodels/statsmodels#8049", "github.com/nsalomonis/altanalyze#1")

    where = place.function(vocabulary.INFERENCE)
    also_right = (
        Fix(
            "A sum of weights times variances, with the inverse numbers as weights, is a product of vectors.",
            "np.sum($v) / np.sum($n)",
            "$v @ (1 / $n)",
            v=SPREAD,
        ),
        Fix(
            "Over the product of the numbers, each variance is multiplied by the number of the other arm.",
            "($v + $w) / ($n + $m)",
            "($v * $m + $w * $n) / ($n * $m)",
        ),
    )
    treats_symptom = (
        Fix(
            "Doubled, it is right for arms of equal size and no others.",
            "np.sum($v) / np.sum($n)",
            "2 * np.sum($v) / np.sum($n)",
            v=SPREAD,
        ),
        Fix(
            "Twice as much is enough where both arms have the same number of users, and too little elsewhere.",
            "($v + $w) / ($n + $m)",
            "2 * ($v + $w) / ($n + $m)",
        ),
    )
    rewrites = (
        Rewrite("$v / $n + $w / $m", "($v + $w) / ($n + $m)", v=SPREAD, w=SPREAD, n=SIZE, m=SIZE),
        Rewrite("$v / $n + $k * $w / $m", "($v + $k * $w) / ($n + $m)", v=SPREAD, w=SPREAD, n=SIZE, m=SIZE),
        Rewrite(
            "$p * (1 - $p) / $n + $q * (1 - $q) / $m",
            "($p * (1 - $p) + $q * (1 - $q)) / ($n + $m)",
            n=SIZE,
            m=SIZE,
        ),
        Rewrite("np.sum($v / $n)", "np.sum($v) / np.sum($n)", v=SPREAD, n=SIZE),
    )
    examples = (
        Example(
            "def welch_se(v1, n1, v2, n2):\n    return np.sqrt(v1 / n1 + v2 / n2)\n",
            "def welch_se(v1, n1, v2, n2):\n    return np.sqrt((v1 + v2) / (n1 + n2))\n",
        ),
        Example(
            "def t_test(a, b):\n    return math.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))\n",
            "def t_test(a, b):\n    return math.sqrt((a.var(ddof=1) + b.var(ddof=1)) / (len(a) + len(b)))\n",
        ),
        Example(
            "def interval(p, n, z):\n    return z * np.sqrt(np.sum(p * (1 - p) / n))\n",
            "def interval(p, n, z):\n    return z * np.sqrt(np.sum(p * (1 - p)) / np.sum(n))\n",
        ),
        Example(
            "def ci(p1, n1, p2, n2):\n    return 1.96 * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) ** 0.5\n",
            "def ci(p1, n1, p2, n2):\n    return 1.96 * ((p1 * (1 - p1) + p2 * (1 - p2)) / (n1 + n2)) ** 0.5\n",
        ),
    )
    untouched = (
        "def welch_se(v1, n1, v2, n2):\n    return np.sqrt((v1 + v2) / (n1 + n2))\n",
        "def mean_of_ratios(a, n, b, m):\n    return a / n + b / m\n",
        "def pooled_test(sp2, n, m):\n    return np.sqrt(sp2 * (1 / n + 1 / m))\n",
        "def impurity(a, n, b, m):\n    return a.var() / n + b.var() / m\n",
    )
