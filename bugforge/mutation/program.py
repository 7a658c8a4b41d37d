"""A parsed module: its text, its libcst tree, and where every node stands in the text."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

import libcst as cst

from bugforge.model import Edit
from bugforge.mutation.lines import bare_lines_of, lines_of
from bugforge.mutation.spans import Span, children, spans

# a line, a compound statement, or what follows the colon on a compound statement's own line
Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement | cst.SimpleStatementSuite


class Program:
    """One module, parsed once; every mutator reads the same one.

    Raises libcst.ParserSyntaxError for text that is not Python.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.module = cst.parse_module(source)

    @cached_property
    def _spans(self) -> tuple[dict[cst.CSTNode, Span], dict[cst.CSTNode, Span]]:
        return spans(self.module)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *accumulate(len(line) for line in lines_of(self.source))]

    @cached_property
    def parents(self) -> dict[cst.CSTNode, cst.CSTNode]:
        """The node above each node, in the order of the text."""
        found: dict[cst.CSTNode, cst.CSTNode] = {}

        def link(node: cst.CSTNode) -> None:
            for child in children(node):
                found[child] = node
                link(child)

        link(self.module)
        return found

    @cached_property
    def quote(self) -> str:
        """The mark that most of the program's strings stand in."""
        marks = [node.quote for node in self.parents if isinstance(node, cst.SimpleString)]
        return "'" if marks.count("'") > marks.count('"') else '"'

    def span(self, node: cst.CSTNode) -> Span:
        """Where the node's own text begins and ends, without parentheses around it."""
        return self._spans[0][node]

    def outer_span(self, node: cst.CSTNode) -> Span:
        """Where the node's text begins and ends, parentheses included."""
        return self._spans[1][node]

    def text(self, node: cst.CSTNode) -> str:
        start, end = self.span(node)
        return self.source[start:end]

    def line_of(self, offset: int) -> int:
        """Number of the line, from 1, that holds the character at `offset`."""
        return self.source.count("\n", 0, offset) + 1

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        while node in self.parents:
            node = self.parents[node]
            yield node

    def function_of(self, node: cst.CSTNode) -> str:
        """Dotted name of the innermost function or class around the node; "module" outside of any."""
        return self._functions[node] or "module"

    @cached_property
    def _functions(self) -> dict[cst.CSTNode, str]:
        found: dict[cst.CSTNode, str] = {}
        for node in (self.module, *self.parents):
            around = found[self.parents[node]] if node in self.parents else ""
            name = node.name.value if isinstance(node, (cst.FunctionDef, cst.ClassDef)) else ""
            found[node] = ".".join(filter(None, (around, name)))
        return found

    def digest(self, node: cst.CSTNode) -> str:
        """Eight hexadecimal digits of the node's text, white space aside."""
        return hashlib.sha256("".join(self.text(node).split()).encode()).hexdigest()[:8]

    @cached_property
    def functions(self) -> list[cst.FunctionDef]:
        return [node for node in (self.module, *self.parents) if isinstance(node, cst.FunctionDef)]

    @cached_property
    def lines(self) -> list[cst.SimpleStatementLine]:
        return [node for node in self.parents if isinstance(node, cst.SimpleStatementLine)]

    def line_at(self, start: int, end: int) -> cst.SimpleStatementLine | None:
        """The line of code that holds a piece of the text, comments above it included."""
        i = bisect_right(self._line_spans, start, key=lambda span: span[0]) - 1
        return self.lines[i] if i >= 0 and is_within((start, end), self._line_spans[i]) else None

    @cached_property
    def _line_spans(self) -> list[Span]:
        return [self.lines_span(line) for line in self.lines]

    @cached_property
    def _equal_lines(self) -> dict[tuple[str, str], list[cst.SimpleStatementLine]]:
        found: dict[tuple[str, str], list[cst.SimpleStatementLine]] = {}
        for line in self.lines:
            found.setdefault((self.function_of(line), self.text(line)), []).append(line)
        return found

    def twins(self, line: cst.SimpleStatementLine) -> list[cst.SimpleStatementLine]:
        """The other lines of the same function that read the same."""
        return [other for other in self._equal_lines[self.function_of(line), self.text(line)] if other is not line]

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Local name of every import, to the dotted name it stands for."""
        found: dict[str, str] = {}
        for node in self.parents:
            if isinstance(node, cst.Import):
                for item in node.names:
                    found[item.evaluated_alias or item.evaluated_name] = item.evaluated_name
            elif isinstance(node, cst.ImportFrom) and node.module and not isinstance(node.names, cst.ImportStar):
                module = cst.Module([]).code_for_node(node.module)
                for item in node.names:
                    found[item.evaluated_alias or item.evaluated_name] = f"{module}.{item.evaluated_name}"
        return found

    def statement_of(self, node: cst.CSTNode) -> Statement:
        """The whole statement, simple line or compound, that holds the node."""
        for candidate in (node, *self.ancestors(node)):
            if isinstance(candidate, (cst.SimpleStatementLine, cst.BaseCompoundStatement, cst.SimpleStatementSuite)):
                return candidate
        raise ValueError("the node stands in no statement")

    def siblings(self, statement: cst.CSTNode) -> list[cst.CSTNode]:
        """The statements of the block that holds `statement`, itself included, in order."""
        block = self.parents[statement]
        return list(block.body) if isinstance(block, (cst.IndentedBlock, cst.Module)) else []

    def lines_span(self, statement: cst.CSTNode) -> Span:
        """The whole lines of a statement, with the comments right above it."""
        start, end = self.span(statement)
        first = self.line_of(start)
        for line in reversed(getattr(statement, "leading_lines", ())):
            if line.comment is None:
                break
            first -= 1
        stop = self.source.find("\n", end)
        return self._line_starts[first - 1], len(self.source) if stop < 0 else stop + 1

    def indentation(self, statement: cst.CSTNode) -> str:
        start = self.span(statement)[0]
        return self.source[self._line_starts[self.line_of(start) - 1] : start]

    def replace(self, node: cst.CSTNode, text: str) -> Edit:
        return Edit(*self.span(node), text)

    def delete(self, statement: cst.CSTNode) -> Edit | None:
        """Remove a statement with its lines; None where it is alone in its block or shares its line."""
        alone = [s for s in self.siblings(statement) if not is_docstring(s)] in ([], [statement])
        shares_line = isinstance(statement, cst.SimpleStatementLine) and len(statement.body) > 1
        return None if alone or shares_line else Edit(*self.lines_span(statement), "")

    def insert(self, text: str, *, before: cst.CSTNode | None = None, after: cst.CSTNode | None = None) -> Edit:
        """New lines before or after a statement, indented as it is; `text` itself is not indented."""
        anchor = before or after
        assert anchor is not None
        indentation = self.indentation(anchor)
        lines = "".join(f"{indentation}{line}\n" if line.strip() else "\n" for line in bare_lines_of(text))
        start, end = self.lines_span(anchor)
        return Edit(start, start, lines) if before else Edit(end, end, lines)

    def dedented(self, statement: cst.CSTNode) -> str:
        """The lines of a statement without the indentation of its block."""
        start, end = self.lines_span(statement)
        width = len(self.indentation(statement))
        return "".join(line[width:] or "\n" for line in lines_of(self.source[start:end]))

    def reads(self, node: cst.CSTNode) -> set[str]:
        """Names, and dotted names from `self`, that the node reads; what it only updates counts as written."""
        written = {id(name) for name in self._written_nodes(node)}
        return {self.text(n) for n in walk(node) if is_variable(n) and id(n) not in written}

    def writes(self, node: cst.CSTNode) -> set[str]:
        """Names, and dotted names from `self`, that the node binds or changes in place."""
        return {self.text(name) for name in self._written_nodes(node)}

    def _written_nodes(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        for part in walk(node):
            targets: list[cst.CSTNode] = []
            if isinstance(part, cst.Assign):
                targets = [target.target for target in part.targets]
            elif isinstance(part, (cst.AnnAssign, cst.AugAssign, cst.For, cst.CompFor)):
                targets = [part.target]
            for target in targets:
                yield from (n for n in _bound_parts(target) if is_variable(n))


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The node and everything below it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def is_within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def is_variable(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Name) or (
        isinstance(node, cst.Attribute) and isinstance(node.value, cst.Name) and node.value.value == "self"
    )


def is_docstring(statement: cst.CSTNode) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, (cst.SimpleString, cst.ConcatenatedString))
    )


def _bound_parts(target: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The variables that an assignment to `target` binds or changes: `a` for `a[i, j]`, not i and j."""
    if isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            yield from _bound_parts(element.value)
    elif isinstance(target, cst.Subscript):
        yield from _bound_parts(target.value)
    else:
        yield target
