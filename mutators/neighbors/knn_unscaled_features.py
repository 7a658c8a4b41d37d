"""Distances are taken between raw features."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role, vocabulary

SPREAD = role.named("std", "sd", "scale", "sigma", "spread", "s")
SCALER = role.that(
    lambda term: (
        term.kind == "attribute"
        and term.children[0].value == "self"
        and vocabulary.SCALING.search(term.value) is not None
        and not term.value.startswith(("inverse", "un", "de"))
    )
)
SCALED = Rewrite("$scaled($X)", "$X", scaled=SCALER, X=role.NAME)


class KnnUnscaledFeatures(Mutator):
    """Columns go into the distance in whatever unit they were recorded in, so the longest one decides alone.

    A distance adds up differences of unlike things: years, currency, shares. A column counted in thousands outweighs
    one that lies between 0 and 1, not because it says more but because of its unit; after a change from metres to
    millimetres other rows are the nearest. Dividing every column by its spread over the training rows, on both sides
    of the comparison, makes the choice independent of units.
    """

    symptoms = {
        "After one column was changed to another unit, other predictions come out.": "columns are scaled otherwise",
        "One column alone seems to decide, and fewer answers are right.": (
            "score too low & columns are scaled otherwise"
        ),
    }
    hints = (
        "Multiply one column by a thousand everywhere, in all rows that are fitted and asked for. What may change?",
        "How much does each column contribute to the distance of two rows of your data? Print the parts of one sum.",
        "Follow the numbers from the arguments to the place where two rows are compared. On this way they should lose "
        "their units, the same way for the rows that are remembered and for those that are asked about; where does "
        "that happen, and for which of them?",
    )
    follow_ups = {
        "Which methods need scaled features, and which do not?": (
            "Whatever adds up columns needs them: neighbours, k-means, kernels, penalties, principal components. Trees "
            "compare one column at a time, and least squares without a penalty absorbs any unit in its weights."
        ),
        "Is the standard deviation always the right unit?": (
            "No. A few extreme values make it large and flatten the rest of the column; the interquartile range is "
            "sturdier, and knowledge of what a difference means beats both."
        ),
    }
    sources = ("dslinter W5505: no scaling before a scaling-sensitive operation",)

    also_right = ()  # the scaling is missing in two places, and one change repairs one of them
    treats_symptom = (
        Fix(
            "Only the rows that are remembered are scaled now; the queries come in other units than they.",
            "self.rows, self.y = X, y",
            "self.rows, self.y = self.standardize(X), y",
        ),
        Fix(
            "The queries come in units of their own, and still do not meet the units of the remembered rows.",
            "self.Z = X",
            "self.Z = X / np.where(np.ptp(X, axis=0) > 0, np.ptp(X, axis=0), 1)",
        ),
    )
    examples = (
        Example(
            "class KNN:\n    def fit(self, X):\n        self.X = self.standardize(X)\n"
            "    def predict(self, X):\n        return nearest(cdist(self.standardize(X), self.X))\n",
            "class KNN:\n    def fit(self, X):\n        self.X = X\n"
            "    def predict(self, X):\n        return nearest(cdist(X, self.X))\n",
        ),
        Example(
            "D = cdist((A - mu) / sd, (B - mu) / sd)\n",
            "D = cdist(A, B)\n",
        ),
        Example(
            "def nearest(X, q, std):\n    return np.linalg.norm((X - q) / std, axis=1).argmin()\n",
            "def nearest(X, q, std):\n    return np.linalg.norm(X - q, axis=1).argmin()\n",
        ),
    )
    rewrites = (
        Rewrite("np.linalg.norm(($X - $q) / $scale, $*how)", "np.linalg.norm($X - $q, $*how)", scale=SPREAD),
        Rewrite("np.sum((($X - $q) / $scale) ** 2, $*how)", "np.sum(($X - $q) ** 2, $*how)", scale=SPREAD),
        Rewrite("cdist(($A - $mean) / $scale, ($B - $mean) / $scale, $*how)", "cdist($A, $B, $*how)", scale=SPREAD),
    )
    untouched = (
        "class Scaler:\n    def fit_transform(self, X):\n        return self.fit(X).standardize(X)\n",
        "loss = np.sum(((y - t) / n) ** 2)",
        "class KNN:\n    def predict(self, X):\n        return nearest(cdist(self.standardize(X), self.X))\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """The rewrites' changes, and all scaling of a class that remembers rows and measures distances, at once."""
        yield from super().mutate(code)
        program = code.program
        if not any(vocabulary.DISTANCE.fullmatch(call.value) for call in code.canonical.by_kind.get("call", ())):
            return
        methods: dict[str, list[Change]] = {}
        for change in SCALED.changes(code):
            owner = program.function_of(change.node).rpartition(".")[0]
            methods.setdefault(owner, []).append(change)
        for owner, changes in methods.items():
            if owner and len({program.function_of(change.node) for change in changes}) > 1:
                yield Change.together(changes)
