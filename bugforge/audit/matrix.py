"""The kill matrix in full: every mutant under every test on every seed, and the tests that none of them fails."""

from bugforge.forge.sites import Sites
from bugforge.gate import Gate, batched
from bugforge.gate.evidence import FAILURES, SEEDS
from bugforge.model import Implementation, Problem
from bugforge.pack.contract import contract_of
from bugforge.runner.task import Task


def idle_tests(problem: Problem, implementation: Implementation, sites: Sites, gate: Gate) -> list[str]:
    """The tests of an implementation that no mutant of it fails on all seeds."""
    contract, reference = contract_of(problem, implementation), gate.reference(problem, implementation)
    sources = [candidate.source for candidate in sites.candidates(problem, implementation)]
    tasks = [Task(contract, tuple(batch), SEEDS, limits=reference.limits) for batch in batched(sources)]
    killing: set[str] = set()
    for _, reports in gate.runner.run(tasks):
        for report in reports:
            failed = [{r.name for r in results if r.outcome in FAILURES} for results in report.values()]
            killing |= set.intersection(*failed)
    return [name for name in reference.tests if name not in killing]
