"""How many exercises a pack makes, and of which kinds: all with one bug, and of those with two an estimate."""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bugforge.forge.difficulty import measured
from bugforge.forge.sites import Sites
from bugforge.gate import Gate, unfit_by_text
from bugforge.gate.candidate import Candidate
from bugforge.model import Observation
from bugforge.mutation.edits import overlapping
from bugforge.pack import Pack
from bugforge.runner.pool import Runner
from bugforge.share import Share
from bugforge.store import Store

DRAWN = 60  # pairs of bugs
SEED = 1


@dataclass
class Counts:
    """Exercises with one bug by problem, class and difficulty; pairs of bugs, and the share that makes an exercise."""

    by_problem: dict[str, Counter[str]] = field(default_factory=dict)  # difficulties, and "loud"
    by_class: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    two_bugs: Share = field(default_factory=lambda: Share(0, 0))

    @property
    def total(self) -> Counter[str]:
        return sum(self.by_problem.values(), Counter())


def count(pack: Pack, runner: Runner, store: Store, progress: Callable[[str], None] = lambda _: None) -> Counts:
    """What the gate admits; what an earlier run has judged is not run again."""
    found, sites, gate = Counts(), Sites(pack, store), Gate(runner, store)
    pairs: list[Candidate] = []
    for problem in pack.problems.values():
        progress(problem.name)
        kinds = found.by_problem.setdefault(problem.name, Counter())
        for implementation in problem.implementations.values():
            singles = sites.candidates(problem, implementation)
            for candidate, seen in zip(singles, gate.admit(singles), strict=True):
                if isinstance(seen, Observation):
                    kinds[measured(candidate, seen, sites)] += 1
                    kinds["loud"] += seen.loud
                    found.by_class[candidate.address.bugs[0].mutator] += 1
            pairs += _pairs(singles, sites)
    progress("two bugs")
    drawn = random.Random(SEED).sample(pairs, min(DRAWN, len(pairs)))
    hits = sum(isinstance(seen, Observation) for seen in gate.admit(drawn))
    found.pairs, found.two_bugs = len(pairs), Share(hits, len(drawn))
    return found


def _pairs(singles: list[Candidate], sites: Sites) -> Iterator[Candidate]:
    """Every two bugs of different classes that do not touch each other and that their texts do not speak against."""
    fit = [candidate for candidate in singles if not unfit_by_text(candidate, sites.store)]
    for a, b in itertools.combinations(fit, 2):
        plans = *a.plans, *b.plans
        apart = a.address.bugs[0].mutator != b.address.bugs[0].mutator
        if apart and not overlapping([edit for plan in plans for edit in plan.edits]):
            yield sites.candidate(a.problem, a.implementation, plans)
