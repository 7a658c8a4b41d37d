"""Where every node of a libcst tree stands in its text, and what stands below it.

libcst's own position providers take a pass of code generation each and give lines and columns; this is one pass for
both kinds of span, in characters. Like theirs, its state hooks into code generation, which libcst keeps internal.
"""

from contextlib import AbstractContextManager
from functools import cache

import libcst as cst
from libcst._nodes.internal import CodegenState

Span = tuple[int, int]
LAYOUT = frozenset(
    "lpar rpar lbracket rbracket semicolon comma equal leading_lines trailing_whitespace header footer indent dot "
    "lines_after_decorators asynchronous first_colon second_colon colon annotation returns default_indent "
    "default_newline encoding has_trailing_newline __slots__".split()
)


def spans(module: cst.Module) -> tuple[dict[cst.CSTNode, Span], dict[cst.CSTNode, Span]]:
    """Inner and outer span of each node: the outer one includes parentheses and the white space the node owns."""
    state = _State(module.default_indent, module.default_newline)
    module._codegen(state)
    return {**state.outer, **state.inner}, state.outer


class _State(CodegenState):
    def __init__(self, indent: str, newline: str) -> None:
        super().__init__(indent, newline)
        self.offset = 0
        self.starts: list[int] = []
        self.inner: dict[cst.CSTNode, Span] = {}
        self.outer: dict[cst.CSTNode, Span] = {}

    def add_indent_tokens(self) -> None:
        self.offset += sum(map(len, self.indent_tokens))

    def add_token(self, value: str) -> None:
        self.offset += len(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        self.starts.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        self.outer[node] = (self.starts.pop(), self.offset)

    def record_syntactic_position(  # type: ignore[override]  # a lighter context manager, used alike
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> AbstractContextManager[None]:
        return _Inner(self, node, start_node, end_node)


class _Inner(AbstractContextManager[None]):
    def __init__(
        self, state: _State, node: cst.CSTNode, start_node: cst.CSTNode | None, end_node: cst.CSTNode | None
    ) -> None:
        self.state, self.node, self.start_node, self.end_node = state, node, start_node, end_node

    def __enter__(self) -> None:
        self.start = self.state.offset

    def __exit__(self, *_: object) -> None:
        end = self.state.offset
        if self.start_node is not None:
            self.start = self._span(self.start_node)[0]
        if self.end_node is not None:
            end = self._span(self.end_node)[1]
        self.state.inner[self.node] = (self.start, end)

    def _span(self, node: cst.CSTNode) -> Span:
        return self.state.inner.get(node) or self.state.outer[node]


@cache
def fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a node class that hold code, not layout; empty for anything that is no node."""
    if not issubclass(kind, cst.CSTNode):
        return ()
    return tuple(f for f in kind.__dataclass_fields__ if f not in LAYOUT and not f.startswith("whitespace"))


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes right below a node, in the order of its fields, without white space and punctuation."""
    found: list[cst.CSTNode] = []
    for field in fields_of(type(node)):
        part = getattr(node, field)
        if isinstance(part, cst.CSTNode):
            found.append(part)
        elif isinstance(part, (list, tuple)):
            found.extend(part)
    return found
