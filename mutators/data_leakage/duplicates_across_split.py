"""Equal rows are no longer removed before the split."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, role, vocabulary

FRAME = role.named("df", "data", "frame", "table", "dataset", "rows", "records", "raw", "samples") | role.CALL


class DuplicatesAcrossSplit(Mutator):
    """A row that occurs twice can be drawn once for training and once for testing.

    The model is then graded on rows it has seen, label included, and a model that memorises looks best. The more copies
    a table holds, the more of the score is recall instead of prediction. Copies come from joins, from logging an event
    twice, or from rounding, and have to be merged before the rows are dealt out: once they are on both sides of the
    split, no cleaning of a part by itself finds them.
    """

    symptoms = {
        "A customer who stands in the table twice is counted as two.": "rows are kept twice",
    }
    hints = (
        "Is the test set really new to the model? Compare the parts row by row.",
        "Take a table in which each row occurs twice and look at the parts it is cut into.",
        "What has to happen to equal rows before the rows are dealt out?",
    )
    follow_ups = {
        "Is it enough to drop duplicates in each part after splitting?": (
            "No. That removes pairs inside a part; the pairs that matter are those with one row on each side."
        ),
        "And rows that are almost equal, such as visits of one patient?": (
            "They leak the same way and no comparison of rows finds them: split by patient, so that a group stays on "
            "one side."
        ),
    }
    sources = ("github.com/TelecomsXChangeAPi/OpenTextShield#194",)

    also_right = (
        Fix(
            "Keeping the rows that are no duplicate of an earlier one is what drop_duplicates does.",
            "$frame = $table.dropna($*how)\nreturn $frame",
            "$frame = $table.dropna($*how)\nreturn $frame[~$frame.duplicated()]",
        ),
    )
    treats_symptom = (
        Fix(
            "Copies from a join or a log have labels of their own; dropping repeated row labels leaves them in.",
            "$frame = $table.dropna($*how)\nreturn $frame",
            "$frame = $table.dropna($*how)\nreturn $frame[~$frame.index.duplicated()]",
        ),
        Fix(
            "After the split only pairs within the training part are merged, and those across the parts stay.",
            "$X, $X_held, $y, $y_held = split($*table)",
            "$X, $X_held, $y, $y_held = split($*table)\n$X = $X.drop_duplicates()\n$y = $y.loc[$X.index]",
            X=role.TRAIN,
        ),
    )
    examples = (
        Example(
            "def clean(df):\n    df = df.dropna()\n    return df.drop_duplicates()\n",
            "def clean(df):\n    df = df.dropna()\n    return df\n",
        ),
        Example(
            "data = data.drop_duplicates(keep='first')\ntrain, test = train_test_split(data)\n",
            "train, test = train_test_split(data)\n",
        ),
        Example(
            "df = df.drop_duplicates().reset_index(drop=True)\norder = rng.permutation(len(df))\n",
            "df = df.reset_index(drop=True)\norder = rng.permutation(len(df))\n",
        ),
        Example(
            "df = pd.read_csv(path)\ndf.drop_duplicates(inplace=True)\ntrain, test = train_test_split(df)\n",
            "df = pd.read_csv(path)\ntrain, test = train_test_split(df)\n",
        ),
        Example("def load(path):\n    return df[~df.duplicated()]\n", "def load(path):\n    return df\n"),
    )
    untouched = (
        "names = df[['user', 'name']].drop_duplicates()\ntrain, test = train_test_split(df)\n",
        "def vocabulary(df):\n    return df.drop_duplicates()\n",
        "def clean(df):\n    return df.dropna()\n",
        "def load(path):\n    return df[~df.active]\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for node, frame in _removals(code):
            line = program.statement_of(node)
            if not vocabulary.PREPARING.search(program.function_of(node)) and not _split_follows(code, line):
                continue
            alone = isinstance(program.parents[node], cst.Expr)  # df.drop_duplicates(inplace=True)
            if edit := program.delete(line) if alone else program.replace(node, frame):
                yield Change(node, (edit,))


def _removals(code: Code) -> Iterator[tuple[cst.CSTNode, str]]:
    """Calls of drop_duplicates and selections of the rows that are not duplicated, each with the text of the frame."""
    for call in code.canonical.by_kind.get("call", ()):
        if call.value == "drop_duplicates" and call.children[0].kind == "attribute":
            frame = call.children[0].children[0]
            if FRAME.holds(frame) and frame.kind != "subscript":
                yield call.origin, code.program.text(frame.origin)
    for chosen in code.canonical.by_kind.get("subscript", ()):
        frame, rows = chosen.children[0], code.program.text(chosen.origin)
        if FRAME.holds(frame) and re.fullmatch(r"(\w+)\[~\s*\1\.duplicated\(.*\)\]", rows):
            yield chosen.origin, code.program.text(frame.origin)


def _split_follows(code: Code, line: cst.CSTNode) -> bool:
    """Whether a later statement beside this one deals out rows."""
    beside = code.program.siblings(line)
    behind = beside[beside.index(line) + 1 :] if line in beside else []  # a function on one line has no siblings
    return any(vocabulary.ROW_CHOICE.search(code.program.text(later)) for later in behind)
