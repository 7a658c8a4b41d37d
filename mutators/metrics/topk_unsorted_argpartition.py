"""A partition stands in for a sort, so the best k are found in no order."""

from bugforge import Example, Fix, Mutator, Rewrite


class TopkUnsortedArgpartition(Mutator):
    """argpartition returns the best k in front, in any order, to callers that expect the best of them first.

    A partition promises that nothing behind position k is better than anything before it, and no more. As a set the k
    entries are right, so precision and recall at k are too; whatever looks at the order among them, such as average
    precision, reciprocal rank, nDCG or the first recommendation, gets the order of an unfinished sort. Short arrays
    often come out sorted by accident.
    """

    symptoms = {
        "The list of results does not begin with the highest score.": "the ranking is another",
        "Equal scores come out in a different order than they went in.": "ties are counted wrongly",
    }
    hints = (
        "Print the scores of the results in the order in which they are returned, for a few hundred candidates.",
        "Measures of the set of results are right and measures of their order are not. What do you conclude about "
        "the indices, and which function has made them?",
        "Finding the k largest of n numbers takes less work than sorting them, and something is not promised in "
        "return. Read in the documentation what is said about the elements on either side of the position, then check "
        "what the callers of this function do with the first index, the second and so on.",
    )
    follow_ups = {
        "How are the k best found in order for a very large n?": (
            "By a partition, and a sort of only the k entries it puts in front: O(n + k log k)."
        ),
        "Why do small examples not show it?": (
            "The selection sorts short ranges with simple methods, so for a small k or a short array the front is "
            "in order, without any promise."
        ),
    }
    sources = ("github.com/recommenders-team/recommenders#275",)

    also_right = (
        Fix(
            "A stable sort of all negated scores is in order, ties included.",
            "return np.argpartition(-scores, k - 1, axis=1)[:, :k]",
            'return np.argsort(-scores, axis=1, kind="mergesort")[:, :k]',
        ),
    )
    treats_symptom = (
        Fix(
            "Sorting the indices puts the results in the order of their columns, not of their scores.",
            "return np.argpartition(-scores, k - 1, axis=1)[:, :k]",
            "return np.sort(np.argpartition(-scores, k - 1, axis=1)[:, :k], axis=1)",
        ),
    )
    rewrites = (
        Rewrite("return np.argsort(-$s, axis=1, $*how)[:, :$k]", "return np.argpartition(-$s, $k - 1, axis=1)[:, :$k]"),
        Rewrite(
            "return np.argsort($s, axis=1)[:, ::-1][:, :$k]", "return np.argpartition(-$s, $k - 1, axis=1)[:, :$k]"
        ),
        Rewrite("return np.argsort(-$s)[:$k]", "return np.argpartition(-$s, $k - 1)[:$k]"),
        Rewrite("return np.argsort(-$s, kind=$stable)[:$k]", "return np.argpartition(-$s, $k - 1)[:$k]"),
        Rewrite("return np.argsort($s)[::-1][:$k]", "return np.argpartition(-$s, $k - 1)[:$k]"),
    )
    examples = (
        Example(
            "def recommend(scores, k):\n    return np.argsort(-scores)[:k]\n",
            "def recommend(scores, k):\n    return np.argpartition(-scores, k - 1)[:k]\n",
        ),
        Example(
            "def top(sim, n):\n    return np.argsort(-sim, axis=1)[:, :n]\n",
            "def top(sim, n):\n    return np.argpartition(-sim, n - 1, axis=1)[:, :n]\n",
        ),
        Example(
            "def best(relevance, k):\n    return np.argsort(relevance)[::-1][:k]\n",
            "def best(relevance, k):\n    return np.argpartition(-relevance, k - 1)[:k]\n",
        ),
    )
    untouched = (
        "top = np.argsort(-proba, axis=1)[:, :k]\nhit = np.any(top == y[:, None], axis=1)\n",
        "def order(x):\n    return np.argsort(-x)\n",
        "def nearest(d, k):\n    return np.argsort(d)[:k]\n",
    )
