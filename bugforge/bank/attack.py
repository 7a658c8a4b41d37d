"""What somebody with a pack finds out about a program: which of the pack's it is, and where it differs."""

import ast
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bugforge.bank.fingerprint import anonymous
from bugforge.pack import Pack

ALIKE = 0.8  # of the lines: then it is the same program


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
    return ast.unparse(anonymous(source)).splitlines()


def _differing(matcher: difflib.SequenceMatcher[str]) -> int:
    return sum(max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
