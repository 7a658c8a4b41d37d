"""The impurities of the two parts are averaged as if both had as many rows."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

IMPURITY = role.call(vocabulary.IMPURITY)


class UnweightedChildImpurity(Mutator):
    """A split is judged by the plain mean of its parts' impurities, whatever the numbers of their rows.

    A row that is drawn lands in a part with the chance of that part's share, so what is left of the impurity is the
    mean weighted by these shares. In the plain mean one row counts as much as all the others together: splitting off a
    single row, which is pure by itself, halves what is left at once, and such splits win. The gain may even be negative
    for a split that helps.
    """

    symptoms = {
        "The gain that I work out by hand for parts of unequal size is another one.": "impurity by hand is missed",
        "It calls other splits the best than I do with pencil and paper.": "another split is chosen",
    }
    hints = (
        "Work out by hand what a split is worth that parts one row from nine others.",
        "Draw a row of the node at random. With which chance does it land on the left, and does the split know it?",
        "What is left of the impurity is an average over the rows of the node, because each of them is in one of the "
        "two parts. Take two parts of very different size and write down how many rows each impurity speaks for. Then "
        "look at how the program puts the two numbers together.",
    )
    follow_ups = {
        "When does the mistake change nothing?": (
            "When every split that is compared has parts of equal size: the plain mean is then the weighted one."
        ),
        "Can the right gain be negative?": (
            "No. Gini and entropy are concave, so the weighted mean over the parts is at most the impurity of the "
            "whole."
        ),
    }
    sources = ("github.com/scikit-learn/scikit-learn#10798",)

    also_right = (
        Fix(
            "The mean of the mask is the share of the left part, and the rest is that of the right one.",
            "($f(y[left]) + $f(y[~left])) / 2",
            "left.mean() * $f(y[left]) + (1 - left.mean()) * $f(y[~left])",
        ),
    )
    treats_symptom = (
        Fix(
            "No gain is below zero any more, but small parts still count as much as large ones.",
            "return $whole - ($f + $g) / 2",
            "return max($whole - ($f + $g) / 2, 0.0)",
            f=IMPURITY,
            g=IMPURITY,
        ),
        Fix(
            "The larger of the two impurities is no better judge than their plain mean.",
            "$whole - ($f + $g) / 2",
            "$whole - max($f, $g)",
            f=IMPURITY,
            g=IMPURITY,
        ),
        Fix(
            "The sum alone is twice the plain mean, and still knows nothing of the numbers of rows.",
            "sum($f for $part in $parts) / len($parts)",
            "sum($f for $part in $parts)",
            f=IMPURITY,
        ),
    )
    rewrites = (
        Rewrite("$a / $n * $f + $b / $n * $g", "($f + $g) / 2", f=IMPURITY, g=IMPURITY),
        Rewrite("($a * $f + $b * $g) / $n", "($f + $g) / 2", f=IMPURITY, g=IMPURITY),
        Rewrite("$share * $f + (1 - $share) * $g", "($f + $g) / 2", f=IMPURITY, g=IMPURITY),
        Rewrite(
            "sum($rows * $f for $part in $parts) / $n",
            "sum($f for $part in $parts) / len($parts)",
            f=IMPURITY,
        ),
    )
    examples = (
        Example(
            "child = len(yl) / n * gini(yl) + len(yr) / n * gini(yr)",
            "child = (gini(yl) + gini(yr)) / 2",
        ),
        Example(
            "e = (len(left) * entropy(left) + len(right) * entropy(right)) / len(y)",
            "e = (entropy(left) + entropy(right)) / 2",
        ),
        Example(
            "def left_over(tree, l, r, p):\n    return p * tree.impurity(l) + (1 - p) * tree.impurity(r), p\n",
            "def left_over(tree, l, r, p):\n    return (tree.impurity(l) + tree.impurity(r)) / 2, p\n",
        ),
        Example(
            "score = sum(len(g) * gini_index(g) for g in groups) / total",
            "score = sum(gini_index(g) for g in groups) / len(groups)",
        ),
    )
    untouched = (
        "loss = a / n * mse(x) + b / n * mse(z)",
        "mixed = 0.5 * gini(yl) + 0.5 * gini(yr)",
        "cross = -(p * np.log2(q) + (1 - p) * np.log2(1 - q))",
        "total = len(y) * entropy(y)",
    )
