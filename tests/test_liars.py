"""No contract is passed by a program that keeps its bug and lies.

A liar tells the truth where a test would notice, and lies where a test would fail: at least one test that fails for the
bug must fail whatever is said in the place of a result. What a program has done to its caller's data only its own
process knows, so a test that fails for that is no hindrance to a liar, and one bug class can be hidden.
"""

import ast

import pytest

from bugforge.forge import Forge
from bugforge.gate import batched, contract_of
from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.task import Task
from tests.conftest import load
from tests.lies import LIES

SEED = 3
LIMITS = Limits(cpu=0.5)
CAN_BE_HIDDEN = {"input-mutated-in-place"}
ZERO_IS_RIGHT = {"metric-zero-division"}  # shows only where the answer is 0, and there a lie that is 0 is none


def results_of(source):
    """Statements that have a public result of the module replaced by a lie."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{node.name} = lies.told({node.name}, {{!r}})"
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _results_of_class(node)


def _results_of_class(node):
    methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
    for name in methods:
        if not name.startswith("_") and name != "fit":
            yield f"{node.name}.{name} = lies.told({node.name}.{name}, {{!r}})"
    if "fit" in methods:
        parts = [part for part in ast.walk(methods["fit"]) if isinstance(part, ast.Attribute)]
        for name in sorted({part.attr for part in parts if isinstance(part.ctx, ast.Store)}):
            yield f"{node.name}.fit = lies.left({node.name}.fit, {name!r}, {{!r}})"


def is_hidden(result):
    return result.outcome is Outcome.FAILED and result.message == "the call changed its caller's data"


class Liars:
    """Programs of one implementation, and what its contract says of them."""

    def __init__(self, runner, forge, problem, implementation):
        self.runner, self.implementation = runner, implementation
        self.contract = contract_of(problem, implementation)
        mutants = [forge.mutant(implementation, [plan]) for plan in forge.plans(implementation)]
        (self.honest,) = self.passed([implementation.source])
        passing = self.passed([mutant.source for mutant in mutants])
        self.failing = {mutant: self.honest - passed for mutant, passed in zip(mutants, passing, strict=True)}

    def passed(self, sources):
        """For each program the tests that it passes, or can say that it does."""
        batches = list(batched(sources))
        tasks = [Task(self.contract, tuple(batch), (SEED,), limits=LIMITS) for batch in batches]
        reports = dict(self.runner.run(tasks))
        for number in range(len(batches)):
            for report in reports[number]:
                yield {result.name for result in report[SEED] if result.outcome is Outcome.PASSED or is_hidden(result)}

    def lying(self, source, lies):
        """For each lie, the tests that the program passes when it tells it."""
        lies = list(lies)
        programs = [f"{source}\n\nfrom tests import lies\n\n{result.format(lie)}\n" for result, lie in lies]
        return dict(zip(lies, self.passed(programs), strict=True))

    def unnoticed(self):
        """By test, the lies that it is told and does not notice."""
        source = self.implementation.source
        found = self.lying(source, ((result, lie) for result in results_of(source) for lie in (None, *LIES)))
        return {
            test: [lie for lie, passing in found.items() if test in passing and test not in found[lie[0], None]]
            for test in self.honest
        }

    def fooling(self):
        """The mutants all of whose failing tests pass by some lie; with these lies."""
        unnoticed = self.unnoticed()
        for mutant, failing in self.failing.items():
            told = {}
            for test in sorted(failing, key=lambda test: len(unnoticed[test])):
                outcomes = self.lying(mutant.source, unnoticed[test]) if unnoticed[test] else {}
                told[test] = [lie for lie, passing in outcomes.items() if test in passing]
                if not told[test]:
                    break
            else:
                yield mutant.address, told


IMPLEMENTATIONS = [(p, i) for p in load().problems.values() for i in p.implementations.values()]


@pytest.mark.parametrize(
    ("problem", "implementation"), [pytest.param(p, i, id=f"{p.name}-{i.name}") for p, i in IMPLEMENTATIONS]
)
def test_no_lie_hides_a_bug(runner, standard, problem, implementation):
    fooling = Liars(runner, Forge(standard), problem, implementation).fooling()
    found = {address: how for address, how in fooling if not is_allowed(address.bugs[0].mutator, how)}
    assert found == {}


def is_allowed(mutator, how):
    lies = {lie for told in how.values() for _, lie in told}
    return mutator in CAN_BE_HIDDEN or (mutator in ZERO_IS_RIGHT and lies == {"zero"})
