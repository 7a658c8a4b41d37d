"""The shares are added up without being squared, so that every set of labels looks pure."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

SHARES = role.named("p", "q", "prob", "proba", "share", "frequency", "frequencie", "proportion", "fraction", "ratio")


class GiniMissingSquare(Mutator):
    """Shares of classes add up to one, so one minus their plain sum is nothing but rounding.

    Two labels drawn one after the other are both of class c with the chance p_c times p_c; the sum of these squares is
    the chance that they agree, and one minus it the impurity. Without the squares the sum is one for any labels, and
    nothing is ever impure: no split gains anything.
    """

    symptoms = {
        "Half of one class and half of another, and the impurity is zero.": "impurity by hand is missed",
        "The tree does not grow beyond its root.": "the tree grows otherwise",
    }
    hints = (
        "Print the impurity of the labels 0, 0, 1, 1.",
        "Draw two labels with replacement. With which chance are both of class c, and where does that stand?",
        "For a pure set the impurity is right, and for a mixed one it is the same number. Ask what the sum over the "
        "classes comes to by itself, for shares that cover everything there is, and what it should be the chance of.",
    )
    follow_ups = {
        "Which impurity is the largest for k classes?": "That of equal shares: 1 - 1 / k.",
        "How do Gini impurity and entropy differ in practice?": (
            "Hardly: both are concave and vanish for pure sets; Gini needs no logarithm, and they seldom choose unlike "
            "splits."
        ),
    }
    sources = ("unverified",)

    where = place.named(vocabulary.GINI)
    also_right = (
        Fix(
            "A label drawn second differs from the first with the chance 1 - p_c.",
            "1.0 - np.sum($p, $*axis)",
            "np.sum($p * (1 - $p), $*axis)",
            p=SHARES,
        ),
    )
    treats_symptom = (
        Fix(
            "The share of all but the most frequent class is another impurity, blind to most of the mixture.",
            "1.0 - np.sum($p, $*axis)",
            "1.0 - np.max($p, $*axis)",
            p=SHARES,
        ),
    )
    rewrites = (
        Rewrite("1 - np.sum($p ** 2, $*axis)", "1 - np.sum($p, $*axis)", p=SHARES),
        Rewrite("1 - np.sum($p * $p, $*axis)", "1 - np.sum($p, $*axis)", p=SHARES),
        Rewrite("1 - sum($p ** 2 for $p in $all)", "1 - sum($p for $p in $all)", p=SHARES),
    )
    examples = (
        Example(
            "def gini(y):\n    p = np.bincount(y) / len(y)\n    return 1 - (p ** 2).sum()\n",
            "def gini(y):\n    p = np.bincount(y) / len(y)\n    return 1 - p.sum()\n",
        ),
        Example("gini = 1.0 - np.sum(np.square(probs))", "gini = 1.0 - np.sum(probs)"),
        Example(
            "def gini_impurity(counts, n):\n    return 1 - sum(p**2 for p in counts / n)\n",
            "def gini_impurity(counts, n):\n    return 1 - sum(p for p in counts / n)\n",
        ),
    )
    untouched = (
        "r2 = 1 - np.sum(residual**2) / np.sum(total**2)",
        "def simpson(p):\n    return 1 - np.sum(p**2)\n",
        "gini = 1 - 2 * np.sum(lorenz)",
    )
