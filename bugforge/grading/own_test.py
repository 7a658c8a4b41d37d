"""A candidate's own test, judged by what a test is for: passing on the correct program, failing on the broken one."""

import ast
from collections.abc import Sequence
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


def try_own_test(text: str, subject: Subject, runner: Runner, seeds: Sequence[int]) -> Worth:
    """The worth of a test file over all seeds. Raises Unreadable where the file or the exercise cannot be used.

    Several seeds, each with both programs and in an order of chance, are also what keeps a test from passing and
    failing for any other reason than the program.
    """
    wrong = run_isolated(lambda: _what_is_wrong(text))
    if wrong or wrong is None:
        raise Unreadable(f"the test is not a Python program ({wrong or 'it takes too much time or memory to read'})")
    if subject.broken is None:
        raise Unreadable("the bug that was handed out is not known, so nothing can be said of a test for it")
    programs = (
        (subject.original, Outcome.PASSED, Worth.WRONG),
        (subject.broken, Outcome.FAILED, Worth.BLIND),
    )
    runs = [(program, seed) for program, *_ in programs for seed in (subject.public_seed, *seeds)]
    outcomes = dict[tuple[str, int], Outcome]()
    for program, seed in SystemRandom().sample(runs, len(runs)):
        outcomes[program, seed] = runner.run_own_test(subject.problem, program, subject.allowed, text, seed, LIMITS)
    for program, wanted, otherwise in programs:
        for outcome in (outcomes[run] for run in runs if run[0] == program):
            if outcome is not wanted:
                return UNUSUAL.get(outcome, otherwise)
    return Worth.GOOD


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
