"""No contract is passed by a program that keeps its bug and lies.

A liar tells the truth where a test would notice, and lies where a test would fail: at least one test that fails for the
bug must fail whatever is said in the place of a result. What a program has done to its caller's data only its own
process knows, so a test that fails for that is no hindrance to a liar, and one bug class can be hidden.
"""

import ast
import inspect
from collections.abc import Iterable, Iterator, Sequence

from bugforge.audit import lies
from bugforge.audit.drawing import function_of
from bugforge.forge.sites import Sites
from bugforge.gate import batched
from bugforge.gate.candidate import Candidate
from bugforge.model import Implementation, Outcome, Problem, TestResult
from bugforge.pack.contract import contract_of
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Task

SEED = 3
LIMITS = Limits(cpu=0.5)
CAN_BE_HIDDEN = {"input-mutated-in-place"}
ZERO_IS_RIGHT = {"metric-zero-division"}  # shows only where the answer is 0, and there a lie that is 0 is none
Lie = tuple[str, str | None]  # a statement that has a result replaced, and by what; None: nobody may ask for it


def hidden_bugs(problem: Problem, implementation: Implementation, sites: Sites, runner: Runner) -> list[str]:
    """For each mutant that some lie hides from every test that it fails, a sentence."""
    candidates = sites.candidates(problem, implementation)
    contract = contract_of(problem, implementation)
    texts = [text for pair in contract.tests for text in pair]
    key = [*texts, implementation.source, inspect.getsource(lies), inspect.getsource(_Liars)]
    key += [candidate.source for candidate in candidates]
    known: list[str] | None = sites.store.get("liars", key)
    if known is None:
        known = list(_Liars(runner, problem, implementation).hidden(candidates))
        sites.store.put("liars", key, known)
    return known


class _Liars:
    """Programs of one implementation that lie, and what its contract says of them."""

    def __init__(self, runner: Runner, problem: Problem, implementation: Implementation) -> None:
        self.runner, self.original = runner, implementation.source
        self.contract = contract_of(problem, implementation)
        (self.honest,) = self.passed([self.original])
        self.mentions = _mentions(self.contract.tests)

    def hidden(self, candidates: Sequence[Candidate]) -> Iterator[str]:
        """Mutants all of whose failing tests pass by some lie."""
        passing = self.passed([candidate.source for candidate in candidates])
        unnoticed = self.unnoticed()
        for candidate, passed in zip(candidates, passing, strict=True):
            failing = self.honest - passed
            told: dict[str, list[Lie]] = {}
            for test in sorted(failing, key=lambda test: (len(unnoticed[test]), test)):
                told[test] = self.fooling(candidate.source, test, unnoticed[test])
                if not told[test]:
                    break
            else:
                (bug,) = candidate.address.bugs
                if failing and not _is_allowed(bug.mutator, told):
                    how = ", ".join(
                        f"{test} ({lies[0][0].split(' = ')[0]} is {lies[0][1]})" for test, lies in told.items()
                    )
                    yield f"{bug.mutator} at {bug.site} is hidden by a lie from every test that it fails: {how}"

    def unnoticed(self) -> dict[str, list[Lie]]:
        """By test, the lies that it is told and does not notice."""
        found: dict[str, list[Lie]] = {test: [] for test in self.honest}
        for statement in results_of(self.original):
            tests = tuple(sorted(test for test in self.honest if _name(statement) in self.mentions[function_of(test)]))
            if not tests:
                continue
            passing = dict(
                zip((None, *lies.LIES), self.told(self.original, statement, (None, *lies.LIES), tests), strict=True)
            )
            for test in set(tests) - passing[None]:  # the others do not ask
                found[test] += [(statement, lie) for lie in lies.LIES if test in passing[lie]]
        return found

    def fooling(self, source: str, test: str, unnoticed: Sequence[Lie]) -> list[Lie]:
        """Of the lies that a test does not notice those by which a mutant passes it."""
        by_statement: dict[str, list[str | None]] = {}
        for statement, lie in unnoticed:
            by_statement.setdefault(statement, []).append(lie)
        return [
            (statement, lie)
            for statement, told in by_statement.items()
            for lie, passing in zip(told, self.told(source, statement, told, (test,)), strict=True)
            if test in passing
        ]

    def told(self, source: str, statement: str, told: Sequence[str | None], only: tuple[str, ...]) -> list[set[str]]:
        """For each lie, the tests that the program passes when it tells it."""
        programs = [f"{source}\n\nfrom bugforge.audit import lies\n\n{statement.format(lie)}\n" for lie in told]
        return self.passed(programs, only)

    def passed(self, sources: Sequence[str], only: tuple[str, ...] = ()) -> list[set[str]]:
        """For each program the tests that it passes, or can say that it does."""
        batches = batched(sources)
        tasks = [Task(self.contract, tuple(batch), (SEED,), only=only, limits=LIMITS) for batch in batches]
        reports = dict(self.runner.run(tasks))
        passing = (Outcome.PASSED,)
        return [
            {result.name for result in report[SEED] if result.outcome in passing or _only_its_process_knows(result)}
            for number in range(len(batches))
            for report in reports[number]
        ]


def results_of(source: str) -> Iterator[str]:
    """Statements that have a public result of the module replaced by a lie."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{node.name} = lies.told({node.name}, {{!r}})"
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _results_of_class(node)


def _results_of_class(node: ast.ClassDef) -> Iterator[str]:
    methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
    for name in methods:
        if not name.startswith("_") and name != "fit":
            yield f"{node.name}.{name} = lies.told({node.name}.{name}, {{!r}})"
    if "fit" in methods:
        parts = [part for part in ast.walk(methods["fit"]) if isinstance(part, ast.Attribute)]
        for name in sorted({part.attr for part in parts if isinstance(part.ctx, ast.Store)}):
            yield f"{node.name}.fit = lies.left({node.name}.fit, {name!r}, {{!r}})"


def _name(statement: str) -> str:
    """The name that a test must mention to be told this lie: of a function, a method or an attribute."""
    if "lies.left" in statement:
        return statement.split("'")[1]
    return statement.split(" = ")[0].rpartition(".")[2]


def _mentions(tests: Iterable[tuple[str, str]]) -> dict[tuple[str, str], set[str]]:
    """By file and function, the names that stand in it, or in a function of the file that it names."""
    found: dict[tuple[str, str], set[str]] = {}
    for file, text in tests:
        own = {node.name: _names(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
        for function, names in own.items():
            reached, ahead = {function}, [*names]
            while ahead:
                name = ahead.pop()
                if name not in reached:
                    reached.add(name)
                    ahead += own.get(name, ())
            found[file, function] = reached
    return found


def _names(function: ast.FunctionDef) -> set[str]:
    parts = list(ast.walk(function))
    names = {part.id for part in parts if isinstance(part, ast.Name)}
    names |= {part.attr for part in parts if isinstance(part, ast.Attribute)}
    return names | {part.arg for part in parts if isinstance(part, ast.arg)}


def _only_its_process_knows(result: TestResult) -> bool:
    return result.outcome is Outcome.FAILED and result.message == "the call changed its caller's data"


def _is_allowed(bug_class: str, told: dict[str, list[Lie]]) -> bool:
    said = {lie for found in told.values() for _, lie in found}
    return bug_class in CAN_BE_HIDDEN or (bug_class in ZERO_IS_RIGHT and said == {"zero"})
