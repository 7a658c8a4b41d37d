"""A look at the failing test in front: what was seen while the program ran. It never touches a verdict.

The program runs in the sandbox, and what its process says of it is read as data: names and short texts, of a bounded
number, or nothing.
"""

from dataclasses import dataclass

import msgspec

from bugforge.model import Outcome, TestResult
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Task, Way
from bugforge.sheet import Sheet

LIMITS = Limits(cpu=10.0, wall=30.0)
LONGEST = 300  # characters of one thing that is said
MOST = 60  # names


class _Said(msgspec.Struct):
    """What the process of the program says of its last call."""

    function: str = ""
    line: int = 0
    arguments: list[tuple[str, str]] = []
    locals: list[tuple[str, str]] = []
    returned: str = ""
    raised: bool = False
    first_bad: tuple[str, int, str] | None = None


@dataclass(frozen=True)
class Look:
    """One failing test, and the last call into the program that it made."""

    test: str
    message: str
    warned: bool
    function: str  # empty where the program was not called, or its process has ended
    line: int
    arguments: tuple[tuple[str, str], ...]
    locals: tuple[tuple[str, str], ...]  # when the call ended
    returned: str
    raised: bool
    first_bad: tuple[str, int, str] | None  # function, line and name of the first NaN or infinity


def look(sheet: Sheet, program: str, test: str, jobs: int = 1) -> Look | None:
    """A look at one test on the public data; None where it passes."""
    task = Task(
        sheet.contract,
        (program,),
        (sheet.provenance.public_seed,),
        only=(test,),
        way=Way.REMOTE,
        allowed=sheet.about.allowed,
        look=True,
        limits=LIMITS,
    )
    with Runner(jobs) as runner:
        ((_, (report,)),) = runner.run([task])
    failing = (result for results in report.values() for result in results if result.outcome is not Outcome.NOT_RUN)
    found = next((result for result in failing if result.outcome is not Outcome.PASSED), None)
    return _look_of(found) if found else None


def _look_of(result: TestResult) -> Look:
    try:
        said = msgspec.json.decode(result.look or "{}", type=_Said)
    except msgspec.MsgspecError:
        said = _Said()
    bad = said.first_bad
    return Look(
        test=result.name,
        message=result.message,
        warned=result.warned,
        function=said.function[:LONGEST],
        line=said.line,
        arguments=_bounded(said.arguments),
        locals=_bounded(said.locals),
        returned=said.returned[:LONGEST],
        raised=said.raised,
        first_bad=(bad[0][:LONGEST], bad[1], bad[2][:LONGEST]) if bad else None,
    )


def _bounded(told: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name[:LONGEST], text[:LONGEST]) for name, text in told[:MOST])
