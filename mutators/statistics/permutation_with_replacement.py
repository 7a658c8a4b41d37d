"""The values of a permutation test are drawn with replacement."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

POOLED = role.named("pooled", "users", "all_values", "combined", "both", "z", "everyone", "joined", "data")


class PermutationWithReplacement(Mutator):
    """Some values come twice and others not at all, where a permutation deals out each of them once.

    The test asks how large the difference would be if the same values had been dealt out to the arms otherwise. The
    values are fixed, only their labels are exchanged, and that is what makes the p-value exact for any distribution.
    Drawn with replacement they are a bootstrap under the null hypothesis: an approximation, and a poor one for small
    samples or a few large values, which may now be in both arms or in neither.
    """

    symptoms = {
        "I listed all deals of a small example; my p-value is another one.": "the p-value is wrong",
    }
    hints = (
        "Follow one very large value through the rounds. In how many arms may it be at the same time?",
        "Add up all values of both arms after a round. Should this sum change from round to round?",
        "Think of the values as cards, one for each user. In every round the cards are put into two heaps of "
        "the sizes that the arms have. Describe what happens to the cards between two rounds, and whether the call in "
        "the program does that, or makes new cards out of old ones.",
    )
    follow_ups = {
        "Why is a permutation test exact, and a bootstrap is not?": (
            "If the arms do not differ, all deals of the observed values are equally likely. A resample imitates the "
            "population by the sample, which is right only for large ones."
        ),
        "What does the test assume about the two arms under the null hypothesis?": (
            "That users can be exchanged: the whole distribution is the same, variances included, and not the mean "
            "alone."
        ),
    }
    sources = ("github.com/gedeck/practical-statistics-for-data-scientists#51",)

    where = place.function(vocabulary.PERMUTATION_TEST)
    also_right = (
        Fix(
            "As many as there are, and none put back, is a permutation.",
            "$rng.choice($x, size=len($x))",
            "$rng.choice($x, size=len($x), replace=False)",
        ),
        Fix(
            "Sorting by random keys brings every row into a random order.",
            "$rng.choice($x, size=($b, len($x)))",
            "$x[np.argsort($rng.random(($b, len($x))), axis=1)]",
        ),
    )
    treats_symptom = (
        Fix(
            "Fewer values than there are still come twice.",
            "$rng.choice($x, size=len($x))",
            "$rng.choice($x, size=len($x) - 1)",
        ),
        Fix(
            "One order for all rounds holds each value once, and all rounds are the same.",
            "$rng.choice($x, size=($b, len($x)))",
            "np.tile($rng.permutation($x), ($b, 1))",
        ),
    )
    rewrites = (
        Rewrite("$rng.permutation($x)", "$rng.choice($x, size=len($x))", x=POOLED),
        Rewrite("$rng.permuted(np.tile($x, ($b, 1)), axis=1)", "$rng.choice($x, size=($b, len($x)))", x=POOLED),
        Rewrite("random.sample($x, len($x))", "random.choices($x, k=len($x))", x=POOLED),
    )
    examples = (
        Example(
            "def permutation_test(a, b, rng):\n    pooled = np.concatenate([a, b])\n"
            "    shuffled = rng.permutation(pooled)\n    return shuffled[: len(a)].mean()\n",
            "def permutation_test(a, b, rng):\n    pooled = np.concatenate([a, b])\n"
            "    shuffled = rng.choice(pooled, size=len(pooled))\n    return shuffled[: len(a)].mean()\n",
        ),
        Example(
            "def perm_pvalue(z, B, rng):\n    deals = rng.permuted(np.tile(z, (B, 1)), axis=1)\n    return deals\n",
            "def perm_pvalue(z, B, rng):\n    deals = rng.choice(z, size=(B, len(z)))\n    return deals\n",
        ),
        Example(
            "def randomization_test(combined, n):\n    mixed = random.sample(combined, len(combined))\n"
            "    return mixed[:n], mixed[n:]\n",
            "def randomization_test(combined, n):\n    mixed = random.choices(combined, k=len(combined))\n"
            "    return mixed[:n], mixed[n:]\n",
        ),
    )
    untouched = (
        "def permutation_test(n, rng):\n    order = rng.permutation(n)\n    return order\n",
        "def split(data, rng):\n    return rng.permutation(data)\n",
        "def shuffle_rows(X, rng):\n    return X[rng.permutation(len(X))]\n",
    )
