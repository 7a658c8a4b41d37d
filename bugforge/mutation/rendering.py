"""The text of a pattern with its metavariables filled in from a match."""

import re
from dataclasses import dataclass
from typing import TypeGuard

import libcst as cst

from bugforge.model import Edit
from bugforge.mutation.layout import POSTFIX, demanded, fitted, strength
from bugforge.mutation.pattern import PREFIX, REST, Match, Pattern
from bugforge.mutation.program import Program, walk
from bugforge.mutation.term import Term

NOTHING = "\0"  # stands for an empty `$*rest` until its comma is gone too


class Unmappable(Exception):
    """The rewrite cannot be written at this place."""


@dataclass(frozen=True)
class Rendering:
    """A pattern, and the match in a program that its metavariables are filled from."""

    program: Program
    match: Match
    pattern: Pattern

    def render(self, q: Term) -> str:
        """The text of one of the pattern's terms, with parentheses where the filling needs them."""
        template, root = self.pattern.program, node_of(q)
        start, end = template.span(root)
        text, edits = template.source[start:end], []
        for node in walk(root):
            parent = template.parents[node]
            if is_starred(node):
                edits.append(self._rest(node))
            elif isinstance(node, cst.SimpleString):
                edits.append(Edit(*template.span(node), self._quoted(node)))
            elif not isinstance(node, cst.Name) or is_starred(parent) or getattr(parent, "attr", None) is node:
                continue
            elif node.value.startswith(REST):
                raise Unmappable  # operands left over stay where they are
            elif node.value.startswith(PREFIX):
                filling, held = self.bound(node.value.removeprefix(PREFIX))
                edits.append(Edit(*template.span(node), fitted(filling, held, demanded(parent, node))))
            elif node.value in template.aliases:
                edits.append(Edit(*template.span(node), self._alias(template.aliases[node.value])))
        for edit in sorted(edits, key=lambda e: -e.start):
            text = text[: edit.start - start] + edit.text + text[edit.end - start :]
        return re.sub(rf"{NOTHING}\s*,\s*|\s*,\s*{NOTHING}|{NOTHING}", "", text)

    def bound(self, metavariable: str) -> tuple[str, int]:
        """The text that a metavariable stands for, and how tightly it holds together."""
        term = self.match.bindings[metavariable]
        if term.kind == "text":  # a fact: a name, or a call
            return term.value, POSTFIX
        node = node_of(term)
        return self.program.text(node), strength(node)

    def _rest(self, node: cst.Arg | cst.StarredElement) -> Edit:
        bound = self.match.rests[cst.ensure_type(node.value, cst.Name).value.removeprefix(PREFIX)]
        text = ", ".join(self.program.text(node_of(term)) for term in bound)
        return Edit(*self.pattern.program.span(node), text or NOTHING)

    def _quoted(self, string: cst.SimpleString) -> str:
        """A string in the program's own quotes."""
        if string.quote in ("'", '"') and not set(string.raw_value) & {"'", '"', "\\"}:
            return f"{string.prefix}{self.program.quote}{string.raw_value}{self.program.quote}"
        return string.value

    def _alias(self, module: str) -> str:
        for alias, target in self.program.aliases.items():
            if target == module:
                return alias
        raise Unmappable


def node_of(term: Term) -> cst.CSTNode:
    """The node a term came from; Unmappable where it stands for none of its own."""
    if term.node is None:
        raise Unmappable
    return term.node


def is_starred(node: cst.CSTNode) -> TypeGuard[cst.Arg | cst.StarredElement]:
    return isinstance(node, cst.StarredElement) or (isinstance(node, cst.Arg) and node.star == "*")
