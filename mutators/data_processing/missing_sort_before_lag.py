"""Rows are taken in the order of the file, not in the order of time."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, role, vocabulary, walk

ORDERED = frozenset(
    "shift diff cumsum cumcount cummax expanding rolling ewm pct_change first last head tail ffill".split()
)
REFUSES = "merge_asof"  # which raises an error for keys that are not sorted
AS_GIVEN = role.Constraint(  # a parameter, that is, or a name of which nothing is known
    lambda term, code: code is None or term.node is None or code.scopes.binding(term.value, term.node) is None
)


class MissingSortBeforeLag(Mutator):
    """Nothing brings the rows of a user into the order of time before each looks at those above it.

    "The row before" means whatever stands above. Exports are sorted by time often enough for this to go unnoticed,
    until files are concatenated, late events are appended, or a join reorders the rows. Then lags, counts and running
    means are about the sequence in which rows were written down. It is also a leak: the row above may be of a later
    time.
    """

    symptoms = {
        "I shuffled the rows of the file, and the features changed.": "changes with the order of the rows",
        "All is well on the file I tried it with, and not on one in another order.": (
            "cells by hand are missed & demo alike"
        ),
    }
    hints = (
        "What does the program assume of the order in which the rows come in?",
        "Feed it the same rows in two different orders and compare what the same event gets.",
        "Several results are made from the row above, or from all the rows above. That is the past only if something "
        "has put the rows in order, and it has to be the right order, complete, and on the very table that is used "
        "afterwards. Check for each of these results separately what its rows were sorted by.",
    )
    follow_ups = {
        "What happens to two events at the same time?": (
            "Their order is open. Sort by a further column, such as the number of the event, with a stable sort, so "
            "that a second run gives the same features."
        ),
        "Should a function sort, or demand sorted rows?": (
            "Either, but it must be said. Sorting costs little; a check with `is_monotonic_increasing` per group costs "
            "less."
        ),
    }
    sources = ("github.com/david26694/cluster-experiments#151",)

    also_right = (
        Fix(
            "Sorting by time alone is enough: grouping keeps the order of the rows within each group.",
            "$d.sort_values('user')",
            "$d.sort_values('time')",
        ),
        Fix(
            "The sort may be done where the rows are grouped.",
            "$d.groupby(['user', 'kind'], dropna=False).cumcount()",
            "$d.sort_values('time').groupby(['user', 'kind'], dropna=False).cumcount()",
        ),
    )
    treats_symptom = (
        Fix(
            "A stable sort keeps the rows of a user as they came in, which is not the order of time.",
            "$d.sort_values('user')",
            "$d.sort_values('user', kind='stable')",
        ),
        Fix(
            "The numbers of the events are in no order of time.",
            "$d.sort_values('user')",
            "$d.sort_index().sort_values('user', kind='stable')",
        ),
        Fix(
            "An order by the numbers of the events is not one by their times.",
            "$d.groupby(['user', 'kind'], dropna=False).cumcount()",
            "$d.sort_index().groupby(['user', 'kind'], dropna=False).cumcount()",
            d=AS_GIVEN,
        ),
    )
    examples = (
        Example(
            "df['lag'] = df.sort_values('time').groupby('id')['x'].shift(1)",
            "df['lag'] = df.groupby('id')['x'].shift(1)",
        ),
        Example(
            "df = df.sort_values(['user', 'date'])\ndf['gap'] = df.groupby('user')['date'].diff()\n",
            "df = df.sort_values('user')\ndf['gap'] = df.groupby('user')['date'].diff()\n",
        ),
        Example(
            "def count(log):\n    ordered = log.sort_values('day')\n    return ordered.groupby('id').cumcount()\n",
            "def count(log):\n    return log.groupby('id').cumcount()\n",
        ),
    )
    untouched = (
        "top = df.sort_values('score').head(10)",
        "table = df.sort_values('date')\nprint(table)\n",
        "joined = pd.merge_asof(a.sort_values('time'), b.sort_values('time'), on='time')\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        found = [call.origin for call in code.canonical.by_kind.get("call", ()) if call.value == "sort_values"]
        changes: list[Change] = []
        for call in found:
            around = next(part for part in program.ancestors(call) if isinstance(part, (cst.FunctionDef, cst.Module)))
            words = {part.value for part in walk(around) if isinstance(part, cst.Name)}
            looks_back = words & ORDERED or (code.words & ORDERED and _returns_groups(code, around))
            if isinstance(call, cst.Call) and looks_back and REFUSES not in words:
                changes += _without(code, call)
        yield from changes[:3]


def _returns_groups(code: Code, function: cst.CSTNode) -> bool:
    """Whether it hands out what others look back in."""
    ends = [part.value for part in walk(function) if isinstance(part, cst.Return) and part.value is not None]
    return any(role.GROUPED.holds(code.canonical.term(end), code) for end in ends)


def _without(code: Code, call: cst.Call) -> Iterator[Change]:
    """The sort by one key less, on the table itself, or with the unsorted table read in its place."""
    program, keys = code.program, call.args[0].value if call.args else None
    if len(call.args) != 1 or keys is None or not vocabulary.TIME.search(program.text(keys)):
        return
    table = call.func.value if isinstance(call.func, cst.Attribute) else None
    line, parent = program.statement_of(call), program.parents[call]
    if isinstance(keys, cst.List):
        if len(keys.elements) == 2 and vocabulary.TIME.search(program.text(keys.elements[1].value)):
            yield Change(call, (program.replace(keys, program.text(keys.elements[0].value)),))
    elif isinstance(parent, cst.Attribute) and table is not None:
        yield Change(call, (program.replace(call, program.text(table)),))
    elif isinstance(parent, cst.Assign) and isinstance(table, cst.Name) and len(parent.targets) == 1:
        target = parent.targets[0].target
        if not isinstance(target, cst.Name) or target.value == table.value:
            return
        reads, removal = code.scopes.reads_of(target.value, line), program.delete(line)
        bound = code.scopes.bindings_of(target.value, reads[0]) if reads else []
        if removal and len(bound) == 1:
            edits = (removal, *(program.replace(read, table.value) for read in reads))
            yield Change(call, edits)
