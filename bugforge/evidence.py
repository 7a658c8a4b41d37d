"""What runs show: of an implementation that it is sound, of a mutant that its bug is seen, and for a right reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bugforge.model import Difficulty, Observation, Outcome, TestResult
from bugforge.runner.limits import Limits
from bugforge.runner.task import IMPORTING, Report

SEEDS = (0, 1, 2)
FAILURES = (Outcome.FAILED, Outcome.ERRORED)
HONEST = frozenset(
    "AssertionError Failed ValueError IndexError KeyError ZeroDivisionError FloatingPointError OverflowError "
    "LinAlgError AxisError TypeError UFuncTypeError _UFuncOutputCastingError InvalidIndexError".split()
)


class Rule(StrEnum):
    """The six rules of admission, in the words of a refusal."""

    REFERENCE = "the implementation does not pass its own contract"
    PROGRAM = "the mutant does not compile, or is the same program"
    KILLED = "no test fails on every seed, or none passes on every seed"
    REASON = "it fails for a wrong reason: a timeout, a crash, an import or name error"
    LINT = "a linter sees the bug"
    TWIN = "it is another implementation, or an exercise that is there already"


@dataclass(frozen=True)
class Refusal:
    rule: Rule
    detail: str


@dataclass(frozen=True)
class Reference:
    """What an unchanged implementation does under its contract."""

    service: Report
    plainly: Report

    @property
    def flaw(self) -> str:
        """What is wrong with the implementation; empty when every test passes on every seed both ways."""
        for way, report in (("as a service", self.service), ("plainly", self.plainly)):
            for seed, results in report.items():
                for result in results:
                    if result.outcome is not Outcome.PASSED:
                        return f"{result.name} {result.outcome} {way} on seed {seed}: {result.message}".rstrip(": ")
        return "" if self.service[SEEDS[0]] else "the contract has no test"

    @property
    def limits(self) -> Limits:
        """Twenty times the CPU time of the whole contract, for one test, and never less than half a second."""
        spent = max(sum(result.cpu for result in results) for results in self.service.values())
        cpu = max(0.5, round(20 * spent, 1))
        return Limits(cpu, wall=10 * cpu + 10)

    @property
    def costs(self) -> tuple[float, ...]:
        """CPU seconds of each test."""
        return tuple(result.cpu for result in self.service[SEEDS[0]])

    @property
    def warns(self) -> bool:
        return any(result.warned for results in self.service.values() for result in results)


def observe(reports: Sequence[Report], reference: Reference) -> Observation | Refusal:
    """Rules 3 and 4 on every run of a mutant."""
    runs = [{result.name: result for result in results} for report in reports for results in report.values()]
    seen = [result for run in runs for result in run.values()]
    if wrong := dishonest(seen):
        return wrong
    names = [name for name in runs[0] if name != IMPORTING]
    failures = {name: sum(run[name].outcome in FAILURES for run in runs) for name in names}
    failing = tuple(name for name in names if failures[name] == len(runs))
    passing = tuple(name for name in names if all(run[name].outcome is Outcome.PASSED for run in runs))
    if not failing or not passing:
        return Refusal(Rule.KILLED, "none fails every time" if not failing else "none passes every time")
    first = next(r for r in runs[0].values() if r.name in failing)
    shows = _shows(seen, reference)
    return Observation(
        failing=failing,
        passing=passing,
        unsteady=tuple(name for name in names if name not in failing and name not in passing),
        failing_edge_cases=tuple(name for name in failing if runs[0][name].edge_case),
        message=first.message or first.exception,
        shows=shows,
        difficulty=_measured(shows, len(failing), len(names)),
    )


def dishonest(results: Sequence[TestResult]) -> Refusal | None:
    """The first failure for a reason that a wrong computation does not have; tests that did not run say nothing."""
    for result in results:
        honest = result.outcome in FAILURES and result.exception in HONEST and result.name != IMPORTING
        if not honest and result.outcome not in (Outcome.PASSED, Outcome.NOT_RUN):
            return Refusal(Rule.REASON, f"{result.name} {result.outcome} {result.exception} {result.message}".strip())
    return None


def _shows(results: Sequence[TestResult], reference: Reference) -> str:
    if any(result.outcome is Outcome.ERRORED for result in results):
        return "crashes"
    if any(result.nan for result in results):
        return "NaN"
    return "warns" if any(result.warned for result in results) and not reference.warns else "silent"


def _measured(shows: str, failing: int, tests: int) -> Difficulty:
    """How hard a bug is to find, by what can be seen of it: noise and many failing tests make it easy."""
    if shows == "crashes" or failing > tests / 2:
        return Difficulty.EASY
    return Difficulty.HARD if shows == "silent" and failing <= 2 else Difficulty.MEDIUM
