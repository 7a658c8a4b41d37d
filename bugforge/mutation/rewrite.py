"""A rewrite: a pair of patterns, correct and broken, with constraints on the metavariables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import libcst as cst

from bugforge.errors import PatternError
from bugforge.model import Edit
from bugforge.mutation.canonical import Canonical
from bugforge.mutation.filled import Unmappable
from bugforge.mutation.pattern import WORD, Match, Matcher, Pattern
from bugforge.mutation.program import Program
from bugforge.mutation.role import Constraint
from bugforge.mutation.runs import RunWriter
from bugforge.mutation.term import Term


@dataclass(frozen=True)
class Change:
    """A bug that can be planted: where (the node that names the site) and how (the edits)."""

    node: cst.CSTNode
    edits: tuple[Edit, ...]


class Code:
    """A program in canonical form, indexed for matching. Built once and read by every rewrite."""

    def __init__(self, source: str, imports: Mapping[str, str] | None = None) -> None:
        self.program = Program(source)
        self.words = set(WORD.findall(source))
        if imports:
            self.program.aliases = {**imports, **self.program.aliases}

    @cached_property
    def canonical(self) -> "Index":
        return Index(self.program, exact=False)

    @cached_property
    def exact(self) -> "Index":
        return Index(self.program, exact=True)


class Index:
    """The terms of one program by kind, and the term above each."""

    def __init__(self, program: Program, *, exact: bool) -> None:
        root = Canonical(program.aliases, exact=exact).term(program.module)
        self.by_kind: dict[str, list[Term]] = {}
        self.parents: dict[int, Term] = {}
        for term in root:
            self.by_kind.setdefault(term.kind, []).append(term)
            for child in term.children:
                self.parents[id(child)] = term

    def ancestors(self, term: Term) -> Iterator[Term]:
        while id(term) in self.parents:
            term = self.parents[id(term)]
            yield term


class Rewrite:
    """Where `before` is found, `after` can be written.

    Parameters: `exact` matches spelling, not canonical form; `function` is a regular expression for the name of the
    function around the place; `unless_within` are expression patterns that must not stand around it;
    `within` are patterns of which one must; all other keywords are constraints, by metavariable.

    Raises PatternError where a side does not parse, or `after` has a metavariable that `before` lacks.
    """

    def __init__(
        self,
        before: str,
        after: str,
        *,
        exact: bool = False,
        function: str = "",
        within: tuple[str, ...] = (),
        unless_within: tuple[str, ...] = (),
        **constraints: Constraint,
    ) -> None:
        self.before, self.after = Pattern(before, exact=exact), Pattern(after, exact=exact)
        self.exact = exact
        self.function = re.compile(function)
        self.within = [Pattern(text, exact=exact) for text in within]
        self.unless_within = [Pattern(text, exact=exact) for text in unless_within]
        self.matcher = Matcher(constraints)
        unbound = self.after.metavariables - self.before.metavariables
        if unbound:
            raise PatternError(f"the pattern {after!r} uses ${min(unbound)}, which {before!r} does not bind")
        unknown = constraints.keys() - self.before.metavariables
        if unknown:
            raise PatternError(f"a constraint is set on ${min(unknown)}, which {before!r} does not have")

    def changes(self, code: Code) -> Iterator[Change]:
        """Every place of the program where this rewrite can be written."""
        if not self.before.words <= code.words:
            return
        index = code.exact if self.exact else code.canonical
        for match in self._matches(index):
            anchor = match.at(self._anchor)
            if anchor.node is None or not self._welcome(code.program, index, anchor):
                continue
            try:
                edits = tuple(self._edits(code.program, match))
            except Unmappable:
                continue
            if edits and not overlapping(edits):
                yield Change(anchor.node, edits)

    def _matches(self, index: Index) -> Iterator[Match]:
        if self._is_expression:
            p = self.before.expression
            for term in index.by_kind.get(p.kind, ()):
                yield from self.matcher.match(p, term, Match())
        else:
            first = self.before.statements[0]
            for block in index.by_kind["block"]:
                for i, statement in enumerate(block.children):
                    if (first.kind, first.value) == (statement.kind, statement.value):
                        yield from self.matcher.run(self.before.statements, block.children[i:], Match())

    @cached_property
    def _is_expression(self) -> bool:
        return self.before.is_expression and self.after.is_expression

    def _edits(self, program: Program, match: Match) -> Iterator[Edit]:
        writer = RunWriter(program, match, self.after)
        if self._is_expression:
            yield from writer.term(self.before.expression, self.after.expression)
        else:
            yield from writer.statements(self.before.statements, self.after.statements)

    @cached_property
    def _anchor(self) -> Term:
        """The part of `before` that names the site: of a run, the first statement that is changed."""
        if self._is_expression:
            return self.before.expression
        statements = [s for s in self.before.statements if s.kind != "gap"]
        kept = {s.key for s in self.after.statements}
        return next((s for s in statements if s.key not in kept), statements[0])

    def _welcome(self, program: Program, index: Index, term: Term) -> bool:
        assert term.node is not None
        if self.function.pattern and not self.function.search(program.function_of(term.node)):
            return False
        around = [term, *index.ancestors(term)] if self.within or self.unless_within else []
        if self.within and not self._any(self.within, around):
            return False
        return not self._any(self.unless_within, around)

    def _any(self, patterns: list[Pattern], terms: list[Term]) -> bool:
        return any(next(Matcher({}).match(p.expression, t, Match()), None) for p in patterns for t in terms)


def overlapping(edits: tuple[Edit, ...]) -> bool:
    """Whether two of the edits touch the same characters."""
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    return any(b.start < a.end or b.start == a.start for a, b in pairwise(ordered))
