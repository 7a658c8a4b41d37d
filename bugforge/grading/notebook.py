"""The program in a notebook: the imports, definitions and constants of its code cells, in their order."""

import ast
import json
from collections.abc import Iterator

from bugforge.runner.sandboxed.isolated import run_isolated

SUFFIX = ".ipynb"
KEPT = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
COMMANDS = ("%", "!", "?")  # what begins a line that is not Python


def program_of(text: str) -> str | None:
    """What a notebook defines; None for what is no notebook, or defines no function and no class."""
    return run_isolated(lambda: _program_of(text)) or None


def _program_of(text: str) -> str:
    parts = [part for cell in _code_cells(json.loads(text)) for part in _definitions(cell)]
    defines = any(part.startswith(("def ", "class ", "@")) for part in parts)
    return "\n\n".join(parts) + "\n" if defines else ""


def _code_cells(notebook: object) -> Iterator[str]:
    sheets = [notebook, *notebook.get("worksheets", [])] if isinstance(notebook, dict) else []  # the second: version 3
    for cell in (cell for sheet in sheets for cell in sheet.get("cells") or []):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", cell.get("input", ""))
            yield "".join(map(str, source)) if isinstance(source, list) else str(source)


def _definitions(cell: str) -> Iterator[str]:
    """The statements of a cell that define something; none of one that is no Python."""
    lines = [line for line in cell.splitlines() if not line.lstrip().startswith(COMMANDS)]
    try:
        body = ast.parse("\n".join(lines)).body
    except SyntaxError:
        return
    for node in body:
        decorators = node.decorator_list if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else []
        if isinstance(node, KEPT):
            first = min(part.lineno for part in (node, *decorators))
            yield "\n".join(lines[first - 1 : node.end_lineno])
