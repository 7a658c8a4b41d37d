"""The held-out rows are transformed by a transformer that is fitted to them first."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Term, role, vocabulary


class FitTransformOnTest(Mutator):
    """`fit_transform` is called where `transform` belongs: on rows that are not for training.

    The fitted state is thrown away and learned again from the rows at hand, so training and held-out features live in
    different coordinates: a 0 is the mean of the one in the first and the mean of the other in the second. A shift
    between the two, which the model ought to feel, disappears, and whatever uses the transformer afterwards uses the
    wrong fit.
    """

    symptoms = {
        "The scale that the report gives is not that of the training rows, so I cannot score one new row with it.": (
            "statistics are not those of the training rows & columns are scaled otherwise"
        ),
    }
    hints = (
        "Change one test row. The features of which other rows change with it?",
        "Look at what the transformer has stored, once after the training rows and once after the test rows.",
        "How often, and to which rows, is the transformer fitted?",
    )
    follow_ups = {
        "For which transformers would this be harmless?": (
            "For those that learn nothing, such as scaling every row to length 1 or hashing."
        ),
        "Is it a leak?": (
            "Training never sees a test row, so the fit of the model is clean. But each test row is transformed with "
            "the help of the others, which will not be there when rows arrive one by one."
        ),
    }
    sources = ("github.com/scikit-learn/scikit-learn#5800", "github.com/MLCIL/scikit-fingerprints#138")

    also_right = (
        Fix(
            "Shifting and scaling by the stored statistics is all that transform does.",
            "$scaler.fit_transform($part)",
            "($part - $scaler.mean) / $scaler.scale",
        ),
        Fix(
            "On the training part fit_transform only learns again what it knows; the other parts are just transformed.",
            "$out = $scaler.fit_transform($part[$columns])",
            "$out = $scaler.fit_transform($part[$columns]) if $part is X_train else $scaler.transform($part[$columns])",
        ),
    )
    treats_symptom = (
        Fix(
            "A new scaler for each part keeps the fitted one intact, yet every part gets a zero point of its own.",
            "$scaler.fit_transform($part)",
            "StandardScaler().fit_transform($part)",
        ),
        Fix(
            "Fitting to the training rows again puts the reported statistics right, after the features were made.",
            "X_train, X_valid, X_test = parts",
            "scaler.fit(X_train[selected])\nX_train, X_valid, X_test = parts",
        ),
    )
    examples = (
        Example(
            "X_train = scaler.fit_transform(X_train)\nX_test = scaler.transform(X_test)\n",
            "X_train = scaler.fit_transform(X_train)\nX_test = scaler.fit_transform(X_test)\n",
        ),
        Example(
            "pca = PCA(2).fit(train)\nparts = pca.transform(train), pca.transform(valid)\n",
            "pca = PCA(2).fit(train)\nparts = pca.transform(train), pca.fit_transform(valid)\n",
        ),
        Example(
            "scaler.fit(X_train)\nfor part in (X_train, X_test):\n    scaled = scaler.transform(part[columns])\n",
            "scaler.fit(X_train)\nfor part in (X_train, X_test):\n    scaled = scaler.fit_transform(part[columns])\n",
        ),
        Example(
            "class Model:\n    def fit(self, X):\n        self.scaler.fit(X)\n\n"
            "    def predict(self, X):\n        return self.scaler.transform(X) @ self.w\n",
            "class Model:\n    def fit(self, X):\n        self.scaler.fit(X)\n\n"
            "    def predict(self, X):\n        return self.scaler.fit_transform(X) @ self.w\n",
        ),
    )
    untouched = (
        "scaler.fit(X_train)\nX_train = scaler.transform(X_train)\n",
        "Z_test = hasher.transform(X_test)",
        "for part in (X_train, X_test):\n    parts.append(image.transform(part))\n",
        "X_test = scaler.transform(X_test)\nscaler.fit(X_train)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for call in code.canonical.by_kind.get("call", ()):
            if call.value == "transform" and call.children[0].kind == "attribute" and len(call.children) > 1:
                transformer = call.children[0].children[0]
                held = any(role.HELD_OUT.holds(term) for term in _rows(code, call))
                serves = transformer.kind == "attribute" and vocabulary.SERVING.search(program.function_of(call.origin))
                if (held and _is_fitted(code, transformer, call)) or (serves and _is_fitted(code, transformer)):
                    yield Change(
                        call.origin, (program.replace(call.children[0].token or call.origin, "fit_transform"),)
                    )


def _rows(code: Code, call: Term) -> Iterator[Term]:
    """What is transformed: the argument and, where it runs over several parts in a loop, all of them."""
    argument = call.children[1].children[0]
    yield from argument
    names = {term.key for term in argument if term.kind == "name"}
    for around in code.canonical.ancestors(call):
        for loop in (around, *around.children):
            if loop.value.startswith(("For ", "CompFor ")) and any(term.key in names for term in loop.children[0]):
                yield from loop.children[1]


def _is_fitted(code: Code, transformer: Term, call: Term | None = None) -> bool:
    """Whether the transformer is fitted anywhere, or in the same function before the call where one is given."""
    program = code.program
    fits = [c for c in code.canonical.by_kind["call"] if c.value in ("fit", "fit_transform") and c.node]
    fitted = [(c.origin, c.children[0].children[0]) for c in fits if c.children[0].children]
    fitted += [(a.origin, a.children[0]) for a in code.canonical.by_kind.get("assign", ()) if a.children[-1] in fits]
    return any(
        term.key == transformer.key
        and (
            call is None
            or (
                program.function_of(node) == program.function_of(call.origin)
                and program.span(node) < program.span(call.origin)
            )
        )
        for node, term in fitted
    )
