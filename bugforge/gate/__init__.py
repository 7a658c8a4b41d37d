"""Admits a mutant as an exercise, or says which rule it broke. Every rule is observed, none is assumed."""

import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from bugforge.gate.candidate import Candidate
from bugforge.gate.evidence import LASTING, SEEDS, Reference, observe, reference, to_repeat
from bugforge.gate.rules import Refusal, Rule, unfit
from bugforge.model import Address, Implementation, Observation, Problem, TestResult
from bugforge.pack.contract import COMPANIONS, contract_of
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Contract, Task, Way
from bugforge.store import Store

T = TypeVar("T")
BATCH = 16  # mutants a screening child runs; a larger batch saves forks, a smaller one spreads better


@dataclass
class Trial:
    """One program on its way: its runs of all tests on the first seed, then of some on the others."""

    contract: Contract
    source: str
    whole: list[Sequence[TestResult]] = field(default_factory=list)
    repeated: list[Sequence[TestResult]] = field(default_factory=list)

    @property
    def results(self) -> list[TestResult]:
        return [result for run in (*self.whole, *self.repeated) for result in run]


class Gate:
    """Judges candidates with one runner; what it learnt it keeps in the store."""

    def __init__(self, runner: Runner, store: Store) -> None:
        self.runner, self.store = runner, store
        self.references: dict[tuple[str, str], Reference] = {}
        self.proven_now: set[Address] = set()  # candidates that no earlier run had judged

    def admit(self, candidates: Sequence[Candidate]) -> list[Observation | Refusal]:
        """For each candidate what was observed of it, or the rule it broke."""
        verdicts = {n: verdict for n, candidate in enumerate(candidates) if (verdict := self._known(candidate))}
        new = [n for n in range(len(candidates)) if n not in verdicts]
        self.prove((candidates[n].problem, candidates[n].implementation) for n in new)
        for n in new:
            if flaw := self.reference(candidates[n].problem, candidates[n].implementation).flaw:
                verdicts[n] = Refusal(Rule.REFERENCE, flaw)
        new = [n for n in new if n not in verdicts]
        verdicts |= zip(new, self._tried([candidates[n] for n in new]), strict=True)
        return [verdicts[n] for n in range(len(candidates))]

    # the implementation itself

    def prove(self, pairs: Iterable[tuple[Problem, Implementation]]) -> None:
        """Run each implementation under its contract, as a service and plainly, unless that is done."""
        new: dict[tuple[str, str], tuple[Problem, Implementation]] = {}
        for problem, implementation in pairs:
            name = problem.name, implementation.name
            if name not in self.references and not self._recalled(problem, implementation):
                new[name] = problem, implementation
        ordered = sorted(new.values(), key=lambda pair: -len(pair[0].contract))  # the longest first, as a rule
        if not ordered:
            return
        tasks = []
        for problem, implementation in ordered:
            contract = contract_of(problem, implementation)
            tasks.append(Task(contract, (implementation.source,), SEEDS))
            tasks.append(plain(contract, implementation.source, SEEDS))
        reports = {number: report for number, (report,) in self.runner.run(tasks)}
        for n, (problem, implementation) in enumerate(ordered):
            found = reference(reports[2 * n], reports[2 * n + 1])
            self.references[problem.name, implementation.name] = found
            if not found.flaw:
                self.store.put("reference", _reference_key(problem, implementation), msgspec.to_builtins(found))

    def reference(self, problem: Problem, implementation: Implementation) -> Reference:
        return self.references[problem.name, implementation.name]

    def _recalled(self, problem: Problem, implementation: Implementation) -> bool:
        known = self.store.get("reference", _reference_key(problem, implementation))
        if known is not None:
            self.references[problem.name, implementation.name] = msgspec.convert(known, Reference)
        return known is not None

    # its mutants

    def _known(self, candidate: Candidate) -> Observation | Refusal | None:
        """What can be said of a candidate without running it: by its text, or by an earlier run."""
        others = [other.source for other in candidate.problem.implementations.values()]
        if refusal := unfit(candidate.source, candidate.implementation.source, others):
            return refusal
        known = self.store.get("evidence", _evidence_key(candidate))
        if known is None:
            return None
        return msgspec.convert(known, Refusal) if "rule" in known else msgspec.convert(known, Observation)

    def _tried(self, candidates: Sequence[Candidate]) -> list[Observation | Refusal]:
        """All tests on the first seed; where some fail, these and a few others on the other seeds too."""
        if not candidates:
            return []
        trials = [self._trials(candidate) for candidate in candidates]
        limits = [self.reference(c.problem, c.implementation).limits for c in candidates]
        firsts = [(n, t) for n in range(len(candidates)) for t in trials[n]]
        self._run([(t, Task(t.contract, (t.source,), SEEDS[:1], limits=limits[n]), t.whole) for n, t in firsts])
        later = []
        for n, t in firsts:
            if isinstance(self._judged(candidates[n], trials[n]), Observation):
                again = to_repeat(t.whole[0])
                task = Task(t.contract, (t.source,), SEEDS[1:], only=again, limits=limits[n])
                later.append((t, task, t.repeated))
        for n, (main, *_) in enumerate(trials):
            if isinstance(self._judged(candidates[n], trials[n]), Observation):
                later.append((main, plain(main.contract, main.source, SEEDS[:1], limits[n]), main.whole))
        self._run(later)
        verdicts = []
        for candidate, own in zip(candidates, trials, strict=True):
            verdict = self._judged(candidate, own)
            if all(result.outcome in LASTING for trial in own for result in trial.results):
                self.store.put("evidence", _evidence_key(candidate), msgspec.to_builtins(verdict))
            self.proven_now.add(candidate.address)
            verdicts.append(verdict)
        return verdicts

    def _trials(self, candidate: Candidate) -> list[Trial]:
        contract = contract_of(candidate.problem, candidate.implementation)
        return [Trial(contract, source) for source in (candidate.source, *candidate.alone)]

    def _run(self, runs: Sequence[tuple[Trial, Task, list[Sequence[TestResult]]]]) -> None:
        """Run the tasks, the longest first, and add what was seen of each task's tests where it is collected."""
        ordered = sorted(runs, key=lambda run: -run[1].limits.cpu)
        for number, (report,) in self.runner.run([task for _, task, _ in ordered]):
            _, task, collected = ordered[number]
            for results in report.values():
                collected.append([result for result in results if not task.only or result.name in task.only])

    def _judged(self, candidate: Candidate, trials: Sequence[Trial]) -> Observation | Refusal:
        """The verdict by what has been run so far."""
        warns = self.reference(candidate.problem, candidate.implementation).warns
        observed = []
        for trial in trials:
            seen = observe(trial.whole, trial.repeated, warns)
            if isinstance(seen, Refusal):
                return seen
            observed.append(seen)
        main, *singles = observed
        if any(not set(single.failing) <= set(main.failing) for single in singles):
            return Refusal(Rule.KILLED, "one of the bugs hides the other")
        return main

    def screening(
        self, problem: Problem, implementation: Implementation, sources: Sequence[str], only: tuple[str, ...] = ()
    ) -> Task:
        """One batch: every mutant on the first seed, up to its first test, of all or of `only` some, that fails."""
        known = self.reference(problem, implementation)
        return Task(
            contract_of(problem, implementation),
            tuple(sources),
            SEEDS[:1],
            only=only,
            stop=True,
            costs=known.costs,
            limits=known.limits,
        )


def batched(group: Sequence[T]) -> list[Sequence[T]]:
    """Even parts of at most BATCH; at least two of a group that is worth sharing between processes."""
    parts = max(-(-len(group) // BATCH), 2 if len(group) > 3 else 1)
    size = max(-(-len(group) // parts), 1)
    return [group[i : i + size] for i in range(0, len(group), size)]


def plain(contract: Contract, source: str, seeds: tuple[int, ...], limits: Limits | None = None) -> Task:
    """A run as the candidate will do it: the module as a file beside its tests."""
    return Task(contract, (source,), seeds, way=Way.PLAIN, companions=COMPANIONS, limits=limits or Limits())


def _contract_key(problem: Problem, implementation: Implementation) -> list[str]:
    contract = contract_of(problem, implementation)
    return [contract.module, *(text for pair in contract.tests for text in pair), implementation.source]


def _reference_key(problem: Problem, implementation: Implementation) -> list[str]:
    """With the machine: limits follow from what a reference takes here."""
    return [platform.node(), *_contract_key(problem, implementation)]


def _evidence_key(candidate: Candidate) -> list[str]:
    own = _contract_key(candidate.problem, candidate.implementation)
    return [*own, candidate.source, *candidate.alone]
