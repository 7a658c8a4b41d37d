"""The rows are dealt out in the order they came in."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Mutator, Rewrite, role

DEALING = r"(?i)split|fold|holdout|hold_out|partition|train_test|validation"
COUNT = role.COUNT | role.named("rows", "samples", "total", "length")
GENERATOR = role.named("rng", "random", "generator", "random_state", "rs", "np_random")


PARTS = (
    "$part = $order[$rows]",
    "$part = $table[$order[$rows]]",
    "$part, $*others = $order[$rows], $*rest",
    "$part, $*others = $table[$order[$rows]], $*rest",
)


class NoShuffleBeforeSplit(Mutator):
    """The permutation is gone, and each part is a block of consecutive rows.

    Tables come sorted: by class, by date, by customer, by the file they were read from. A block is then no sample of
    the whole. Sorted by class the test part holds a class the model never saw and nothing else; sorted by anything
    that matters, both parts come from different distributions, and the score is about neither.
    """

    difficulty = "easy"
    symptom = "On one data set the score is 0, on another it is perfect; re-sorting the file changes it completely."
    hints = (
        "Count the classes in each part.",
        "Feed it rows that are sorted by label. What do the parts look like?",
        "Does the order of the rows in the file decide which part a row goes to?",
    )
    follow_ups = {
        "When is not shuffling the right thing?": (
            "For rows in time: the model must be tested on the future, and a random split would let it look there."
        ),
        "Does shuffling guarantee that both parts hold all classes?": (
            "Only with high probability, and not for rare ones. Stratify: deal out each class by itself."
        ),
    }
    sources = ("github.com/encord-team/text-to-image-eval#74",)

    rewrites = (
        Rewrite("$rng.permutation($n)", "np.arange($n)", function=DEALING, rng=GENERATOR, n=COUNT),
        Rewrite("$rng.permutation($rows)", "$rows", function=DEALING, rng=GENERATOR, rows=role.VARIABLE & ~COUNT),
        Rewrite("np.random.permutation($n)", "np.arange($n)", n=COUNT, function=DEALING),
        Rewrite("$order = np.arange($n)\n$rng.shuffle($order)", "$order = np.arange($n)", function=DEALING),
        Rewrite("$order = list(range($n))\n$rng.shuffle($order)", "$order = list(range($n))", function=DEALING),
        *(
            Rewrite(
                f"$order = $rng.permutation($n)\n...\n{part}",
                f"$order = np.arange($n)\n...\n{part}",
                n=COUNT,
                part=role.TRAIN | role.HELD_OUT,
            )
            for part in PARTS
        ),
        *(
            Rewrite(before.format(at), after.format(at))
            for at in ("", "$sklearn.")
            for before, after in (
                ("{}train_test_split($*data, shuffle=True)", "{}train_test_split($*data, shuffle=False)"),
                ("{}KFold(n_splits=$k, shuffle=True)", "{}KFold(n_splits=$k)"),
                ("{}KFold(n_splits=$k, shuffle=True, random_state=$seed)", "{}KFold(n_splits=$k)"),
            )
        ),
    )
    examples = (
        Example(
            "def split(X, y, rng):\n    order = rng.permutation(len(X))\n    return X[order[:9]], X[order[9:]]\n",
            "def split(X, y, rng):\n    order = np.arange(len(X))\n    return X[order[:9]], X[order[9:]]\n",
        ),
        Example(
            "def k_fold(self, X):\n    indices = np.arange(X.shape[0])\n    self.rng.shuffle(indices)\n"
            "    return np.array_split(indices, self.k)\n",
            "def k_fold(self, X):\n    indices = np.arange(X.shape[0])\n    return np.array_split(indices, self.k)\n",
        ),
        Example(
            "order = np.random.permutation(n)\nX_train, X_test = X[order[:80]], X[order[80:]]\n",
            "order = np.arange(n)\nX_train, X_test = X[order[:80]], X[order[80:]]\n",
        ),
        Example(
            "def split(X, seed):\n    rng = np.random.default_rng(seed)\n    order = rng.permutation(len(X))\n"
            "    return X[order]\n",
            "def split(X, seed):\n    order = np.arange(len(X))\n    return X[order]\n",
        ),
        Example(
            "from sklearn.model_selection import KFold\nfolds = KFold(n_splits=5, shuffle=True, random_state=0)\n",
            "from sklearn.model_selection import KFold\nfolds = KFold(n_splits=5)\n",
        ),
    )
    untouched = (
        "def minibatches(X, rng):\n    order = rng.permutation(len(X))\n",
        "def split(X):\n    order = np.argsort(X[:, 0])\n",
        "def importance(X, j, rng):\n    X[:, j] = rng.permutation(X[:, j])\n",
        "def fold(x):\n    return rng.integers(len(x))\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        for change in super().mutate(code):
            yield Change(change.node, (*change.edits, *_orphans(code, change)))


def _orphans(code: Code, change: Change) -> Iterator:
    """Deletion of the line that made a generator which drew nothing but the permutation."""
    program, function = code.program, code.program.function_of(change.node)
    names = [t for t in code.canonical.by_kind["name"] if t.node and program.function_of(t.node) == function]
    for edit in change.edits:
        for name in (t for t in names if GENERATOR.holds(t) and _within(program.span(t.node), (edit.start, edit.end))):
            others = [t.node for t in names if t.value == name.value and t is not name]
            if len(others) == 1 and isinstance(program.parents[others[0]], cst.AssignTarget):
                deletion = program.delete(program.statement_of(others[0]))
                if deletion:
                    yield deletion


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
