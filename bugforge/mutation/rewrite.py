"""A rewrite: a pair of patterns, correct and broken, with constraints on the metavariables."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

import libcst as cst

from bugforge.errors import PatternError
from bugforge.model import Edit
from bugforge.mutation.code import Code, Index
from bugforge.mutation.constraint import Constraint
from bugforge.mutation.edits import overlapping
from bugforge.mutation.fact import Fact
from bugforge.mutation.pattern import Match, Matcher, Pattern
from bugforge.mutation.program import Program
from bugforge.mutation.rendering import Unmappable
from bugforge.mutation.statements import StatementWriter
from bugforge.mutation.term import Term, make


@dataclass(frozen=True)
class Change:
    """A bug that can be planted: where (the node that names the site) and how (the edits)."""

    node: cst.CSTNode
    edits: tuple[Edit, ...]

    @staticmethod
    def together(changes: Sequence["Change"]) -> "Change":
        """One change of all their edits, named after the first."""
        return Change(changes[0].node, tuple(edit for change in changes for edit in change.edits))


class Rewrite:
    """Where `before` is found, `after` can be written.

    Parameters: `exact` matches spelling, not canonical form; `function` is a regular expression of the
    vocabulary for the name of the function around the place; `unless_within` are expression patterns that must not
    stand around it; `within` are patterns of which one must; all other keywords are constraints, by metavariable.

    Raises PatternError where a side does not parse, or `after` has a metavariable that `before` lacks.
    """

    def __init__(
        self,
        before: str,
        after: str,
        *,
        exact: bool = False,
        function: re.Pattern[str] | None = None,
        within: tuple[str, ...] = (),
        unless_within: tuple[str, ...] = (),
        **about: Constraint | Fact,
    ) -> None:
        constraints = {name: what for name, what in about.items() if isinstance(what, Constraint)}
        self.facts = {name: what for name, what in about.items() if isinstance(what, Fact)}
        self.before, self.after = Pattern(before, exact=exact), Pattern(after, exact=exact)
        self.exact = exact
        self.function = function
        self.within = [Pattern(text, exact=exact) for text in within]
        self.unless_within = [Pattern(text, exact=exact) for text in unless_within]
        self.matcher = Matcher(constraints)
        self._check(constraints.keys())

    def _check(self, constrained: Set[str]) -> None:
        before, after = self.before, self.after
        if before.is_empty:
            raise PatternError(f"the pattern {before.text!r} says nothing to look for")
        if before.gaps != after.gaps:
            raise PatternError(
                f"`...` stands {before.gaps} times in {before.text!r} and {after.gaps} in {after.text!r}"
            )
        if known := [name for name in self.facts if name in before.metavariables]:
            raise PatternError(f"${known[0]} is a fact and stands in {before.text!r} as well; name it otherwise")
        if unsaid := {fact.of for fact in self.facts.values()} - before.metavariables:
            raise PatternError(f"a fact is asked about ${min(unsaid)}, which {before.text!r} does not have")
        if unbound := after.metavariables - before.metavariables - self.facts.keys():
            raise PatternError(f"the pattern {after.text!r} uses ${min(unbound)}, which {before.text!r} does not bind")
        if mixed := (before.rests ^ after.rests) & after.metavariables:
            raise PatternError(f"${min(mixed)} is written with a star on one side and without one on the other")
        if unknown := constrained - before.metavariables:
            raise PatternError(f"a constraint is set on ${min(unknown)}, which {before.text!r} does not have")
        if lost := before.operands ^ after.operands:
            raise PatternError(f"the operands $*{min(lost)} stand in one of {before.text!r} and {after.text!r} only")
        if free := before.operands - constrained:
            raise PatternError(f"say in a constraint what $*{min(free)} may be, or any sum is met in part")

    def changes(self, code: Code) -> Iterator[Change]:
        """Every place of the program where this rewrite can be written."""
        if not self.before.words <= code.words:
            return
        index = code.exact if self.exact else code.canonical
        for match in self._matches(replace(self.matcher, code=code), index):
            anchor = match.at(self._anchor)
            if anchor.node is None or not self._welcome(code.program, index, anchor):
                continue
            told = self._told(code, match)
            if told is None:
                continue
            try:
                edits = tuple(self._edits(code.program, told))
            except Unmappable:
                continue
            if edits and not overlapping(edits):
                yield Change(anchor.node, edits)

    def _told(self, code: Code, match: Match) -> Match | None:
        """The match with the facts that the program says of it; None where it does not say one."""
        for name, fact in self.facts.items():
            bound = match.bindings[fact.of]
            text = fact.text(code, bound)
            if text is None or text == bound.value:
                return None
            match = replace(match, bindings={**match.bindings, name: make("text", text)})
        return match

    def _matches(self, matcher: Matcher, index: Index) -> Iterator[Match]:
        if self._is_expression:
            p = self.before.expression
            for term in index.by_kind.get(p.kind, ()):
                yield from matcher.match(p, term, Match())
        else:
            first = self.before.statements[0]
            for block in index.by_kind["block"]:
                for i, statement in enumerate(block.children):
                    if (first.kind, first.value) == (statement.kind, statement.value):
                        yield from matcher.run(self.before.statements, block.children[i:], Match())

    @cached_property
    def _is_expression(self) -> bool:
        return self.before.is_expression and self.after.is_expression

    def _edits(self, program: Program, match: Match) -> Iterator[Edit]:
        writer = StatementWriter(program, match, self.after)
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
        if self.function and not self.function.search(program.function_of(term.node)):
            return False
        around = [term, *index.ancestors(term)] if self.within or self.unless_within else []
        if self.within and not self._any(self.within, around):
            return False
        return not self._any(self.unless_within, around)

    def _any(self, patterns: list[Pattern], terms: list[Term]) -> bool:
        return any(next(Matcher({}).match(p.expression, t, Match()), None) for p in patterns for t in terms)
