"""Whose variant a program was made from: the names that only this variant has are its marks."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from bugforge.runner.sandboxed.isolated import run_isolated

FEWEST = 3  # marks that say something: one or two names anybody may come upon


@dataclass(frozen=True)
class Marks:
    """How many of the marks of another candidate's variant a submission carries."""

    candidate: str
    carried: int
    of: int

    @property
    def known(self) -> bool:
        """Whether there are enough of them to say anything."""
        return self.of >= FEWEST


def marks_carried(source: str, mine: set[str], others: Mapping[str, set[str]]) -> Marks | None:
    """Of the other candidate's variant whose marks a submission carries most; None where nobody else has one.

    `mine` and those of `others`, by candidate, are the names that a variant has and its exercise has not.
    """
    if not others:
        return None
    used = set(run_isolated(lambda: sorted(names_in(source))) or ())
    found = [Marks(name, len((theirs - mine) & used), len(theirs - mine)) for name, theirs in others.items()]
    return max(found, key=lambda marks: (marks.known, marks.carried / max(marks.of, 1), marks.of))


def alike(mine: set[str], others: Mapping[str, set[str]]) -> list[str]:
    """The candidates from whose variants one cannot be told: either has too few names that the other has not."""
    return [name for name, theirs in others.items() if min(len(theirs - mine), len(mine - theirs)) < FEWEST]


def names_in(source: str) -> set[str]:
    """Every name of a program. Raises SyntaxError for what is none."""
    fields = ("id", "arg", "attr", "name", "asname")
    parts = (getattr(node, name, None) for node in ast.walk(ast.parse(source)) for name in fields)
    return {part for part in parts if isinstance(part, str)}
