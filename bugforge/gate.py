"""Admits a mutant as an exercise, or says which rule it broke. Every rule is observed, none is assumed."""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from bugforge.evidence import SEEDS, Reference, Refusal, Rule, dishonest, observe
from bugforge.model import Address, Implementation, Mutant, Observation, Outcome, Problem
from bugforge.mutation.scrutiny import lint, tree
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Contract, Report, Task, Way

T = TypeVar("T")
BATCH = 16  # mutants a screening child runs; a larger batch saves forks, a smaller one spreads better
COMPANIONS = (
    ("conftest.py", (Path(__file__).parent / "runner" / "conftest.py").read_text(encoding="utf-8")),
    ("pytest.ini", "[pytest]\naddopts = -p no:cacheprovider\nmarkers =\n    edge_case: degenerate or extreme input\n"),
)


@dataclass(frozen=True)
class Candidate:
    """A mutant on its way through the gate.

    `repaired` are sources with one bug fixed, in the order of the address; `alone` those with one bug only, where the
    mutant has several.
    """

    mutant: Mutant
    problem: Problem
    implementation: Implementation
    repaired: tuple[str, ...]
    alone: tuple[str, ...] = ()


class Gate:
    """Judges candidates with one runner; what it learnt of an implementation it keeps."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self.references: dict[tuple[str, str], Reference] = {}

    def admit(self, candidates: Sequence[Candidate]) -> list[Observation | Refusal]:
        """For each candidate what was observed of it, or the rule it broke."""
        self.prove((c.problem, c.implementation) for c in candidates)
        verdicts: list[Observation | Refusal | None] = [self._standing(c) for c in candidates]
        screened = self._screened([c for c, v in zip(candidates, verdicts, strict=True) if v is None])
        tasks: list[Task] = []
        owners: list[int] = []
        for i, candidate in enumerate(candidates):
            verdicts[i] = verdicts[i] or screened.get(candidate.mutant.address)
            if verdicts[i] is None:
                for task in self._confirmations(candidate):
                    tasks.append(task)
                    owners.append(i)
        reports: dict[int, dict[int, Report]] = {}
        longest_first = sorted(range(len(tasks)), key=lambda n: -tasks[n].limits.cpu)
        for place, (report,) in self.runner.run([tasks[n] for n in longest_first]):
            number = longest_first[place]
            reports.setdefault(owners[number], {})[number] = report
        for i, found in reports.items():
            ordered = [found[number] for number in sorted(found)]
            verdicts[i] = self._judged(candidates[i], ordered)
        return [v for v in verdicts if v is not None]

    # the implementation itself

    def prove(self, pairs: Iterable[tuple[Problem, Implementation]]) -> None:
        """Run each implementation under its contract, as a service and plainly, unless that is done."""
        new = {(p.name, i.name): (p, i) for p, i in pairs if (p.name, i.name) not in self.references}
        new = dict(sorted(new.items(), key=lambda item: -len(item[1][0].contract)))  # the longest first, as a rule
        tasks = []
        for problem, implementation in new.values():
            contract = contract_of(problem, implementation)
            tasks.append(Task(contract, (implementation.source,), SEEDS))
            tasks.append(plain(contract, implementation.source))
        reports = {number: report for number, (report,) in self.runner.run(tasks)}
        for n, key in enumerate(new):
            self.references[key] = Reference(reports[2 * n], reports[2 * n + 1])

    def reference(self, problem: Problem, implementation: Implementation) -> Reference:
        return self.references[problem.name, implementation.name]

    # the rules

    def _standing(self, candidate: Candidate) -> Refusal | None:
        """What can be said without running the mutant: rules 1, 2, 5 and 6."""
        problem, implementation, source = candidate.problem, candidate.implementation, candidate.mutant.source
        flaw = self.reference(problem, implementation).flaw
        if flaw:
            return Refusal(Rule.REFERENCE, flaw)
        if tree(source) in ("", tree(implementation.source)):
            return Refusal(Rule.PROGRAM, "no change in the syntax tree")
        if new := lint(source) - lint(implementation.source):
            return Refusal(Rule.LINT, next(iter(new)))
        if any(tree(source) == tree(other.source) for other in problem.implementations.values()):
            return Refusal(Rule.TWIN, "the mutant is another implementation of the problem")
        return None

    def _screened(self, candidates: Sequence[Candidate]) -> dict[Address, Refusal]:
        """Screening, in batches: which mutants pass the whole contract on the first seed, or fail it badly."""
        groups: dict[tuple[str, str], list[Candidate]] = {}
        for candidate in candidates:
            groups.setdefault((candidate.problem.name, candidate.implementation.name), []).append(candidate)
        batches = [part for group in groups.values() for part in batched(group)]
        tasks = [self.screening(b[0].problem, b[0].implementation, [c.mutant.source for c in b]) for b in batches]
        refused: dict[Address, Refusal] = {}
        for number, reports in self.runner.run(tasks):
            for candidate, report in zip(batches[number], reports, strict=True):
                results = report[SEEDS[0]]
                if all(result.outcome is Outcome.PASSED for result in results):
                    refused[candidate.mutant.address] = Refusal(Rule.KILLED, "every test passes")
                elif wrong := dishonest(results):
                    refused[candidate.mutant.address] = wrong
        return refused

    def screening(self, problem: Problem, implementation: Implementation, sources: Sequence[str]) -> Task:
        """One batch: every mutant on the first seed, up to its first test that does not pass."""
        reference = self.reference(problem, implementation)
        return Task(
            contract_of(problem, implementation),
            tuple(sources),
            SEEDS[:1],
            stop=True,
            costs=reference.costs,
            limits=reference.limits,
        )

    def _confirmations(self, candidate: Candidate) -> list[Task]:
        """Service and plain runs of the mutant on every seed, then service runs of each bug alone."""
        contract = contract_of(candidate.problem, candidate.implementation)
        limits = self.reference(candidate.problem, candidate.implementation).limits
        sources = (candidate.mutant.source, *candidate.alone)
        services = [Task(contract, (source,), SEEDS, limits=limits) for source in sources]
        return [services[0], plain(contract, candidate.mutant.source, limits), *services[1:]]

    def _judged(self, candidate: Candidate, reports: Sequence[Report]) -> Observation | Refusal:
        reference = self.reference(candidate.problem, candidate.implementation)
        observed = observe(reports[:2], reference)
        for alone in reports[2:]:
            single = observe([alone], reference)
            if isinstance(single, Refusal):
                return single
            if isinstance(observed, Observation) and not set(single.failing) <= set(observed.failing):
                return Refusal(Rule.KILLED, "one of the bugs hides the other")
        return observed


def batched(group: Sequence[T]) -> list[Sequence[T]]:
    """Even parts of at most BATCH; at least two of a group that is worth sharing between processes."""
    parts = max(-(-len(group) // BATCH), 2 if len(group) > 3 else 1)
    size = -(-len(group) // parts)
    return [group[i : i + size] for i in range(0, len(group), size)]


def contract_of(problem: Problem, implementation: Implementation) -> Contract:
    """The problem's contract and, where there are some, the implementation's own tests."""
    files = [(f"test_{problem.name}.py", problem.contract)]
    if implementation.own_tests is not None:
        files.append((f"test_{implementation.name}.py", implementation.own_tests))
    return Contract(problem.name, tuple(files), _members(implementation.source))


@cache
def _members(source: str) -> tuple[str, ...]:
    """The methods and attributes of a module's classes, by name."""
    names: set[str] = set()
    for kind in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)):
        for node in ast.walk(kind):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.add(node.name)
            elif isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Store):
                names.add(node.attr if isinstance(node, ast.Attribute) else node.id)
    return tuple(sorted(name for name in names if not name.startswith("_")))


def plain(contract: Contract, source: str, limits: Limits | None = None) -> Task:
    """A run as the candidate will do it: the module as a file beside its tests."""
    return Task(contract, (source,), SEEDS, way=Way.PLAIN, companions=COMPANIONS, limits=limits or Limits())
