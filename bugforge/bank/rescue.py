"""Writes what can be read of a damaged bank into a new one: row by row, and from both ends of each table."""

import contextlib
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bugforge.bank import items
from bugforge.bank.database import Database
from bugforge.bank.variants.secret import secret_path
from bugforge.errors import BankError, SheetError

TABLES = (  # each after those that it speaks of
    "exercises bugs tags notes candidates sets controls assignments submissions scores forgotten"
).split()


@dataclass(frozen=True)
class Rescued:
    """Of one table: rows that are in the new bank, and rows that were read and not believed."""

    table: str
    kept: int
    refused: int
    whole: bool  # whether the table could be read to its end


def rescue(damaged: Path, new: Path) -> list[Rescued]:
    """Read a damaged bank, which is not changed. Raises BankError where nothing of it can be read."""
    if not damaged.is_file():
        raise BankError(f"there is no {damaged}; name the bank that is damaged")
    try:
        source = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)
        source.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise BankError(f"nothing of {damaged} can be read ({error}); restore it from a copy") from None
    with contextlib.closing(source):
        database = Database.create(new)
        with contextlib.suppress(OSError):
            shutil.copy(secret_path(damaged), secret_path(new))  # with its rights: only its owner reads it
        with contextlib.closing(database), database.writing() as connection:
            return [_copied(source, connection, table) for table in TABLES]


def _copied(source: sqlite3.Connection, connection: sqlite3.Connection, table: str) -> Rescued:
    columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
    kept = refused = 0
    read, whole = _rows(source, table, columns)
    for row in read:
        marks = ", ".join("?" * len(columns))
        try:
            if table in ("exercises", "controls"):
                items.unpacked(row[columns.index("sheet")], "row")
            connection.execute(f"insert into {table} values ({marks})", row)
            kept += 1
        except (sqlite3.IntegrityError, SheetError, TypeError):
            refused += 1
    return Rescued(table, kept, refused, whole)


def _rows(source: sqlite3.Connection, table: str, columns: list[str]) -> tuple[list[tuple[Any, ...]], bool]:
    """The rows up to where the table is damaged, and those from its other end; whether all could be read."""
    found = dict[tuple[Any, ...], None]()
    try:
        keys = [row[1] for row in source.execute(f"pragma table_info({table})") if row[5]]
        key = keys if "without rowid" in _definition(source, table) else ["rowid"]
        for direction in ("asc", "desc"):
            order = ", ".join(f"{column} {direction}" for column in key)
            with contextlib.suppress(sqlite3.DatabaseError):
                for row in source.execute(f"select {', '.join(columns)} from {table} order by {order}"):
                    found[row] = None
                return list(found), True
    except sqlite3.DatabaseError:
        pass  # of this table nothing can be read
    return list(found), False


def _definition(source: sqlite3.Connection, table: str) -> str:
    (text,) = source.execute("select sql from sqlite_master where name = ?", (table,)).fetchone() or ("",)
    return str(text).lower()
