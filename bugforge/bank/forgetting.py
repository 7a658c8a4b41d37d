"""Takes people out of a bank: what is kept of their answers is how many there were, by exercise and month."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bugforge.bank.answers import answers

KEEP = """
insert into forgotten values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set
drawn = drawn + excluded.drawn, answers = answers + excluded.answers, fixed = fixed + excluded.fixed,
first = first + excluded.first, diagnosed = diagnosed + excluded.diagnosed, right = right + excluded.right
"""
DRAWN = """
select label, exercise, substr(drawn, 1, 7) from assignments join sets on sets.id = set_id
where candidate = ? and control is null
"""


def last_asked_before(connection: sqlite3.Connection, days: int) -> list[int]:
    """The candidates for whom nothing was drawn in so many days."""
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    rows = connection.execute("select candidate from sets group by candidate having max(drawn) < ?", (then,))
    return [row[0] for row in rows]


def forget(connection: sqlite3.Connection, candidates: Iterable[int]) -> int:
    """Delete what was drawn for candidates, handed out and handed in, and themselves; how many they were."""
    counted, gone = dict(answers(connection)), [*candidates]
    for candidate in gone:
        kept = Counter[tuple[str, str, str]]()
        for label, exercise, month in connection.execute(DRAWN, (candidate,)):
            kept[exercise, month, "drawn"] += 1
            if label in counted:
                for column in ("answers", "fixed", "first", "diagnosed", "right"):
                    kept[exercise, month, column] += getattr(counted[label], column)
        columns = ("drawn", "answers", "fixed", "first", "diagnosed", "right")
        for exercise, month in sorted({key[:2] for key in kept}):
            row = exercise, month, *(kept[exercise, month, column] for column in columns)
            connection.execute(KEEP, row)
        _delete_notes_on(connection, candidate)
        connection.execute("delete from candidates where id = ?", (candidate,))
    return len(gone)


def _delete_notes_on(connection: sqlite3.Connection, candidate: int) -> None:
    """Delete the notes on exercises that name a candidate."""
    (name,) = connection.execute("select name from candidates where id = ?", (candidate,)).fetchone()
    names_it = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    notes = connection.execute("select rowid, text from notes").fetchall()
    connection.executemany("delete from notes where rowid = ?", [(n,) for n, text in notes if names_it.search(text)])
