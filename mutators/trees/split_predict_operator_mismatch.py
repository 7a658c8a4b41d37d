"""In prediction a row on a threshold goes the other way than in training."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

CUT = role.named("threshold", "cut", "thr", "split", "split_value", "cutoff", "thresh", "split_point", "boundary")


class SplitPredictOperatorMismatch(Mutator):
    """Rows are sent down the tree by another comparison than the one by which they were parted.

    A split is a rule, and training and prediction must apply the same one: the leaf of a row tells what the training
    rows that obey the same rules were. If the two disagree about equality, a row exactly on a threshold is told about
    the other side. Counts, grades and rounded numbers meet a threshold; measurements seldom do, unless the threshold is
    itself one of the measured values.
    """

    symptoms = {
        "A row whose value is exactly a threshold is told the class of the other side.": "leaves predict otherwise",
    }
    hints = (
        "Which rows could land on the wrong side of a split? Try whole numbers.",
        "A column is parted at the value 3. Where does a row with exactly 3 belong, and where is it sent?",
        "Two places of the program apply the rule of a split: one when the rows of a node are parted and one when a "
        "new row looks for its leaf. Write down for both of them what becomes of a value that is less than, equal to "
        "and more than the threshold, and hold the three answers against the task.",
    )
    follow_ups = {
        "Do the training rows show it?": (
            "Only where thresholds are values of the table. Halfway between two values there is no training row."
        ),
        "How would you make the two rules one?": "By a function of its own that says which way a row goes.",
    }
    sources = ("github.com/tidymodels/tidypredict#189", "github.com/shap/shap#1617")

    where = place.function(vocabulary.ROUTING)
    also_right = (
        Fix(
            "What is not above the threshold is at most as large.",
            "$x < $cut",
            "not $x > $cut",
            x=~role.CALL,
            cut=CUT,
        ),
        Fix(
            "The rows that go left are the others: those that are not above.",
            "($x >= $cut).astype(int)",
            "1 - ($x <= $cut).astype(int)",
            cut=CUT,
        ),
        Fix(
            "Asked the other way round, the test sends a row on the threshold to those that are not above it.",
            "$above if $x >= $cut else $below",
            "$below if $x <= $cut else $above",
            x=~role.CALL,
            cut=CUT,
        ),
    )
    treats_symptom = (
        Fix(
            "Half a unit suits whole numbers, and moves the border for all others.",
            "$above if $x >= $cut else $below",
            "$above if $x >= $cut + 0.5 else $below",
            x=~role.CALL,
            cut=CUT,
        ),
        Fix(
            "A small margin moves the border for every row near a threshold, on whichever side.",
            "$x < $cut",
            "$x < $cut + 0.5",
            x=~role.CALL,
            cut=CUT,
        ),
        Fix(
            "Above the threshold by half a unit is another rule again.",
            "($x >= $cut).astype(int)",
            "($x >= $cut + 0.5).astype(int)",
            cut=CUT,
        ),
    )
    rewrites = (
        Rewrite("$x <= $cut", "$x < $cut", x=role.that(lambda term: term.kind == "subscript"), cut=CUT),
        Rewrite("$x > $cut", "$x >= $cut", x=role.that(lambda term: term.kind == "subscript"), cut=CUT),
        Rewrite("$x < $cut", "$x <= $cut", x=role.that(lambda term: term.kind == "subscript"), cut=CUT),
    )
    examples = (
        Example(
            "def predict_row(node, x):\n    return node.left if x[node.feature] <= node.threshold else node.right\n",
            "def predict_row(node, x):\n    return node.left if x[node.feature] < node.threshold else node.right\n",
        ),
        Example(
            "def route(row, f, cut):\n    if row[f] > cut:\n        return 1\n    return 0\n",
            "def route(row, f, cut):\n    if row[f] >= cut:\n        return 1\n    return 0\n",
        ),
        Example(
            "def _traverse(self, x, node):\n    if x[node['feature']] < node['split']:\n        return node['left']\n"
            "    return node['right']\n",
            "def _traverse(self, x, node):\n    if x[node['feature']] <= node['split']:\n        return node['left']\n"
            "    return node['right']\n",
        ),
    )
    untouched = (
        "def grow(X, column, threshold):\n    return X[:, column] <= threshold\n",
        "def predict(scores, threshold):\n    return (scores >= threshold).astype(int)\n",
        "def predict(x):\n    return x[0] <= limit\n",
    )
