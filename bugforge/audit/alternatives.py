"""Plants what mutators say of other fixes: those that are right pass every test, those that hide the bug fail one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.gate.candidate import Candidate
from bugforge.gate.evidence import SEEDS
from bugforge.model import Alternative, Implementation, Observation, Outcome, Problem
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
            if self._all_planted(candidate):
                continue
            (fixes,) = self.sites.fixes(candidate)
            for right, alternatives in ((True, fixes.also_right), (False, fixes.treats_symptom)):
                for alternative in alternatives:
                    item = Planted(candidate, alternative, right)
                    if (problem.name, *item.name) not in self.planted:
                        self.planted.add((problem.name, *item.name))
                        yield item

    def _all_planted(self, candidate: Candidate) -> bool:
        (planted,) = candidate.address.bugs
        bug = self.sites.pack.bug_classes[planted.mutator]
        sentences = *bug.also_right, *bug.treats_symptom
        return all((candidate.problem.name, planted.mutator, sentence) in self.planted for sentence in sentences)

    def _run(
        self, items: Sequence[Planted], numbers: Sequence[int], problem: Problem, implementation: Implementation
    ) -> Iterator[tuple[int, str]]:
        """For each a test that does not pass on some seed, of a right one the first; nothing for one that passes.

        After the first seed a right fix is run by the tests that the bug fails, and one that hides it by all.
        """
        contract, limits = contract_of(problem, implementation), self.gate.reference(problem, implementation).limits
        first = [
            Task(contract, (item.source,), SEEDS[:1], limits=limits)
            if item.right
            else self.gate.screening(problem, implementation, [item.source])
            for item in items
        ]
        left: list[tuple[int, Task]] = []
        for n, (report,) in self.gate.runner.run(first):
            if failed := _not_passing(report):
                yield numbers[n], failed
            else:
                only = self._failing(items[n].candidate) if items[n].right else ()
                left.append((n, Task(contract, (items[n].source,), SEEDS[1:], only=only, stop=True, limits=limits)))
        for number, (report,) in self.gate.runner.run(task for _, task in left):
            yield numbers[left[number][0]], _not_passing(report)

    def _failing(self, candidate: Candidate) -> tuple[str, ...]:
        (seen,) = self.gate.admit([candidate])
        return seen.failing if isinstance(seen, Observation) else ()

    def _fault(self, item: Planted, test: str) -> str:
        (bug,) = item.candidate.address.bugs
        where = f"{bug.mutator} in {item.candidate.problem.name} at {bug.site}"
        said = "is said to be right, but fails" if item.right else "is said to hide the bug only, but passes every test"
        return f"{where}: {item.alternative.sentence!r} {said} {test}".rstrip()


def _not_passing(report: Report) -> str:
    """A test that does not pass on some seed."""
    asked = (result for results in report.values() for result in results if result.outcome is not Outcome.NOT_RUN)
    return next((result.name for result in asked if result.outcome is not Outcome.PASSED), "")


def _texts(candidate: Candidate) -> list[str]:
    contract = contract_of(candidate.problem, candidate.implementation)
    return [text for pair in contract.tests for text in pair]
