"""Right programs of other hands than the references' pass the contract of their problem: honest/PROBLEM/STYLE.py."""

from pathlib import Path

import pytest

from bugforge.model import Outcome
from bugforge.pack.contract import contract_of
from bugforge.runner.task import Task

SEEDS = tuple(range(10, 16))
PROGRAMS = sorted(Path(__file__).with_name("honest").glob("*/*.py"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_honest_program_passes(path, standard, runner):
    problem = standard.problems[path.parent.name]
    contract = contract_of(problem, next(iter(problem.implementations.values())))
    ((_, (report,)),) = runner.run([Task(contract, (path.read_text(encoding="utf-8"),), SEEDS)])
    seen = [(seed, result) for seed, results in report.items() for result in results]
    assert not [
        f"{result.name} on seed {seed}: {result.message}"
        for seed, result in seen
        if result.outcome is not Outcome.PASSED
    ]
