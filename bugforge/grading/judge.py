"""From what was run to a verdict.

Fixed means: every test of the pristine contract passed, on the public seed and on fresh ones. Nothing else does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bugforge.grading.imports import forbidden
from bugforge.grading.subject import Subject, Submission
from bugforge.grading.submission import names_of
from bugforge.grading.verdict import TestVerdict, Verdict
from bugforge.model import Grade, Outcome, TestResult
from bugforge.mutation.diff import lines_between, unified
from bugforge.mutation.lines import lines_of
from bugforge.runner.task import IMPORTING, Report

WORST_FIRST = (
    Outcome.LOST,
    Outcome.CRASHED,
    Outcome.TIMED_OUT,
    Outcome.ERRORED,
    Outcome.FAILED,
    Outcome.PASSED,
    Outcome.NOT_RUN,  # on a later seed, for the run ends with the first that a test fails
)
MOST_LINES_SHOWN = 200  # of a difference
MOST_LINES = 3000  # of a file that is compared line by line: the time grows with the square


@dataclass(frozen=True)
class Beside:
    """What was run beside a submission that failed.

    The broken program on the public seed; the reference, and of several bugs each alone, on each that was failed.
    """

    broken: Sequence[TestResult]
    reference: Report
    alone: Mapping[int, Sequence[Sequence[TestResult]]]


def judge(submission: Submission, runs: Report, beside: Beside, layers: tuple[str, ...]) -> Verdict:
    """The verdict on what a submission did on each seed.

    Where a seed fails the submission but the reference too, the contract is at fault, and the verdict is that it could
    not be graded.
    """
    subject = submission.subject
    imports = forbidden(submission.source, subject.allowed)
    verdict = replace(_seen(submission, runs, beside), forbidden_imports=imports or (), layers=layers)
    if lost := next((r for results in runs.values() for r in results if r.outcome is Outcome.LOST), None):
        return replace(verdict, grade=Grade.COULD_NOT_GRADE, reason=f"{lost.message}; grade it again")
    failed = failed_seeds(runs)
    faulty = [seed for seed in failed if not _passed(beside.reference[seed])]
    if faulty:
        why = f"the reference fails the contract on seed {faulty[0]} as well; tell the author of the pack"
        return replace(verdict, grade=Grade.COULD_NOT_GRADE, reason=why)
    if imports is None:
        return replace(verdict, reason="its text takes too much time or memory to read")
    if verdict.forbidden_imports:
        names, why = ", ".join(verdict.forbidden_imports), "which this problem does not allow: the task is from scratch"
        return replace(verdict, reason=f"it imports {names}, {why}")
    if failed:
        return replace(verdict, reason=_why_not(subject, submission.source, runs, failed[0], beside))
    return replace(verdict, grade=Grade.FIXED, reason="every test passes")


def _seen(submission: Submission, runs: Report, beside: Beside) -> Verdict:
    """What is told of a submission whatever becomes of it."""
    subject = submission.subject
    return Verdict(
        submission.name,
        Grade.NOT_FIXED,
        "",
        tests=_by_test(runs),
        seeds=tuple(runs),
        newly_broken=_newly_broken(runs[subject.public_seed], beside.broken),
        lines_changed=_lines_from(subject.broken, submission.source),
        lines_minimal=_lines_from(subject.broken, subject.original),
        notes=submission.notes,
        bugs=tuple(bug.bug_class for bug in subject.bugs),
        exercise=subject.exercise or subject.problem,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        diff=_diff(subject, submission.source),
    )


def _why_not(subject: Subject, source: str, runs: Report, seed: int, beside: Beside) -> str:
    wanted = names_of(subject.original)
    was_loaded = all(result.name != IMPORTING for result in runs[seed])
    if was_loaded and wanted.isdisjoint(names_of(source)):
        some = ", ".join(sorted(name.split()[-1] for name in wanted)[:3])
        return f"it defines nothing of {subject.problem} ({some}, ...); is it of another exercise?"
    again = f"on the hidden seed {seed} (again: bugforge check with --seeds {seed}), "
    hidden = "" if seed == subject.public_seed else again
    return f"{_of_several(runs[seed], beside.alone[seed])}{hidden}{_first_complaint(runs[seed])}"


def failed_seeds(runs: Mapping[int, Sequence[TestResult]]) -> list[int]:
    """Seeds on which some test did not pass, or none was run."""
    return [seed for seed, results in runs.items() if not _passed(results)]


def _passed(results: Sequence[TestResult]) -> bool:
    return bool(results) and all(result.outcome is Outcome.PASSED for result in results)


def _by_test(runs: Report) -> tuple[TestVerdict, ...]:
    """Each test of the contract with its worst outcome over the seeds."""
    worst: dict[str, TestResult] = {}
    for results in runs.values():
        for result in (r for r in results if r.name != IMPORTING):
            known = worst.get(result.name)
            if known is None or WORST_FIRST.index(result.outcome) < WORST_FIRST.index(known.outcome):
                worst[result.name] = result
    return tuple(TestVerdict(r.name, r.outcome, r.message or r.exception, r.edge_case) for r in worst.values())


def _newly_broken(results: Sequence[TestResult], broken: Sequence[TestResult]) -> tuple[str, ...]:
    """GivenTests that the broken program passed and this one fails; one that never ran is not said to be broken."""
    passed_before = {r.name for r in broken if r.outcome is Outcome.PASSED}
    unbroken = (Outcome.PASSED, Outcome.NOT_RUN, Outcome.LOST)
    return tuple(r.name for r in results if r.outcome not in unbroken and r.name in passed_before)


def _of_several(results: Sequence[TestResult], alone: Sequence[Sequence[TestResult]]) -> str:
    """How many of several bugs are fixed: none of the tests fails that this bug alone makes fail, and no other does."""
    failing = [{result.name for result in each if result.outcome is not Outcome.PASSED} for each in alone]
    if len(failing) < 2:
        return ""
    own = [each - set().union(*(other for other in failing if other is not each)) or each for each in failing]
    passed = {result.name for result in results if result.outcome is Outcome.PASSED}
    fixed = sum(each <= passed for each in own)
    return f"{fixed} of {len(own)} bugs {'is' if fixed == 1 else 'are'} fixed; " if fixed else ""


def _first_complaint(results: Sequence[TestResult]) -> str:
    """The first test that did not pass, in a sentence."""
    bad = (result for result in results if result.outcome is not Outcome.PASSED)
    result = min(bad, key=lambda r: (r.name != IMPORTING, r.outcome is Outcome.NOT_RUN))
    if result.exception in ("SyntaxError", "IndentationError", "TabError"):
        return f"it is not a Python program ({result.message})"
    place = "the program cannot be imported" if result.name == IMPORTING else result.name.rpartition("::")[2]
    raised = f"{result.exception}: {result.message}".removesuffix(": ")
    told = raised if result.outcome is Outcome.ERRORED else result.message
    return f"{place}: {told or result.outcome}".strip()


def _diff(subject: Subject, source: str) -> str:
    """Nothing where it is not known what was handed out, or the file is too long to compare."""
    if subject.broken is None or len(source.splitlines()) > MOST_LINES:
        return ""
    lines = lines_of(unified(subject.broken, source, f"{subject.problem}.py"))
    return "".join([*lines[:MOST_LINES_SHOWN], *(["...\n"] if len(lines) > MOST_LINES_SHOWN else [])])


def _lines_from(broken: str | None, source: str) -> int | None:
    if broken is None or len(source.splitlines()) > MOST_LINES:
        return None
    return lines_between(broken, source)
