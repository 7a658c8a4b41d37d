"""A choice is made by the score on the test rows."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, vocabulary, walk

PICK = ("max", "min", "argmax", "argmin")


class TuneOnTest(Mutator):
    """A threshold, hyperparameter or epoch is chosen on the rows whose score is reported afterwards.

    Each candidate's test score is its true quality plus noise, and the best of many is best partly by its noise.
    Reporting that very score counts the noise as quality: the more candidates, the higher the number, even when all of
    them are equally good. The test rows have become training rows of the choice; the validation rows were set aside for
    it.
    """

    symptoms = {
        "The threshold in the report is not the one that is best on the validation rows.": (
            "the report does not belong together"
        ),
    }
    hints = (
        "Flip the labels of the test rows. Which numbers besides the score change?",
        "Three parts were dealt out. Write down what each of them is used for.",
        "On which rows are the candidates compared, and on which is the winner reported?",
    )
    follow_ups = {
        "How large is the bias?": (
            "About the standard error of the score times the expected maximum of that many draws: with 100 "
            "independent and equal ones some 2.5 standard errors, which on a small test set is several points."
        ),
        "What if there is too little data for three parts?": (
            "Nested cross-validation: the inner folds choose, the outer folds score, and no row does both at once."
        ),
    }
    sources = (
        "github.com/DearCaat/RRT-MIL#22",
        "github.com/xuanmay2701/shapeformer#2",
        "github.com/adjidieng/ETM#26",
    )

    also_right = (
        Fix(
            "The validation rows can be scored where the choice is made; what counts is that they decide.",
            "choose_threshold(test_scores, y_test)",
            "choose_threshold(predict_scores(X_valid, weights, bias), y_valid)",
        ),
        Fix(
            "The search may be written out, as long as it runs over scores and labels of the validation rows.",
            "choose_threshold(test_scores, y_test)",
            "max(np.unique(valid_scores), key=lambda cut: f1_score(y_valid, classify(valid_scores, cut)))",
        ),
    )
    treats_symptom = (
        Fix(
            "The weights were fitted to the training rows, so the best threshold there is not that of new rows.",
            "choose_threshold(test_scores, y_test)",
            "choose_threshold(train_scores, y_train)",
        ),
        Fix(
            "A fixed threshold leaks nothing, but takes no notice of where the scores of this model lie.",
            "choose_threshold(test_scores, y_test)",
            "0.5",
        ),
    )
    examples = (
        Example(
            "def report(p_val, y_val, p_test, y_test):\n    threshold = best_threshold(y_val, p_val)\n",
            "def report(p_val, y_val, p_test, y_test):\n    threshold = best_threshold(y_test, p_test)\n",
        ),
        Example(
            "def report(p_val, y_val, p_test, y_test):\n    best = max(grid, key=lambda t: f1(y_val, p_val >= t))\n",
            "def report(p_val, y_val, p_test, y_test):\n    best = max(grid, key=lambda t: f1(y_test, p_test >= t))\n",
        ),
        Example(
            "def search(X_valid, y_valid, X_test, y_test):\n    for depth in depths:\n"
            "        score = fit(depth).score(X_valid, y_valid)\n        if score > best:\n            best = score\n",
            "def search(X_valid, y_valid, X_test, y_test):\n    for depth in depths:\n"
            "        score = fit(depth).score(X_test, y_test)\n        if score > best:\n            best = score\n",
        ),
        Example(
            "def pick(X_val, y_val, X_test, y_test):\n"
            "    k = ks[np.argmax([knn(k).score(X_val, y_val) for k in ks])]\n",
            "def pick(X_val, y_val, X_test, y_test):\n"
            "    k = ks[np.argmax([knn(k).score(X_test, y_test) for k in ks])]\n",
        ),
    )
    untouched = (
        "for X_test, (X_val, y_val) in folds:\n    best = max(model.score(X_val, y_val) for _ in models)\n",
        "def report(p_val, y_val, p_test, y_test):\n    score = f1(y_val, p_val)\n",
        "def choose(p_val, y_val):\n    threshold = best_threshold(y_val, p_val)\n",
        "def pick(X_val, X_test):\n    shift = max(X_val)\n",
        "def fit(X_val, X_test):\n    for step in range(9):\n        loss = mse(X_val)\n        losses.append(loss)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        for choice in _choices(code):
            edits = _swapped(code, choice)
            if edits:
                yield Change(choice, tuple(dict.fromkeys(edits)))


def _choices(code: Code) -> Iterator[cst.CSTNode]:
    """Expressions whose value decides among candidates."""
    program = code.program
    for call in code.canonical.by_kind.get("call", ()):
        compares = any(term.kind == "node" and term.value.startswith(("Lambda", "ListComp")) for term in call)
        if call.node and (vocabulary.CHOOSING.fullmatch(call.value) or (call.value in PICK and compares)):
            yield call.node
    for branch in program.parents:
        if isinstance(branch, cst.If) and vocabulary.BEST.search(program.text(branch.test)):
            for line in program.siblings(branch):
                small = line.body[0] if isinstance(line, cst.SimpleStatementLine) else None
                if isinstance(small, cst.Assign) and program.writes(line) & program.reads(branch.test):
                    yield small.value


def _swapped(code: Code, choice: cst.CSTNode) -> list[Edit]:
    """Edits that put test rows in the place of the validation rows; none where the program has no such rows."""
    program, known = code.program, code.scopes.before(choice)
    edits = []
    for name in (part for part in walk(choice) if isinstance(part, cst.Name) and code.scopes.is_variable(part)):
        test = vocabulary.VALIDATION.sub("test", name.value)
        if test != name.value:
            if test not in known:
                return []
            edits.append(program.replace(name, test))
    return edits
