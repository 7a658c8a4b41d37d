"""The kill matrix: every mutant with one bug, up to the first test that draws its data and fails."""

from collections.abc import Sequence, Set

from bugforge.audit.drawing import drawing_tests
from bugforge.audit.report import Fate, Row
from bugforge.forge.sites import Sites
from bugforge.gate import Gate, batched, unfit_by_text
from bugforge.gate.candidate import Candidate
from bugforge.gate.evidence import FAILURES, SEEDS, dishonest
from bugforge.gate.rules import Refusal, Rule
from bugforge.model import Implementation, Observation, Problem, TestResult
from bugforge.pack.contract import contract_of
from bugforge.runner.task import Task


def kills(problem: Problem, implementation: Implementation, sites: Sites, gate: Gate) -> tuple[list[Row], list[str]]:
    """The rows of one implementation, and the faults: kills that rest on worked examples alone.

    A mutant is killed when a test that draws its data fails on every seed. Those of which the gate has not seen it are
    run up to that test, and what none kills at once is run in full.
    """
    candidates = sites.candidates(problem, implementation)
    known = {n: gate.store.get("kill", _key(c)) for n, c in enumerate(candidates)}
    killers: dict[int, str] = {n: killer for n, killer in known.items() if killer}
    unfit = {n: unfit_by_text(candidates[n], gate.store) for n in known if n not in killers}
    verdicts: dict[int, Observation | Refusal] = {n: refusal for n, refusal in unfit.items() if refusal}
    drawing = {*drawing_tests(contract_of(problem, implementation), gate.reference(problem, implementation).tests)}
    new = [n for n in known if n not in killers and n not in verdicts]
    seen = {n: _seen_to_kill(candidates[n], drawing, gate) for n in new}
    unknown = [n for n in new if not seen[n]]
    first = _first_kills([candidates[n] for n in unknown], problem, implementation, gate)
    for n, killer in (*seen.items(), *zip(unknown, first, strict=True)):
        if killer:
            killers[n] = killer
            gate.store.put("kill", _key(candidates[n]), killer)
    left = [n for n in unknown if n not in killers]
    verdicts |= zip(left, gate.admit([candidates[n] for n in left]), strict=True)
    rows, faults = [], []
    for n, candidate in enumerate(candidates):
        verdict = killers.get(n) or verdicts[n]
        row = _row(candidate, verdict)
        rows.append(row)
        if isinstance(verdict, Observation) and drawing.isdisjoint(verdict.failing):
            faults.append(f"{row.where} fails no test that draws its data from `rng`, so a table of answers hides it")
    return rows, faults


def _seen_to_kill(candidate: Candidate, drawing: Set[str], gate: Gate) -> str | None:
    """The first test that draws its data and that the gate has seen fail on every seed."""
    seen = gate.kept(candidate)
    return next((test for test in seen.failing if test in drawing), None) if isinstance(seen, Observation) else None


def _first_kills(
    candidates: Sequence[Candidate], problem: Problem, implementation: Implementation, gate: Gate
) -> list[str | None]:
    """For each candidate the test that draws its data, fails first, and fails on the other seeds as well."""
    contract, reference = contract_of(problem, implementation), gate.reference(problem, implementation)
    drawing, limits = drawing_tests(contract, reference.tests), reference.limits
    batches = batched(range(len(candidates))) if drawing else []
    tasks = [gate.screening(problem, implementation, [candidates[n].source for n in b], drawing) for b in batches]
    first: dict[str, list[int]] = {}
    for number, reports in gate.runner.run(tasks):
        for n, report in zip(batches[number], reports, strict=True):
            if killer := _killer(report[SEEDS[0]]):
                first.setdefault(killer, []).append(n)
    again = [(killer, part) for killer in sorted(first) for part in batched(sorted(first[killer]))]
    tasks = [
        Task(contract, tuple(candidates[n].source for n in part), SEEDS[1:], only=(killer,), limits=limits)
        for killer, part in again
    ]
    held: list[str | None] = [None] * len(candidates)
    for number, reports in gate.runner.run(tasks):
        killer, part = again[number]
        for n, report in zip(part, reports, strict=True):
            if all(_killer(results) == killer for results in report.values()):
                held[n] = killer
    return held


def _killer(results: Sequence[TestResult]) -> str | None:
    """The test that failed, for an honest reason."""
    if dishonest(results):
        return None
    return next((result.name for result in results if result.outcome in FAILURES), None)


def _row(candidate: Candidate, verdict: str | Observation | Refusal) -> Row:
    (bug,) = candidate.address.bugs
    if isinstance(verdict, str):
        fate, detail = Fate.KILLED, verdict
    elif isinstance(verdict, Observation):
        fate, detail = Fate.KILLED, verdict.failing[0]
    else:
        fate, detail = _fate(candidate, verdict)
    source = candidate.implementation.source
    return Row(
        problem=candidate.problem.name,
        implementation=candidate.implementation.name,
        bug_class=bug.mutator,
        site=str(bug.site),
        line=source.count("\n", 0, candidate.plans[0].edits[0].start) + 1,
        fate=fate,
        detail=detail,
    )


def _fate(candidate: Candidate, refusal: Refusal) -> tuple[Fate, str]:
    (bug,) = candidate.address.bugs
    named = candidate.implementation.name, bug.mutator, str(bug.site)
    for declared in candidate.problem.equivalents:
        if (declared.implementation, declared.mutator, declared.site) == named:
            return Fate.EQUIVALENT, declared.reason
    if refusal.rule is Rule.KILLED and refusal.detail != "none passes every time":
        return Fate.SURVIVED, refusal.detail
    return Fate.REFUSED, f"{refusal.rule} ({refusal.detail.splitlines()[0]})"


def _key(candidate: Candidate) -> list[str]:
    contract = contract_of(candidate.problem, candidate.implementation)
    own = candidate.implementation.source, candidate.source
    right = [implementation.source for implementation in candidate.problem.implementations.values()]
    return [*(text for pair in contract.tests for text in pair), *own, *right]
