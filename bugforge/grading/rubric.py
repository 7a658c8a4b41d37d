"""The rubric of an ML coding round, and what of it can be measured; the rest is for a person to say."""

from enum import StrEnum

from bugforge.grading.verdict import TestVerdict, Verdict
from bugforge.model import Outcome
from bugforge.mutation.syntax import lint
from bugforge.runner.sandboxed.isolated import run_isolated
from bugforge.sheet import Sheet


class Criterion(StrEnum):
    CORRECTNESS = "correctness"
    UNDERSTANDING = "understanding"
    QUALITY = "quality"
    EDGES = "edges"
    COMMUNICATION = "communication"


WEIGHTS = {
    Criterion.CORRECTNESS: 30,
    Criterion.UNDERSTANDING: 25,
    Criterion.QUALITY: 20,
    Criterion.EDGES: 15,
    Criterion.COMMUNICATION: 10,
}
LINT = 2  # points for quality that a new finding costs


def proposed(sheet: Sheet, verdict: Verdict, needed: tuple[int, int] | None, complaints: int) -> dict[Criterion, float]:
    """Points by what was measured.

    Those for quality are the share of the changed stretches that the fix needs (`needed` of how many), less LINT for
    each thing that a linter says anew.
    """
    at_stake = {*sheet.observation.failing, *sheet.observation.today, *verdict.newly_broken}
    tests = [test for test in verdict.tests if test.name in at_stake]
    points = dict[Criterion, float]()
    for criterion, edge_case in ((Criterion.CORRECTNESS, False), (Criterion.EDGES, True)):
        if mine := [test for test in tests if test.edge_case is edge_case]:
            points[criterion] = round(WEIGHTS[criterion] * _passing(mine), 1)
    if needed:
        quality = WEIGHTS[Criterion.QUALITY] * needed[0] / needed[1] - LINT * complaints
        points[Criterion.QUALITY] = round(max(quality, 0), 1)
    return points


def new_lint(given: str, submission: str) -> tuple[str, ...]:
    """What pyflakes says of a submission and not of the program that was handed out; nothing where it cannot read."""
    found = run_isolated(lambda: sorted((lint(submission) - lint(given)).elements()))
    return tuple(found or ())


def _passing(tests: list[TestVerdict]) -> float:
    return sum(test.outcome is Outcome.PASSED for test in tests) / len(tests)
