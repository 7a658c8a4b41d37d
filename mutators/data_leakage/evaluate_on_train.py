"""The reported score is that of the training rows."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, Term, role, vocabulary

VALIDATION = role.named("valid", "validation", "val", "dev")


class EvaluateOnTrain(Mutator):
    """What is reported as the test score is computed from the rows the model was fitted to.

    Training error is an optimistic estimate of the error on new rows, and the more a model can adapt the more
    optimistic it is: one that memorises its rows has no training error at all. The number measures fit, not prediction,
    and choosing by it always favours the most flexible model.
    """

    symptoms = {
        "The reported score is higher than that of the test rows which the report lists.": (
            "score too high & the report does not belong together"
        ),
        "The report's score is not the score of the rows that it lists as its test part.": (
            "the report does not belong together"
        ),
    }
    hints = (
        "Fit it to labels drawn at random. Which score do you expect, and which is reported?",
        "Flip the labels of the test rows. What happens to the report?",
        "Which rows are handed to the metric, and which to fit?",
    )
    follow_ups = {
        "When do training and test score agree all the same?": (
            "When the model cannot adapt to its rows, being too rigid or the rows too many, and the parts are alike "
            "in their classes. That both are equal says nothing about how good they are."
        ),
        "What is the training score good for?": (
            "Beside the test score it tells underfitting (both bad) from overfitting (a wide gap)."
        ),
    }
    sources = ("github.com/snayfach/MicrobeCensus#14", "github.com/orvindemsy/BCICIV2a-FBCSP#1")

    also_right = (
        Fix(
            "The test rows may be scored anew by the fitted weights; no label of theirs is used before the metric.",
            "f1_score(y_train, classify(train_scores, threshold))",
            "f1_score(y_test, classify(predict_scores(X_test, weights, bias), threshold))",
        ),
        Fix(
            "Comparing the test scores with the threshold is what classify does; the metric takes booleans too.",
            "f1_score(y_train, classify(train_scores, threshold))",
            "f1_score(y_test, test_scores >= threshold)",
        ),
    )
    treats_symptom = (
        Fix(
            "The threshold was picked for its F1 on the validation rows, so their score is flattered as well.",
            "f1_score(y_train, classify(train_scores, threshold))",
            "f1_score(y_valid, classify(valid_scores, threshold))",
        ),
        Fix(
            "Pooled with the test rows, the rows the model was fitted to still lift the number.",
            "f1_score(y_train, classify(train_scores, threshold))",
            "f1_score(pd.concat([y_train, y_test]), classify(pd.concat([train_scores, test_scores]), threshold))",
        ),
    )
    examples = (
        Example(
            "model.fit(X_train, y_train)\nscore = model.score(X_test, y_test)\n",
            "model.fit(X_train, y_train)\nscore = model.score(X_train, y_train)\n",
        ),
        Example(
            "model.fit(X_train, y_train)\nacc = accuracy_score(y_test, model.predict(X_test))\n",
            "model.fit(X_train, y_train)\nacc = accuracy_score(y_train, model.predict(X_train))\n",
        ),
        Example(
            "w = fit(train_x, train_y)\np_test = predict(test_x, w)\nreport = {'mse': mse(test_y, p_test)}\n",
            "w = fit(train_x, train_y)\np_test = predict(train_x, w)\nreport = {'mse': mse(train_y, p_test)}\n",
        ),
        Example(
            "def report(model, X_train, X_test, y_train, y_test, scale):\n    Z_train = X_train / scale\n"
            "    Z_test = X_test / scale\n    pred = model.predict(Z_test)\n    return f1_score(y_test, pred)\n",
            "def report(model, X_train, X_test, y_train, y_test, scale):\n    Z_train = X_train / scale\n"
            "    pred = model.predict(Z_train)\n    return f1_score(y_train, pred)\n",
        ),
        Example(
            "model.fit(X_train, y_train)\npred = model.predict(X_test)\nreturn_value = f1_score(y_test, pred)\n",
            "model.fit(X_train, y_train)\npred = model.predict(X_train)\nreturn_value = f1_score(y_train, pred)\n",
        ),
    )
    untouched = (
        "def report(model, X_train, X_test, y_train, y_test, rng):\n    Z_test = jitter(X_test, rng)\n"
        "    Z_train = X_train\n    return f1_score(y_test, model.predict(Z_test))\n",
        "def run(X, y):\n    X_train, y_train = X[:9], y[:9]\n    X_test, y_test = X[9:], y[9:]\n"
        "    return score(X_test, y_test)\n",
        "model.fit(X_train, y_train)\nscores = model.predict(X_test)\n",
        "threshold = choose_threshold(valid_scores, y_valid)",
        "def tune(model, X_train, y_train, X_val, y_val, X_test):\n    return model.score(X_val, y_val)\n",
        "test_score = score(model, X_test, y_test)",
        "X_train, X_test = X_train / s, X_test / s\nerror = np.mean(guesses != y_test)\n",
        "for X_test, y_test in folds:\n    score = model.score(X_test, y_test)\n",
        "def accuracy(y, y_hat):\n    return np.mean(y == y_hat)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        for call in code.canonical.by_kind.get("call", ()):
            if call.node and _is_metric(call) and not _chooses(code, call, call.node):
                edits = _swapped(code, call, call.node)
                if len(edits) > 1:
                    yield Change(call.node, tuple(dict.fromkeys(edits)))


def _is_metric(call: Term) -> bool:
    if call.value == "mean" and len(call.children) > 1:
        return call.children[1].children[0].kind == "compare"
    return vocabulary.METRIC.fullmatch(call.value) is not None


def _chooses(code: Code, call: Term, at: cst.CSTNode) -> bool:
    """Whether validation rows are scored beside test rows, so that this score is not the one reported."""
    names = [role.variable(text) for text in code.scopes.names(at)]
    tests = any(role.HELD_OUT.holds(term) and not VALIDATION.holds(term) for term in names)
    return tests and any(VALIDATION.holds(term) for term in call)


def _swapped(code: Code, scored: Term, at: cst.CSTNode) -> list[Edit]:
    """Edits that put training rows in the place of the held-out ones; none where the program has no such rows."""
    earlier, edits = code.scopes.before(at), []
    for part in (term for term in scored if role.NAME.holds(term)):
        train = vocabulary.HELD_OUT.sub(lambda held: "tr" if held[0] == "te" else "train", part.value)
        if part.node and role.HELD_OUT.holds(part) and train in earlier:
            edits.append(code.program.replace(part.node, train))
        elif part.node and (role.HELD_OUT | (role.PREDICTION & ~role.TRAIN)).holds(part):
            predicted = _prediction(code, part.value, part.node)
            swapped = _swapped(code, predicted, predicted.node) if predicted and predicted.node else []
            if not swapped:
                return []
            edits += swapped
    return edits


def _prediction(code: Code, text: str, at: cst.CSTNode) -> Term | None:
    """The expression that a prediction was assigned, where nothing but the metric reads it."""
    bindings, reads = code.scopes.bindings_of(text, at), code.scopes.reads_of(text, at)
    if len(bindings) != 1 or len(reads) != 1 or bindings[0].value is None or not bindings[0].alone:
        return None
    return code.canonical.term(bindings[0].value)
