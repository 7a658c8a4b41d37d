"""Proves a pack: implementations pass, examples hold, every mutator kills somewhere, survivors are explained.

And no kill rests on worked examples alone: a program that knows these by heart would pass for mended.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bugforge.errors import Mistake
from bugforge.evidence import SEEDS, Refusal, observe
from bugforge.forge import Forge
from bugforge.gate import Gate, contract_of
from bugforge.model import Implementation, Mutant, Observation, Problem
from bugforge.mutation.mutator import Mutator, planted_source
from bugforge.mutation.pattern import IMPORTS
from bugforge.mutation.rewrite import Code
from bugforge.mutation.scrutiny import lint
from bugforge.pack import Pack
from bugforge.pack.mutators import field_lines
from bugforge.runner.pool import Runner
from bugforge.runner.task import Contract, Report, Task


@dataclass(frozen=True)
class Row:
    """One mutant of the kill matrix."""

    problem: str
    implementation: str
    mutator: str
    site: str
    line: int
    fate: str  # "killed", "survived", "equivalent" or "refused"
    detail: str  # the first failing test, the reason, or the rule
    killed_by: tuple[str, ...] = ()


@dataclass
class Audit:
    """What was found; the pack is proven when there is no `fault`."""

    rows: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    never_applied: list[str] = field(default_factory=list)

    def count(self, fate: str) -> int:
        return sum(row.fate == fate for row in self.rows)


def audit(pack: Pack, runner: Runner, progress: Callable[[str], None] = lambda _: None) -> Audit:
    """Run every mutant of a pack under its contract, on three seeds."""
    found, forge, gate = Audit(), Forge(pack), Gate(runner)
    found.faults += map(str, wrong_examples(pack))
    pairs = [(p, i) for p in pack.problems.values() for i in p.implementations.values()]
    gate.prove(pairs)
    for problem, implementation in pairs:
        progress(f"{problem.name}/{implementation.name}")
        flaw = gate.reference(problem, implementation).flaw
        if flaw:
            found.faults.append(f"{problem.name}/{implementation.name}: {flaw}")
        else:
            rows = list(_rows(problem, implementation, forge, gate))
            found.rows += rows
            found.faults += _known_by_heart(rows, contract_of(problem, implementation))
    killing = {row.mutator for row in found.rows if row.fate == "killed"}
    applied = {row.mutator for row in found.rows}
    found.never_applied = [name for name in pack.mutators if name not in applied]
    found.faults += [f"{name} applies but kills nowhere" for name in sorted(applied - killing)]
    found.faults += [f"{name} applies nowhere in the pack" for name in found.never_applied]
    found.faults += [
        f"{row.problem}/{row.implementation}: {row.mutator} survives at {row.site} (line {row.line}): {row.detail}"
        for row in found.rows
        if row.fate == "survived"
    ]
    found.faults += _stale_equivalents(pack, found.rows)
    return found


def _rows(problem: Problem, implementation: Implementation, forge: Forge, gate: Gate) -> Iterator[Row]:
    """The mutants of one implementation, each on every seed, in batches."""
    plans = forge.plans(implementation)
    mutants = [forge.mutant(implementation, [plan]) for plan in plans]
    reference = gate.reference(problem, implementation)
    contract = contract_of(problem, implementation)
    batches = [mutants[i : i + 8] for i in range(0, len(mutants), 8)]
    tasks = [Task(contract, tuple(m.source for m in batch), SEEDS, limits=reference.limits) for batch in batches]
    reports: dict[int, list[Report]] = dict(gate.runner.run(tasks))
    flat = [report for number in sorted(reports) for report in reports[number]]
    program = Code(implementation.source).program
    for plan, mutant, report in zip(plans, mutants, flat, strict=True):
        fate, detail, killed_by = _fate(problem, implementation, mutant, observe([report], reference))
        yield Row(
            problem=problem.name,
            implementation=implementation.name,
            mutator=plan.planted.mutator,
            site=str(plan.planted.site),
            line=program.line_of(plan.edits[0].start),
            fate=fate,
            detail=detail,
            killed_by=killed_by,
        )


def _fate(
    problem: Problem, implementation: Implementation, mutant: Mutant, seen: Observation | Refusal
) -> tuple[str, str, tuple[str, ...]]:
    (bug,) = mutant.address.bugs
    if isinstance(seen, Observation):
        if new := lint(mutant.source) - lint(implementation.source):
            return "refused", f"a linter sees it: {next(iter(new))}", ()
        return "killed", seen.failing[0], seen.failing
    for declared in problem.equivalents:
        if (declared.implementation, declared.mutator, declared.site) == (
            implementation.name,
            bug.mutator,
            str(bug.site),
        ):
            return "equivalent", declared.reason, ()
    if seen.rule.name == "KILLED" and seen.detail != "none passes every time":
        return "survived", seen.detail, ()
    return "refused", f"{seen.rule} ({seen.detail.splitlines()[0]})", ()


def _stale_equivalents(pack: Pack, rows: list[Row]) -> Iterator[str]:
    alive = {(row.problem, row.implementation, row.mutator, row.site) for row in rows if row.fate == "equivalent"}
    for problem in pack.problems.values():
        for item in problem.equivalents:
            if (problem.name, item.implementation, item.mutator, item.site) not in alive:
                where = f"{problem.name}/{item.implementation}"
                yield f"{where}: {item.mutator} at {item.site} is declared equivalent but is not there, or is killed"


def _known_by_heart(rows: list[Row], contract: Contract) -> Iterator[str]:
    """The kills all of whose tests have the same data whenever they are run."""
    drawing = _drawing_tests(contract)
    for row in rows:
        if row.fate == "killed" and drawing.isdisjoint(map(_function, row.killed_by)):
            where = f"{row.problem}/{row.implementation}: {row.mutator} at {row.site} (line {row.line})"
            yield f"{where} fails no test that draws its data from `rng`, so a table of answers hides it"


def _drawing_tests(contract: Contract) -> set[tuple[str, str]]:
    """Files and functions of the tests that ask for the fixture `rng`, themselves or by a fixture that does."""
    found = set()
    for file, text in contract.tests:
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        asked = {function.name: {argument.arg for argument in function.args.args} for function in functions}
        drawing = {"rng"}
        while more := {name for name in asked if asked[name] & drawing} - drawing:
            drawing |= more
        found |= {(file, name) for name in drawing}
    return found


def _function(test: str) -> tuple[str, str]:
    """File and function of a test that is called `file::class::function[parameters]`, the class perhaps missing."""
    file, *_, function = test.partition("[")[0].split("::")
    return file, function


def wrong_examples(pack: Pack) -> Iterator[Mistake]:
    """Examples that do not come out as written, and lookalikes that are not left alone."""
    for name, mutator in pack.mutators.items():
        path = pack.sources[name]
        lines = {kind: field_lines(path, kind) for kind in ("examples", "untouched")}
        where = path.relative_to(pack.root).as_posix()
        for line, example in zip(lines["examples"], mutator.examples, strict=True):
            made = outcomes(mutator, example.before)
            if _ended(example.after) not in made:
                yield Mistake(where, line, f"the example does not hold: it gives {made or 'nothing'}", "mend it")
        for line, snippet in zip(lines["untouched"], mutator.untouched, strict=True):
            made = outcomes(mutator, snippet)
            if made:
                yield Mistake(where, line, f"the lookalike is not left alone: it gives {made}", "tighten the rewrite")


def outcomes(mutator: Mutator, snippet: str) -> list[str]:
    """What a mutator makes of a snippet in which np, pd and math are imported."""
    code = Code(_ended(snippet), IMPORTS)
    return [planted_source(code.program.source, plan.edits) for plan in mutator.plans(code)]


def _ended(snippet: str) -> str:
    return snippet if snippet.endswith("\n") else f"{snippet}\n"
