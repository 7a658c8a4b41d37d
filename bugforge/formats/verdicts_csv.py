"""Verdicts as a table for a spreadsheet: one row a submission."""

import csv
from collections.abc import Iterable
from typing import Any, TextIO

from bugforge.formats.text import visible

COLUMNS = (
    "submission", "verdict", "reason", "tests passed", "tests", "edge cases passed", "edge cases", "failing tests",
    "newly broken", "lines changed", "smallest fix", "forbidden imports", "seconds", "layers", "exercise", "date",
    "seeds", "diff",
)  # fmt: skip
STEERS = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is a formula to a spreadsheet


def write(verdicts: Iterable[dict[str, Any]], file: TextIO) -> None:
    """`verdicts` in the shape of `bugforge check --json`. What a spreadsheet would compute gets a quote before it."""
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for verdict in verdicts:
        table.writerow([harmless(cell, lines=name == "diff") for name, cell in row(verdict).items()])


def row(verdict: dict[str, Any]) -> dict[str, Any]:
    """One verdict by column."""
    own, tests = verdict["bugforge"], verdict["tests"]
    passed = {test["name"] for test in tests if test["status"] == "pass"}
    cells = (
        own["name"],
        own["grade"],
        own["reason"],
        len(passed),
        len(tests),
        len(passed & set(own["edge_cases"])),
        len(own["edge_cases"]),
        " ".join(test["name"].rpartition("::")[2] for test in tests if test["status"] != "pass"),
        " ".join(name.rpartition("::")[2] for name in own["newly_broken"]),
        own["lines_changed"],
        own["lines_minimal"],
        " ".join(own["forbidden_imports"]),
        own["seconds"],
        " ".join(own["layers"]),
        own["exercise"],
        own["date"],
        " ".join(map(str, own["seeds"])),
        own["diff"] or "",
    )
    return dict(zip(COLUMNS, cells, strict=True))


def harmless(cell: Any, *, lines: bool = False) -> Any:
    """The cell on one line (or with its lines), without control characters, as text that no spreadsheet computes."""
    if not isinstance(cell, str):
        return cell
    clean = visible(cell) if lines else visible(cell).replace("\n", " ")
    return f"'{clean}" if cell.startswith(STEERS) or clean.startswith(STEERS) else clean
