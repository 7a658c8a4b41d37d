"""What happens in a practice: the words that faces send and the journal keeps. All times are the journal's."""

from enum import StrEnum

from msgspec import Struct

from bugforge.model import Difficulty, Grade


class Why(StrEnum):
    """Why a drill was given."""

    PLAN = "plan"
    REVIEW = "review"
    MOCK = "mock"
    ASKED = "asked"  # by name, outside any plan


class Step(StrEnum):
    """The steps of a procedure for finding a bug, in their order."""

    EXPECTED = "expected"
    SEEN = "seen"
    SUSPECTED = "suspected"
    TEST = "test"
    CHANGE = "change"
    REASON = "reason"


class Begun(Struct, frozen=True, tag=True):
    """A plan was begun, and the one before it ended; `minutes` are a day's."""

    plan: str
    interview: str
    minutes: int
    seed: int


class Opened(Struct, frozen=True, tag=True):
    """A drill was written into `folder`; its sheet is kept beside the events."""

    drill: str
    folder: str
    why: Why
    problem: str
    topic: str
    bug_classes: tuple[str, ...]
    difficulty: Difficulty
    minutes: int
    days_left: int


class Said(Struct, frozen=True, tag=True):
    """One's own words on a step; of a suspicion the line and the class, too."""

    drill: str
    step: Step
    words: str = ""
    line: int = 0
    bug: str = ""


class Hinted(Struct, frozen=True, tag=True):
    drill: str


class Looked(Struct, frozen=True, tag=True):
    drill: str


class Tried(Struct, frozen=True, tag=True):
    """A test of one's own was judged; `worth` is a word of the grader's."""

    drill: str
    worth: str


class Checked(Struct, frozen=True, tag=True):
    """The judge's verdict; `diagnosed` where all that was suspected is right, or was said and is not."""

    drill: str
    grade: Grade
    diagnosed: bool | None = None


class Worked(Struct, frozen=True, tag=True):
    """So long somebody sat at it."""

    drill: str
    seconds: float


class GivenUp(Struct, frozen=True, tag=True):
    """The key was seen."""

    drill: str


class Interviewed(Struct, frozen=True, tag=True):
    """A mock interview ended: its drills, and the points by criterion, of those that there are."""

    interview: str
    drills: tuple[str, ...]
    points: dict[str, float]


OfDrill = Opened | Said | Hinted | Looked | Tried | Checked | Worked | GivenUp
Event = Begun | Interviewed | OfDrill
