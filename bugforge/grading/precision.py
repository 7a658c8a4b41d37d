"""Which of the stretches that a submission changed its fix needs: each is undone alone."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from bugforge.grading.grader import Grader
from bugforge.grading.subject import Subject, Submission
from bugforge.model import Grade
from bugforge.mutation.lines import lines_of

MOST = 8  # stretches
MOST_LINES = 3000  # of a program: comparing takes time that grows with the square


@dataclass(frozen=True)
class Stretch:
    """Lines of a submission that are others than in what was handed out: from `first` to before `end`, from 1 on."""

    first: int
    end: int
    undone: str  # the submission with this stretch put back


def stretches(broken: str, submission: str) -> list[Stretch]:
    """Those of a submission; nothing where there are fewer than two, or too many."""
    old, new = lines_of(broken), lines_of(submission)
    if len(new) > MOST_LINES:
        return []
    changed = [code for code in _matcher(old, new).get_opcodes() if code[0] != "equal"]
    if not 2 <= len(changed) <= MOST:
        return []
    return [
        Stretch(start + 1, end + 1, "".join([*new[:start], *old[i:j], *new[end:]])) for _, i, j, start, end in changed
    ]


def needed(subject: Subject, submission: str, grader: Grader) -> list[tuple[Stretch, bool]]:
    """Each stretch of a right submission, and whether the verdict on the public data changes without it."""
    found = stretches(subject.broken or "", submission)
    on_public = Grader(grader.runner, (), grader.limits)
    tried = [Submission(f"{subject.problem} {n}", one.undone, subject) for n, one in enumerate(found)]
    grades = dict(on_public.grade(tried))
    return [(one, grades[n].grade is Grade.NOT_FIXED) for n, one in enumerate(found)]


def _matcher(old: Sequence[str], new: Sequence[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, old, new, autojunk=False)
