"""Roles of attention: scores, their scale, and what hides a key.

They stand beside those of `role`, for mutators of masks, heads and scores.
"""

import libcst as cst

from bugforge.mutation import vocabulary
from bugforge.mutation.code import Code
from bugforge.mutation.constraint import Constraint, that
from bugforge.mutation.role import LITERAL, like, named
from bugforge.mutation.term import Term

LOW = 1e4  # a score of minus this much has a power of 0


def _is_last_size(term: Term, code: Code | None) -> bool:
    """`X.shape[-1]`, or a variable that was unpacked as the last of `X.shape`."""
    if term.kind == "subscript":
        of, *index = term.children
        return (of.kind, of.value) == ("attribute", "shape") and [i.value for i in index] == ["-1.0"]
    if code is None or term.kind != "name" or term.node is None:
        return False
    binding = code.scopes.binding(term.value, term.node)
    if binding is None or binding.value is None:
        return False
    if binding.position is None:
        return _is_last_size(code.canonical.term(binding.value), code)
    value, target = code.canonical.term(binding.value), code.program.parents[code.program.parents[binding.name]]
    is_last = isinstance(target, cst.Tuple) and target.elements[-1].value is binding.name
    return is_last and (value.kind, value.value) == ("attribute", "shape")


def _is_lowest(term: Term) -> bool:
    """A number so low that its power is 0: -inf, -1e9, the least float."""
    if term.kind == "unary" and term.value == "-":
        below = term.children[0]
        if below.kind == "number":
            return float(below.value) >= LOW
        return (below.kind, below.value) == ("attribute", "inf") or _is_float_of(below, "inf")
    if term.kind == "number":
        return float(term.value) <= -LOW
    if (term.kind, term.value) == ("attribute", "min"):
        return term.children[0].kind == "call" and term.children[0].value == "finfo"
    return _is_float_of(term, "-inf")


def _is_float_of(term: Term, text: str) -> bool:
    given = [arg.children[0].value for arg in term.children[1:]] if (term.kind, term.value) == ("call", "float") else []
    return given == [repr(text)]


def _goes_into_softmax(term: Term, code: Code | None) -> bool:
    """Whether a variable, or what it is changed into, is an argument of a softmax or exp, here or further down."""
    if code is None or term.node is None:
        return False
    statement = code.program.statement_of(term.node)
    names = code.program.writes(statement) | {term.value} & code.scopes.names(term.node)
    later = [read for text in names for read in code.scopes.reads_after(text, term.node)]
    return any(_is_raised(code, node) for node in (term.node, *later))


def _is_raised(code: Code, node: cst.CSTNode) -> bool:
    for around in code.program.ancestors(node):
        if isinstance(around, cst.BaseSmallStatement):
            return False
        if isinstance(around, cst.Call):
            called = around.func.attr if isinstance(around.func, cst.Attribute) else around.func
            if isinstance(called, cst.Name) and vocabulary.SOFTMAX.fullmatch(called.value):
                return True
    return False


HEAD_WIDTH = Constraint(_is_last_size) | named(
    "d_k", "dk", "d_q", "d_key", "d_head", "dim_head", "head_dim", "head_size", "head_width", "key_dim", "size_per_head"
)
LOWEST = that(_is_lowest)
SOFTMAXED = Constraint(_goes_into_softmax)
DOT_PRODUCTS = like(
    "$q @ $k.T",
    "$q @ $k.swapaxes(-1, -2)",
    "$q @ $k.swapaxes(-2, -1)",
    "$q @ np.swapaxes($k, -1, -2)",
    "$q @ np.swapaxes($k, -2, -1)",
    "$q @ $k.transpose(0, 2, 1)",
    "$q @ $k.transpose(0, 1, 3, 2)",
    "$q @ $k.transpose(-2, -1)",
    "np.einsum($letters, $q, $k)",
    letters=LITERAL,
)  # of queries and keys, or of other rows
