"""An implementation with bugs to be planted: a mutant on its way through the gate."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from bugforge.model import Address, Implementation, Plan, Planted, Problem
from bugforge.mutation.diff import changed_lines
from bugforge.mutation.edits import edited


@dataclass(frozen=True)
class Candidate:
    """The `plans` are in the order of the address."""

    problem: Problem
    implementation: Implementation
    address: Address
    plans: tuple[Plan, ...]

    @cached_property
    def source(self) -> str:
        """The program with every bug planted."""
        return edited(self.implementation.source, [edit for plan in self.plans for edit in plan.edits])

    @cached_property
    def lines(self) -> tuple[tuple[int, ...], ...]:
        """For each plan, the lines of the broken program that change when this one bug is fixed."""
        original, found = self.implementation.source, []
        for plan in self.plans:
            others = [edit for other in self.plans if other is not plan for edit in other.edits]
            found.append(tuple(changed_lines(self.source, edited(original, others))))
        return tuple(found)

    @property
    def alone(self) -> tuple[str, ...]:
        """The program with each bug by itself; nothing where there is only one."""
        several = self.plans if len(self.plans) > 1 else ()
        return tuple(edited(self.implementation.source, plan.edits) for plan in several)


def identifier(address: Address, secret: str = "") -> str:
    """The short hash that names an exercise: it cannot be read, only recomputed from the same pack and secret."""
    bugs = "+".join(f"{bug.mutator}@{bug.site}" for bug in address.bugs)
    return _digest(f"{secret}/{address.pack}/{address.problem}/{address.implementation}/{bugs}")


def bug_digest(exercise: str, implementation: str, bug: Planted, secret: str = "") -> str:
    """A hash of one bug, so that each is found by itself; in another exercise the same bug has another."""
    return _digest(f"{secret}/{exercise}/{implementation}/{bug.mutator}@{bug.site}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
