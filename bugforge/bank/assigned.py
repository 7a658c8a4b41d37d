"""What was assigned to whom: an exercise, or the control in its place, under a label."""

import sqlite3
from dataclasses import dataclass

from bugforge.bank import items
from bugforge.sheet import Sheet


@dataclass(frozen=True)
class Assigned:
    """`sheet` is what is handed out; of a control, `exercise` is the one in whose place it stands."""

    label: str
    set_id: int
    candidate: str
    exercise: Sheet
    sheet: Sheet

    @property
    def folder(self) -> str:
        """Its name in the bundle."""
        return f"{self.sheet.about.name}-{self.label}"

    @property
    def is_control(self) -> bool:
        return self.sheet is not self.exercise

    @property
    def hidden_tests(self) -> frozenset[str]:
        """Those that tell an exercise from its control: what fails on the broken program."""
        seen = self.exercise.observation
        return frozenset((*seen.today, *seen.failing, *seen.unsteady))


def assigned(connection: sqlite3.Connection, set_id: int) -> list[Assigned]:
    """What a set holds, in its order."""
    rows = connection.execute(
        "select label, name, assignments.exercise, control, controls.sheet from assignments"
        " join sets on sets.id = set_id join candidates on candidates.id = candidate"
        " left join controls on controls.id = control where set_id = ? order by position",
        (set_id,),
    ).fetchall()
    found = []
    for label, candidate, exercise, control, packed in rows:
        sheet = items.sheet(connection, exercise)
        given = items.unpacked(packed, control) if control else sheet
        found.append(Assigned(label, set_id, candidate, sheet, given))
    return found
