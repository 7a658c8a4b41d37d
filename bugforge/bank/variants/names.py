"""Which names of a program are its own business: nobody outside of it reads them, and no text speaks of them."""

import builtins
import keyword
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import libcst as cst

from bugforge.mutation.spans import children

WORD = re.compile(r"[^\W\d]\w*")
NAME = re.compile(r"\b[^\W\d]\w*\b(?![\"'])")  # a word that is no prefix of a string
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
    found = [_names_of(program) for program in programs]
    fixed = spoken.union(RESERVED, *(names.fixed for names in found))
    bound = {name: None for names in found for name in names.bound}
    return [name for name in bound if name not in fixed], taken


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def renamed(source: str, names: Mapping[str, str]) -> str:
    """The program with these names, which must be its own, in the place of others; a comment follows."""
    return NAME.sub(lambda found: names.get(found[0], found[0]), source)


@lru_cache(maxsize=64)  # an exercise's programs, of which each candidate gets a variant
def _names_of(program: str) -> "_Names":
    return _Names(program)


class _Names:
    """`bound`: what functions bind, and private helpers. `fixed`: what is seen from outside, or stands in a string."""

    def __init__(self, program: str) -> None:
        self.bound: dict[str, None] = {}
        self.fixed: set[str] = set()
        self._helpers: set[str] = set()  # private members of classes
        self._classes: set[str] = set()
        self._bases: set[str] = set()
        self._around: list[cst.CSTNode] = []  # the functions and classes around a node
        self._visit(cst.parse_module(program))
        if self._bases - self._classes - ROOTS:  # a foreign base may look for a helper by its name
            self.fixed |= self._helpers

    def _visit(self, node: cst.CSTNode) -> None:
        self._bind(node)
        self._fix(node)
        has_scope = isinstance(node, (cst.FunctionDef, cst.Lambda, cst.ClassDef))
        if has_scope:
            self._around.append(node)
        for child in (*children(node), getattr(node, "annotation", None), getattr(node, "returns", None)):
            if isinstance(child, cst.CSTNode):
                self._visit(child)
        if has_scope:
            self._around.pop()

    def _bind(self, node: cst.CSTNode) -> None:
        match node:
            case cst.FunctionDef():
                self._define(node.name.value)
                self._parameters(node.params, public=self._is_public() and not is_private(node.name.value))
            case cst.Lambda():
                self._parameters(node.params, public=self._is_public())
            case cst.ClassDef():
                self._define(node.name.value)
                self._classes.add(node.name.value)
                self._bases |= {arg.value.value if isinstance(arg.value, cst.Name) else "" for arg in node.bases}
            case cst.AssignTarget() | cst.AnnAssign() | cst.AugAssign() | cst.NamedExpr() | cst.For() | cst.CompFor():
                self._target(node.target)
            case cst.AsName() | cst.MatchAs() | cst.MatchStar() if node.name is not None:
                self._target(node.name)

    def _fix(self, node: cst.CSTNode) -> None:
        match node:
            case cst.Attribute() if not is_private(node.attr.value):
                self.fixed.add(node.attr.value)
            case cst.Arg(keyword=cst.Name(name)) | cst.MatchKeywordElement(key=cst.Name(name)):
                self.fixed.add(name)
            case cst.NameItem(name=cst.Name(name)):  # of a global statement
                self.fixed.add(name)
            case cst.SimpleString():
                self.fixed |= words(node.raw_value)
            case cst.FormattedStringText():
                self.fixed |= words(node.value)
            case cst.FormattedStringExpression() if node.equal is not None:  # f"{x=}" prints the name
                self.fixed |= words(cst.Module([]).code_for_node(node))
            case cst.ImportAlias() | cst.Float() | cst.Imaginary():  # 1.e5 has a word in it
                self.fixed |= words(cst.Module([]).code_for_node(node))

    def _is_public(self) -> bool:
        """Whether what is defined here can be called from outside the module."""
        return all(isinstance(node, cst.ClassDef) and not is_private(node.name.value) for node in self._around)

    def _parameters(self, parameters: cst.Parameters, *, public: bool) -> None:
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
            self._helpers.add(node.attr.value)
        elif isinstance(node, (cst.Tuple, cst.List)):
            for element in node.elements:
                self._target(element.value)

    def _define(self, name: str) -> None:
        """A name that is bound here: what a module or a class shows is fixed, unless it is private."""
        inside_class = bool(self._around) and isinstance(self._around[-1], cst.ClassDef)
        if inside_class and is_private(name):
            self._helpers.add(name)
        if (self._around and not inside_class) or is_private(name):
            self.bound[name] = None
        else:
            self.fixed.add(name)
