"""What a watched drill looks like: the first failure in full, the others in a line each, the clock, the help used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bugforge.formats.text import visible
from bugforge.model import Outcome, TestResult
from bugforge.practice.drill import Drill
from bugforge.practice.events import Step
from bugforge.runner.task import IMPORTING

MOST_LINES = 12  # of a message
FEW_KEYS = "d diagnose  h hint  e look  ? keys  q done"
KEYS = "d diagnose  h hint  e look  c check  ? keys  q quit"
HELP = {
    "p": "the procedure: six questions, one after the other",
    "d": "diagnose: say which line and which kind of bug you suspect",
    "h": "a hint (3 points of the 10 for communication)",
    "e": "a look at the failing test: values, shapes, ranges, the first NaN (1 point)",
    "c": "check: the judge runs all tests on data that you have not seen",
    "t": "judge a test of your own (my_test.py beside the program)",
    "r": "reset: the broken program again; yours is kept beside it",
    "n": "the next drill",
    "q": "quit",
}


@dataclass
class Results:
    """What the tests did so far, in this run."""

    tests: Sequence[str]
    found: dict[str, TestResult] = field(default_factory=dict)
    note: str = ""  # why there is none
    running: bool = False

    @property
    def failing(self) -> list[TestResult]:
        return [one for one in self.found.values() if one.outcome is not Outcome.PASSED]

    @property
    def is_whole(self) -> bool:
        return not self.running and not self.note

    def headline(self, *, judged: bool = True) -> str:
        if self.note:
            return self.note
        failing, seen = len(self.failing), len(self.found)
        if IMPORTING in self.found:
            return "The program cannot be loaded."
        if self.running:
            return f"{failing} fail, {seen} of {len(self.tests)} tests run ..."
        if failing:
            return f"{failing} of {len(self.tests)} tests fail."
        then = " Press c to have it checked on other data." if judged else ""
        return f"All {len(self.tests)} tests pass.{then}"


def name_of(result: TestResult) -> str:
    return result.name.rpartition("::")[2]


def said_by(result: TestResult) -> str:
    """What a test says of its failure."""
    what = f"{result.exception}: " if result.exception not in ("", "AssertionError") else ""
    where = f" (line {result.line})" if result.line else ""
    text = visible(result.message).strip() or str(result.outcome)
    return f"{what}{text}{where}"


@dataclass(frozen=True)
class Shown:
    """What is to be seen. With `judged` the judge is a key away."""

    drill: Drill
    results: Results
    seconds: float
    minutes: float
    message: str
    judged: bool


def lines(shown: Shown, wrapped: Callable[..., list[str]]) -> list[str]:
    """The whole screen."""
    drill, results = shown.drill, shown.results
    told = [
        *wrapped(f"{drill.name}  {drill.opened.difficulty}"),
        f"{clock(shown.seconds)} of {shown.minutes:.0f} min   hints {drill.hints}   {drill.state}",
        "",
        results.headline(judged=shown.judged),
    ]
    failing = results.failing
    for first in failing[:1]:
        told += ["", *wrapped(name_of(first)), *wrapped(said_by(first), "  ")[:MOST_LINES]]
    if failing[1:]:
        told += ["", *(line for one in failing[1:] for line in wrapped(name_of(one))[:1])]
    if shown.message:
        told += ["", *wrapped(shown.message)]
    if Step.SUSPECTED in dict(drill.said):
        suspected = dict(drill.said)[Step.SUSPECTED]
        where = f"line {suspected.line}" if suspected.line else "no line"
        told += ["", *wrapped(f"You suspect: {where}, {suspected.bug or 'no class'}. {suspected.words}")]
    return [*told, "", KEYS if shown.judged else FEW_KEYS]


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
