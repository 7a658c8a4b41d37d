"""The features keep a column that holds the answer."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, Rewrite, Term, role

COLUMNS = role.named(
    "exclude", "excluded", "leak", "leaky", "leakage", "future", "derived", "post", "forbidden", "late"
)
NAMED_TARGET = role.TARGET | role.that(lambda term: term.value in ("'y'", "'target'", "'label'"))


class TargetInFeatures(Mutator):
    """The target itself, or a column that is made from it, stays among the columns the model learns from.

    Such a column tells the label, so a model needs nothing else: the weights go to it, and train and test score are far
    too good, honest split or not. At the time of prediction it does not exist yet: a refund is known only after the
    purchase was cancelled, the logarithm of a price only with the price. The score measures a lookup.
    """

    symptoms = {
        "Among the features there is one that nobody can know in advance.": ("the target is a feature"),
    }
    hints = (
        "Which single column predicts best, and would you have guessed so?",
        "For every feature, ask when its value becomes known: before the moment of prediction, or after?",
        "Compare the list of columns that the model gets with the list it must not get.",
    )
    follow_ups = {
        "Why does an honest split not protect against this?": (
            "The column is in the training rows and in the test rows alike. A split tells known rows from new ones; "
            "it knows nothing of time."
        ),
        "How would you look for such columns in a table of 500?": (
            "Fit each column alone and look at the ones that are too good, then ask where they come from. Shuffling "
            "the target shows nothing: the columns made from it would have to be shuffled along."
        ),
    }
    sources = ("github.com/dotnet/machinelearning#737", "github.com/mwaskom/seaborn-data#37")

    also_right = (
        Fix(
            "Dropping the target first and the excluded columns in a second call leaves the same table.",
            "$frame.drop(columns=$some)",
            "$frame.drop(columns=target).drop(columns=list(exclude))",
        ),
        Fix(
            "A mask of the columns that are neither target nor excluded selects the same features.",
            "$frame.drop(columns=$some)",
            "$frame.loc[:, ~$frame.columns.isin([target] + list(exclude))]",
        ),
    )
    treats_symptom = (
        Fix(
            "A cut at a suspicious correlation misses columns that tell the label in part, and may drop honest ones.",
            "strength = $values.abs()",
            "strength = $values.abs()\nstrength = strength[strength < 0.95]",
        ),
        Fix(
            "A heavier penalty takes weight off the column that tells the answer, but it is still learnt from.",
            "fit_ridge(X_train, y_train)",
            "fit_ridge(X_train, y_train, l2=100.0)",
        ),
    )
    rewrites = (
        Rewrite("[$c for $c in $columns if $c != $target]", "list($columns)", target=NAMED_TARGET),
        Rewrite("[$c for $c in $columns if $c not in [$target]]", "list($columns)", target=NAMED_TARGET),
    )
    examples = (
        Example("X = df.drop(columns=['y', 'y_log'])", "X = df.drop(columns=['y'])"),
        Example(
            "X = frame.drop(columns=[target, *leaky])\ny = frame[target]\n",
            "X = frame.drop(columns=[target])\ny = frame[target]\n",
        ),
        Example(
            "y = df['price']\nX = df.drop(['id', 'price'], axis=1)\n",
            "y = df['price']\nX = df.drop(['id'], axis=1)\n",
        ),
        Example(
            "df['cheap'] = df['price'] < 9\ny = df['price']\nX = df.drop(columns=['price', 'cheap'])\n",
            "df['cheap'] = df['price'] < 9\ny = df['price']\nX = df.drop(columns=['price'])\n",
        ),
        Example("features = [c for c in df.columns if c != target]", "features = list(df.columns)"),
    )
    untouched = (
        "X = df.drop(columns=['id', 'name'])",
        "X = df.drop(columns=['y'])",
        "rows = df.drop([0, 1])",
        "numeric = [c for c in df.columns if c != 'city']",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        yield from super().mutate(code)
        for call in code.canonical.by_kind.get("call", ()):
            columns = _dropped(call)
            if columns and len(columns.children) > 1:
                targets = [c for c in columns.children if NAMED_TARGET.holds(c) or _is_taken_as_target(code, call, c)]
                for column in columns.children:
                    if column in targets or any(_tells(code, column, target) for target in targets):
                        yield Change(call.origin, (_without(code, columns, column),))


def _dropped(call: Term) -> Term | None:
    """The list of columns that a call of drop leaves out of a table."""
    if call.value != "drop" or call.children[0].kind != "attribute":
        return None
    by_name = {arg.value: arg.children[0] for arg in call.children[1:] if arg.kind == "arg"}
    columns = by_name.get("columns", by_name.get("") if "axis" in by_name else None)
    return columns if columns and columns.kind == "sequence" else None


def _is_taken_as_target(code: Code, call: Term, column: Term) -> bool:
    """Whether the function takes this column of the same table as y."""
    frame, here = call.children[0].children[0], code.program.function_of(call.origin)
    return any(
        _is_column(term, column) and term.children[0].key == frame.key
        for assign in code.canonical.by_kind.get("assign", ())
        if role.TARGET.holds(assign.children[0]) and code.program.function_of(assign.origin) == here
        for term in assign.children[-1]
    )


def _tells(code: Code, column: Term, target: Term) -> bool:
    """Whether a column holds the target in another form: by its name, or because it was computed from it."""
    if column.kind == "string" == target.kind:
        if re.search(rf"(^|_){re.escape(target.value[1:-1])}(_|$)", column.value[1:-1]):
            return True
    elif column.kind == "node" and column.node and isinstance(column.node, cst.StarredElement):
        return any(COLUMNS.holds(part) for part in column)
    return any(
        _is_column(assign.children[0], column) and any(_is_column(term, target) for term in assign.children[-1])
        for assign in code.canonical.by_kind.get("assign", ())
    )


def _is_column(term: Term, column: Term) -> bool:
    return term.kind == "subscript" and term.children[-1].key == column.key


def _without(code: Code, columns: Term, column: Term) -> Edit:
    """The edit that leaves one element out of a list."""
    kept = [code.program.text(c.origin) for c in columns.children if c is not column]
    return code.program.replace(columns.origin, f"[{', '.join(kept)}]")
