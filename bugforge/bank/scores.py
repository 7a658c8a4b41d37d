"""The score sheet of an exercise that came back: what was measured is proposed, the rest is the interviewer's."""

import sqlite3
from collections.abc import Mapping

from bugforge.errors import BankError
from bugforge.grading.rubric import WEIGHTS, Criterion
from bugforge.grading.verdict import Verdict
from bugforge.model import Grade

MOST_HINTS = 99


def of_control(verdict: Verdict, *, said_so: bool) -> float:
    """Points for the correctness of an answer on a program without a bug: all where it is said, and none was made."""
    return float(WEIGHTS[Criterion.CORRECTNESS]) if said_so and verdict.grade is Grade.FIXED else 0.0


def propose(connection: sqlite3.Connection, label: str, points: Mapping[Criterion, float]) -> None:
    """Note what was measured; what an interviewer has said stands."""
    connection.execute("delete from scores where label = ? and measured", (label,))
    rows = [(label, criterion, value) for criterion, value in points.items()]
    connection.executemany("insert or ignore into scores values (?, ?, ?, true)", rows)


def score(connection: sqlite3.Connection, label: str, points: Mapping[Criterion, float], hints: int | None) -> None:
    """Note what the interviewer says. Raises BankError for an unknown label, or more points or hints than there are."""
    if connection.execute("select 1 from assignments where label = ?", (label,)).fetchone() is None:
        raise BankError(f"nothing was handed out as {label[:40]!r}; `bugforge bank grade` names what came back")
    for criterion, value in points.items():
        if not 0 <= value <= WEIGHTS[criterion]:
            raise BankError(f"{criterion} has 0 to {WEIGHTS[criterion]} points, not {value:g}")
        connection.execute("insert or replace into scores values (?, ?, ?, false)", (label, criterion, value))
    if hints is not None:
        if not 0 <= hints <= MOST_HINTS:
            raise BankError(f"an exercise has 0 to {MOST_HINTS} hints, not {hints}")
        connection.execute("update assignments set hints = ? where label = ?", (hints, label))


def scores(connection: sqlite3.Connection, label: str) -> dict[Criterion, tuple[float, bool]]:
    """The points by criterion, and whether they were measured."""
    rows = connection.execute("select criterion, points, measured from scores where label = ?", (label,))
    found = {criterion: (points, bool(measured)) for criterion, points, measured in rows}
    return {criterion: found[criterion] for criterion in Criterion if criterion in found}
