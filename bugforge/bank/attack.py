"""What somebody with a pack finds out about a program: which of the pack's it is, and where it differs."""

import ast
import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bugforge.bank.fingerprint import anonymous
from bugforge.pack import Pack

ALIKE = 0.8  # of the lines: then it is the same program
DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
PRIVATE = re.compile(r"_[^_]")


@dataclass(frozen=True)
class Match:
    """A program of a pack that is the one in a bundle but for a few lines."""

    pack: str
    implementation: str
    differing: int  # lines


def matches(source: str, packs: Iterable[Pack]) -> Iterator[Match]:
    """In each pack the program that is most like this one, names normalised, if one is."""
    try:
        lines = _lines(source)
    except (SyntaxError, ValueError, RecursionError):
        return  # it is no program
    for pack in packs:
        best, closest = ALIKE, None
        for implementation in (one for problem in pack.problems.values() for one in problem.implementations.values()):
            matcher = difflib.SequenceMatcher(None, _lines(implementation.source), lines, autojunk=False)
            if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
                name = f"{implementation.problem}/{implementation.name}"
                best, closest = ratio, Match(pack.name, name, _differing(matcher))
        if closest:
            yield closest


def _lines(source: str) -> list[str]:
    """The program with what a variant can change made alike: names, the order of definitions and of keywords."""
    tree = _Ordered().visit(anonymous(_without_private_names(source)))
    return ast.unparse(tree).splitlines()


def _without_private_names(source: str) -> str:
    """All private functions and classes under one name."""
    private = {n.name for n in ast.walk(ast.parse(source)) if isinstance(n, DEFINITIONS) and PRIVATE.match(n.name)}
    return re.sub(rf"\b({'|'.join(private)})\b", "_private", source) if private else source


class _Ordered(ast.NodeTransformer):
    """Puts definitions that stand beside each other, and the keywords of a call, in the order of their text."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.keywords.sort(key=ast.dump)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._ordered(node)

    def visit_Module(self, node: ast.Module) -> ast.AST:
        return self._ordered(node)

    def _ordered(self, node: ast.ClassDef | ast.Module) -> ast.AST:
        self.generic_visit(node)
        others = [part for part in node.body if not isinstance(part, DEFINITIONS)]
        node.body = others + sorted((part for part in node.body if isinstance(part, DEFINITIONS)), key=ast.dump)
        return node


def _differing(matcher: difflib.SequenceMatcher[str]) -> int:
    return sum(max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
