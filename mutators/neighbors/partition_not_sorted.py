"""The nearest rows are selected and not put in order."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SELECTED = role.like(
    "np.argpartition($d, $*how)[:$k]", "np.flatnonzero($d <= $r)", "np.nonzero($d <= $r)[0]", "np.where($d <= $r)[0]"
)
ROWWISE = role.like("np.argpartition($D, $*how)[:, :$k]")


class PartitionNotSorted(Mutator):
    """What a selection leaves in any order, or in that of the table, is read as if the nearest stood first.

    A partition, or a comparison with the k-th smallest value, tells which entries are small, and nothing of their order
    among each other. Who takes the first of them for the nearest, or cuts away what is too many at a tie, needs a sort
    after it. Sums over all k neighbours do not care, which is why it is missed.
    """

    symptoms = {
        "The list of neighbors does not begin with the nearest one.": "other neighbors are found",
    }
    hints = (
        "Print the distances of the neighbours that are found, in the order in which they are returned.",
        "Move the nearest row to the end of the table. At which place of the result does it come out?",
        "Which order do the indices have that the selection returns, and what do the lines after it expect? Finding "
        "the k smallest numbers is cheaper than sorting all of them because it promises less; something has to make "
        "good on the rest.",
    )
    follow_ups = {
        "What does it cost to select first and sort afterwards?": (
            "O(n + k log k) instead of O(n log n) for sorting all distances, and for k much smaller than n the sort is "
            "negligible."
        ),
        "When may the sort be left out?": (
            "When only the set matters: a vote with equal weights, a mean, the distance to the k-th. Then there must "
            "be exactly k of them, and nobody may ask for the first."
        ),
    }
    sources = ("github.com/recommenders-team/recommenders#275",)

    also_right = (
        Fix(
            "Python's own sort is stable too, so equal distances stay in the order of their indices.",
            "return ball[:k]",
            "return np.array(sorted(ball, key=lambda i: dist[i])[:k])",
        ),
    )
    treats_symptom = (
        Fix(
            "Sorting the indices puts the rows in the order of the table, not of their distances.",
            "return ball[:k]",
            "return np.sort(ball)[:k]",
        ),
    )
    rewrites = (
        Rewrite("$b = $selected\nreturn $b[np.argsort($d[$b], $*how)]", "return $selected", selected=SELECTED),
        Rewrite("$b = $selected\n$b = $b[np.argsort($d[$b], $*how)]", "$b = $selected", selected=SELECTED),
        Rewrite(
            "$b = $selected\n"
            "$b = np.take_along_axis($b, np.argsort(np.take_along_axis($D, $b, axis=1), $*how), axis=1)",
            "$b = $selected",
            selected=ROWWISE,
        ),
    )
    examples = (
        Example(
            "part = np.argpartition(dist, k)[:k]\npart = part[np.argsort(dist[part])]\n",
            "part = np.argpartition(dist, k)[:k]\n",
        ),
        Example(
            "def nearest(d, k):\n    near = np.argpartition(d, k - 1)[:k]\n    return near[np.argsort(d[near])]\n",
            "def nearest(d, k):\n    return np.argpartition(d, k - 1)[:k]\n",
        ),
        Example(
            "ring = np.flatnonzero(d <= r)\nring = ring[np.argsort(d[ring], kind='stable')]\n",
            "ring = np.flatnonzero(d <= r)\n",
        ),
    )
    untouched = (
        "order = order[np.argsort(t[order])]",
        "near = np.argpartition(d, k)[:k]\n",
        "keep = np.flatnonzero(mask)\nkeep = keep[np.argsort(t[keep])]\n",
    )
