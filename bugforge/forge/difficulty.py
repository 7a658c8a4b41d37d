"""How hard an exercise is and how long it takes: the one place where the rules stand."""

import ast
from collections import Counter
from collections.abc import Iterator

from bugforge.forge.sites import Sites
from bugforge.gate.candidate import Candidate
from bugforge.model import Difficulty, Observation
from bugforge.pack import Pack
from bugforge.pack.contract import contract_of

OTHER_PLACES = 3  # where a bug could be as well, in a program in which one is hard to find
LINES_A_MINUTE = 60  # that are read
MINUTES_A_BUG = {Difficulty.EASY: 1, Difficulty.MEDIUM: 3, Difficulty.HARD: 6}


def measured(candidate: Candidate, seen: Observation, sites: Sites) -> Difficulty:
    """Easy: loud, or a traceback leads to the line, or most tests fail. Hard: the demo prints what it should, the first
    failing test does not call what was edited, and the program has other places to suspect. Medium: the rest.
    """
    tests = len(seen.failing) + len(seen.passing) + len(seen.unsteady)
    leads_there = any(seen.line in lines for lines in candidate.lines)
    if seen.loud or leads_there or 2 * len(seen.today) > tests:
        return Difficulty.EASY
    if seen.demo != seen.right_demo or _is_called(candidate, seen.failing[0]) or not _has_others(candidate, sites):
        return Difficulty.MEDIUM
    return Difficulty.HARD


def measured_by_class(pack: Pack) -> dict[str, Counter[Difficulty]]:
    """By bug class, how many of its exercises with one bug are how hard, by the pack's record."""
    found: dict[str, Counter[Difficulty]] = {name: Counter() for name in pack.bug_classes}
    for classes in pack.measured.values():
        for name, sites in classes.items():
            found[name].update(sites.values())
    return found


def minutes(source: str, difficulty: Difficulty, bugs: int) -> int:
    """What a solid solver needs: to read the program, and to find and mend each bug."""
    return max(1, round(source.count("\n") / LINES_A_MINUTE + bugs * MINUTES_A_BUG[difficulty]))


def _is_called(candidate: Candidate, test: str) -> bool:
    """Whether a test names a function that was edited, itself or in a helper of its file."""
    file, _, name = test.partition("::")
    texts = dict(contract_of(candidate.problem, candidate.implementation).tests)
    functions = {node.name: node for node in ast.walk(ast.parse(texts[file])) if isinstance(node, ast.FunctionDef)}
    edited = {bug.site.function.rpartition(".")[2] for bug in candidate.address.bugs}
    named, to_read = set[str](), [name.partition("[")[0]]
    while to_read:
        function = functions.pop(to_read.pop(), None)
        new = {*_names(function)} - named if function else set[str]()
        named |= new
        to_read += new & functions.keys()
    return not edited.isdisjoint(named)


def _names(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, (ast.Name, ast.Attribute)):
            yield part.id if isinstance(part, ast.Name) else part.attr
        elif isinstance(part, ast.arg):  # a fixture
            yield part.arg


def _has_others(candidate: Candidate, sites: Sites) -> bool:
    source, places = candidate.implementation.source, set[int]()
    planted = {_line(source, plan.edits[0].start) for plan in candidate.plans}
    for name in sites.pack.bug_classes:
        places |= {_line(source, plan.edits[0].start) for plan in sites.of(candidate.implementation, name)} - planted
        if len(places) >= OTHER_PLACES:
            return True
    return False


def _line(source: str, offset: int) -> int:
    return source.count("\n", 0, offset) + 1
