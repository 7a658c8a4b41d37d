"""A module is judged alike wherever it lives: beside its tests, behind stubs, or in a locked-down process."""

import pytest

from bugforge.forge import Forge
from bugforge.gate import COMPANIONS, contract_of
from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.task import Task, Way

SEED = 3
EVERY = 8  # of the mutants
LIMITS = Limits(cpu=2.0, wall=30.0)
WAYS = (Way.PLAIN, Way.SERVICE, Way.REMOTE)


@pytest.fixture(scope="module")
def programs(standard):
    """Every implementation and a sample of its mutants: a name, the problem, the implementation, the source."""
    forge, found = Forge(standard), []
    for problem in standard.problems.values():
        for implementation in problem.implementations.values():
            found.append((implementation.name, problem, implementation, implementation.source))
            for plan in forge.plans(implementation)[::EVERY]:
                mutant = forge.mutant(implementation, [plan])
                found.append((str(mutant.address), problem, implementation, mutant.source))
    return found


@pytest.fixture(scope="module")
def reports(runner, programs):
    """What each program did, by way; all runs in one go."""
    places, tasks = [], []
    for number, (_, problem, implementation, source) in enumerate(programs):
        for way in WAYS:
            places.append((number, way))
            tasks.append(
                Task(
                    contract_of(problem, implementation),
                    (source,),
                    (SEED,),
                    way=way,
                    allowed=problem.allowed,
                    companions=COMPANIONS if way is Way.PLAIN else (),
                    limits=LIMITS,
                )
            )
    return {places[task]: report[SEED] for task, (report,) in runner.run(tasks)}


def judged(results):
    return {(result.name, result.outcome) for result in results}


@pytest.mark.parametrize("way", [Way.SERVICE, Way.REMOTE])
def test_every_program_is_judged_as_in_a_plain_run(programs, reports, way):
    differing = {
        name: sorted(judged(reports[number, way]) ^ judged(reports[number, Way.PLAIN]))
        for number, (name, *_) in enumerate(programs)
        if judged(reports[number, way]) != judged(reports[number, Way.PLAIN])
    }
    assert differing == {}


def test_failures_tell_the_same_everywhere(programs, reports):
    """The texts of assertions are the contract's own, word for word."""
    for number, (name, *_) in enumerate(programs):
        told = [
            {(r.name, r.exception, r.message) for r in reports[number, way] if r.outcome is Outcome.FAILED}
            for way in WAYS
        ]
        assert told[0] == told[1] == told[2], name


def test_implementations_pass_and_mutants_are_among_the_programs(programs, reports):
    for number, (name, _, implementation, source) in enumerate(programs):
        passing = {result.outcome for result in reports[number, Way.REMOTE]} == {Outcome.PASSED}
        if source == implementation.source:
            assert passing, name
    assert sum(source != implementation.source for _, _, implementation, source in programs) >= 24
