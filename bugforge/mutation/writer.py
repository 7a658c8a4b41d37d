"""The difference of two patterns, written into the text where the first one was found.

Only what differs is edited, in the program's own spelling: `np.argmin` to `np.argmax` on `x.argmin(axis=1)`
changes one word. What cannot be mapped back onto the text raises Unmappable, and there is no match.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import libcst as cst

from bugforge.model import Edit
from bugforge.mutation.canonical import METHODS, MIRRORED, operator_text
from bugforge.mutation.layout import demanded, fitted, strength
from bugforge.mutation.pattern import Match, Pattern
from bugforge.mutation.program import Program
from bugforge.mutation.rendering import Rendering, Unmappable, node_of
from bugforge.mutation.term import Term

STATEMENTS = (cst.BaseSmallStatement, cst.BaseCompoundStatement)
LEVELS = ({"+", "-", "~"}, {"*", "/", "//", "%", "@"})
ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*"}


@dataclass(frozen=True)
class Writer:
    """Writes one match's rewrite into a program; `after` is the pattern of what shall stand there."""

    program: Program
    match: Match
    after: Pattern

    @cached_property
    def rendering(self) -> Rendering:
        return Rendering(self.program, self.match, self.after)

    def term(self, p: Term, q: Term) -> list[Edit]:
        """Edits that turn what `p` met into `q`: the smallest that can be mapped."""
        if p.key == q.key and [c.key for c in p.children] == [c.key for c in q.children]:
            return []
        inner = next((part for part in p if part.key == q.key and id(part) in self.match.where), None)
        whole = self.match.at(p).node
        if inner is not None and p.kind != "chain" and isinstance(whole, cst.BaseExpression):
            kept = node_of(self.match.at(inner))
            return [self._put(whole, self.program.text(kept), strength(kept))]
        if p.kind != "meta":
            try:
                return list(self._inside(p, q))
            except Unmappable:
                pass
        return [self._replacement(p, q)]

    def _inside(self, p: Term, q: Term) -> Iterator[Edit]:
        if p.kind == "chain" and q.kind == "chain" and p.value == q.value:
            yield from self._operands(p, q.children)
        elif p.kind == "chain" and q.key in {c.key for c in p.children}:
            yield from self._operands(p, [q])
        elif p.kind == "chain" or q.kind == "chain":
            yield self._operator(p, q)
        elif p.kind == "call" and q.kind == "call":
            yield from self.term(p.children[0], q.children[0])
            yield from self._arguments(p, q)
        elif p.kind == q.kind and len(p.children) == len(q.children):
            if p.value != q.value:
                if p.kind in ("binary", "unary") and not any({p.value, q.value} <= level for level in LEVELS):
                    raise Unmappable  # another precedence: the operands' parentheses would no longer be right
                yield self._token(p, q.value)
            for old, new in zip(p.children, q.children, strict=True):
                yield from self.term(old, new)
        else:
            raise Unmappable

    def _operands(self, p: Term, left: Sequence[Term]) -> Iterator[Edit]:
        common = Counter(c.key for c in p.children) & Counter(c.key for c in left)
        olds, news = _without(p.children, common), _without(left, common)
        if not news:
            if not common:
                raise Unmappable
            yield self._drop([node_of(self.match.at(old)) for old in olds], p)
        elif len(olds) == len(news):
            for old, new in zip(olds, news, strict=True):
                yield from self.term(old, new)
        else:
            raise Unmappable

    def _drop(self, dropped: Sequence[cst.CSTNode], p: Term) -> Edit:
        """Leave operands out of the sum or product they stand in."""
        if len(dropped) > 1:
            chain = self.match.at(p)
            kept = [node_of(operand) for operand in chain.children if operand.node not in dropped]
            if len(kept) == 1:
                return self._put(node_of(chain), self.program.text(kept[0]), strength(kept[0]))
            texts = [self._outer_text(node) for node in kept]
            return self._put(node_of(chain), f" {p.value} ".join(texts), strength(node_of(chain)))
        (operand,) = dropped
        operation = self.program.parents[operand]
        if not isinstance(operation, cst.BinaryOperation):
            raise Unmappable
        other = operation.right if operand is operation.left else operation.left
        return self._put(operation, self.program.text(other), strength(other))

    def _operator(self, p: Term, q: Term) -> Edit:
        """a + b to a - b and the like: one operator changes, the operands stay."""
        same = [c.key for c in p.children] == [c.key for c in q.children] and len(p.children) == 2
        if not same or ARITHMETIC.get(p.value) != q.value:
            raise Unmappable
        second = node_of(self.match.at(p.children[1]))
        operation = self.program.parents[second]
        if not isinstance(operation, cst.BinaryOperation) or operation.right is not second:
            raise Unmappable
        if operator_text(operation.operator) != p.value:
            raise Unmappable
        return self._word(operation.operator, q.value)

    def _arguments(self, p: Term, q: Term) -> Iterator[Edit]:
        olds = [a for a in p.children[1:] if a.kind != "rest"]
        news = [a for a in q.children[1:] if a.kind != "rest"]
        if [a.value for a in p.children if a.kind == "rest"] != [a.value for a in q.children if a.kind == "rest"]:
            raise Unmappable
        pairs = [(o, n) for o in olds for n in news if o.value == n.value and o.value]
        positional = [[a for a in side if not a.value] for side in (olds, news)]
        pairs += zip(*positional, strict=False)
        for old, new in pairs:
            yield from self.term(old.children[0], new.children[0])
        kept = {id(term) for pair in pairs for term in pair}
        removed, added = [[a for a in side if id(a) not in kept] for side in (olds, news)]
        call = self.match.at(p).node
        if added and isinstance(call, cst.Call) and 0 < len(removed) == len(call.args):
            raise Unmappable  # nothing would be left to put a comma behind
        if removed:
            yield self._without_arguments([node_of(self.match.at(old)) for old in removed])
        if added:
            yield self._with_arguments(p, added)

    def _without_arguments(self, removed: Sequence[cst.CSTNode]) -> Edit:
        call = cst.ensure_type(self.program.parents[removed[0]], cst.Call)
        kept = [arg for arg in call.args if arg not in removed]
        first, last = self.program.span(call.args[0])[0], self.program.span(call.args[-1])[1]
        if not kept:
            return Edit(first, last, "")
        if len(removed) == 1 and removed[0] is call.args[-1]:
            return Edit(self.program.span(kept[-1])[1], last, "")
        if len(removed) == 1:
            after = call.args[1 + next(i for i, arg in enumerate(call.args) if arg is removed[0])]
            return Edit(self.program.span(removed[0])[0], self.program.span(after)[0], "")
        return Edit(first, last, ", ".join(self.program.text(arg) for arg in kept))

    def _with_arguments(self, p: Term, added: Sequence[Term]) -> Edit:
        call = cst.ensure_type(node_of(self.match.at(p)), cst.Call)
        is_function = p.value in METHODS and self.match.at(p.children[1]).node is not None
        if is_function and any(not arg.value for arg in added):
            raise Unmappable  # np.f(x, a, b) may take a tuple where x.f(a, b) takes arguments
        text = ", ".join(self.rendering.render(arg) for arg in added)
        if call.args:
            end = self.program.span(call.args[-1])[1]
            return Edit(end, end, f", {text}")
        end = self.program.span(call)[1] - 1
        return Edit(end, end, text)

    # text

    def _outer_text(self, node: cst.CSTNode) -> str:
        start, end = self.program.outer_span(node)
        return self.program.source[start:end]

    def _token(self, p: Term, value: str) -> Edit:
        token = self.match.at(p).token
        if token is None:
            raise Unmappable
        if isinstance(token, cst.Name) and isinstance(self.program.parents[token], cst.Attribute):
            return self.program.replace(token, value)
        if isinstance(token, (cst.BaseBinaryOp, cst.BaseAugOp, cst.BaseUnaryOp, cst.BaseCompOp)):
            return self._word(token, value)
        raise Unmappable  # names and literals are replaced whole, as the pattern spells them

    def _word(self, operator: cst.CSTNode, value: str) -> Edit:
        written = operator_text(operator)
        if written in MIRRORED:
            value = {low: high for high, low in MIRRORED.items()}.get(value, value)
        if isinstance(operator, cst.BaseAugOp):
            value = f"{value}="
        start, end = self.program.outer_span(operator)
        start = self.program.source.index(written, start, end)
        return Edit(start, start + len(written), value)

    def _replacement(self, p: Term, q: Term) -> Edit:
        met = self.match.at(p)
        if q.kind in ("function", "gap", "block"):
            raise Unmappable
        node = node_of(met)
        if isinstance(node, STATEMENTS):
            return self.program.replace(node, self.rendering.render(q))
        if q.kind == "meta":
            return self._put(node, *self.rendering.bound(q.value))
        return self._put(node, self.rendering.render(q), strength(node_of(q)))

    def _put(self, node: cst.CSTNode, text: str, held: int) -> Edit:
        wanted = demanded(self.program.parents.get(node), node)
        return Edit(*self.program.outer_span(node), fitted(text, held, wanted))


def _without(terms: Sequence[Term], common: Counter[int]) -> list[Term]:
    left, kept = Counter(common), []
    for term in terms:
        if left[term.key]:
            left[term.key] -= 1
        else:
            kept.append(term)
    return kept
