"""What a candidate says of the bug, judged apart from the fix: who understood it, and who tried until it was green."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bugforge.grading.subject import Subject
from bugforge.model import Diagnosis, Nearness, Verdict
from bugforge.mutation.diff import changed_lines

CLOSE = 2  # lines


@dataclass(frozen=True)
class Claim:
    """The line and the bug class that a candidate names; None: nothing was said of it."""

    line: int | None = None
    bug_class: str | None = None

    def __bool__(self) -> bool:
        return self.line is not None or self.bug_class is not None


def diagnosed(verdict: Verdict, claim: Claim, subject: Subject, categories: Mapping[str, str]) -> Verdict:
    """The verdict with what is to be said of the claim; `categories` are those of all bug classes."""
    if not claim:
        return verdict
    if found := diagnose(claim, subject, categories):
        return replace(verdict, diagnosis=found)
    note = "the bug that was handed out is not known, so the diagnosis cannot be judged"
    return replace(verdict, notes=(*verdict.notes, note))


def diagnose(claim: Claim, subject: Subject, categories: Mapping[str, str]) -> Diagnosis | None:
    """How near the claim is to any of the planted bugs; None where these are not known.

    Near is a line at most two away, and a class of the same category.
    """
    if subject.broken is None or not subject.bugs:
        return None
    lines = changed_lines(subject.broken, subject.original)
    planted = {bug.id: bug.category for bug in subject.bugs}
    return Diagnosis(
        line=None if claim.line is None else _line(claim.line, lines),
        bug=None if claim.bug_class is None else _class(claim.bug_class, planted, categories),
    )


def _line(said: int, lines: list[int]) -> Nearness:
    if said in lines:
        return Nearness.RIGHT
    return Nearness.NEAR if any(abs(said - line) <= CLOSE for line in lines) else Nearness.WRONG


def _class(said: str, planted: Mapping[str, str], categories: Mapping[str, str]) -> Nearness:
    if said in planted:
        return Nearness.RIGHT
    return Nearness.NEAR if categories[said] in planted.values() else Nearness.WRONG
