"""The common rate of two arms is the plain mean of their rates."""

from bugforge import Example, Fix, Mutator, Rewrite, role

POOLED = role.named("pooled", "pool", "common", "p", "r", "overall", "p_hat", "p_pool", "p_pooled", "rate")


class PooledRateUnweighted(Mutator):
    """Both rates count the same, though one arm may have ten times the users of the other.

    If there is no effect, all users convert at one rate, and its best estimate is the share of converted users among
    all of them. The mean of two rates gives the arm with few users as much say as the arm with many. For arms of equal
    size it is the same number, so the mistake waits for the first experiment that is not half and half.
    """

    symptoms = {
        "For arms of unequal size my z is not the root of the library's chi-squared.": "a statistic by hand is missed",
    }
    hints = (
        "Try it with two arms of equal size, and then with ten users against a thousand.",
        "One of ten users converts, and 500 of 1000. Which rate would you bet on for all of them together?",
        "Under the null hypothesis there is only one group of users. Count in that group, as if nobody had been dealt "
        "out to arms, and compare with the common rate that the program uses. How much does a single user count in "
        "the small arm, and how much in the large one?",
    )
    follow_ups = {
        "Why does the test use one rate and the interval two?": (
            "The test asks what would happen if there were no effect, and then there is one rate. The interval asks "
            "which effects fit the data, and most of them mean two different rates."
        ),
        "What is the effect called when a mean of rates and the rate of all point in different directions?": (
            "Simpson's paradox: the weights of the groups differ between the things that are compared."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "A mean of the rates with the sizes as weights is the share of all users.",
            "$pooled = np.mean($rates)",
            "$pooled = np.average($rates, weights=sizes)",
        ),
        Fix(
            "Each rate times its number of users is the number of conversions again.",
            "$r = ($p + $q) / 2",
            "$r = (n0 * $p + n1 * $q) / (n0 + n1)",
        ),
    )
    treats_symptom = (
        Fix(
            "The geometric mean gives both arms the same say as well.",
            "$pooled = np.mean($rates)",
            "$pooled = np.sqrt(np.prod($rates))",
        ),
        Fix(
            "The rate of the control alone does not depend on the sizes, and forgets half of the data.",
            "$r = ($p + $q) / 2",
            "$r = $p",
        ),
    )
    rewrites = (
        Rewrite(
            "$rates = $x / $n\n...\n$pooled = np.sum($x) / np.sum($n)",
            "$rates = $x / $n\n...\n$pooled = np.mean($rates)",
            pooled=POOLED,
        ),
        Rewrite(
            "$p, $q = $x / $n, $y / $m\n$r = ($x + $y) / ($n + $m)",
            "$p, $q = $x / $n, $y / $m\n$r = ($p + $q) / 2",
            r=POOLED,
        ),
        Rewrite(
            "$p = $x / $n\n$q = $y / $m\n...\n$r = ($x + $y) / ($n + $m)",
            "$p = $x / $n\n$q = $y / $m\n...\n$r = ($p + $q) / 2",
            r=POOLED,
        ),
    )
    examples = (
        Example(
            "def z_test(x, n):\n    p = x / n\n    pooled = x.sum() / n.sum()\n    return p, pooled\n",
            "def z_test(x, n):\n    p = x / n\n    pooled = np.mean(p)\n    return p, pooled\n",
        ),
        Example(
            "p_a, p_b = c_a / n_a, c_b / n_b\np_pool = (c_a + c_b) / (n_a + n_b)\n",
            "p_a, p_b = c_a / n_a, c_b / n_b\np_pool = (p_a + p_b) / 2\n",
        ),
        Example(
            "def ztest(self):\n    p1 = self.x1 / self.n1\n    p2 = self.x2 / self.n2\n    diff = p2 - p1\n"
            "    pooled = (self.x1 + self.x2) / (self.n1 + self.n2)\n    return diff, pooled\n",
            "def ztest(self):\n    p1 = self.x1 / self.n1\n    p2 = self.x2 / self.n2\n    diff = p2 - p1\n"
            "    pooled = (p1 + p2) / 2\n    return diff, pooled\n",
        ),
    )
    untouched = (
        "p_a, p_b = c_a / n_a, c_b / n_b\nmiddle = (p_a + p_b) / 2\n",
        "precision = tp / (tp + fp)\nmacro = np.mean(precision)\n",
        "def slope(x, n):\n    density = x / n\n    steep = x.sum() / n.sum()\n    return density, steep\n",
    )
