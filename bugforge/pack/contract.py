"""What judges an implementation: its contract as the runner takes it, and the files that stand beside an exercise."""

import ast
from functools import cache
from pathlib import Path

from bugforge.model import Implementation, Problem
from bugforge.runner import proxy
from bugforge.runner.task import Contract

COMPANIONS = (
    ("conftest.py", (Path(proxy.__file__).parent / "conftest.py").read_text(encoding="utf-8")),
    ("pytest.ini", "[pytest]\naddopts = -p no:cacheprovider\nmarkers =\n    edge_case: degenerate or extreme input\n"),
)


def contract_of(problem: Problem, implementation: Implementation) -> Contract:
    """The problem's contract and, where there are some, the implementation's own tests."""
    files = [(f"test_{problem.name}.py", problem.contract), *problem.parts]
    if implementation.own_tests is not None:
        files.append((f"test_{implementation.name}.py", implementation.own_tests))
    return Contract(problem.name, tuple(files), members(implementation.source))


@cache
def members(source: str) -> tuple[str, ...]:
    """The public methods and attributes of a module's classes, by name."""
    names: set[str] = set()
    for kind in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)):
        for node in ast.walk(kind):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.add(node.name)
            elif isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Store):
                names.add(node.attr if isinstance(node, ast.Attribute) else node.id)
    return tuple(sorted(name for name in names if not name.startswith("_")))
