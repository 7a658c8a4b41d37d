"""The words of the house as data: frozen, without behaviour, without input or output."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bugforge.symptoms import Fact, Signs

VERSION = "0.1.0"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Outcome(StrEnum):
    """What became of one test; anything but PASSED is not a pass."""

    PASSED = "passed"
    FAILED = "failed"  # an assertion of the contract
    ERRORED = "errored"  # any other exception
    TIMED_OUT = "timed out"
    CRASHED = "crashed"  # the process ended in the middle of the test
    NOT_RUN = "not run"
    LOST = "lost"  # the processes around the test ended, which says nothing of the program


class Grade(StrEnum):
    FIXED = "fixed"
    NOT_FIXED = "not fixed"
    COULD_NOT_GRADE = "could not grade"


@dataclass(frozen=True)
class Edit:
    """Replace the characters from `start` to `end` of a source by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True)
class Site:
    """One place where a mutator applies, named so that other places do not renumber it."""

    function: str
    digest: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.function}:{self.digest}:{self.occurrence}"


@dataclass(frozen=True)
class Equivalent:
    """A site that the pack's author declares to be no bug, and why."""

    implementation: str
    mutator: str
    site: str
    reason: str


@dataclass(frozen=True)
class Implementation:
    """One correct program of a problem, as it is handed out (no module docstring, no comments)."""

    problem: str
    name: str
    source: str
    own_tests: str | None  # text of test_<implementation>.py


@dataclass(frozen=True)
class Problem:
    """What is to be computed: a statement, a contract, one or more implementations."""

    name: str
    topic: str
    title: str
    statement: str
    allowed: tuple[str, ...]
    concepts: tuple[str, ...]
    talking_points: tuple[str, ...]
    contract: str
    demo: str  # a short program on simple data that prints what a person would look at first
    signs: Signs  # what its tests and the lines of its demo show
    implementations: Mapping[str, Implementation]
    equivalents: tuple[Equivalent, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()  # of a long contract, the further files: name and text
    stories: tuple[str, ...] = ()  # settings in which somebody needs it, a sentence or two each


@dataclass(frozen=True, order=True)
class Planted:
    """One bug at one site: the part of an address that differs between the bugs of one mutant."""

    mutator: str
    site: Site


@dataclass(frozen=True, order=True)
class Address:
    """Where a mutant comes from; together with the pack it determines every byte of it."""

    pack: str
    problem: str
    implementation: str
    bugs: tuple[Planted, ...]


@dataclass(frozen=True)
class Plan:
    """One bug at one site of one program, ready to be planted."""

    planted: Planted
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Alternative:
    """Another change of a broken program than the fix, and what is to be said of it."""

    sentence: str
    edits: tuple[Edit, ...]  # of the broken program


@dataclass(frozen=True)
class Fixes:
    """Of one bug at its place: what is as good as the fix, and what only treats the symptom."""

    also_right: tuple[Alternative, ...] = ()
    treats_symptom: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Example:
    """A correct snippet and what a mutator makes of it."""

    before: str
    after: str


@dataclass(frozen=True)
class BugClass:
    """What a mutator's file says of its bug; the transformation itself is the mutator's."""

    id: str
    category: str
    title: str  # what is wrong, in one line
    why: str  # why it is wrong
    symptoms: Mapping[str, str]  # sentence to the facts under which it is true
    hints: tuple[str, ...]
    follow_ups: Mapping[str, str]  # question to answer
    sources: tuple[str, ...]
    examples: tuple[Example, ...]
    also_right: tuple[str, ...] = ()  # sentences on other honest fixes
    treats_symptom: tuple[str, ...] = ()  # sentences on changes that only hide it

    @property
    def occurrences(self) -> tuple[str, ...]:
        """The sources that were read."""
        return tuple(source for source in self.sources if source != "unverified")


@dataclass(frozen=True)
class TestResult:
    """What one test did on one seed."""

    __test__ = False

    name: str
    edge_case: bool
    outcome: Outcome
    exception: str = ""  # class name of what was raised
    message: str = ""  # its text, as the contract wrote it
    warned: bool = False  # a RuntimeWarning was issued
    nan: bool = False  # the module returned a NaN
    line: int = 0  # of the module, in which the exception was raised
    printed: str = ""  # by the test
    values: str = ""  # a digest of all that the module returned, bit by bit; empty where it ran plainly or remotely
    look: str = ""  # what was seen in the last call into the module, as its own process says it
    cpu: float = 0.0  # seconds


@dataclass(frozen=True)
class Demo:
    """What a problem's demo printed, legibly, and the error that ended it, if one did."""

    printed: str
    raised: str = ""  # class and text


@dataclass(frozen=True)
class Observation:
    """What the gate saw of an admitted mutant."""

    today: tuple[str, ...]  # failing in the exercise's folder, on its public seed
    failing: tuple[str, ...]  # on every seed
    passing: tuple[str, ...]  # on the first seed, and wherever they were run again
    unsteady: tuple[str, ...]  # failing on some seeds only
    failing_edge_cases: tuple[str, ...]
    message: str  # of the first failing test
    line: int  # of the broken program, in which that test's exception was raised; 0 where it was in the test itself
    loud: bool  # whether the demo raises, or most of the failing tests end in an error that a program raised
    facts: tuple[Fact, ...]
    demo: Demo  # of the broken program
    right_demo: Demo  # of the unchanged implementation


@dataclass(frozen=True)
class Exercise:
    """An admitted mutant: what a sheet is made from, together with its pack."""

    id: str
    address: Address
    plans: tuple[Plan, ...]  # in the order of the address
    lines: tuple[tuple[int, ...], ...]  # for each plan, those of the broken program
    fixes: tuple[Fixes, ...]  # for each plan
    difficulty: Difficulty
    minutes: int
    observation: Observation
