"""A program in canonical form, indexed for matching."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import libcst as cst

from bugforge.mutation.canonical import Canonical
from bugforge.mutation.program import Program
from bugforge.mutation.scopes import Scopes
from bugforge.mutation.term import Term

WORD = re.compile(r"\b(?!META_|REST_)[A-Za-z_]\w*")


class Code:
    """A program in canonical form, indexed for matching. Built once and read by every rewrite."""

    def __init__(self, source: str, imports: Mapping[str, str] | None = None) -> None:
        self.program = Program(source)
        self.words = set(WORD.findall(source))
        if imports:
            self.program.aliases = {**imports, **self.program.aliases}

    @cached_property
    def scopes(self) -> Scopes:
        return Scopes(self.program)

    @cached_property
    def canonical(self) -> "Index":
        return Index(self.program, exact=False)

    @cached_property
    def exact(self) -> "Index":
        return Index(self.program, exact=True)


class Index:
    """The terms of one program by kind, and the term above each."""

    def __init__(self, program: Program, *, exact: bool) -> None:
        self._canonical = Canonical(program.aliases, exact=exact)
        root = self._canonical.term(program.module)
        self.by_kind: dict[str, list[Term]] = {}
        self.parents: dict[int, Term] = {}
        for term in root:
            self.by_kind.setdefault(term.kind, []).append(term)
            for child in term.children:
                self.parents[id(child)] = term

    @cached_property
    def _by_node(self) -> dict[cst.CSTNode, Term]:
        return {term.node: term for terms in self.by_kind.values() for term in terms if term.node is not None}

    def term(self, node: cst.CSTNode) -> Term:
        """The term of an expression or statement; a new one where the program has it only as a part of another's."""
        return self._by_node.get(node) or self._canonical.term(node)

    def ancestors(self, term: Term) -> Iterator[Term]:
        while id(term) in self.parents:
            term = self.parents[id(term)]
            yield term
