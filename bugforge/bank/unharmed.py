"""The rows of a damaged table that can still be read: from its start, from its end, and one by one between."""

import sqlite3
from dataclasses import dataclass
from typing import Any

MOST = 1_000_000  # rows between two that can be read that are tried one by one
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """`key` is what its rows are ordered by on the disk: their numbers, or the primary key of a table without."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def is_numbered(self) -> bool:
        return self.key == ("rowid",)

    @property
    def read(self) -> tuple[str, ...]:
        """The columns of a row that was read, its number first where it has one."""
        return ("rowid", *self.columns) if self.is_numbered else self.columns


def tables(connection: sqlite3.Connection) -> list[Table]:
    """Those of a bank, in the order in which they were made, so that none refers to a later one."""
    names = connection.execute("select name from sqlite_master where type = 'table' order by rowid").fetchall()
    keyed = {name for name, keyed in connection.execute("select name, wr from pragma_table_list") if keyed}
    found = []
    for (name,) in names:
        about = connection.execute("select name, pk from pragma_table_info(?)", (name,)).fetchall()
        key = (
            [column for column, place in sorted(about, key=lambda one: one[1]) if place] if name in keyed else ["rowid"]
        )
        found.append(Table(name, tuple(column for column, _ in about), tuple(key)))
    return found


def rows(connection: sqlite3.Connection, table: Table) -> tuple[list[Row], int | None]:
    """What can be read, and how many rows were met that cannot be; None where that cannot be told."""
    select = f"select {', '.join(table.read)} from {table.name}"
    first, whole = _as_far_as_it_goes(connection, f"{select} order by {', '.join(table.key)}")
    if whole:
        return first, 0
    last, _ = _as_far_as_it_goes(connection, f"{select} order by {', '.join(f'{one} desc' for one in table.key)}")
    if not table.is_numbered:
        return list(dict.fromkeys((*first, *reversed(last)))), None
    found = {row[0]: row for row in (*first, *last)}
    low = first[-1][0] if first else 0
    high = last[-1][0] if last else _highest(connection, table)
    if high is None:
        return list(found.values()), None
    unread = 0
    for number in range(low + 1, min(high, low + MOST) + 1):
        if number not in found:
            one, readable = _as_far_as_it_goes(connection, f"{select} where rowid = {number}")
            found.update((number, row) for row in one)
            unread += not readable
    return [found[number] for number in sorted(found)], unread


def count(connection: sqlite3.Connection, table: Table) -> int | None:
    """How many rows there were, as far as the table or an index on it can still say."""
    try:
        return int(connection.execute(f"select count(*) from {table.name}").fetchone()[0])
    except sqlite3.Error:
        return None


def _as_far_as_it_goes(connection: sqlite3.Connection, question: str) -> tuple[list[Row], bool]:
    """The rows before the first that cannot be read, and whether there is none such."""
    found = list[Row]()
    try:
        found.extend(connection.execute(question))
    except sqlite3.Error:
        return found, False
    return found, True


def _highest(connection: sqlite3.Connection, table: Table) -> int | None:
    """The last number that an index on a table knows."""
    try:
        (found,) = connection.execute(
            f"select max(rowid) from (select rowid from {table.name} order by {table.columns[0]})"
        ).fetchone()
        return int(found)
    except (sqlite3.Error, TypeError):
        return None
