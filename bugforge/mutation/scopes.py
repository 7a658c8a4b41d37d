"""Definition and use: where a program's variables are bound, to what, and where they are read.

A variable is a name of a function, class or module, or an attribute `self.x` of a class. Names in comprehensions and
lambdas count as names of the function around them.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from bugforge.mutation.program import Program, is_variable
from bugforge.mutation.spans import Span, children

Scope = cst.FunctionDef | cst.ClassDef | cst.Module
Variable = tuple[Scope, str]


@dataclass(frozen=True)
class Binding:
    """A place where a variable gets a value.

    `value` is None where it is changed in place or bound by something else than an assignment; of `a, b = f()` both
    have the call for a value and their `position` in it, of `a, b = x, y` each has its own. `alone` says that the
    statement does nothing else.
    """

    name: cst.CSTNode
    statement: cst.CSTNode
    value: cst.BaseExpression | None = None
    alone: bool = False
    position: int | None = None


class Scopes:
    """The variables of one program, found in one walk."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.scopes: dict[cst.CSTNode, Scope] = {}
        self.bindings: dict[Variable, list[Binding]] = {}
        self._outer: dict[Scope, Scope] = {}
        self._uses: list[tuple[cst.CSTNode, Variable]] = []
        self._visit(program.module, program.module)
        self._uses.sort(key=lambda use: program.span(use[0]))
        stored = {id(b.name) for found in self.bindings.values() for b in found}
        self.reads: dict[Variable, list[cst.CSTNode]] = {}
        self._variables: dict[cst.CSTNode, Variable] = {}
        for node, variable in self._uses:
            variable = self._variables[node] = self._resolved(variable)
            if id(node) not in stored or self._is_updated(node):
                self.reads.setdefault(variable, []).append(node)
        self._by_scope: dict[Scope, list[tuple[cst.CSTNode, Variable]]] = {}
        for use in self._uses:
            self._by_scope.setdefault(self.scopes[use[0]], []).append(use)
        self._starts = [program.span(node)[0] for node, _ in self._uses]

    # what mutators ask

    def before(self, at: cst.CSTNode) -> dict[str, cst.CSTNode]:
        """The variables that stand before a place in its function, bound or read, each with its nearest node."""
        start = self.program.span(at)[0]
        return {v[1]: n for n, v in self._standing_in(at) if self.program.span(n)[0] < start}

    def names(self, at: cst.CSTNode) -> set[str]:
        """The variables of the function around a place."""
        return {text for _, (_, text) in self._standing_in(at)}

    def _standing_in(self, at: cst.CSTNode) -> list[tuple[cst.CSTNode, Variable]]:
        return self._by_scope.get(self.scopes[at], [])

    def is_variable(self, node: cst.CSTNode) -> bool:
        """Whether a name is a variable: no keyword, attribute or parameter."""
        return node in self._variables

    def binding(self, name: str, at: cst.CSTNode) -> Binding | None:
        """What gives a variable its value at a place; None where that depends on the way there, or is unknown."""
        start = self.program.span(self.program.statement_of(at))[0]
        earlier = [b for b in self.bindings_of(name, at) if self.program.span(b.statement)[0] < start]
        last = max(earlier, key=lambda b: self.program.span(b.statement), default=None)
        if last is None or last.value is None:
            return None
        block = self._block(last.statement)
        return last if block is not None and block in self.program.ancestors(at) else None

    def bindings_of(self, name: str, at: cst.CSTNode) -> list[Binding]:
        """Every place that gives the variable of this name at `at` a value, or changes it."""
        return self.bindings.get(self._resolved((self._home(name, self.scopes[at]), name)), [])

    def reads_of(self, name: str, at: cst.CSTNode) -> list[cst.CSTNode]:
        """Every place where the variable of this name at `at` is read, in the order of the text."""
        return self.reads.get(self._resolved((self._home(name, self.scopes[at]), name)), [])

    def reads_after(self, name: str, at: cst.CSTNode) -> list[cst.CSTNode]:
        """Where the function around `at` reads the variable behind it."""
        end, here = self.program.span(at)[1], self.scopes[at]
        return [n for n in self.reads_of(name, at) if self.scopes[n] is here and self.program.span(n)[0] >= end]

    def variables_in(self, span: Span) -> Iterator[Variable]:
        """The variables that a piece of the text reads or binds."""
        for i in range(bisect_left(self._starts, span[0]), len(self._starts)):
            if self._starts[i] >= span[1]:
                break
            yield self._variables[self._uses[i][0]]

    # the walk

    def _visit(self, node: cst.CSTNode, scope: Scope) -> None:
        self.scopes[node] = scope
        inner = scope
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            self._bind(node.name, node, scope)
            self._outer[node] = scope
            inner = node
        elif isinstance(node, (cst.Import, cst.ImportFrom)):
            self._import(node, scope)
            return
        elif isinstance(node, (cst.Name, cst.Attribute)) and is_variable(node) and self._is_use(node):
            self._uses.append((node, (self._home(self.program.text(node), scope), self.program.text(node))))
        self._bind_parts(node, scope)
        for child in children(node):
            moved = inner is not scope and child in (getattr(node, "body", None), getattr(node, "params", None))
            is_default = isinstance(node, cst.Param) and child is node.default and self._is_of_function(node)
            self._visit(child, inner if moved else self._outer[scope] if is_default else scope)

    def _is_of_function(self, parameter: cst.Param) -> bool:
        return isinstance(self.program.parents[self.program.parents[parameter]], cst.FunctionDef)

    def _bind_parts(self, node: cst.CSTNode, scope: Scope) -> None:
        if isinstance(node, cst.Assign):
            for target in node.targets:
                self._assign(target.target, node.value, node, scope, alone=len(node.targets) == 1)
        elif isinstance(node, cst.AnnAssign) and node.value is not None:
            self._assign(node.target, node.value, node, scope, alone=True)
        elif isinstance(node, cst.NamedExpr):
            self._assign(node.target, node.value, node, scope, alone=False)
        elif isinstance(node, (cst.AugAssign, cst.For, cst.CompFor)):
            self._change(node.target, node, scope)
        elif isinstance(node, cst.AsName):
            self._change(node.name, self.program.parents[node], scope)
        elif isinstance(node, cst.Param):
            self._bind(node.name, node, scope)
        elif isinstance(node, (cst.Del, cst.MatchAs, cst.MatchStar, cst.MatchMapping, cst.NameItem)):
            for child in children(node):
                if isinstance(child, (cst.Name, cst.Tuple, cst.Subscript)):
                    self._change(child, node, scope)

    def _assign(
        self,
        target: cst.CSTNode,
        value: cst.BaseExpression,
        node: cst.CSTNode,
        scope: Scope,
        *,
        alone: bool,
        position: int | None = None,
    ) -> None:
        if is_variable(target):
            self._bind(target, node, scope, value, alone, position)
        elif isinstance(target, (cst.Tuple, cst.List)):
            pairs = isinstance(value, (cst.Tuple, cst.List)) and len(value.elements) == len(target.elements)
            for i, element in enumerate(target.elements):
                if pairs and isinstance(value, (cst.Tuple, cst.List)):
                    self._assign(element.value, value.elements[i].value, node, scope, alone=False)
                else:
                    self._assign(element.value, value, node, scope, alone=False, position=i)
        else:
            self._change(target, node, scope)

    def _change(self, target: cst.CSTNode, node: cst.CSTNode, scope: Scope) -> None:
        """What is bound without a value of its own, or of which a part is changed."""
        if is_variable(target):
            self._bind(target, node, scope)
        elif isinstance(target, (cst.Tuple, cst.List)):
            for element in target.elements:
                self._change(element.value, node, scope)
        elif isinstance(target, (cst.Subscript, cst.Attribute, cst.StarredElement)):
            self._change(target.value, node, scope)

    def _bind(
        self,
        name: cst.CSTNode,
        statement: cst.CSTNode,
        scope: Scope,
        value: cst.BaseExpression | None = None,
        alone: bool = False,
        position: int | None = None,
    ) -> None:
        text = self.program.text(name)
        found = self.bindings.setdefault((self._home(text, scope), text), [])
        found.append(Binding(name, statement, value, alone, position))

    def _import(self, node: cst.Import | cst.ImportFrom, scope: Scope) -> None:
        for item in node.names if not isinstance(node.names, cst.ImportStar) else ():
            text = (item.evaluated_alias or item.evaluated_name).partition(".")[0]
            self.bindings.setdefault((scope, text), []).append(Binding(item, node))

    # names

    def _is_use(self, node: cst.CSTNode) -> bool:
        parent = self.program.parents[node]
        if isinstance(parent, cst.Attribute):
            return parent.value is node
        if isinstance(parent, (cst.Arg, cst.MatchKeywordElement)):
            return getattr(parent, "keyword", getattr(parent, "key", None)) is not node
        return not isinstance(parent, (cst.FunctionDef, cst.ClassDef, cst.NameItem)) or parent.name is not node

    def _is_updated(self, node: cst.CSTNode) -> bool:
        """Whether a place that binds reads as well: `a` of `a += 1`, `a[i] = 0` and `del a`."""
        parent = self.program.parents[node]
        return isinstance(parent, (cst.AugAssign, cst.Subscript, cst.Attribute, cst.Del))

    def _home(self, text: str, scope: Scope) -> Scope:
        """The scope a variable is looked for first: that of the class for `self.x`."""
        while "." in text and not isinstance(scope, cst.ClassDef) and scope in self._outer:
            scope = self._outer[scope]
        return scope

    def _resolved(self, variable: Variable) -> Variable:
        """The variable that a name means: that of the nearest scope around which binds it."""
        scope, text = variable
        while (scope, text) not in self.bindings and scope in self._outer:
            scope = self._outer[scope]
            while isinstance(scope, cst.ClassDef) and scope in self._outer and "." not in text:
                scope = self._outer[scope]
        return (scope, text) if (scope, text) in self.bindings else variable

    def _block(self, statement: cst.CSTNode) -> cst.CSTNode | None:
        around = self.program.ancestors(statement)
        return next((n for n in around if isinstance(n, (cst.IndentedBlock, cst.Module))), None)
