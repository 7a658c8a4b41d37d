"""What a candidate says of the bug, judged apart from the fix: who understood it, and who tried until it was green."""

from collections.abc import Mapping

from bugforge.grading.subject import Subject
from bugforge.model import Diagnosis, Nearness
from bugforge.mutation.diff import changed_lines

CLOSE = 2  # lines


def diagnose(subject: Subject, categories: Mapping[str, str], line: int | None, bug: str | None) -> Diagnosis | None:
    """How near the named line and bug class are to any of the planted bugs; None where these are not known.

    `categories` are those of all bug classes. Near is a line at most two away, and a class of the same category.
    """
    if subject.broken is None or subject.address is None:
        return None
    lines = changed_lines(subject.broken, subject.implementation.source)
    planted = [found.mutator for found in subject.address.bugs]
    return Diagnosis(
        line=None if line is None else _line(line, lines),
        bug=None if bug is None else _class(bug, planted, categories),
    )


def _line(said: int, lines: list[int]) -> Nearness:
    if said in lines:
        return Nearness.RIGHT
    return Nearness.NEAR if any(abs(said - line) <= CLOSE for line in lines) else Nearness.WRONG


def _class(said: str, planted: list[str], categories: Mapping[str, str]) -> Nearness:
    if said in planted:
        return Nearness.RIGHT
    same = any(categories[said] == categories[name] for name in planted)
    return Nearness.NEAR if same else Nearness.WRONG
