"""Patterns: Python with metavariables, matched on the canonical form.

    $x          any expression, the same one wherever it is repeated
    $*rest      any further arguments of a call, elements of a list, or operands (`$a + $b + $*rest`)
    ...         on a line of its own: later in the same function, nested blocks included

A pattern is one expression, one statement, or a run of statements.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import libcst as cst

from bugforge.errors import PatternError
from bugforge.mutation.canonical import Canonical
from bugforge.mutation.code import WORD, Code
from bugforge.mutation.constraint import Constraint
from bugforge.mutation.program import Program
from bugforge.mutation.term import Term, make

FLUID = frozenset(  # words that a match may spell differently, or not at all
    "np pd numpy pandas math dot matmul square power transpose T len shape abs absolute fabs max amax min amin axis "
    "concatenate concat".split()
)
METAVARIABLE = r"\$(\*?)(\w+)"
OPERANDS = r"(?<=[+*] )\$\*(\w+)"  # `$*rest` behind an operator
PREFIX, REST = "META_", "REST_"
IMPORTS = {"np": "numpy", "pd": "pandas", "math": "math"}


class _PatternTerms(Canonical):
    """Terms of a pattern: metavariables and gaps have kinds of their own."""

    def _Name(self, node: cst.Name) -> Term:
        if node.value.startswith(REST):
            return make("rest", node.value.removeprefix(REST), (), node)
        if node.value.startswith(PREFIX):
            return make("meta", node.value.removeprefix(PREFIX), (), node)
        return super()._Name(node)

    def _Arg(self, node: cst.Arg) -> Term:
        return self._rest(node, node.value) if node.star == "*" else super()._Arg(node)

    def _StarredElement(self, node: cst.StarredElement) -> Term:
        return self._rest(node, node.value)

    def _rest(self, node: cst.CSTNode, value: cst.BaseExpression) -> Term:
        return make("rest", cst.ensure_type(value, cst.Name).value.removeprefix(PREFIX), (), node)

    def _Expr(self, node: cst.Expr) -> Term:
        return make("gap") if isinstance(node.value, cst.Ellipsis) else super()._Expr(node)


class Pattern:
    """A pattern, checked at once and parsed when it is first used.

    Raises PatternError for text that is no Python after its metavariables are read.
    """

    def __init__(self, text: str, *, exact: bool = False) -> None:
        self.text, self.exact = text, exact
        self.operands = set(re.findall(OPERANDS, text))  # of them those that stand for operands left over
        self.rests = {name for star, name in re.findall(METAVARIABLE, text) if star}
        self.metavariables = {name for _, name in re.findall(METAVARIABLE, text)}
        readable = re.sub(OPERANDS, rf"{REST}\1", text.strip("\n"))
        self.readable = re.sub(METAVARIABLE, rf"\1{PREFIX}\2", readable)
        try:
            body = ast.parse(self.readable).body
        except SyntaxError as error:
            raise PatternError(f"the pattern {text!r} does not parse ({error.msg})") from None
        self.gaps = sum(_is_gap(node) for statement in body for node in ast.walk(statement)) if "..." in text else 0
        self.is_empty = all(map(_is_gap, body))
        if any(len(re.findall(r"\*META_\w+", call)) > 1 for call in re.findall(r"\w\([^()\[\]]*\)", self.readable)):
            raise PatternError(f"the pattern {text!r} has two $*rest in one call; one takes all that is left over")
        if "*" in text and (starred := next(filter(_is_no_rest, (n for part in body for n in ast.walk(part))), None)):
            written = ast.unparse(starred)
            raise PatternError(f"the pattern {text!r} has {written!r}; a star stands before a metavariable, $*name")
        self.is_expression = len(body) == 1 and isinstance(body[0], ast.Expr)
        self.words = set(WORD.findall(self.readable)) - FLUID

    @cached_property
    def program(self) -> Program:
        program = Program(f"{self.readable}\n" if self.readable else "")
        program.aliases = IMPORTS
        return program

    @cached_property
    def statements(self) -> tuple[Term, ...]:
        return _PatternTerms(IMPORTS, exact=self.exact).term(self.program.module).children

    @property
    def expression(self) -> Term:
        return self.statements[0].children[0]


@dataclass(frozen=True)
class Match:
    """A pattern found in a program: what its metavariables stand for, and which term each of its terms met."""

    bindings: Mapping[str, Term] = field(default_factory=dict)
    rests: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    where: Mapping[int, Term] = field(default_factory=dict)

    def at(self, pattern: Term) -> Term:
        return self.where[id(pattern)]

    def met(self, pattern: Term, term: Term) -> "Match":
        return Match(self.bindings, self.rests, {**self.where, id(pattern): term})

    def bound(self, pattern: Term, term: Term) -> "Match":
        where = {**self.where, id(pattern): term}
        return Match({**self.bindings, pattern.value: term}, self.rests, where)


@dataclass(frozen=True)
class Matcher:
    """Finds patterns under constraints on their metavariables."""

    constraints: Mapping[str, Constraint]
    code: Code | None = None

    def match(self, p: Term, t: Term, m: Match) -> Iterator[Match]:
        """Every way in which the pattern term `p` stands for `t`, given what is bound in `m`."""
        if p.kind == "meta":
            bound = m.bindings.get(p.value)
            if bound is not None:
                if bound.key == t.key:
                    yield m.met(p, t)
            elif self._allowed(p.value, t):
                yield m.bound(p, t)
        elif p.kind == t.kind and (p.value == t.value or _calls_anything(p)):
            m = m.met(p, t)
            if p.kind == "chain":
                rest = [q for q in p.children if q.kind == "rest"]
                wanted = [q for q in p.children if q.kind != "rest"]
                if len(wanted) <= len(t.children) if rest else len(wanted) == len(t.children):
                    yield from self._chain([*wanted, *rest], t.children, m)
            elif p.kind == "call":
                yield from self._call(p, t, m)
            elif p.kind == "block":
                yield from self.run(p.children, t.children, m, whole=True)
            else:
                yield from self._sequence(p.children, t.children, m)

    def _allowed(self, metavariable: str, t: Term) -> bool:
        constraint = self.constraints.get(metavariable)
        return constraint is None or constraint.holds(t, self.code)

    def _sequence(self, ps: Sequence[Term], ts: Sequence[Term], m: Match) -> Iterator[Match]:
        if not ps:
            if not ts:
                yield m
        elif ps[0].kind == "rest":
            for taken in range(len(ts) + 1):
                for bound in self._left_over(ps[0], ts[:taken], m):
                    yield from self._sequence(ps[1:], ts[taken:], bound)
        elif ts:
            for found in self.match(ps[0], ts[0], m):
                yield from self._sequence(ps[1:], ts[1:], found)

    def _chain(self, ps: Sequence[Term], ts: Sequence[Term], m: Match) -> Iterator[Match]:
        """Operands of a sum or product, in any order; a `$*rest` stands last and takes all that are left over."""
        if not ps:
            yield m
        elif ps[0].kind == "rest":
            yield from self._left_over(ps[0], ts, m)
        else:
            for i, t in enumerate(ts):
                for found in self.match(ps[0], t, m):
                    yield from self._chain(ps[1:], [*ts[:i], *ts[i + 1 :]], found)

    def _left_over(self, rest: Term, ts: Sequence[Term], m: Match) -> Iterator[Match]:
        """What a `$*rest` takes, where its constraint allows each of them."""
        if all(self._allowed(rest.value, t) for t in ts):
            yield replace(m, rests={**m.rests, rest.value: tuple(ts)})

    def _call(self, p: Term, t: Term, m: Match) -> Iterator[Match]:
        """Positional arguments in order, keywords in any; what is left over goes to `$*rest`."""
        rest = next((arg for arg in p.children[1:] if arg.kind == "rest"), None)
        wanted = [arg for arg in p.children[1:] if arg.kind != "rest"]
        left = list(t.children[1:])
        chosen = []
        for arg in wanted:
            other = next((o for o in left if o.value == arg.value), None)
            if other is None:
                return
            left.remove(other)
            chosen.append(other)
        if left and rest is None:
            return
        for taken in [m] if rest is None else self._left_over(rest, left, m):
            yield from self._sequence([p.children[0], *wanted], [t.children[0], *chosen], taken)

    def run(self, ps: Sequence[Term], ts: Sequence[Term], m: Match, *, whole: bool = False) -> Iterator[Match]:
        """Statements from the first of `ts` on; all of them where `whole` is asked."""
        if not ps:
            if not (whole and ts):
                yield m
        elif ps[0].kind == "gap":
            if len(ps) == 1:
                yield m
                return
            wanted = ps[1]
            for tail in _tails(ts):
                if (wanted.kind, wanted.value) == (tail[0].kind, tail[0].value):
                    yield from self.run(ps[1:], tail, m, whole=whole)
        elif ts:
            for found in self.match(ps[0], ts[0], m):
                yield from self.run(ps[1:], ts[1:], found, whole=whole)


def _is_no_rest(node: ast.AST) -> bool:
    """Whether something other than a name has a star."""
    return isinstance(node, ast.Starred) and not isinstance(node.value, ast.Name)


def _is_gap(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...


def _calls_anything(p: Term) -> bool:
    return p.kind == "call" and p.children[0].kind == "meta"


def _tails(statements: Sequence[Term]) -> Iterator[Sequence[Term]]:
    for i, statement in enumerate(statements):
        yield statements[i:]
        for block in _blocks(statement):
            yield from _tails(block.children)


def _blocks(term: Term) -> Iterator[Term]:
    for child in term.children:
        if child.kind == "block":
            yield child
        else:
            yield from _blocks(child)
