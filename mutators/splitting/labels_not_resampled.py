"""The rows are those of the resample, and the labels beside them those of the table."""

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, role, vocabulary
from bugforge.mutation.constraint import Constraint

TARGET = role.TARGET & role.NAME
DRAWING = role.like(
    "$rng.integers(0, $n, size=$n)",
    "$rng.integers($n, size=$n)",
    "$rng.integers(0, $n, $n)",
    "$rng.randint(0, $n, $n)",
    "$rng.randint(0, $n, size=$n)",
    "$rng.choice($n, size=$n, replace=True)",
    "$rng.choice($n, $n, replace=True)",
    "$rng.choice($n, size=$n)",
    "$rng.choice($n, $n)",
)


def _is_resample(term: Term, code: Code | None) -> bool:
    """A variable that holds as many row numbers as there are rows, drawn with replacement."""
    if code is None or term.kind != "name" or term.node is None:
        return False
    binding = code.scopes.binding(term.value, term.node)
    if binding is None or binding.value is None or not binding.alone:
        return False
    value = code.canonical.term(binding.value)
    return DRAWING.test(value, code) or role.call(vocabulary.BOOTSTRAP).test(value, code)


RESAMPLE = Constraint(_is_resample)


class LabelsNotResampled(Mutator):
    """Drawn rows are put beside the labels in their old order, and no row keeps its own.

    A resample has as many rows as the table, so the labels of the table fit it in length, and nothing complains. But
    the row in place i of a resample is some row of the table, and hardly ever row i. Each row is learnt with the label
    of another one, drawn at random: what there is between features and labels is lost, and only the frequencies of the
    labels remain.
    """

    symptoms = {
        "It gets far less right than it did, even of the rows that it was trained on.": "score too low",
    }
    hints = (
        "Can it learn its own training rows by heart, as it should be able to?",
        "Give row i the label i. Which labels do the members of the ensemble get to see beside which rows?",
        "Follow one row of the resample back to the table, and then its label. Both were looked up by a position: say "
        "for each of the two whether it is a position in the table or a position in the resample, and whether "
        "something "
        "between there and here has made the same of them.",
    )
    follow_ups = {
        "Why does the length not give it away?": (
            "A bootstrap sample is as long as the table. For a smaller sample the first comparison would fail."
        ),
        "How would you make the mistake impossible?": (
            "Hand on the row numbers alone and index both in one place, or keep labels and features in one frame."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "take picks the labels by the same row numbers.",
            "$f($X[$bag], $y, $*rest)",
            "$f($X[$bag], $y.take($bag), $*rest)",
            y=TARGET,
            bag=RESAMPLE,
        ),
    )
    treats_symptom = (
        Fix(
            "Sorted labels are still those of the table, and now in an order that no row ever had.",
            "$f($X[$bag], $y, $*rest)",
            "$f($X[$bag], np.sort($y), $*rest)",
            y=TARGET,
            bag=RESAMPLE,
        ),
    )
    rewrites = (
        Rewrite("$f($X[$bag], $y[$bag], $*rest)", "$f($X[$bag], $y, $*rest)", y=TARGET, bag=RESAMPLE),
        Rewrite("$A, $b = $X[$bag], $y[$bag]", "$A, $b = $X[$bag], $y", y=TARGET, bag=RESAMPLE),
        Rewrite("return $X[$bag], $y[$bag]", "return $X[$bag], $y", y=TARGET, bag=RESAMPLE),
    )
    examples = (
        Example(
            "for tree in trees:\n    idx = rng.integers(0, n, size=n)\n    tree.fit(X[idx], y[idx])\n",
            "for tree in trees:\n    idx = rng.integers(0, n, size=n)\n    tree.fit(X[idx], y)\n",
        ),
        Example(
            "def resampled(X, y):\n    rows = np.random.choice(len(X), len(X), replace=True)\n"
            "    return X[rows], y[rows]\n",
            "def resampled(X, y):\n    rows = np.random.choice(len(X), len(X), replace=True)\n    return X[rows], y\n",
        ),
        Example(
            "bag = bootstrap_sample(len(y))\nX_bag, y_bag = X[bag], y[bag]\n",
            "bag = bootstrap_sample(len(y))\nX_bag, y_bag = X[bag], y\n",
        ),
    )
    untouched = (
        "rows = rng.integers(0, n, size=batch_size)\nstep(X[rows], y[rows])\n",
        "order = rng.permutation(n)\nfit(X[order], y[order])\n",
        "idx = rng.integers(0, n, size=n)\ncompare(A[idx], B[idx])\n",
    )
