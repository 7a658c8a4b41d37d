"""What a candidate says of the bug, judged apart from the fix: who understood it, and who tried until it was green."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from bugforge.grading.subject import Subject
from bugforge.grading.verdict import Diagnosis, Nearness, Verdict

CLOSE = 2  # lines


@dataclass(frozen=True)
class Claim:
    """The lines and the bug classes that a candidate names: of several bugs one each, the first belong together.

    Or the word that there is no bug.
    """

    lines: tuple[int, ...] = ()
    bug_classes: tuple[str, ...] = ()
    no_bug: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines or self.bug_classes or self.no_bug)


def diagnosed(verdict: Verdict, claim: Claim, subject: Subject, categories: Mapping[str, str]) -> Verdict:
    """The verdict with what is to be said of the claim; `categories` are those of all bug classes."""
    if not claim:
        return verdict
    if found := diagnose(claim, subject, categories):
        return replace(verdict, diagnosis=found)
    note = "the bug that was handed out is not known, so the diagnosis cannot be judged"
    return replace(verdict, notes=(*verdict.notes, note))


def diagnose(claim: Claim, subject: Subject, categories: Mapping[str, str]) -> tuple[Diagnosis, ...]:
    """How near each part of the claim is to a planted bug; nothing where these are not known.

    Near is a line at most two away, and a class of the same category. A bug is named once: what is right of one is not
    right again.
    """
    is_right = subject.broken == subject.original
    if claim.no_bug and subject.broken is not None:
        return (Diagnosis(None, None, Nearness.RIGHT if is_right else Nearness.WRONG),)
    if not subject.bugs:
        return ()
    lines = _judged([_nearness_to_lines(said, subject) for said in claim.lines])
    classes = _judged([_nearness_to_classes(said, subject, categories) for said in claim.bug_classes])
    return tuple(Diagnosis(line, bug) for line, bug in zip_longest(lines, classes))


def _judged(said: list[list[Nearness]]) -> list[Nearness]:
    """The best that each can be said to be, of bugs that are not taken; the right ones choose first."""
    free, found = set(range(len(said[0]))) if said else set[int](), dict[int, Nearness]()
    for wanted in (Nearness.RIGHT, Nearness.NEAR):
        for n, nearness in enumerate(said):
            bug = next((b for b in sorted(free) if n not in found and nearness[b] is wanted), None)
            if bug is not None:
                found[n] = wanted
                free.remove(bug)
    return [found.get(n, Nearness.WRONG) for n in range(len(said))]


def _nearness_to_lines(said: int, subject: Subject) -> list[Nearness]:
    """Of a line, to each bug."""
    distances = [min(abs(said - line) for line in bug.lines) for bug in subject.bugs]
    return [Nearness.RIGHT if d == 0 else Nearness.NEAR if d <= CLOSE else Nearness.WRONG for d in distances]


def _nearness_to_classes(said: str, subject: Subject, categories: Mapping[str, str]) -> list[Nearness]:
    planted = [bug.bug_class for bug in subject.bugs]
    near = [Nearness.NEAR if categories[said] == bug.category else Nearness.WRONG for bug in planted]
    return [Nearness.RIGHT if bug.id == said else otherwise for bug, otherwise in zip(planted, near, strict=True)]
