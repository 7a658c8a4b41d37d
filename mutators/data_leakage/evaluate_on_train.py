"""The reported score is that of the training rows."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Mutator, role

METRIC = re.compile(
    r"score|evaluate|accuracy|(\w+_)?(f1|auc|mse|mae|rmse|r2|precision|recall|score)|mean_\w+_error|log_loss|"
    r"confusion_matrix|classification_report"
)
HELD = re.compile(r"(?<![a-z])(test|te|valid|validation|val|holdout|held_out|dev)(?![a-z])")
VALIDATION = role.named("valid", "validation", "val", "dev")


class EvaluateOnTrain(Mutator):
    """What is reported as the test score is computed from the rows the model was fitted to.

    Training error is an optimistic estimate of the error on new rows, and the more a model can adapt the more
    optimistic it is: one that memorises its rows has none at all. The number measures fit, not prediction, and
    choosing by it always favours the most flexible model.
    """

    difficulty = "easy"
    symptom = "The more flexible the model, the better the number we report. Customers see the opposite."
    hints = (
        "Fit it to labels drawn at random. Which score do you expect, and which is reported?",
        "Flip the labels of the test rows. What happens to the report?",
        "Which rows are handed to the metric, and which to fit?",
    )
    follow_ups = {
        "When do training and test score agree all the same?": (
            "When the model is far too rigid to adapt to its rows, such as one that predicts a constant. That both "
            "are equal says nothing about how good they are."
        ),
        "What is the training score good for?": (
            "Beside the test score it tells underfitting (both bad) from overfitting (a wide gap)."
        ),
    }
    sources = ("github.com/snayfach/MicrobeCensus#14", "github.com/orvindemsy/BCICIV2a-FBCSP#1")

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
            "def report(model, X_train, X_test, y_train, y_test):\n    Z_train = scale(X_train)\n"
            "    Z_test = scale(X_test)\n    pred = model.predict(Z_test)\n    return f1_score(y_test, pred)\n",
            "def report(model, X_train, X_test, y_train, y_test):\n    Z_train = scale(X_train)\n"
            "    pred = model.predict(Z_train)\n    return f1_score(y_train, pred)\n",
        ),
        Example(
            "model.fit(X_train, y_train)\npred = model.predict(X_test)\nreturn_value = f1_score(y_test, pred)\n",
            "model.fit(X_train, y_train)\npred = model.predict(X_train)\nreturn_value = f1_score(y_train, pred)\n",
        ),
    )
    untouched = (
        "def run(X, y):\n    X_train, y_train = X[:9], y[:9]\n    X_test, y_test = X[9:], y[9:]\n"
        "    return score(X_test, y_test)\n",
        "model.fit(X_train, y_train)\nscores = model.predict(X_test)\n",
        "threshold = choose_threshold(valid_scores, y_valid)",
        "def tune(model, X_train, y_train, X_val, y_val, X_test):\n    return model.score(X_val, y_val)\n",
        "test_score = score(model, X_test, y_test)",
        "X_train, X_test = X_train / s, X_test / s\nerror = np.mean(guesses != y_test)\n",
        "def accuracy(y, y_hat):\n    return np.mean(y == y_hat)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        for call in code.canonical.by_kind.get("call", ()):
            if call.node and _is_metric(call):
                edits = _swapped(code, call)
                if len(edits) > 1 and None not in edits and not _chooses(code, call):
                    yield Change(call.node, tuple(dict.fromkeys(edits)))


def _is_metric(call) -> bool:
    if call.value == "mean" and len(call.children) > 1:
        return call.children[1].children[0].kind == "compare"
    return METRIC.fullmatch(call.value) is not None


def _chooses(code: Code, call) -> bool:
    """Whether validation rows are scored beside test rows, so that this score is not the one reported."""
    names = [t for t in code.canonical.by_kind["name"] if t.node and _function(code, t) == _function(code, call)]
    tests = any(role.HELD_OUT.holds(t) and not VALIDATION.holds(t) for t in names)
    return tests and any(VALIDATION.holds(t) for t in call)


def _swapped(code: Code, scored) -> list:
    """Edits that put training rows in the place of the held-out ones; none where the program has no such rows."""
    names = [t for t in code.canonical.by_kind["name"] if t.node and _function(code, t) == _function(code, scored)]
    earlier = {t.value for t in names if _start(code, t) < _start(code, scored)}
    edits = []
    for name in (t for t in scored if role.NAME.holds(t) and t.node):
        if role.HELD_OUT.holds(name) and _train(name) in earlier:
            edits += [code.program.replace(name.node, _train(name)), *_orphans(code, names, scored, name)]
        elif role.HELD_OUT.holds(name) or (role.PREDICTION & ~role.TRAIN).holds(name):
            predicted = _definition(code, names, name)
            swapped = _swapped(code, predicted) if predicted else []
            if not swapped:
                return []
            edits += swapped
    return edits


def _definition(code: Code, names: list, prediction):
    """The expression that a prediction was assigned, where nothing but the metric reads it."""
    uses = [t for t in names if t.value == prediction.value]
    assigned = [
        a.children[1]
        for a in code.canonical.by_kind.get("assign", ())
        if len(a.children) == 2
        and _function(code, a) == _function(code, prediction)
        and a.children[0].key == prediction.key
    ]
    return assigned[0] if len(assigned) == 1 and len(uses) == 2 else None


def _orphans(code: Code, names: list, scored, name) -> Iterator:
    """The deletion of the line that makes a local variable which nothing reads any more; None where it makes others."""
    program, inside = code.program, {id(term) for term in scored}
    others = [t.node for t in names if t.value == name.value and id(t) not in inside]
    if len(others) == 1 and _function(code, name) != "module":
        target, line = program.parents[others[0]], program.statement_of(others[0])
        if isinstance(target, cst.AssignTarget):
            yield program.delete(line)
        elif isinstance(target, cst.Element) and isinstance(line.body[0].value, cst.Tuple):
            yield None


def _train(name) -> str:
    return HELD.sub(lambda held: "tr" if held[0] == "te" else "train", name.value)


def _function(code: Code, term) -> str:
    return code.program.function_of(term.node)


def _start(code: Code, term) -> int:
    return code.program.span(term.node)[0]
