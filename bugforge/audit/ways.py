"""A module is judged alike wherever it lives: beside its tests, behind stubs, or in a locked-down process."""

from collections.abc import Sequence

from bugforge.forge.sites import Sites
from bugforge.model import Implementation, Outcome, Problem, TestResult
from bugforge.pack.contract import COMPANIONS, contract_of
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Task, Way
from bugforge.symptoms import Fact, facts_of_tests

SEED = 3
EVERY = 8  # of the mutants
LIMITS = Limits(cpu=2.0, wall=30.0)
WAYS = (Way.PLAIN, Way.SERVICE, Way.REMOTE)


def differing_ways(problem: Problem, implementation: Implementation, sites: Sites, runner: Runner) -> list[str]:
    """For the implementation and each mutant of a sample, a sentence where it is not judged alike.

    A program that changes its input is left out: behind stubs it is given copies, beside its tests what it has changed
    meets the next call as well.
    """
    sample = sites.candidates(problem, implementation)[::EVERY]
    programs = [("the implementation", implementation.source)]
    programs += [(f"{c.address.bugs[0].mutator} at {c.address.bugs[0].site}", c.source) for c in sample]
    contract = contract_of(problem, implementation)
    key = [*(text for pair in contract.tests for text in pair), *problem.allowed, *(source for _, source in programs)]
    known: list[str] | None = sites.store.get("ways", [*runner.layers, *key])
    if known is None:
        tasks = [_task(problem, implementation, source, way) for _, source in programs for way in WAYS]
        reports = {number: report[SEED] for number, (report,) in runner.run(tasks)}
        known = []
        for number, (name, _) in enumerate(programs):
            told = [_told(reports[number * len(WAYS) + i]) for i in range(len(WAYS))]
            known += [
                f"{name} is judged otherwise {way} than plainly: {min(told[i] ^ told[0])}"
                for i, way in enumerate(WAYS)
                if told[i] != told[0] and not _changes_its_input(reports[number * len(WAYS)], problem)
            ]
        sites.store.put("ways", [*runner.layers, *key], known)
    return known


def _changes_its_input(plainly: Sequence[TestResult], problem: Problem) -> bool:
    failing = (result.name for result in plainly if result.outcome is not Outcome.PASSED)
    return Fact.INPUT_CHANGED in facts_of_tests(failing, problem.signs)


def _task(problem: Problem, implementation: Implementation, source: str, way: Way) -> Task:
    return Task(
        contract_of(problem, implementation),
        (source,),
        (SEED,),
        way=way,
        allowed=problem.allowed,
        companions=COMPANIONS if way is Way.PLAIN else (),
        limits=LIMITS,
    )


def _told(results: Sequence[TestResult]) -> set[tuple[str, ...]]:
    """What each test said: its outcome, and of an assertion the text too, which is the contract's own."""
    return {
        (result.name, result.outcome, *((result.exception, result.message) if result.outcome is Outcome.FAILED else ()))
        for result in results
    }
