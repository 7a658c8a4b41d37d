"""Proves a pack: implementations pass, examples hold, every mutator kills somewhere, survivors are explained.

And no kill rests on worked examples alone: a program that knows these by heart would pass for mended.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from bugforge.audit.alternatives import Alternatives
from bugforge.audit.examples import wrong_examples
from bugforge.audit.kills import kills
from bugforge.audit.liars import hidden_bugs
from bugforge.audit.matrix import idle_tests
from bugforge.audit.recording import other_measures
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
    pack: Pack, runner: Runner, store: Store, depth: Depth, progress: Callable[[str], None] = lambda _: None
) -> Audit:
    """Raises PackError where a mutator cannot be loaded."""
    pack.mutators.load_all()
    found, sites, gate = Audit(), Sites(pack, store), Gate(runner, store)
    alternatives = Alternatives(sites, gate)
    found.faults += map(str, wrong_examples(pack, store))
    found.faults += poor_sentences(pack)
    found.faults += _nothing_to_prove(pack)
    pairs = [(p, i) for p in pack.problems.values() for i in p.implementations.values()]
    gate.prove(pairs)
    for problem, implementation in pairs:
        name = f"{problem.name}/{implementation.name}"
        progress(name)
        reference = gate.reference(problem, implementation)
        if reference.flaw:
            found.faults.append(f"{name}: {reference.flaw}")
            continue
        found.costs[name] = dict(zip(reference.tests, reference.costs, strict=True))
        found.faults += _dear(name, problem, reference)
        told = tellings(problem, implementation, sites, gate) if depth is not Depth.CORE else []
        rows, faults = kills(problem, implementation, sites, gate)
        found.rows += rows
        found.faults += faults
        if depth is not Depth.CORE:
            found.told += told
            found.faults += [f"{name}: {fault}" for fault in _deeper(problem, implementation, told, sites, gate)]
            found.faults += alternatives.faults(problem, implementation)
        if depth is Depth.MATRIX:
            found.idle_tests[name] = idle_tests(problem, implementation, sites, gate)
    for problem in pack.problems.values():
        found.faults += wrong_signs(problem, gate)
        found.faults += other_measures(problem, found.told) if depth is not Depth.CORE else []
    if depth is not Depth.CORE:
        found.faults += never_true(found.told, pack)
        found.faults += alternatives.never_planted(pack)
    found.faults += sites.left_out
    found.faults += _idle_mutators(pack, found)
    found.faults += [f"{row.where} survives: {row.detail}" for row in found.rows if row.fate is Fate.SURVIVED]
    found.faults += _stale_equivalents(pack, found)
    return found


def _nothing_to_prove(pack: Pack) -> Iterator[str]:
    for what, there in (("problem", pack.problems), ("bug class", pack.bug_classes)):
        if not there:
            yield f"the pack has no {what}, so there is nothing to prove; add one"


def _deeper(
    problem: Problem, implementation: Implementation, told: Sequence[Telling], sites: Sites, gate: Gate
) -> Iterator[str]:
    yield from _hardly_shown(told)
    yield from hidden_bugs(problem, implementation, sites, gate.runner)
    yield from differing_ways(problem, implementation, sites, gate.runner)


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
