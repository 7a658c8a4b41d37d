"""The query is compared in raw units with rows that are standardised."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

STORED = role.that(lambda term: term.kind == "attribute" and term.children[0].value == "self")
SCALER = role.that(
    lambda term: (
        term.kind == "attribute"
        and (vocabulary.SCALING.search(term.value) is not None or term.value == "transform")
        and not term.value.startswith(("inverse", "un", "de"))
    )
)
DISTANCE = role.that(
    lambda term: term.kind in ("name", "attribute") and vocabulary.DISTANCE.fullmatch(term.value) is not None
)


class QueryNotStandardized(Mutator):
    """New rows skip the step that the remembered rows have been through, so distances mix two systems of units.

    The remembered rows lie around 0 with a spread of 1. A raw query lies wherever its units put it, often far from all
    of them, and then the same few rows at the edge are the nearest for almost every query. Nothing fails: shapes agree,
    and whatever compares the training rows with each other is unaffected.
    """

    symptoms = {
        "New rows are answered worse than rows that are left out of the training set.": "score too low",
        "In other units the same rows get other predictions.": "columns are scaled otherwise",
    }
    hints = (
        "Ask for the training rows themselves with k = 1. Does each get its own target?",
        "Print a query and its nearest row right before they are subtracted. Do they look like rows of one table?",
        "Two sides meet in a distance. List for each what has happened to its numbers since they were passed in, once "
        "for the rows that were remembered when the model was fitted and once for those that are asked about, and "
        "compare the lists.",
    )
    follow_ups = {
        "How can a design make this slip impossible?": (
            "Let one object own the step and the model, such as a pipeline, so that whatever is asked goes through "
            "the same transformation as what was fitted."
        ),
        "Why does a score on the training rows by leave-one-out not show it?": (
            "It compares remembered rows with remembered rows, all of them standardised; no raw row takes part."
        ),
    }
    sources = (
        "github.com/Apress/artificial-neural-networks-with-tensorflow-2#7",
        "github.com/GoogleCloudPlatform/asl-ml-immersion#253",
    )

    also_right = (
        Fix(
            "The stored statistics can be applied by hand where the distances are taken.",
            "distances(X, self.rows, self.metric)",
            "distances((X - self.mean) / self.spread, self.rows, self.metric)",
        ),
        Fix(
            "Each query may be standardised by itself, since the statistics are those of the training rows.",
            "distances(q[None], self.Z, self.metric)",
            "distances(self.standardize(q[None]), self.Z, self.metric)",
        ),
    )
    treats_symptom = (
        Fix(
            "Centred on their own mean the queries are near the others, in units that are still raw.",
            "distances(X, self.rows, self.metric)",
            "distances(X - X.mean(axis=0), self.rows, self.metric)",
        ),
        Fix(
            "Dividing by the spread alone leaves the query as far away as the origin is from the mean.",
            "distances(q[None], self.Z, self.metric)",
            "distances(q[None] / self.spread, self.Z, self.metric)",
        ),
    )
    rewrites = (
        Rewrite(
            "$distance($scaled($X), $rows, $*how)",
            "$distance($X, $rows, $*how)",
            distance=DISTANCE,
            scaled=SCALER,
            X=role.NAME,
            rows=STORED,
        ),
        Rewrite(
            "[$answer for $q in self.standardize($X)]",
            "[$answer for $q in $X]",
            answer=role.has(role.call(vocabulary.DISTANCE)),
        ),
        Rewrite(
            "for $q in $scaled($X):\n    $d = $distance",
            "for $q in $X:\n    $d = $distance",
            scaled=SCALER,
            X=role.NAME,
            distance=role.has(role.call(vocabulary.DISTANCE)),
        ),
    )
    examples = (
        Example(
            "class K:\n    def predict(self, X):\n        return cdist(self.scale(X), self.rows).argmin(axis=1)\n",
            "class K:\n    def predict(self, X):\n        return cdist(X, self.rows).argmin(axis=1)\n",
        ),
        Example(
            "class K:\n    def predict(self, Q):\n"
            "        D = pairwise_distances(self.scaler.transform(Q), self.X_, metric='l1')\n",
            "class K:\n    def predict(self, Q):\n        D = pairwise_distances(Q, self.X_, metric='l1')\n",
        ),
        Example(
            "class K:\n    def predict(self, X):\n"
            "        return [vote(np.linalg.norm(self.X - q, axis=1)) for q in self.standardize(X)]\n",
            "class K:\n    def predict(self, X):\n"
            "        return [vote(np.linalg.norm(self.X - q, axis=1)) for q in X]\n",
        ),
    )
    untouched = (
        "self.X = self.standardize(X)",
        "D = distances(self.rows, self.rows)",
        "D = cdist(scaler.fit_transform(X), centers)",
    )
