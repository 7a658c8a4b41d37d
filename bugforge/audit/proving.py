"""Proves a pack: implementations pass, examples hold, every mutator kills somewhere, survivors are explained.

And no kill rests on worked examples alone: a program that knows these by heart would pass for mended.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bugforge.audit.alternatives import Alternatives
from bugforge.audit.examples import wrong_examples
from bugforge.audit.kills import kills
from bugforge.audit.liars import hidden_bugs
from bugforge.audit.matrix import idle_tests
from bugforge.audit.recording import stale_record, write_record
from bugforge.audit.report import Audit, Fate
from bugforge.audit.sentences import poor_sentences
from bugforge.audit.telling import Telling, never_true, tellings, wrong_signs
from bugforge.audit.ways import differing_ways
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.gate.evidence import Reference
from bugforge.model import Implementation, Problem
from bugforge.pack import Pack
from bugforge.runner.pool import Runner
from bugforge.store import Store

BUDGET, BUDGET_OF_TABLES = 0.1, 0.2  # CPU seconds of one run of a contract; where it needs pandas


class Depth(StrEnum):
    """How much is proven."""

    CORE = "core"  # references, a kill of every mutant, examples, sentences, budget
    WHOLE = "whole"  # that symptoms are true, other fixes end as they say, no lie hides a bug, all ways judge alike
    MATRIX = "matrix"  # every mutant under every test on every seed, as well: which tests kill nothing


def audit(
    pack: Pack,
    runner: Runner,
    store: Store,
    depth: Depth,
    progress: Callable[[str], None] = lambda _: None,
    *,
    record: bool = False,
) -> Audit:
    """With `record`, which exercises there are and how hard they are is written into the pack.

    Raises PackError where a mutator cannot be loaded.
    """
    pack.mutators.load_all()
    sites, gate = Sites(pack, store), Gate(runner, store)
    proving = _Proving(pack, depth, runner, sites, gate, Alternatives(sites, gate))
    found = proving.found
    found.faults += map(str, wrong_examples(pack, store))
    found.faults += poor_sentences(pack)
    found.faults += _nothing_to_prove(pack)
    pairs = [(p, i) for p in pack.problems.values() for i in p.implementations.values()]
    gate.prove(pairs)
    for problem, implementation in pairs:
        progress(f"{problem.name}/{implementation.name}")
        proving.prove(problem, implementation)
    found.faults += proving.faults_of_the_whole()
    if record:
        write_record(pack, found.told)
    elif depth is not Depth.CORE:
        found.faults += stale_record(pack, found.told)
    return found


@dataclass
class _Proving:
    pack: Pack
    depth: Depth
    runner: Runner
    sites: Sites
    gate: Gate
    alternatives: Alternatives
    found: Audit = field(default_factory=Audit)

    def prove(self, problem: Problem, implementation: Implementation) -> None:
        """One program, and all mutants of it."""
        found, name = self.found, f"{problem.name}/{implementation.name}"
        reference = self.gate.reference(problem, implementation)
        if reference.flaw:
            found.faults.append(f"{name}: {reference.flaw}")
            return
        found.costs[name] = dict(zip(reference.tests, reference.costs, strict=True))
        found.faults += _dear(name, problem, reference)
        told = tellings(problem, implementation, self.sites, self.gate) if self.depth is not Depth.CORE else []
        rows, faults = kills(problem, implementation, self.sites, self.gate)
        found.rows += rows
        found.faults += faults
        if self.depth is not Depth.CORE:
            found.told += told
            deeper = [*_hardly_shown(told), *hidden_bugs(problem, implementation, self.sites, self.runner)]
            deeper += differing_ways(problem, implementation, self.sites, self.runner)
            found.faults += [f"{name}: {fault}" for fault in deeper]
            found.faults += self.alternatives.faults(problem, implementation)
        if self.depth is Depth.MATRIX:
            found.idle_tests[name] = idle_tests(problem, implementation, self.sites, self.gate)

    def faults_of_the_whole(self) -> Iterator[str]:
        """What is seen when every program has been proven."""
        for problem in self.pack.problems.values():
            yield from wrong_signs(problem, self.gate)
        if self.depth is not Depth.CORE:
            yield from never_true(self.found.told, self.pack)
            yield from self.alternatives.never_planted(self.pack)
        yield from self.sites.left_out
        yield from _idle_mutators(self.pack, self.found)
        yield from (f"{row.where} survives: {row.detail}" for row in self.found.rows if row.fate is Fate.SURVIVED)
        yield from _stale_equivalents(self.pack, self.found)


def _nothing_to_prove(pack: Pack) -> Iterator[str]:
    for what, there in (("problem", pack.problems), ("bug class", pack.bug_classes)):
        if not there:
            yield f"the pack has no {what}, so there is nothing to prove; add one"


def _hardly_shown(told: Sequence[Telling]) -> Iterator[str]:
    shown = sum(item.in_demo for item in told)
    if 2 * shown < len(told):
        yield f"demo.py shows {shown} of {len(told)} bugs; let it show half of them"


def _dear(name: str, problem: Problem, reference: Reference) -> Iterator[str]:
    budget, spent = BUDGET_OF_TABLES if "pandas" in problem.allowed else BUDGET, sum(reference.costs)
    if spent > budget:
        dearest = max(zip(reference.costs, reference.tests, strict=True))
        yield f"{name}: its contract takes {spent:.2f} s, the budget is {budget:g} s; {dearest[1]} is the dearest test"
    if reference.demo_cost > budget:
        yield f"{name}: demo.py takes {reference.demo_cost:.2f} s, the budget is {budget:g} s"


def _idle_mutators(pack: Pack, found: Audit) -> Iterator[str]:
    killing = {row.bug_class for row in found.rows if row.fate is Fate.KILLED}
    applied = {row.bug_class for row in found.rows}
    for name in sorted(pack.own):
        if name not in killing:
            yield f"{name} {'applies but kills nowhere' if name in applied else 'applies nowhere in the pack'}"


def _stale_equivalents(pack: Pack, found: Audit) -> Iterator[str]:
    alive = {(r.problem, r.implementation, r.bug_class, r.site) for r in found.rows if r.fate is Fate.EQUIVALENT}
    for problem in pack.problems.values():
        for item in problem.equivalents:
            if (problem.name, item.implementation, item.mutator, item.site) not in alive:
                where = f"{problem.name}/{item.implementation}"
                yield f"{where}: {item.mutator} at {item.site} is declared equivalent but is not there, or is killed"
