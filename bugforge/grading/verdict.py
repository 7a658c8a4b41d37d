"""What a grader says of a submission."""

from dataclasses import dataclass
from enum import StrEnum

from bugforge.model import BugClass, Grade, Outcome


@dataclass(frozen=True)
class TestVerdict:
    """One test of a contract over all the seeds it ran on: its worst outcome."""

    __test__ = False

    name: str
    outcome: Outcome
    message: str
    edge_case: bool


class Nearness(StrEnum):
    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"


@dataclass(frozen=True)
class Diagnosis:
    """How near a candidate's word on the bug comes: the line it is in, its class, or that there is none.

    None: nothing was said.
    """

    line: Nearness | None
    bug: Nearness | None
    no_bug: Nearness | None = None


@dataclass(frozen=True)
class Verdict:
    """What the grader says of a submission."""

    name: str
    grade: Grade
    reason: str
    tests: tuple[TestVerdict, ...] = ()
    seeds: tuple[int, ...] = ()
    newly_broken: tuple[str, ...] = ()
    lines_changed: int | None = None
    lines_minimal: int | None = None
    forbidden_imports: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bugs: tuple[BugClass, ...] = ()  # those that were handed out, where that is known
    layers: tuple[str, ...] = ()
    seconds: float | None = None
    exercise: str = ""  # what it was handed in for; of a bare program, the problem
    date: str = ""  # when it was judged, in UTC
    diff: str = ""  # from what was handed out to the submission, where that is known
    diagnosis: tuple[Diagnosis, ...] = ()  # one for each bug that the candidate spoke of
