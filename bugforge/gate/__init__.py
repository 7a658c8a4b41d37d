"""Admits a mutant as an exercise, or says which rule it broke. Every rule is observed, none is assumed."""

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from bugforge.gate.candidate import Candidate
from bugforge.gate.demo import DEMO_TEST, demo_of, with_demo
from bugforge.gate.evidence import LASTING, SEEDS, Reference, observe, reference, to_repeat
from bugforge.gate.rules import Refusal, Rule, unfit
from bugforge.model import Address, Demo, Implementation, Observation, Problem, TestResult
from bugforge.pack.contract import COMPANIONS, contract_of
from bugforge.runner.limits import Limits
from bugforge.runner.scheduler import Judgement, together
from bugforge.runner.task import Contract, RunsTasks, Task, Way
from bugforge.store import Store

T = TypeVar("T")
BATCH = 16  # mutants a screening child runs; a larger batch saves forks, a smaller one spreads better


@dataclass
class Trial:
    """One program on its way, and its runs: of all tests on the first seed, then of some on the others."""

    contract: Contract
    source: str
    runs: list[Sequence[TestResult]] = field(default_factory=list)
    demo: Demo | None = None  # what the demo printed, if it came to an end


def unfit_by_text(candidate: Candidate, store: Store) -> Refusal | None:
    """The rule that a candidate breaks whatever it does when it runs."""
    texts = candidate.source, candidate.implementation.source, *_ways(candidate.problem)
    known = store.get("text", texts)
    if known is None:
        source, original, *others = texts
        known = msgspec.to_builtins(unfit(source, original, others) or {})
        store.put("text", texts, known)
    return msgspec.convert(known, Refusal) if known else None


class Gate:
    """Judges candidates with one runner; what it learnt it keeps in the store."""

    def __init__(self, runner: RunsTasks, store: Store) -> None:
        self.runner, self.store = runner, store
        self.references: dict[tuple[str, str], Reference] = {}
        self.proven_now: set[Address] = set()  # candidates that no earlier run had judged

    def admit(self, candidates: Iterable[Candidate]) -> list[Observation | Refusal]:
        """For each candidate what was observed of it, or the rule it broke; one is taken when it can be tried."""
        return list(together(self.runner, map(self.judge, candidates)))

    # the implementation itself

    def prove(self, pairs: Iterable[tuple[Problem, Implementation]]) -> None:
        """Run each implementation under its contract, unless that is done."""
        for _ in together(self.runner, (self._prove(problem, implementation) for problem, implementation in pairs)):
            pass

    def reference(self, problem: Problem, implementation: Implementation) -> Reference:
        """What was seen of an implementation that is proven."""
        return self.references[problem.name, implementation.name]

    def _prove(self, problem: Problem, implementation: Implementation) -> Judgement[Reference]:
        """Plainly on the first seed, and as a service on the others, as its mutants."""
        name = problem.name, implementation.name
        if name not in self.references and not self._recalled(problem, implementation):
            contract, source = contract_of(problem, implementation), implementation.source
            (service,), (plainly,) = yield [
                Task(contract, (source,), SEEDS[1:]),
                plain(with_demo(contract, problem.demo), source, SEEDS[:1]),
            ]
            found = reference(service, plainly)
            self.references[name] = found
            if not found.flaw:
                self.store.put("reference", _reference_key(problem, implementation), msgspec.to_builtins(found))
        return self.references[name]

    def _recalled(self, problem: Problem, implementation: Implementation) -> bool:
        known = self.store.get("reference", _reference_key(problem, implementation))
        if known is not None:
            self.references[problem.name, implementation.name] = msgspec.convert(known, Reference)
        return known is not None

    # its mutants

    def kept(self, candidate: Candidate) -> Observation | Refusal | None:
        """An earlier verdict."""
        known = self.store.get("evidence", _evidence_key(candidate))
        if known is None:
            return None
        return msgspec.convert(known, Refusal) if "rule" in known else msgspec.convert(known, Observation)

    def judge(self, candidate: Candidate) -> Judgement[Observation | Refusal]:
        """What was observed of a candidate, or the rule that it broke."""
        if known := self.kept(candidate) or unfit_by_text(candidate, self.store):
            return known
        proven = yield from self._prove(candidate.problem, candidate.implementation)
        if proven.flaw:
            return Refusal(Rule.REFERENCE, proven.flaw)
        trials = self._trials(candidate)
        yield from self._run(self._first(trials, proven.limits, candidate.problem.demo))
        verdict = self._judged(candidate, trials)
        if isinstance(verdict, Observation):
            yield from self._run(self._later(trials, proven.limits))
            verdict = self._judged(candidate, trials)
        if trials[0].demo and all(
            result.outcome in LASTING for trial in trials for run in trial.runs for result in run
        ):
            self.store.put("evidence", _evidence_key(candidate), msgspec.to_builtins(verdict))
        self.proven_now.add(candidate.address)
        return verdict

    def _first(self, trials: Sequence[Trial], limits: Limits, demo: str) -> Iterator[tuple[Trial, Task]]:
        """All tests and the demo, as the candidate will run them."""
        for trial in trials:
            yield trial, plain(with_demo(trial.contract, demo), trial.source, SEEDS[:1], limits)

    def _later(self, trials: Sequence[Trial], limits: Limits) -> Iterator[tuple[Trial, Task]]:
        """The failing tests and a few others on the other seeds."""
        for trial in trials:
            yield trial, Task(trial.contract, (trial.source,), SEEDS[1:], only=to_repeat(trial.runs[0]), limits=limits)

    def _trials(self, candidate: Candidate) -> list[Trial]:
        contract = contract_of(candidate.problem, candidate.implementation)
        return [Trial(contract, source) for source in (candidate.source, *candidate.alone)]

    def _run(self, tasks: Iterable[tuple[Trial, Task]]) -> Judgement[None]:
        """Run the tasks and give each trial what was seen of the task's tests."""
        pairs = list(tasks)
        reports = yield [task for _, task in pairs]
        for (trial, task), (report,) in zip(pairs, reports, strict=True):
            for results in report.values():
                trial.demo = next((demo_of(r) for r in results if r.name == DEMO_TEST), trial.demo)
                asked = (r for r in results if r.name != DEMO_TEST and (not task.only or r.name in task.only))
                trial.runs.append([*asked])

    def _judged(self, candidate: Candidate, trials: Sequence[Trial]) -> Observation | Refusal:
        """The verdict by what has been run so far."""
        known = self.reference(candidate.problem, candidate.implementation)
        observed = []
        for trial in trials:
            seen = observe(trial.runs, known, trial.demo or Demo(""), candidate.problem.signs)
            if isinstance(seen, Refusal):
                return seen
            if trial.demo is None:
                return Refusal(Rule.REASON, "the demo does not come to an end")
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
    signs = msgspec.json.encode(problem.signs, order="deterministic").decode()
    tests = (text for pair in contract.tests for text in pair)
    return [contract.module, problem.demo, signs, *tests, implementation.source]


def _reference_key(problem: Problem, implementation: Implementation) -> list[str]:
    """With the machine: limits follow from what a reference takes here."""
    return [platform.node(), *_contract_key(problem, implementation)]


def _evidence_key(candidate: Candidate) -> list[str]:
    own = _contract_key(candidate.problem, candidate.implementation)
    return [*own, candidate.source, *candidate.alone, *_ways(candidate.problem)]


def _ways(problem: Problem) -> list[str]:
    """Every right program of a problem."""
    return [implementation.source for implementation in problem.implementations.values()]
