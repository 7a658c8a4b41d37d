"""Facts: what a program says elsewhere of what a metavariable stands for, as a metavariable of the broken side.

Rewrite("$scaler.fit($part)", "$scaler.fit($rows)", part=role.TRAIN, rows=fact.all_rows_of("part"))
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import libcst as cst

from bugforge.mutation import role, vocabulary
from bugforge.mutation.code import Code
from bugforge.mutation.term import Term, name


@dataclass(frozen=True)
class Fact:
    """The text of what is known of the metavariable `of`; None where the program does not say, and there is no site."""

    of: str
    text: Callable[[Code, Term], str | None]


def table_of(metavariable: str) -> Fact:
    """The table from whose rows a part was taken: by indexing, by a split, or by a split of a split."""
    return Fact(metavariable, _table)


def all_rows_of(metavariable: str) -> Fact:
    """The rows of a training part with those held out: the table they come from, or both parts joined."""
    return Fact(metavariable, _all_rows)


def twin_of(metavariable: str) -> Fact:
    """The training part that belongs to a held-out one, or the other way round, where it is visible."""
    return Fact(metavariable, _twin)


def named_beside(metavariable: str, words: re.Pattern[str]) -> Fact:
    """A variable of such a name that is visible where the metavariable stands; beside an attribute, an attribute."""
    return Fact(metavariable, partial(_named, words))


def kept_around(metavariable: str, words: re.Pattern[str]) -> Fact:
    """An attribute of such a name, written in full, that the class sets in which the metavariable stands."""
    return Fact(metavariable, partial(_kept, words))


def _table(code: Code, part: Term) -> str | None:
    if part.kind == "subscript" and part.node is not None:
        return _cut(code, part.node)
    if part.kind != "name" or part.node is None:
        return None
    return _table_of_name(code, part.value, part.node)


def _table_of_name(code: Code, text: str, at: cst.CSTNode) -> str | None:
    binding = code.scopes.binding(text, at)
    if binding is None or binding.value is None:
        return None
    table = _cut(code, binding.value, text)
    return None if table is None else _table_of_name(code, table, binding.statement) or table


def _cut(code: Code, value: cst.CSTNode, part: str = "") -> str | None:
    """`X` of X[rows], X[rows, :], X.iloc[rows], split(X, ...) and X.sample(...), all of which keep every column."""
    whole: cst.CSTNode | None = None
    if isinstance(value, cst.Subscript) and _takes_rows(value):
        whole = value.value
        if isinstance(whole, cst.Attribute) and whole.attr.value in ("iloc", "loc"):
            whole = whole.value
    elif isinstance(value, cst.Call):
        called = value.func.attr if isinstance(value.func, cst.Attribute) else value.func
        if isinstance(called, cst.Name) and "split" in called.value:
            whole = _split_table(value, part)
        elif isinstance(value.func, cst.Attribute) and value.func.attr.value == "sample":
            whole = value.func.value
    return whole.value if isinstance(whole, cst.Name) else None


def _split_table(split: cst.Call, part: str) -> cst.CSTNode | None:
    """The table among a split's arguments that a part is of: of its name, else the first of features or of targets."""
    tables = [arg.value for arg in split.args if isinstance(arg.value, cst.Name) and arg.keyword is None]
    is_target = role.TARGET.holds(name(part))
    alike = [table for table in tables if role.TARGET.holds(name(table.value)) == is_target]
    return next((table for table in alike if _stem(table.value) == _stem(part)), alike[0] if alike else None)


def _takes_rows(cut: cst.Subscript) -> bool:
    """Whether an index chooses rows, and no columns."""
    rows, *columns = (element.slice for element in cut.slice)
    if any(not isinstance(c, cst.Slice) or c.lower or c.upper or c.step for c in columns):
        return False
    if isinstance(rows, cst.Slice):
        return rows.lower is not None or rows.upper is not None or rows.step is not None
    chosen = rows.value if isinstance(rows, cst.Index) else None
    if isinstance(chosen, cst.Name):
        return vocabulary.COLUMNS.fullmatch(chosen.value) is None
    return not isinstance(chosen, (cst.SimpleString, cst.Integer, cst.List))


def _all_rows(code: Code, part: Term) -> str | None:
    if found := _table(code, part):
        return found
    if part.kind != "name" or part.node is None:
        return None
    earlier, stem = code.scopes.before(code.program.statement_of(part.node)), _stem(part.value)
    held = [text for text in earlier if _is_held_out(text) and _stem(text) == stem]
    around = code.program.parents[part.node]
    is_frame = isinstance(around, cst.Subscript) and len(around.slice) == 1
    module, join = ("pandas", "concat") if is_frame else ("numpy", "concatenate")
    alias = next((alias for alias, target in code.program.aliases.items() if target == module), None)
    return f"{alias}.{join}([{', '.join([part.value, *held])}])" if held and alias else None


def _twin(code: Code, part: Term) -> str | None:
    if part.kind != "name" or part.node is None:
        return None
    wanted = role.TRAIN if role.HELD_OUT.holds(part) else role.HELD_OUT
    return next(
        (n for n in code.scopes.before(part.node) if wanted.holds(name(n)) and _stem(n) == _stem(part.value)), None
    )


def _stem(text: str) -> str:
    return vocabulary.PARTS.sub("", text).strip("_")


def _is_held_out(text: str) -> bool:
    return role.HELD_OUT.holds(name(text))


def _named(words: re.Pattern[str], code: Code, part: Term) -> str | None:
    if part.node is None:
        return None
    if part.kind == "attribute":
        return _kept(words, code, part)
    known = code.scopes.before(code.program.statement_of(part.node))
    return next((text for text in sorted(known) if words.fullmatch(text)), None)


def _kept(words: re.Pattern[str], code: Code, part: Term) -> str | None:
    if part.node is None:
        return None
    own = next((node for node in code.program.ancestors(part.node) if isinstance(node, cst.ClassDef)), None)
    kept = sorted(text for scope, text in code.scopes.bindings if scope is own and "." in text)
    return next((text for text in kept if words.fullmatch(text)), None)
