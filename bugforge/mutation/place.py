"""Places: where a rewrite is welcome, told by what stands around it.

A place is a test of a program and a node. `place.function(words) | place.target(words)` is either, `~` anywhere else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import libcst as cst

from bugforge.mutation.code import Code
from bugforge.mutation.program import is_within


@dataclass(frozen=True)
class Place:
    """Where in a program a change may be made."""

    holds: Callable[[Code, cst.CSTNode], bool]

    def __or__(self, other: "Place") -> "Place":
        return Place(lambda code, node: self.holds(code, node) or other.holds(code, node))

    def __and__(self, other: "Place") -> "Place":
        return Place(lambda code, node: self.holds(code, node) and other.holds(code, node))

    def __invert__(self) -> "Place":
        return Place(lambda code, node: not self.holds(code, node))


def function(words: re.Pattern[str]) -> Place:
    """In a function whose own name has one of the words."""
    return Place(lambda code, node: words.search(code.program.function_of(node).rpartition(".")[2]) is not None)


def target(words: re.Pattern[str]) -> Place:
    """In what is given to a variable, a key or a keyword whose name has one of the words."""

    def holds(code: Code, node: cst.CSTNode) -> bool:
        for around in (node, *code.program.ancestors(node)):
            if isinstance(around, cst.Assign):
                return any(words.search(code.program.text(t.target)) for t in around.targets)
            named = around.key if isinstance(around, cst.DictElement) else getattr(around, "keyword", None)
            if isinstance(named, cst.CSTNode) and words.search(code.program.text(named)):
                return True
        return False

    return Place(holds)


def statement(words: re.Pattern[str]) -> Place:
    """In a statement that mentions one of the words."""
    return Place(lambda code, node: words.search(code.program.text(code.program.statement_of(node))) is not None)


def named(words: re.Pattern[str]) -> Place:
    """In a function, or in what goes to a name or key, that is called so."""
    return function(words) | target(words)


_ENDS = re.compile(r"\b(break|return|converged)\b")


def _ends_a_loop(code: Code, node: cst.CSTNode) -> bool:
    held = code.program.statement_of(node)
    if isinstance(held, cst.If):
        return _ENDS.search(code.program.text(held.body)) is not None
    return isinstance(held, cst.While) or any("converged" in name for name in code.program.writes(held))


def _keeps_one(code: Code, node: cst.CSTNode) -> bool:
    held, program = code.program.statement_of(node), code.program
    if not isinstance(held, cst.If) or not is_within(program.span(node), program.span(held.test)):
        return False
    return not program.reads(node).isdisjoint(program.writes(held.body))


def _calls_itself(code: Code, node: cst.CSTNode) -> bool:
    own = code.program.function_of(node).rpartition(".")[2]
    calls = (around for around in code.program.ancestors(node) if isinstance(around, cst.Call))
    return any(code.program.text(call.func).rpartition(".")[2] == own for call in calls)


def _is_kept(code: Code, node: cst.CSTNode) -> bool:
    around = code.program.parents.get(node)
    if isinstance(around, cst.BinaryOperation) and isinstance(around.right, (cst.Float, cst.Integer, cst.Name)):
        around = code.program.parents[around]
    return isinstance(around, (cst.Assign, cst.Element, cst.DictElement))


def _renames(code: Code, node: cst.CSTNode) -> bool:
    whole = isinstance(code.program.parents.get(node), (cst.Assign, cst.DictElement))
    operand = node.args[0].value if isinstance(node, cst.Call) and node.args else getattr(node, "left", None)
    return whole and isinstance(operand, cst.Name)


ANYWHERE = Place(lambda code, node: True)
CALLS_ITSELF = Place(_calls_itself)  # within what a function hands on to a call of itself
ENDS_A_LOOP = Place(_ends_a_loop)  # in the condition under which a loop stops
KEEPS_ONE = Place(_keeps_one)  # in the condition under which one of its operands is replaced: a running best
KEPT = Place(_is_kept)  # goes into a variable of its own, at most with a number added
RENAMES = Place(_renames)  # a function or power of a variable that goes to another: without it, a second name is left
