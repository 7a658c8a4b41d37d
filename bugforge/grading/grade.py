"""A submission and what it is judged by, to a verdict.

Fixed means: every test of the pristine contract passed, on the public seed and on fresh ones. Nothing else does.
"""

import ast
import difflib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bugforge.gate import contract_of
from bugforge.grading.imports import forbidden
from bugforge.model import Address, Grade, Implementation, Outcome, Problem, TestResult, TestVerdict, Verdict
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import IMPORTING, Report, Task

FRESH_SEEDS = 3
LIMITS = Limits(cpu=5.0)
LAYERS = ("fresh process", "CPU time", "wall time", "memory", "file size")
WORST_FIRST = (Outcome.CRASHED, Outcome.TIMED_OUT, Outcome.ERRORED, Outcome.FAILED, Outcome.NOT_RUN, Outcome.PASSED)


@dataclass(frozen=True)
class Subject:
    """What a submission is judged by: the problem, the implementation it started from, and its broken program.

    `broken` and `address` are None where it is not known which bug was handed out.
    """

    problem: Problem
    implementation: Implementation
    public_seed: int
    broken: str | None = None
    address: Address | None = None


def fresh_seeds(count: int = FRESH_SEEDS) -> tuple[int, ...]:
    return tuple(secrets.randbelow(1 << 31) for _ in range(count))


def grade(name: str, source: str, subject: Subject, runner: Runner, seeds: Sequence[int]) -> Verdict:
    """The verdict on one program; `seeds` are tried after the public one has passed.

    Each seed runs in a process of its own. Where a seed fails the submission but the reference too, the contract is
    at fault, and the verdict is that it could not be graded.
    """
    verdict = Verdict(
        name,
        Grade.NOT_FIXED,
        _unparsable(source),
        lines_changed=_lines_from_broken(source, subject),
        lines_minimal=_lines_from_broken(subject.implementation.source, subject),
        address=subject.address,
        layers=LAYERS,
    )
    if verdict.reason:
        return verdict
    public = (subject.public_seed,)
    runs, broken = _run_beside(source, subject, runner, public)
    if _all_passed(runs):
        runs = {**runs, **_run(source, subject, runner, seeds)}
    verdict = replace(
        verdict,
        tests=_by_test(runs),
        seeds=tuple(runs),
        newly_broken=_newly_broken(runs[subject.public_seed], broken),
        forbidden_imports=forbidden(source, subject.problem.allowed),
    )
    failed = [seed for seed in runs if not _all_passed({seed: runs[seed]})]
    if failed and not _all_passed(_run(subject.implementation.source, subject, runner, failed)):
        why = f"the reference fails the contract on seed {failed[0]} as well; tell the author of the pack"
        return replace(verdict, grade=Grade.COULD_NOT_GRADE, reason=why)
    if failed:
        return replace(verdict, reason=_first_complaint(runs))
    if verdict.forbidden_imports:
        names, why = ", ".join(verdict.forbidden_imports), "which this problem does not allow: the task is from scratch"
        return replace(verdict, reason=f"it imports {names}, {why}")
    return replace(verdict, grade=Grade.FIXED, reason="every test passes")


def _unparsable(source: str) -> str:
    """Why the text is no Python program; empty when it is one."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as error:
        where = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        return f"it is not a Python program ({where}{getattr(error, 'msg', error)})"
    except (RecursionError, MemoryError):
        return "it is too deeply nested to be compiled"
    return ""


def _run(source: str, subject: Subject, runner: Runner, seeds: Sequence[int]) -> Report:
    """Results by seed, each seed in a fresh process."""
    contract = contract_of(subject.problem, subject.implementation)
    tasks = [Task(contract, (source,), (seed,), limits=LIMITS) for seed in seeds]
    found = {number: report for number, (report,) in runner.run(tasks)}
    return {seed: found[number][seed] for number, seed in enumerate(seeds)}


def _run_beside(
    source: str, subject: Subject, runner: Runner, seeds: Sequence[int]
) -> tuple[Report, tuple[TestResult, ...]]:
    """The submission on the public seed, and beside it the program that was handed out."""
    contract = contract_of(subject.problem, subject.implementation)
    sources = [source] if subject.broken is None else [source, subject.broken]
    tasks = [Task(contract, (text,), tuple(seeds), limits=LIMITS) for text in sources]
    found = {number: report for number, (report,) in runner.run(tasks)}
    return found[0], found[1][seeds[0]] if subject.broken is not None else ()


def _all_passed(runs: Report) -> bool:
    return all(results and all(r.outcome is Outcome.PASSED for r in results) for results in runs.values())


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
    """Tests that the broken program passed and this one fails; one that never ran is not said to be broken."""
    passed_before = {r.name for r in broken if r.outcome is Outcome.PASSED}
    unbroken = (Outcome.PASSED, Outcome.NOT_RUN)
    return tuple(r.name for r in results if r.outcome not in unbroken and r.name in passed_before)


def _first_complaint(runs: Report) -> str:
    """The first test that did not pass, in a sentence."""
    bad = (r for results in runs.values() for r in results if r.outcome is not Outcome.PASSED)
    result = min(bad, key=lambda r: (r.name != IMPORTING, r.outcome is Outcome.NOT_RUN))
    place = "the program cannot be imported" if result.name == IMPORTING else result.name.rpartition("::")[2]
    told = (
        f"{result.exception}: {result.message}".removesuffix(": ")
        if result.outcome is Outcome.ERRORED
        else result.message
    )
    if result.outcome is Outcome.TIMED_OUT:
        told = f"it did not end within {LIMITS.cpu:g} s of CPU time"
    return f"{place}: {told or result.outcome}".strip()


def _lines_from_broken(source: str, subject: Subject) -> int | None:
    return None if subject.broken is None else lines_between(subject.broken, source)


def lines_between(old: str, new: str) -> int:
    """Number of lines that differ: of each changed stretch the longer side."""
    matcher = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")
