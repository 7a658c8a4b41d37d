"""What every change is brought to before it is planted: equal lines stay equal, and none reads `x = x`."""

import re

import libcst as cst

from bugforge.model import Edit
from bugforge.mutation.code import Code
from bugforge.mutation.program import Program, is_within
from bugforge.mutation.purity import is_pure
from bugforge.mutation.scopes import Binding

Edits = tuple[Edit, ...]


def tidied(code: Code, edits: Edits, *, may_lose_draws: bool = False) -> Edits | None:
    """The edits as they are planted; None where nothing sound comes of them."""
    program = code.program
    everywhere = _repeated(program, edits)
    changed = None if everywhere is None else _without_self_assignment(program, everywhere)
    while changed is not None:
        orphans = _orphans(code, changed, may_lose_draws)
        if orphans is not None and orphans <= set(changed):
            break
        changed = None if orphans is None else _merged(changed, orphans)
    return changed


def _orphans(code: Code, edits: Edits, may_lose_draws: bool) -> set[Edit] | None:
    """Deletions of the lines that made what nothing reads any more, once the edits are made.

    None where such a line does more than that, or is all that its block has. A name that is unpacked beside others,
    that a loop binds, or a module shows, stays: neither a linter nor a reader minds.
    """
    program, scopes, found = code.program, code.scopes, set[Edit]()
    written = {word for edit in edits for word in re.findall(r"[^\W\d]\w*", edit.text)}
    for variable in {v: None for edit in edits for v in scopes.variables_in((edit.start, edit.end))}:
        scope, name = variable
        if not isinstance(scope, cst.FunctionDef) or name in written:
            continue
        bindings = [b for b in scopes.bindings.get(variable, ()) if not _is_gone(program, b.name, edits)]
        reads = [n for n in scopes.reads.get(variable, ()) if not _is_gone(program, n, edits)]
        if reads or not bindings:
            continue
        if any(b.value is not None and not b.alone and _is_pair(b) for b in bindings):
            return None
        if not all(b.alone for b in bindings):
            continue
        for binding in bindings:
            deletion = program.delete(program.statement_of(binding.statement))
            pure = may_lose_draws or is_pure(program, binding.statement)
            if deletion is None or not pure:
                return None
            found.add(deletion)
    return found


def _is_gone(program: Program, node: cst.CSTNode, edits: Edits) -> bool:
    return any(edit.start <= program.span(node)[0] < edit.end for edit in edits)


def _is_pair(binding: Binding) -> bool:
    """Whether `a, b = x, y` binds it, of which a linter would say that one is not used."""
    return isinstance(binding.statement, cst.Assign) and isinstance(binding.statement.value, cst.Tuple)


def _merged(edits: Edits, deletions: set[Edit]) -> Edits:
    """Edits and deletions; of what lies in a deleted line only the deletion is left."""
    kept = [e for e in edits if not any(is_within((e.start, e.end), (d.start, d.end)) for d in deletions)]
    return (*kept, *sorted(deletions, key=lambda d: d.start))


def _repeated(program: Program, edits: Edits) -> Edits | None:
    """The edits, made in every statement of the function that reads exactly like the one they are made in."""
    found = list(edits)
    for edit in edits:
        line = program.line_at(edit.start, edit.end)
        if line is None:
            continue
        twins = program.twins(line)
        if twins and edit.start == edit.end and edit.text.endswith("\n"):
            return None  # to which line a new one belongs is not known
        for twin in twins:
            copy = _copied(program, edit, line, twin)
            if copy is None:
                return None
            found.append(copy)
    return tuple(dict.fromkeys(found))


def _copied(program: Program, edit: Edit, line: cst.SimpleStatementLine, twin: cst.SimpleStatementLine) -> Edit | None:
    if (edit.start, edit.end) == program.lines_span(line):
        return program.delete(twin) if not edit.text else None
    shift = program.span(twin)[0] - program.span(line)[0]
    return Edit(edit.start + shift, edit.end + shift, edit.text)


def _without_self_assignment(program: Program, edits: Edits) -> Edits | None:
    """The edits, with the deletion of a line in place of those that would leave it as `x = x`."""
    found = list(edits)
    for line in dict.fromkeys(program.line_at(edit.start, edit.end) for edit in edits):
        if line is None:
            continue
        start, end = program.span(line)
        inside = [edit for edit in found if is_within((edit.start, edit.end), (start, end))]
        text = program.source[start:end]
        for edit in sorted(inside, key=lambda e: -e.start):
            text = text[: edit.start - start] + edit.text + text[edit.end - start :]
        target, _, value = "".join(text.split()).partition("=")
        if target == value and inside:
            deletion = program.delete(line)
            if deletion is None:
                return None
            found = [edit for edit in found if edit not in inside] + [deletion]
    return tuple(found)
