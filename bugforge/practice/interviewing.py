"""A mock interview: its four steps with their minutes, and the score sheet at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bugforge import prices
from bugforge.grading.grader import Grader
from bugforge.grading.precision import needed
from bugforge.grading.rubric import WEIGHTS, Criterion, new_lint, proposed
from bugforge.grading.subject import subject_of
from bugforge.grading.verdict import Verdict
from bugforge.model import Grade
from bugforge.practice.drill import Drill
from bugforge.sheet import Sheet


@dataclass(frozen=True)
class Stage:
    """One step of an answer, its share of the time, and what to do in it."""

    name: str
    share: float
    prompt: str


STAGES = (
    Stage("Clarify", 0.06, "Read the README. Say aloud what the program should do, and what you would ask."),
    Stage("Outline", 0.10, "Read the program. Say aloud where you would look first, and why; suspect before you run."),
    Stage("Fix", 0.64, "Find the bug and mend it. Say what you see and what you conclude from it."),
    Stage("Test and discuss", 0.20, "Say how you know that it is right: edge cases, another test, what comes next."),
)
QUESTIONS: Mapping[Criterion, Sequence[str]] = {
    Criterion.UNDERSTANDING: (
        "Did you say why the broken step is wrong, not only that a test fails?",
        "Could you have said what each step of the program is for?",
        "Did you say what the bug would have done to a real model?",
    ),
    Criterion.COMMUNICATION: (
        "Did you think aloud for most of the time?",
        "Did you say what you would do before you did it?",
    ),
}


@dataclass(frozen=True)
class Measured:
    """What was measured of one drill of an interview."""

    drill: Drill
    verdict: Verdict
    needed: tuple[int, int] | None
    lint: tuple[str, ...]
    points: Mapping[Criterion, float]


def measured(drill: Drill, sheet: Sheet, program: str, verdict: Verdict, grader: Grader) -> Measured:
    """Points for what tests, changes and a linter say of a program."""
    stretches, complaints = None, tuple[str, ...]()
    if verdict.grade is Grade.FIXED:
        found = needed(subject_of(sheet), program, grader)
        stretches = (sum(is_needed for _, is_needed in found), len(found)) if found else (1, 1)
        complaints = new_lint(sheet.broken, program)
    return Measured(drill, verdict, stretches, complaints, proposed(sheet, verdict, stretches, len(complaints)))


def score(parts: Sequence[Measured], answers: Mapping[Criterion, Sequence[bool]]) -> dict[Criterion, float]:
    """The points by criterion: the mean of what was measured, and the share of honest questions answered with yes.

    Help costs of those for communication what it always does. A criterion that nothing speaks of is left out.
    """
    found = dict[Criterion, float]()
    for criterion in Criterion:
        given = [part.points[criterion] for part in parts if criterion in part.points]
        if given:
            found[criterion] = round(sum(given) / len(given), 1)
        elif said := answers.get(criterion):
            found[criterion] = round(WEIGHTS[criterion] * sum(said) / len(said), 1)
    if Criterion.COMMUNICATION in found:
        help_cost = prices.COMMUNICATION - min(part.drill.communication for part in parts)
        found[Criterion.COMMUNICATION] = max(0.0, found[Criterion.COMMUNICATION] - help_cost)
    return found
