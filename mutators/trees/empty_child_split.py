"""The largest value of a column is a candidate too, and beyond it there is no row."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

VALUES = role.that(lambda term: term.kind in ("subscript", "name", "attribute", "arg"))


class EmptyChildSplit(Mutator):
    """A split at the largest value sends all rows one way, and one part is empty.

    A threshold parts a node only if rows lie on both sides of it. At the largest value every row is at most as large,
    so one child is the node itself and the other has no rows. Often such a split is no better than others and is not
    chosen. In a node whose candidates are otherwise none, it is: the node is split from itself again and again, and of
    the rows of the empty side, which are none, somebody has to find a class.
    """

    symptoms = {
        "A node whose rows are all alike is split all the same.": "another split is chosen",
        "On a table with many equal values it stops with an error, and on measurements it does not.": "raises",
    }
    hints = (
        "Give it a table in which all rows are alike, with unlike labels.",
        "A column has the values 1, 2 and 3. List the thresholds that are tried, and the rows on both sides of each.",
        "Count the candidates that a column of k different values can have, if each of them is to leave rows on both "
        "sides, and compare with the number that the search goes through. For a column that is constant, decide how "
        "many "
        "there should be, and what the caller does with the answer that it gets.",
    )
    follow_ups = {
        "Why do most tables hide it?": (
            "By impurity a split that parts nothing gains nothing, and on most nodes some other split gains something."
        ),
        "Which thresholds avoid the question?": "Those halfway between neighbouring values: both sides have rows.",
    }
    sources = ("github.com/elastic/ml-cpp#849", "github.com/neurodata/SPORF#109")

    where = place.function(vocabulary.SPLITTING_A_NODE) | place.target(vocabulary.SPLITTING_A_NODE)
    also_right = (
        Fix(
            "The values below the largest one are the same candidates.",
            "np.unique($values)",
            "np.setdiff1d($values, $values.max())",
        ),
    )
    treats_symptom = (
        Fix(
            "Without the smallest value a good threshold is lost, and the largest one is still tried.",
            "np.unique($values)",
            "np.unique($values)[1:]",
        ),
    )
    rewrites = (
        Rewrite("np.unique($values)[:-1]", "np.unique($values)"),
        Rewrite("sorted(set($values))[:-1]", "sorted(set($values))"),
        Rewrite("np.sort(np.unique($values))[:-1]", "np.unique($values)"),
    )
    examples = (
        Example(
            "def best_split(X, y):\n    for t in np.unique(X[:, 0])[:-1]:\n        try_split(X[:, 0] <= t)\n",
            "def best_split(X, y):\n    for t in np.unique(X[:, 0]):\n        try_split(X[:, 0] <= t)\n",
        ),
        Example("thresholds = sorted(set(column))[:-1]", "thresholds = sorted(set(column))"),
        Example(
            "class Stump:\n    def fit(self, x, y):\n        cuts = np.unique(x)[:-1]\n"
            "        return min(cuts, key=self.cost)\n",
            "class Stump:\n    def fit(self, x, y):\n        cuts = np.unique(x)\n"
            "        return min(cuts, key=self.cost)\n",
        ),
    )
    untouched = (
        "classes = np.unique(y)[:-1]",
        "def edges(x):\n    return np.unique(x)[:-1]\n",
        "def best_split(x):\n    values = np.unique(x)\n    return (values[:-1] + values[1:]) / 2\n",
    )
