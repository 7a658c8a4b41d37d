"""Categories without an order are numbered instead of getting a column each."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary
from bugforge.mutation.place import Place

ENCODES = Place(lambda code, node: vocabulary.INDICATING.search(code.program.function_of(node)) is not None)
LEVELS = role.named("level", "category", "categories", "class", "classes", "vocab", "known", "cat", "cats", "values")


class OrdinalCodesForNominal(Mutator):
    """The position among the categories is handed on as a number, which claims an order and equal steps.

    A model that multiplies or measures distances takes the code at its word: the third town counts three times as much
    as the first, and lies between the second and the fourth. The order is that of the alphabet, or of first appearance.
    Indicator columns claim nothing of the kind: every two categories are equally far apart.
    """

    symptoms = {
        "Each feature is still a single column after encoding, whatever number of categories it has.": (
            "categories are encoded otherwise"
        ),
    }
    hints = (
        "How many columns do you expect for a feature with five categories, and how many come out?",
        "Compute the distance between each pair of three encoded towns. Should some be nearer to each other?",
        "A category can be told by where it stands in a list, or by a yes or no for every entry of the list. Look at "
        "the values in one encoded row and say which of the two they are, and which of them a linear model can use "
        "without believing in an order.",
    )
    follow_ups = {
        "For which models do codes do little harm?": (
            "For trees: with enough cuts they can pick out any code. A cut still groups neighbours of the alphabet."
        ),
        "When are codes the right choice?": (
            "When the order is real, as in small, medium, large, and is given by hand instead of by the alphabet; or "
            "as an index into a table of embeddings."
        ),
    }
    sources = ("github.com/scikit-learn/scikit-learn#14642", "github.com/chrisalbon/short_notes_on_machine_learning#77")

    where = ENCODES
    also_right = (
        Fix(
            "Comparing a column of values with a row of categories gives one indicator for each category.",
            "[np.searchsorted($levels, $X[:, [$j]]) for $j, $levels in enumerate($all)]",
            "[np.asarray($X)[:, [$j]] == $levels[None] for $j, $levels in enumerate($all)]",
        ),
    )
    treats_symptom = (
        Fix(
            "Codes squeezed between 0 and 1 claim the same order with smaller steps.",
            "np.searchsorted($levels, $X[:, [$j]])",
            "np.searchsorted($levels, $X[:, [$j]]) / len($levels)",
        ),
    )
    rewrites = (
        Rewrite(
            "[$X[:, [$j]] == $levels for $j, $levels in enumerate($all)]",
            "[np.searchsorted($levels, $X[:, [$j]]) for $j, $levels in enumerate($all)]",
        ),
        Rewrite("$x[:, None] == $levels", "np.searchsorted($levels, $x)[:, None]", levels=LEVELS),
        Rewrite("np.eye(len($levels))[$codes]", "$codes[:, None]", levels=LEVELS),
    )
    examples = (
        Example(
            "def one_hot(x, levels):\n    return (x[:, None] == levels).astype(float)\n",
            "def one_hot(x, levels):\n    return np.searchsorted(levels, x)[:, None].astype(float)\n",
        ),
        Example(
            "def to_dummies(column):\n    classes, codes = np.unique(column, return_inverse=True)\n"
            "    return np.eye(len(classes))[codes], classes\n",
            "def to_dummies(column):\n    classes, codes = np.unique(column, return_inverse=True)\n"
            "    return codes[:, None], classes\n",
        ),
        Example(
            "def onehot_columns(X, cats):\n"
            "    return np.hstack([X[:, [j]] == level for j, level in enumerate(cats)])\n",
            "def onehot_columns(X, cats):\n"
            "    return np.hstack([np.searchsorted(level, X[:, [j]]) for j, level in enumerate(cats)])\n",
        ),
    )
    untouched = (
        "hits = labels[:, None] == classes",
        "def confusion(y, classes):\n    return (y[:, None] == classes).sum(axis=0)\n",
        "def one_hot(x, n):\n    return np.eye(n)[x]\n",
    )
