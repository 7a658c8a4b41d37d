"""Seed, filters and a pack make exercises: the only room that rolls dice."""

import hashlib
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bugforge.evidence import Refusal
from bugforge.gate import Candidate, Gate
from bugforge.model import Address, Difficulty, Exercise, Implementation, Mutant, Observation, Problem
from bugforge.mutation.mutator import Plan, planted_source
from bugforge.mutation.rewrite import Code, overlapping
from bugforge.mutation.scrutiny import tree
from bugforge.pack import Pack


@dataclass(frozen=True)
class Order:
    """What is wanted: how many exercises, from which seed, and of what kind (nothing given: any kind)."""

    count: int
    seed: int
    topics: frozenset[str] = frozenset()
    bugs: frozenset[str] = frozenset()  # bug classes
    difficulty: Difficulty | None = None
    bug_count: int = 1


@dataclass
class Forged:
    """Exercises in the order in which they were chosen, and why others were refused."""

    exercises: list[Exercise] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)


class Forge:
    """Plants the bugs of a pack; what it found of an implementation it keeps."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._codes: dict[tuple[str, str], Code] = {}
        self._plans: dict[tuple[str, str, str], list[Plan]] = {}

    def plans_of(self, implementation: Implementation, mutator: str) -> list[Plan]:
        """One bug class at every site of an implementation."""
        place = implementation.problem, implementation.name
        key = (*place, mutator)
        if key not in self._plans:
            if place not in self._codes:
                self._codes[place] = Code(implementation.source)
            self._plans[key] = self.pack.mutators[mutator].plans(self._codes[place])
        return self._plans[key]

    def plans(self, implementation: Implementation) -> list[Plan]:
        """Every bug class at every site of an implementation."""
        return [plan for mutator in self.pack.mutators for plan in self.plans_of(implementation, mutator)]

    def mutant(self, implementation: Implementation, plans: Sequence[Plan]) -> Mutant:
        """The implementation with these bugs planted together."""
        bugs = tuple(sorted(plan.planted for plan in plans))
        address = Address(self.pack.name, implementation.problem, implementation.name, bugs)
        edits = tuple(edit for plan in plans for edit in plan.edits)
        return Mutant(address, planted_source(implementation.source, edits))

    def find(
        self, problem: Problem, exercise_id: str, bug_count: int, classes: Sequence[str] = ()
    ) -> tuple[Implementation, Mutant] | None:
        """The mutant that an exercise's id was made from, by hashing the problem's sites; of all `classes` or these."""
        for implementation in problem.implementations.values():
            names = [name for name in classes or self.pack.mutators if name in self.pack.mutators]
            found = [plan for name in names for plan in self.plans_of(implementation, name)]
            for plans in itertools.combinations(found, bug_count):
                bugs = tuple(sorted(plan.planted for plan in plans))
                address = Address(self.pack.name, problem.name, implementation.name, bugs)
                if identifier(address) == exercise_id:
                    return implementation, self.mutant(implementation, plans)
        return None

    def make(
        self, order: Order, gate: Gate, taken: Callable[[str], bool], progress: Callable[[int], None] = lambda _: None
    ) -> Forged:
        """Exercises for an order: the same ones for the same seed, however many jobs the gate's runner has.

        Candidates are drawn in rounds; a round holds as many as are still wanted and is judged as a whole.
        """
        forged = Forged()
        draw = _Draw(self, order, taken)
        while len(forged.exercises) < order.count:
            candidates = draw.round(order.count - len(forged.exercises))
            if not candidates:
                break
            for candidate, verdict in zip(candidates, gate.admit(candidates), strict=True):
                if isinstance(verdict, Refusal):
                    forged.refusals[verdict.rule] += 1
                    draw.give_back(candidate)
                else:
                    forged.exercises.append(self._exercise(candidate, verdict))
            progress(len(forged.exercises))
        return forged

    def _exercise(self, candidate: Candidate, observation: Observation) -> Exercise:
        address = candidate.mutant.address
        levels = [self.pack.mutators[bug.mutator].level for bug in address.bugs]
        return Exercise(
            id=identifier(address),
            mutant=candidate.mutant,
            original=candidate.implementation.source,
            repaired=candidate.repaired,
            difficulty=max(levels, key=list(Difficulty).index),
            observation=observation,
        )


class _Draw:
    """Draws candidates: new bug classes first, in turn from every topic and problem."""

    def __init__(self, forge: Forge, order: Order, taken: Callable[[str], bool]) -> None:
        self.forge, self.order, self.taken = forge, order, taken
        self.dice = random.Random(order.seed)
        self.turns = self._turns()
        self.used: Counter[str] = Counter()
        self.drawn: set[Address] = set()
        self.trees: set[str] = set()

    def _turns(self) -> list[Problem]:
        """Problems so that neighbours are of different topics."""
        topics: dict[str, list[Problem]] = {}
        for problem in self.forge.pack.problems.values():
            if not self.order.topics or problem.topic in self.order.topics:
                topics.setdefault(problem.topic, []).append(problem)
        columns = [self.dice.sample(problems, len(problems)) for problems in topics.values()]
        self.dice.shuffle(columns)
        return [problem for row in itertools.zip_longest(*columns) for problem in row if problem is not None]

    def round(self, wanted: int) -> list[Candidate]:
        """Up to `wanted` candidates. Classes repeat only when no unused one is left anywhere."""
        found: list[Candidate] = []
        repeats = 0
        while len(found) < wanted:
            before = len(found)
            for problem in list(self.turns):
                candidate = self._candidate(problem, repeats) if len(found) < wanted else None
                if candidate:
                    found.append(candidate)
                    self.turns.append(self.turns.pop(self.turns.index(problem)))
            if len(found) == before:
                repeats += 1
                if repeats > max(self.used.values(), default=0):
                    break
        return found

    def give_back(self, candidate: Candidate) -> None:
        """A refused candidate's classes may be drawn again, at another site."""
        self.used.subtract(bug.mutator for bug in candidate.mutant.address.bugs)
        self.trees.discard(tree(candidate.mutant.source))

    def _candidate(self, problem: Problem, repeats: int) -> Candidate | None:
        implementations = list(problem.implementations.values())
        for implementation in self.dice.sample(implementations, len(implementations)):
            for plans in self._combinations(implementation, repeats):
                mutant = self.forge.mutant(implementation, plans)
                if mutant.address in self.drawn or self.taken(identifier(mutant.address)):
                    continue
                if tree(mutant.source) in self.trees:
                    continue
                self.drawn.add(mutant.address)
                self.trees.add(tree(mutant.source))
                self.used.update(plan.planted.mutator for plan in plans)
                return Candidate(mutant, problem, implementation, *self._parts(implementation, plans))
        return None

    def _parts(self, implementation: Implementation, plans: Sequence[Plan]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Sources with each bug fixed in turn, and with each bug alone where there are several."""
        ordered = sorted(plans, key=lambda plan: plan.planted)
        others = [[other for other in ordered if other is not plan] for plan in ordered]
        repaired = tuple(self.forge.mutant(implementation, left).source for left in others)
        several = ordered if len(ordered) > 1 else []
        return repaired, tuple(self.forge.mutant(implementation, [plan]).source for plan in several)

    def _combinations(self, implementation: Implementation, repeats: int) -> Iterator[tuple[Plan, ...]]:
        """Sets of bugs to plant together, in random order: different classes that do not touch each other.

        A class is drawn first and its site second, so that a class with many sites is no likelier than another; and a
        class is looked for only when it is its turn.
        """
        wanted = [name for name in self.forge.pack.mutators if self._wanted(name) and self.used[name] <= repeats]
        earlier: list[list[Plan]] = []
        for name in self.dice.sample(wanted, len(wanted)):
            found = self.forge.plans_of(implementation, name)
            sites = self.dice.sample(found, len(found))
            for others in itertools.combinations(earlier, self.order.bug_count - 1):
                for together in itertools.product(sites, *others):
                    if not overlapping(tuple(edit for plan in together for edit in plan.edits)):
                        yield together
            if sites:
                earlier.append(sites)

    def _wanted(self, name: str) -> bool:
        level = self.forge.pack.mutators[name].level
        return self.order.difficulty in (None, level) and (not self.order.bugs or name in self.order.bugs)


def identifier(address: Address) -> str:
    """The short hash that names an exercise: it cannot be read, only recomputed from the same pack."""
    bugs = "+".join(f"{bug.mutator}@{bug.site}" for bug in address.bugs)
    text = f"{address.pack}/{address.problem}/{address.implementation}/{bugs}"
    return hashlib.sha256(text.encode()).hexdigest()[:8]
