"""A candidate's own test, judged by what a test is for: passing on the correct program, failing on the broken one."""

import ast
from collections.abc import Sequence
from enum import StrEnum

from bugforge.grading.subject import Subject
from bugforge.grading.submission import Unreadable
from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner

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

    Several seeds, each with both programs, are also what keeps a test from passing and failing by chance.
    """
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"the test is not a Python program ({error})") from None
    if subject.broken is None:
        raise Unreadable("the bug that was handed out is not known, so nothing can be said of a test for it")
    for program, wanted, otherwise in (
        (subject.implementation.source, Outcome.PASSED, Worth.WRONG),
        (subject.broken, Outcome.FAILED, Worth.BLIND),
    ):
        for seed in (subject.public_seed, *seeds):
            outcome = runner.trial(subject.problem.name, program, subject.problem.allowed, text, seed, LIMITS)
            if outcome is not wanted:
                return UNUSUAL.get(outcome, otherwise)
    return Worth.GOOD


UNUSUAL = {Outcome.NOT_RUN: Worth.EMPTY, Outcome.TIMED_OUT: Worth.TIMED_OUT, Outcome.CRASHED: Worth.CRASHED}
