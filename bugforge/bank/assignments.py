"""Exercises as they were handed out: to each candidate the variant that was made for them."""

import sqlite3

from bugforge.bank import items
from bugforge.bank.variants.varying import names_changed
from bugforge.sheet import Sheet


def keep_variant(connection: sqlite3.Connection, label: str, varied: Sheet) -> None:
    """Note what an exercise is handed out as, so that it is graded by that."""
    connection.execute("update assignments set variant = ? where label = ?", (items.packed(varied), label))


def handed_out_as(connection: sqlite3.Connection, label: str) -> Sheet | None:
    """The variant that was handed out under a label; None where it was the exercise itself, or nothing."""
    found = connection.execute("select variant from assignments where label = ?", (label,)).fetchone()
    return items.unpacked(found[0], f"the variant handed out as {label}") if found and found[0] else None


def sheet_under(connection: sqlite3.Connection, label: str, exercise: str) -> Sheet:
    """What an exercise looks like under a label."""
    return handed_out_as(connection, label) or items.sheet(connection, exercise)


def variants_of(connection: sqlite3.Connection, exercise: str) -> dict[str, set[str]]:
    """By candidate the names that their variant of an exercise has, and the exercise has not."""
    rows = connection.execute(
        "select name, label from assignments join sets on sets.id = set_id join candidates on candidates.id = candidate"
        " where exercise = ? and variant is not null order by sets.id",
        (exercise,),
    ).fetchall()
    sheet = items.sheet(connection, exercise) if rows else None
    varied = {name: handed_out_as(connection, label) for name, label in rows}
    return {name: names_changed(sheet, other) for name, other in varied.items() if sheet and other}
