"""Roles in programs that work with tables: what is grouped, what comes from a table, and masks of rows."""

import libcst as cst

from bugforge.mutation import vocabulary
from bugforge.mutation.code import Code
from bugforge.mutation.constraint import Constraint
from bugforge.mutation.program import walk
from bugforge.mutation.term import Term


def _is_grouped(term: Term, code: Code | None) -> bool:
    """What groupby returns, or a column of it, under a name or from a function of the program too."""
    if term.kind == "subscript":
        return _is_grouped(term.children[0], code)
    if (term.kind, term.value) == ("call", "groupby"):
        return True
    if code is None or term.node is None:
        return False
    if term.kind == "call":
        called = [f for f in code.program.functions if f.name.value == term.value]
        ends = [n.value for f in called for n in walk(f) if isinstance(n, cst.Return) and n.value is not None]
        return any(_is_grouped(code.canonical.term(end), code) for end in ends)
    binding = code.scopes.binding(term.value, term.node) if term.kind == "name" else None
    return binding is not None and binding.value is not None and _is_grouped(code.canonical.term(binding.value), code)


def _is_of_table(term: Term, code: Code | None) -> bool:
    """A column by its name, or any value in a program that works with tables."""
    has_name = any(part.kind == "subscript" and part.children[1].kind == "string" for part in term)
    return has_name or (code is not None and not code.words.isdisjoint(vocabulary.OF_TABLES))


def _is_mask(term: Term, code: Code | None) -> bool:
    """A comparison or another question that is answered for each row, what is made of such, or a name for it."""
    if (term.kind, term.value) in (("binary", "&"), ("binary", "|"), ("unary", "~")):
        return all(_is_mask(part, code) for part in term.children)
    if term.kind == "compare":
        return term.value in ("<", "<=", "==", "!=")
    if term.kind == "call":
        return term.value in vocabulary.ASKING
    if code is None or term.kind != "name" or term.node is None:
        return False
    binding = code.scopes.binding(term.value, term.node)
    return binding is not None and binding.value is not None and _is_mask(code.canonical.term(binding.value), code)


GROUPED = Constraint(_is_grouped)
MASK = Constraint(_is_mask)
OF_TABLE = Constraint(_is_of_table)
