"""A candidate's own test, judged by what a test is for: passing on the correct program, failing on the broken one."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import SystemRandom

from bugforge.grading.subject import Subject
from bugforge.grading.submission import Unreadable
from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.sandboxed.isolated import run_isolated

LIMITS = Limits(cpu=10.0, wall=30.0)


class Worth(StrEnum):
    """What a test file is worth as a test of this bug."""

    GOOD = "it passes on the correct program and fails on the broken one"
    BLIND = "it passes on the correct program, and on the broken one too: it does not see the bug"
    WRONG = "it does not pass on the correct program"
    EMPTY = "it holds no test"
    TIMED_OUT = "it did not end in time"
    CRASHED = "it ended its own process"


@dataclass(frozen=True)
class Tried:
    """What a test file is worth, and which of the bugs it finds, each by itself."""

    worth: Worth
    finds: frozenset[int] = frozenset()


def try_own_test(text: str, subject: Subject, runner: Runner, seeds: Sequence[int]) -> Tried:
    """The worth of a test file over all seeds. Raises Unreadable where the file or the exercise cannot be used.

    Several seeds, each with every program and in an order of chance, are also what keeps a test from passing and
    failing for any other reason than the program.
    """
    wrong = run_isolated(lambda: _what_is_wrong(text))
    if wrong or wrong is None:
        raise Unreadable(f"the test is not a Python program ({wrong or 'it takes too much time or memory to read'})")
    if not subject.bugs:
        raise Unreadable("the bug that was handed out is not known, so nothing can be said of a test for it")
    programs = [subject.original, *(bug.alone for bug in subject.bugs)]
    all_seeds = [subject.public_seed, *seeds]
    runs = [(number, seed) for number in range(len(programs)) for seed in all_seeds]
    outcomes = dict[tuple[int, int], Outcome]()
    for number, seed in SystemRandom().sample(runs, len(runs)):
        program = programs[number]
        outcomes[number, seed] = runner.run_own_test(subject.problem, program, subject.allowed, text, seed, LIMITS)
    right, *broken = ([outcomes[number, seed] for seed in all_seeds] for number in range(len(programs)))
    for outcome in right:
        if outcome is not Outcome.PASSED:
            return Tried(UNUSUAL.get(outcome, Worth.WRONG))
    finds = frozenset(k for k, seen in enumerate(broken) if set(seen) == {Outcome.FAILED})
    if finds:
        return Tried(Worth.GOOD, finds)
    other = next((outcome for seen in broken for outcome in seen if outcome in UNUSUAL), None)
    return Tried(UNUSUAL[other] if other else Worth.BLIND)


def _what_is_wrong(text: str) -> str:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        return str(error)
    return ""


UNUSUAL = {
    Outcome.NOT_RUN: Worth.EMPTY,
    Outcome.TIMED_OUT: Worth.TIMED_OUT,
    Outcome.CRASHED: Worth.CRASHED,
    Outcome.LOST: Worth.CRASHED,
}
