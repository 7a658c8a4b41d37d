"""Plants what mutators say of other fixes: those that are right pass every test, those that hide the bug fail one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bugforge.forge.sites import Sites
from bugforge.gate import Gate, batched
from bugforge.gate.candidate import Candidate
from bugforge.gate.evidence import SEEDS
from bugforge.model import Alternative, Implementation, Outcome, Problem
from bugforge.mutation.edits import edited
from bugforge.pack import Pack
from bugforge.pack.contract import contract_of
from bugforge.runner.task import Report, Task


@dataclass(frozen=True)
class Planted:
    """One alternative to the fix of one bug."""

    candidate: Candidate
    alternative: Alternative
    right: bool  # as its mutator says

    @property
    def source(self) -> str:
        return edited(self.candidate.source, self.alternative.edits)

    @property
    def name(self) -> tuple[str, str]:
        """Bug class and sentence."""
        return self.candidate.address.bugs[0].mutator, self.alternative.sentence


class Alternatives:
    """Each once for each problem, at the first place where it can be made."""

    def __init__(self, sites: Sites, gate: Gate) -> None:
        self.sites, self.gate = sites, gate
        self.planted: set[tuple[str, str, str]] = set()  # problem, bug class, sentence

    def faults(self, problem: Problem, implementation: Implementation) -> list[str]:
        """What does not end as its mutator says."""
        new = list(self._new(problem, implementation))
        keys = [[*_texts(item.candidate), item.source] for item in new]
        failing: list[str | None] = [self.gate.store.get("alternative", key) for key in keys]
        unknown = [n for n, test in enumerate(failing) if test is None]
        for n, test in self._run([new[n] for n in unknown], unknown, problem, implementation):
            failing[n] = test
            self.gate.store.put("alternative", keys[n], test)
        pairs = zip(new, failing, strict=True)
        return [self._fault(item, test or "") for item, test in pairs if item.right is bool(test)]

    def never_planted(self, pack: Pack) -> Iterator[str]:
        planted = {(name, sentence) for _, name, sentence in self.planted}
        for name in sorted(pack.own):
            bug = pack.bug_classes[name]
            for sentence in (*bug.also_right, *bug.treats_symptom):
                if (name, sentence) not in planted:
                    yield f"{name}: {sentence!r} can be made at no place of the pack; mend its patterns"

    def _new(self, problem: Problem, implementation: Implementation) -> Iterator[Planted]:
        for candidate in self.sites.candidates(problem, implementation):
            (fixes,) = self.sites.fixes(candidate)
            for right, alternatives in ((True, fixes.also_right), (False, fixes.treats_symptom)):
                for alternative in alternatives:
                    item = Planted(candidate, alternative, right)
                    if (problem.name, *item.name) not in self.planted:
                        self.planted.add((problem.name, *item.name))
                        yield item

    def _run(
        self, items: Sequence[Planted], numbers: Sequence[int], problem: Problem, implementation: Implementation
    ) -> Iterator[tuple[int, str]]:
        """For each the first test that does not pass on some seed; nothing for one that passes them all."""
        contract, limits = contract_of(problem, implementation), self.gate.reference(problem, implementation).limits
        batches = batched(range(len(items)))
        tasks = [Task(contract, tuple(items[n].source for n in b), SEEDS, limits=limits) for b in batches]
        for number, reports in self.gate.runner.run(tasks):
            for n, report in zip(batches[number], reports, strict=True):
                yield numbers[n], _not_passing(report)

    def _fault(self, item: Planted, test: str) -> str:
        (bug,) = item.candidate.address.bugs
        where = f"{bug.mutator} in {item.candidate.problem.name} at {bug.site}"
        said = "is said to be right, but fails" if item.right else "is said to hide the bug only, but passes every test"
        return f"{where}: {item.alternative.sentence!r} {said} {test}".rstrip()


def _not_passing(report: Report) -> str:
    """A test that does not pass; on every seed where there is one."""
    failing = [{r.name for r in results if r.outcome is not Outcome.PASSED} for results in report.values()]
    return min(set.intersection(*failing), default="") or min(set.union(*failing), default="")


def _texts(candidate: Candidate) -> list[str]:
    contract = contract_of(candidate.problem, candidate.implementation)
    return [text for pair in contract.tests for text in pair]
