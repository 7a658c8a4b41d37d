"""Every place of a pack where a bug class applies; what was found of a program is kept in the store."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from bugforge.errors import MutatorError
from bugforge.gate.candidate import Candidate, bug_digest, identifier
from bugforge.model import Address, Fixes, Implementation, Plan, Problem
from bugforge.pack import Pack
from bugforge.store import Store

if TYPE_CHECKING:
    from bugforge.mutation.code import Code


class Sites:
    """Looks for the places of one bug class in one program when it is asked for them."""

    def __init__(self, pack: Pack, store: Store) -> None:
        self.pack, self.store = pack, store
        self.left_out: list[str] = []  # a sentence on each mutator that failed on an implementation
        self._plans: dict[tuple[str, str, str], tuple[Plan, ...]] = {}
        self._codes: dict[str, Code] = {}  # by the text of the program

    def of(self, implementation: Implementation, bug_class: str) -> tuple[Plan, ...]:
        """One bug class at every site of an implementation; none, and a sentence in `left_out`, where it fails."""
        key = implementation.problem, implementation.name, bug_class
        if key not in self._plans:
            self._plans[key] = self._recalled(implementation, bug_class)
        return self._plans[key]

    def all_of(self, implementation: Implementation) -> list[Plan]:
        """Every bug class at every site of an implementation."""
        return [plan for name in self.pack.bug_classes for plan in self.of(implementation, name)]

    def candidate(self, problem: Problem, implementation: Implementation, plans: Iterable[Plan]) -> Candidate:
        """The implementation with these bugs to be planted together."""
        ordered = tuple(sorted(plans, key=lambda plan: plan.planted))
        bugs = tuple(plan.planted for plan in ordered)
        address = Address(self.pack.name, problem.name, implementation.name, bugs)
        return Candidate(problem, implementation, address, ordered)

    def fixes(self, candidate: Candidate) -> tuple[Fixes, ...]:
        """What else could be done about each bug of a mutant; nothing where its mutator fails on the broken program."""
        return tuple(
            self._fixes(bug.mutator, candidate, lines)
            for bug, lines in zip(candidate.address.bugs, candidate.lines, strict=True)
        )

    def _fixes(self, bug_class: str, candidate: Candidate, lines: Sequence[int]) -> Fixes:
        if candidate.source.count("\n") < candidate.implementation.source.count("\n"):
            lines = (*lines, lines[-1] + 1)  # a line is missing: the bug is between two
        key = self.pack.mutators.text(bug_class), candidate.source, str(lines)
        known = self.store.get("fixes", key)
        if known is not None:
            return msgspec.convert(known, Fixes)
        bug = self.pack.bug_classes[bug_class]
        if not bug.also_right and not bug.treats_symptom:
            return Fixes()
        try:
            found = self.pack.mutators[bug_class].fixes(self._code(candidate.source), lines)
        except MutatorError as error:
            self.left_out.append(f"{candidate.address.problem}/{candidate.address.implementation}: {error}")
            return Fixes()
        self.store.put("fixes", key, msgspec.to_builtins(found))
        return found

    def candidates(self, problem: Problem, implementation: Implementation) -> list[Candidate]:
        """Every mutant with one bug."""
        return [self.candidate(problem, implementation, [plan]) for plan in self.all_of(implementation)]

    def find(
        self,
        problem: Problem,
        pack_name: str,
        exercise: str,
        digests: Sequence[str],
        secret: str = "",
        classes: Sequence[str] = (),
    ) -> Candidate | None:
        """The candidate that an exercise's id and the digests of its bugs were made from; of all `classes` or these.

        Each bug is found by itself, so that several take no longer than one. None where this pack does not make it,
        or the secret is another.
        """
        for implementation in problem.implementations.values():
            names = [name for name in classes or self.pack.bug_classes if name in self.pack.bug_classes]
            found: dict[str, Plan] = {}
            for plan in (plan for name in names for plan in self.of(implementation, name)):
                digest = bug_digest(exercise, implementation.name, plan.planted, secret)
                if digest in digests:
                    found[digest] = plan
            if found.keys() == {*digests}:
                candidate = self.candidate(problem, implementation, found.values())
                address = Address(pack_name, problem.name, implementation.name, candidate.address.bugs)
                if identifier(address, secret) == exercise:
                    return candidate
        return None

    def _recalled(self, implementation: Implementation, bug_class: str) -> tuple[Plan, ...]:
        key = self.pack.mutators.text(bug_class), implementation.source
        known = self.store.get("sites", key)
        if known is not None:
            return msgspec.convert(known, tuple[Plan, ...])
        try:
            plans = tuple(self.pack.mutators[bug_class].plans(self._code(implementation.source)))
        except MutatorError as error:
            self.left_out.append(f"{implementation.problem}/{implementation.name}: {error}")
            return ()
        self.store.put("sites", key, msgspec.to_builtins(plans))
        return plans

    def _code(self, source: str) -> "Code":
        from bugforge.mutation.code import Code  # and with it libcst: not where every place is known

        if source not in self._codes:
            self._codes[source] = Code(source)
        return self._codes[source]
