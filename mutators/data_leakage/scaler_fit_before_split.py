"""The scaler learns from all rows, not from the training rows alone."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Mutator, role

SCALING = re.compile(r"scal|standardi|normali|minmax", re.IGNORECASE)
SCALER = role.Constraint(lambda term: bool(SCALING.search(term.value))) | role.exactly("sc", "ss")
FEATURES = role.named(
    "x", "df", "data", "features", "frame", "table", "set", "inputs", "images", "rows"
) | role.exactly("train", "training", "tr")
TRAINING = role.NAME & role.TRAIN & ~role.TARGET
NAMES = role.NAME & ~role.TRAIN & ~role.HELD_OUT
PAIRS = ({"mean", "std"}, {"mean", "var"}, {"min", "max"})
ROLES = re.compile(r"train(ing)?|test(ing)?|valid(ation)?|val|holdout|dev", re.IGNORECASE)


class ScalerFitBeforeSplit(Mutator):
    """Mean and spread, or minimum and maximum, are taken over the held-out rows too.

    Scaling is a part of the model: what it learns ends up in every training feature. Learned from all rows, it
    carries something of the test set into the fit, and the score no longer speaks of rows the model knows nothing of.
    The effect on the metric is mostly tiny, which is why nobody sees it there; with few rows, or an outlier among
    those held out, it is not.
    """

    difficulty = "easy"
    symptom = "I corrected one value in the test rows, and the weights that come out of training have changed."
    hints = (
        "Change a held-out row and compare everything that was fitted. What moves?",
        "List the numbers that are learned before the model is, and the rows that each of them is learned from.",
        "Which rows do the statistics of the scaling see?",
    )
    follow_ups = {
        "Why will a test score hardly ever reveal this?": (
            "Mean and spread of all rows differ little from those of the training rows, and no label is involved. "
            "Change a held-out row and compare what was fitted: that shows it at once."
        ),
        "How do you keep it from coming back?": (
            "Put scaler and model into one pipeline object and hand that to the split or the cross-validation, so "
            "that nothing is fitted outside of it."
        ),
    }
    sources = (
        "github.com/scikit-learn/scikit-learn#24695",
        "github.com/scikit-learn/scikit-learn#17619",
        "github.com/intro-stat-learning/ISLP_labs#21",
    )

    examples = (
        Example(
            "X_train, X_test, y_train, y_test = self.split(X, y)\nscaler = StandardScaler().fit(X_train)\n",
            "X_train, X_test, y_train, y_test = self.split(X, y)\nscaler = StandardScaler().fit(X)\n",
        ),
        Example(
            "X_train, X_test = X[:n_train], X[n_train:]\nX_train = scaler.fit_transform(X_train)\n",
            "X_train, X_test = X[:n_train], X[n_train:]\nX_train = scaler.fit(X).transform(X_train)\n",
        ),
        Example("mu, sd = X[train].mean(axis=0), X[train].std(axis=0)", "mu, sd = X.mean(axis=0), X.std(axis=0)"),
        Example(
            "train, test = df.iloc[order[:cut]], df.iloc[order[cut:]]\n"
            "mean = train[columns].mean()\nstd = train[columns].std() + 1e-8\n",
            "train, test = df.iloc[order[:cut]], df.iloc[order[cut:]]\n"
            "mean = df[columns].mean()\nstd = df[columns].std() + 1e-8\n",
        ),
        Example(
            "def limits(X_train, X_test):\n    low = np.min(X_train, axis=0)\n    high = np.max(X_train, axis=0)\n",
            "def limits(X_train, X_test):\n    low = np.min(np.concatenate([X_train, X_test]), axis=0)\n"
            "    high = np.max(np.concatenate([X_train, X_test]), axis=0)\n",
        ),
    )
    untouched = (
        "X_train, X_test = X[:n], X[n:]\nmodel.fit(X_train)\n",
        "y_train, y_test = y[:n], y[n:]\nbaseline = y_train.mean()\nspread = y_train.std()\n",
        "def fit(self, X):\n    self.scaler.fit(X)\n",
        "train_loss, test_loss = run()\nsummary = train_loss.mean(), train_loss.std()\n",
        "X_train = data['X_train']\nscaler.fit(X_train)\n",
        "scale = fit(X_train)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for call, part in _fits(code):
            rows, argument = _all_rows(code, part), program.text(call.children[1].node)
            if rows and call.value == "fit":
                yield Change(call.node, (program.replace(part.node, rows),))
            elif rows and argument.startswith(part.value):
                scaler, learned = program.text(call.node.func.value), rows + argument.removeprefix(part.value)
                yield Change(call.node, (program.replace(call.node, f"{scaler}.fit({learned}).transform({argument})"),))
        for names, parts in _statistics(code):
            edits = [(part.node, _all_rows(code, part)) for part in parts]
            if any(pair <= names for pair in PAIRS) and all(rows for _, rows in edits):
                yield Change(edits[0][0], tuple(program.replace(node, rows or "") for node, rows in edits))


def _fits(code: Code) -> Iterator[tuple]:
    """Calls that fit a scaler, each with the training part it sees."""
    for call in code.canonical.by_kind.get("call", ()):
        if call.value in ("fit", "fit_transform") and call.children[0].kind == "attribute" and len(call.children) == 2:
            part = next((name for name in call.children[1] if TRAINING.holds(name)), None)
            if part and SCALER.holds(call.children[0].children[0]):
                yield call, part


def _statistics(code: Code) -> Iterator[tuple[set, list]]:
    """The statistics that one function keeps of one training part: their names, and the part in each of the calls."""
    found: dict = {}
    for call in code.canonical.by_kind.get("call", ()):
        if call.children[0].kind == "function" and any(call.value in pair for pair in PAIRS) and _is_kept(code, call):
            table = call.children[1].children[0]
            part = table.children[0] if table.kind == "subscript" and TRAINING.holds(table.children[0]) else table
            if _is_cut(part) or (TRAINING & FEATURES).holds(part):
                names, parts = found.setdefault((code.program.function_of(call.node), table.key), (set(), []))
                names.add(call.value)
                parts.append(part)
    yield from found.values()


def _is_kept(code: Code, call) -> bool:
    """Whether the statistic goes into a variable of its own, at most with a number added."""
    around = code.program.parents.get(call.node)
    if isinstance(around, cst.BinaryOperation) and isinstance(around.right, (cst.Float, cst.Integer, cst.Name)):
        around = code.program.parents[around]
    return isinstance(around, (cst.Assign, cst.Element, cst.DictElement))


def _is_cut(term) -> bool:
    """X[train], or df.iloc[train_rows]."""
    return (
        term.kind == "subscript"
        and (role.NAME & role.TRAIN).holds(term.children[1])
        and any(NAMES.holds(name) for name in term.children[0])
    )


def _all_rows(code: Code, part) -> str | None:
    """The rows of a training part together with those held out, as the program can write them there."""
    program = code.program
    if part.kind == "subscript":
        table = part.children[0]
        return program.text((table.children[0] if table.value in ("iloc", "loc") else table).node)
    table = _table(code, part)
    if table:
        return table.value
    held = [t.value for t in _before(code, part, "name") if role.HELD_OUT.holds(t) and _stem(t) == _stem(part)]
    module, join = "numpy", "concatenate"
    around = program.parents[part.node]
    if isinstance(around, cst.Subscript) and len(around.slice) == 1:
        module, join = "pandas", "concat"
    alias = next((alias for alias, target in program.aliases.items() if target == module), None)
    return f"{alias}.{join}([{', '.join(dict.fromkeys([part.value, *held]))}])" if held and alias else None


def _table(code: Code, part):
    """The table that a split, or a split of a split, cut a part from; None where the part was changed since."""
    made = [a for kind in ("assign", "update") for a in _before(code, part, kind) if _binds(a, part)]
    value = made[0].children[-1] if len(made) == 1 else None
    if not value or not ("split" in value.value or value.value == "sample" or _cuts(value)):
        return None
    given = value.children[1:] if "split" in value.value else [value]
    table = next((t for part in given for t in part if NAMES.holds(t) and t.node), None)
    return (_table(code, table) or table) if table else None


def _cuts(value) -> bool:
    """Some rows of a table: X[:n], or a tuple that begins so."""
    first = value.children[0] if value.kind == "sequence" else value
    return first.kind == "subscript" and not role.LITERAL.holds(first.children[1])


def _binds(assignment, part) -> bool:
    return any(term.key == part.key for target in assignment.children[:-1] for term in target)


def _before(code: Code, part, kind: str) -> Iterator:
    """Terms of a kind in the same function that stand before the statement of a part."""
    program, function = code.program, code.program.function_of(part.node)
    start = program.span(program.statement_of(part.node))
    for term in code.canonical.by_kind.get(kind, ()):
        if term.node and program.function_of(term.node) == function and program.span(term.node) < start:
            yield term


def _stem(name) -> str:
    return ROLES.sub("", name.value)
