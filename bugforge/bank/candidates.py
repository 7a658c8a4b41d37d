"""The people who are asked: known by an id that the interviewer gives them, and nothing else."""

import sqlite3

from bugforge.errors import BankError

LONGEST = 200  # characters of an id


def candidate_of(connection: sqlite3.Connection, name: str, group: str = "") -> int:
    """The number of a candidate in the bank, who is noted where new; a group that is given takes the place of another.

    Raises BankError for a text that is no id.
    """
    for what, text in (("a candidate's id", name), ("a group", group)):
        if len(text) > LONGEST or not text.isprintable():
            raise BankError(f"{what} has at most {LONGEST} characters that can be printed; this one is another text")
    if not name.strip():
        raise BankError("a candidate's id is empty; give one that you can tell apart from others")
    connection.execute("insert or ignore into candidates (name, group_name) values (?, ?)", (name, group))
    if group:
        connection.execute("update candidates set group_name = ? where name = ?", (group, name))
    (number,) = connection.execute("select id from candidates where name = ?", (name,)).fetchone()
    return int(number)


def known_candidate(connection: sqlite3.Connection, name: str) -> int:
    """The number of a candidate that was drawn for. Raises BankError where there is none."""
    found = connection.execute("select id from candidates where name = ?", (name,)).fetchone()
    if found is None:
        raise BankError(
            f"the bank knows no candidate {name[:40]!r}; draw a set first: `bugforge bank draw --candidate ...`"
        )
    return int(found[0])
