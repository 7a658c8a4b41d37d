"""What contracts catch of a general tool's mutants: `general_mutants.py [PROBLEM/IMPLEMENTATION ...]`.

Every mutant that cosmic-ray's operators make of an implementation, each syntax tree once, runs under the contract on
three seeds; it is killed if a test does not pass on each of them. Whether a kill is by an assertion or by exceptions
alone, and whether a test that draws its data is among those that fail, is seen on the first seed.

    --pack DIR      another pack than the standard one
    --survivors     what was not killed, as diffs, with the seeds on which it passes
    --against DIR   on the same mutants the contract of another checkout's pack too: what that kills and this does not
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

from bugforge.audit.drawing import drawing_tests
from bugforge.gate import Gate, batched
from bugforge.gate.evidence import SEEDS
from bugforge.model import Implementation, Outcome, Problem, TestResult
from bugforge.mutation.diff import unified
from bugforge.mutation.syntax import tree
from bugforge.pack import Pack, load_pack
from bugforge.pack.contract import contract_of
from bugforge.runner.pool import Runner
from bugforge.runner.task import Task
from bugforge.store import Store

JOBS = 2
COLUMNS = "{:<44}{:>8}{:>10}{:>10}{:>9}{:>9}{:>9}"


@dataclass(frozen=True)
class Fate:
    """What became of one mutant: the seeds on which it passes, and how it fails on the first."""

    alive: tuple[int, ...]
    by_assertion: bool = False
    by_drawing: bool = False


class Judge:
    """The contract of one implementation, and the runner that holds mutants against it."""

    def __init__(self, pack: Pack, runner: Runner, problem: str, implementation: str) -> None:
        self.problem: Problem = pack.problems[problem]
        self.implementation: Implementation = pack.implementation(problem, implementation)
        self.runner = runner
        gate = Gate(runner, Store())
        gate.prove([(self.problem, self.implementation)])
        self.reference = gate.reference(self.problem, self.implementation)
        if self.reference.flaw:
            raise SystemExit(f"{problem}/{implementation} of {pack.root}: {self.reference.flaw}")
        self.contract = contract_of(self.problem, self.implementation)
        self.drawing = drawing_tests(self.contract, self.reference.tests)

    def survivors(self, mutants: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """By mutant that passes the whole contract on some seed: these seeds."""
        alive: dict[str, tuple[int, ...]] = {}
        for seed in SEEDS:
            for mutant, results in self._run(mutants, seed, stop=True):
                if all(result.outcome is Outcome.PASSED for result in results):
                    alive[mutant] = (*alive.get(mutant, ()), seed)
        return alive

    def fates(self, mutants: Sequence[str]) -> dict[str, Fate]:
        found = {mutant: Fate(seeds) for mutant, seeds in self.survivors(mutants).items()}
        for mutant, results in self._run([m for m in mutants if m not in found], SEEDS[0], stop=False):
            failed = [r for r in results if r.outcome not in (Outcome.PASSED, Outcome.NOT_RUN)]
            found[mutant] = Fate(
                alive=(),
                by_assertion=any(result.outcome is Outcome.FAILED for result in failed),
                by_drawing=any(result.name in self.drawing for result in failed),
            )
        return {mutant: found[mutant] for mutant in mutants}

    def _run(self, mutants: Sequence[str], seed: int, stop: bool) -> Iterator[tuple[str, tuple[TestResult, ...]]]:
        batches = batched(mutants)
        costs = self.reference.costs if stop else ()
        options = {"stop": stop, "costs": costs, "limits": self.reference.limits}
        tasks = [Task(self.contract, tuple(batch), (seed,), **options) for batch in batches]
        for number, reports in self.runner.run(tasks):
            for mutant, report in zip(batches[number], reports, strict=True):
                yield mutant, report[seed]


def mutants_of(source: str) -> list[str]:
    """What cosmic-ray's operators make of a program, without those that want to be told a name."""
    found = {tree(source): source}
    operators = OperatorProvider()
    for operator in (operators[name] for name in operators):
        if operator.arguments():
            continue
        for occurrence in count():
            mutant = mutate_code(source, operator(), occurrence)
            if mutant is None:
                break
            if tree(mutant):
                found.setdefault(tree(mutant), mutant)
    return list(found.values())[1:]


def row(name: str, fates: Iterable[Fate]) -> str:
    fates = list(fates)
    killed = [fate for fate in fates if not fate.alive]
    asserted, drawing = sum(f.by_assertion for f in killed), sum(f.by_drawing for f in killed)
    share = f"{len(killed) / len(fates):.1%}"
    return COLUMNS.format(name, len(fates), asserted, len(killed) - asserted, len(fates) - len(killed), share, drawing)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="PROBLEM/IMPLEMENTATION")
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--survivors", action="store_true")
    parser.add_argument("--against", type=Path, metavar="DIR")
    asked = parser.parse_args()
    pack, other = load_pack(asked.pack), load_pack(asked.against) if asked.against else None
    names = asked.names or [f"{p.name}/{name}" for p in pack.problems.values() for name in p.implementations]
    print(COLUMNS.format("", "mutants", "asserted", "raised", "alive", "killed", "drawing"))
    total: list[Fate] = []
    with Runner(jobs=JOBS) as runner:
        for name in names:
            problem, implementation = name.split("/")
            source = pack.implementation(problem, implementation).source
            mutants = mutants_of(source)
            fates = Judge(pack, runner, problem, implementation).fates(mutants)
            total += fates.values()
            print(row(name, fates.values()), flush=True)
            alive = [mutant for mutant in mutants if fates[mutant].alive]
            for mutant in alive if asked.survivors else ():
                print(f"alive on {fates[mutant].alive}", unified(source, mutant, f"{implementation}.py"), sep="\n")
            if other:
                spared = Judge(other, runner, problem, implementation).survivors(alive)
                for mutant in (m for m in alive if m not in spared):
                    print("power lost", unified(source, mutant, f"{implementation}.py"), sep="\n", flush=True)
    print(row("all", total))


if __name__ == "__main__":
    main()
