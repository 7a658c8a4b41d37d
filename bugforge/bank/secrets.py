"""What a bank knows and no bundle may tell."""

import sqlite3

from bugforge.bank import items
from bugforge.bank.inspecting import Secrets
from bugforge.mutation.diff import changed_lines

SHORTEST = 8  # characters of a line that tells something: `else:` does not
TELLING = 1000  # a smaller seed is a number as any
STANDARD = "standard"  # a word as any, too


def secrets_of(connection: sqlite3.Connection) -> Secrets:
    """Of all that was handed out or may be; the sheets of what was drawn are read."""
    drawn = connection.execute("select label, exercise from assignments").fetchall()
    sheets = {exercise: items.sheet(connection, exercise) for exercise in {exercise for _, exercise in drawn}}
    made = [sheet.provenance for sheet in sheets.values()]
    right = {exercise: _lines_of_the_fix(sheet.original, sheet.broken) for exercise, sheet in sheets.items()}
    return Secrets(
        bug_classes={row[0] for row in connection.execute("select distinct class from bugs")},
        packs={text for one in made for text in (one.pack, one.pack_digest) if text != STANDARD},
        exercises={*sheets, *(bug.digest for sheet in sheets.values() for bug in sheet.bugs)},
        people={text for row in connection.execute("select name, group_name from candidates") for text in row if text},
        seeds={one.seed for one in made if one.seed is not None and one.seed >= TELLING},
        originals={label: right[exercise] for label, exercise in drawn},
    )


def _lines_of_the_fix(original: str, broken: str) -> set[str]:
    """Lines of the right program that the broken one has nowhere."""
    lines, there = original.splitlines(), {line.strip() for line in broken.splitlines()}
    changed = {lines[number - 1].strip() for number in changed_lines(original, broken)}
    return {line for line in changed - there if len(line) >= SHORTEST}
