"""Which names of a program are its own business: nobody outside of it reads them, and no text speaks of them."""

import builtins
import keyword
import re
from collections.abc import Iterable, Sequence

import libcst as cst

WORD = re.compile(r"[^\W\d]\w*")
RESERVED = {*dir(builtins), *keyword.kwlist, *keyword.softkwlist, "self", "cls"}
BY_NAME = {"locals", "globals", "vars", "dir", "eval", "exec", "inspect", "getattr", "setattr", "hasattr", "delattr"}
BY_NAME |= {"__dict__", "__slots__", "__name__", "__qualname__", "__getattr__", "__getattribute__", "__setattr__"}
ROOTS = {"object", "Exception", "ValueError", "ABC", "NamedTuple", "Protocol"}  # bases that look for no helper by name


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


def own_names(programs: Sequence[str], texts: Iterable[str]) -> tuple[list[str], set[str]]:
    """The names that may become others in all these programs, and every word that none may become.

    `programs` are forms of one, such as the original and the broken one; `texts` are what else speaks of it: tests,
    statement, demo. Nothing may become another name where a program looks for things by name.
    """
    spoken = set[str]().union(*map(words, texts))
    taken = RESERVED.union(spoken, *map(words, programs))
    if not BY_NAME.isdisjoint(set[str]().union(*map(words, programs))):
        return [], taken
    readers = [_read(program) for program in programs]
    fixed = spoken.union(RESERVED, *(reader.fixed for reader in readers))
    bound = {name: None for reader in readers for name in reader.bound}
    return [name for name in bound if name not in fixed], taken


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def _read(program: str) -> "_Names":
    names = _Names()
    cst.parse_module(program).visit(names)
    if names.bases - names.classes - ROOTS:  # a foreign base may look for a helper by its name
        names.fixed |= names.helpers
    return names


class _Names(cst.CSTVisitor):
    """`bound`: what functions bind, and private helpers. `fixed`: what is seen from outside, or as a word."""

    def __init__(self) -> None:
        self.bound: dict[str, None] = {}
        self.fixed: set[str] = set()
        self.helpers: set[str] = set()  # private members of classes
        self.classes: set[str] = set()
        self.bases: set[str] = set()
        self._around: list[cst.FunctionDef | cst.Lambda | cst.ClassDef] = []

    # what is bound

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._define(node.name.value)
        public = self._is_public() and not is_private(node.name.value)
        self._parameters(node.params, public)
        self._around.append(node)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._around.pop()

    def visit_Lambda(self, node: cst.Lambda) -> None:
        self._parameters(node.params, self._is_public())
        self._around.append(node)

    def leave_Lambda(self, original_node: cst.Lambda) -> None:
        self._around.pop()

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._define(node.name.value)
        self.classes.add(node.name.value)
        self.bases |= {arg.value.value if isinstance(arg.value, cst.Name) else "" for arg in node.bases}
        self._around.append(node)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        self._around.pop()

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._target(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._target(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self._target(node.target)

    def visit_NamedExpr(self, node: cst.NamedExpr) -> None:
        self._target(node.target)

    def visit_For(self, node: cst.For) -> None:
        self._target(node.target)

    def visit_CompFor(self, node: cst.CompFor) -> None:
        self._target(node.target)

    def visit_AsName(self, node: cst.AsName) -> None:
        self._target(node.name)

    def visit_MatchAs(self, node: cst.MatchAs) -> None:
        if node.name is not None:
            self._target(node.name)

    # what is fixed

    def visit_Attribute(self, node: cst.Attribute) -> None:
        if not is_private(node.attr.value):
            self.fixed.add(node.attr.value)

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword is not None:
            self.fixed.add(node.keyword.value)

    def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement) -> None:
        self.fixed.add(node.key.value)

    def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
        self.fixed |= words(cst.Module([]).code_for_node(node))

    def visit_NameItem(self, node: cst.NameItem) -> None:
        self.fixed.add(node.name.value)

    def visit_SimpleString(self, node: cst.SimpleString) -> None:
        self.fixed |= words(node.raw_value)

    def visit_FormattedStringText(self, node: cst.FormattedStringText) -> None:
        self.fixed |= words(node.value)

    def visit_FormattedStringExpression(self, node: cst.FormattedStringExpression) -> None:
        if node.equal is not None:  # f"{x=}" prints the name
            self.fixed |= words(cst.Module([]).code_for_node(node))

    # how

    def _is_public(self) -> bool:
        """Whether what is defined here can be called from outside the module."""
        return all(isinstance(node, cst.ClassDef) and not is_private(node.name.value) for node in self._around)

    def _parameters(self, parameters: cst.Parameters, public: bool) -> None:
        several = *parameters.posonly_params, *parameters.params, *parameters.kwonly_params
        stars = (p for p in (parameters.star_arg, parameters.star_kwarg) if isinstance(p, cst.Param))
        for name in (parameter.name.value for parameter in (*several, *stars)):
            if public:
                self.fixed.add(name)
            else:
                self.bound[name] = None

    def _target(self, node: cst.CSTNode) -> None:
        if isinstance(node, cst.Name):
            self._define(node.value)
        elif isinstance(node, cst.Attribute) and is_private(node.attr.value):
            self.bound[node.attr.value] = None
            self.helpers.add(node.attr.value)
        elif isinstance(node, (cst.Tuple, cst.List)):
            for element in node.elements:
                self._target(element.value)

    def _define(self, name: str) -> None:
        """A name that is bound here: what a module or a class shows is fixed, unless it is private."""
        inside_class = bool(self._around) and isinstance(self._around[-1], cst.ClassDef)
        if inside_class and is_private(name):
            self.helpers.add(name)
        if (self._around and not inside_class) or is_private(name):
            self.bound[name] = None
        else:
            self.fixed.add(name)
