"""Draws: seed, filters and a pack make a stream of candidates, and nothing else has a say in it.

Nobody who reads the stream changes it: what is refused, or there already, is passed over by the reader.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bugforge.errors import UsageError
from bugforge.forge.sites import Sites
from bugforge.gate import unfit_by_text
from bugforge.gate.candidate import Candidate
from bugforge.model import Address, Difficulty, Implementation, Plan, Problem
from bugforge.mutation.edits import overlapping
from bugforge.mutation.syntax import tree
from bugforge.pack import Pack, names
from bugforge.symptoms import only_raises

MOST_BUGS = 4  # in one exercise


@dataclass(frozen=True)
class Wanted:
    """Of what kind the candidates are (nothing given: any kind)."""

    topics: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    bug_classes: frozenset[str] = frozenset()
    bug_count: int = 1
    difficulty: Difficulty | None = None  # as far as the pack's record tells

    @classmethod
    def named(
        cls,
        pack: Pack,
        topics: Iterable[str] = (),
        problems: Iterable[str] = (),
        bugs: Iterable[str] = (),
        bug_count: int = 1,
        difficulty: str | None = None,
    ) -> "Wanted":
        """By names as a person writes them; `bugs` are classes or categories. Raises UsageError for an unknown one."""
        if not 1 <= bug_count <= MOST_BUGS:
            raise UsageError(f"{bug_count} bugs in an exercise are not possible; give 1 to {MOST_BUGS}")
        if difficulty not in (None, *Difficulty):
            raise UsageError(f"there is no difficulty {difficulty!r}; there are: {', '.join(Difficulty)}")
        return cls(
            names.topics(topics, pack),
            names.problems(problems, pack),
            names.bug_classes(bugs, pack),
            bug_count,
            Difficulty(difficulty) if difficulty else None,
        )


def addresses(sites: Sites, seed: int, wanted: Wanted) -> Iterator[Candidate]:
    """Every candidate once: new bug classes first, in turn from every topic and problem.

    Classes that only raise errors are no better than used ones: they are easily found. What its text speaks against is
    not drawn, so that the turn of its problem is not lost.
    """
    return iter(_Draw(sites, seed, wanted))


class _Draw:
    def __init__(self, sites: Sites, seed: int, wanted: Wanted) -> None:
        self.sites, self.wanted = sites, wanted
        self.dice = random.Random(seed)
        self.turns = self._turns()
        self.used = Counter(name for name, bug in sites.pack.bug_classes.items() if only_raises(bug.symptoms))
        self.drawn: set[Address] = set()
        self.trees: set[str] = set()

    def _turns(self) -> list[Problem]:
        """Problems so that neighbours are of different topics."""
        topics: dict[str, list[Problem]] = {}
        for problem in self.sites.pack.problems.values():
            of_topic = not self.wanted.topics or problem.topic in self.wanted.topics
            if of_topic and (not self.wanted.problems or problem.name in self.wanted.problems):
                topics.setdefault(problem.topic, []).append(problem)
        columns = [self.dice.sample(problems, len(problems)) for problems in topics.values()]
        self.dice.shuffle(columns)
        return [problem for row in itertools.zip_longest(*columns) for problem in row if problem is not None]

    def __iter__(self) -> Iterator[Candidate]:
        """In rounds over the problems. A class is drawn again only when no unused one is left anywhere."""
        repeats = 0
        while True:
            drawn = False
            for problem in list(self.turns):
                candidate = self._candidate(problem, repeats)
                if candidate:
                    drawn = True
                    self.turns.append(self.turns.pop(self.turns.index(problem)))
                    yield candidate
            if not drawn:
                repeats += 1
                if repeats > max(self.used.values(), default=0):
                    return

    def _candidate(self, problem: Problem, repeats: int) -> Candidate | None:
        implementations = list(problem.implementations.values())
        for implementation in self.dice.sample(implementations, len(implementations)):
            for plans in self._combinations(implementation, repeats):
                candidate = self.sites.candidate(problem, implementation, plans)
                seen = candidate.address in self.drawn or tree(candidate.source) in self.trees
                if seen or unfit_by_text(candidate, self.sites.store):
                    continue
                self.drawn.add(candidate.address)
                self.trees.add(tree(candidate.source))
                self.used.update(plan.planted.mutator for plan in plans)
                return candidate
        return None

    def _combinations(self, implementation: Implementation, repeats: int) -> Iterator[tuple[Plan, ...]]:
        """Sets of bugs to plant together, in random order: different classes that do not touch each other.

        A class is drawn first and its site second, so that a class with many sites is no likelier than another; and a
        class is looked for only when it is its turn.
        """
        names = [name for name in self.sites.pack.bug_classes if self._is_wanted(name) and self.used[name] <= repeats]
        earlier: list[list[Plan]] = []
        for name in self.dice.sample(names, len(names)):
            found = self._places(implementation, name)
            sites = self.dice.sample(found, len(found))
            for others in itertools.combinations(earlier, self.wanted.bug_count - 1):
                for together in itertools.product(sites, *others):
                    if not overlapping([edit for plan in together for edit in plan.edits]):
                        yield together
            if sites:
                earlier.append(sites)

    def _places(self, implementation: Implementation, name: str) -> Sequence[Plan]:
        """Where a class can be planted: where it makes an exercise that is so hard, if the pack has that on record."""
        known = self.sites.pack.measured.get(f"{implementation.problem}/{implementation.name}")
        if known is None:
            return self.sites.of(implementation, name)
        levels = (
            {str(self.wanted.difficulty)} if self.wanted.difficulty and self.wanted.bug_count == 1 else {*Difficulty}
        )
        sites = {site for site, level in known.get(name, {}).items() if level in levels}
        return (
            [plan for plan in self.sites.of(implementation, name) if str(plan.planted.site) in sites] if sites else []
        )

    def _is_wanted(self, name: str) -> bool:
        return not self.wanted.bug_classes or name in self.wanted.bug_classes
