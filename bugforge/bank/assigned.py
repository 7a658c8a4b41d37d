"""What was assigned to whom: an exercise, or the control in its place, as it is or as the candidate's own variant."""

import sqlite3
from dataclasses import dataclass

from bugforge.bank import items
from bugforge.bank.variants.varying import names_changed
from bugforge.sheet import Sheet


@dataclass(frozen=True)
class Assigned:
    """One exercise of a set; a control stands in its place, and a variant is made of what stands there."""

    label: str
    set_id: int
    candidate: str
    exercise: Sheet
    control: Sheet | None
    variant: Sheet | None
    hints: int | None  # that the interviewer gave

    @property
    def base(self) -> Sheet:
        """What stands in the set, before it is varied."""
        return self.control or self.exercise

    @property
    def sheet(self) -> Sheet:
        """What is handed out."""
        return self.variant or self.base

    @property
    def folder(self) -> str:
        """Its name in the bundle."""
        return f"{self.exercise.about.name}-{self.label}"

    @property
    def is_control(self) -> bool:
        return self.control is not None

    @property
    def hidden_tests(self) -> frozenset[str]:
        """Those that tell an exercise from its control: what fails on the broken program."""
        seen = self.exercise.observation
        return frozenset((*seen.today, *seen.failing, *seen.unsteady))


def assigned(connection: sqlite3.Connection, set_id: int) -> list[Assigned]:
    """What a set holds, in its order."""
    rows = connection.execute(
        "select label, name, assignments.exercise, control, controls.sheet, variant, hints from assignments"
        " join sets on sets.id = set_id join candidates on candidates.id = candidate"
        " left join controls on controls.id = control where set_id = ? order by position",
        (set_id,),
    ).fetchall()
    return [
        Assigned(
            label,
            set_id,
            candidate,
            items.sheet(connection, exercise),
            items.unpacked(controls_sheet, control) if control else None,
            items.unpacked(varied, label) if varied else None,
            hints,
        )
        for label, candidate, exercise, control, controls_sheet, varied, hints in rows
    ]


def keep_variant(connection: sqlite3.Connection, label: str, varied: Sheet) -> None:
    """Note what is handed out under a label, so that it is graded by that."""
    connection.execute("update assignments set variant = ? where label = ?", (items.packed(varied), label))


def sheet_under(connection: sqlite3.Connection, name: str) -> Sheet | None:
    """What was handed out under a label or in a folder; None where there is no such label."""
    label = name.rpartition("-")[2]
    found = connection.execute("select set_id from assignments where label = ?", (label,)).fetchone()
    return next(one.sheet for one in assigned(connection, found[0]) if one.label == label) if found else None


def variants_of(connection: sqlite3.Connection, exercise: Sheet) -> dict[str, set[str]]:
    """By candidate the names that their variant of an exercise has, and the exercise has not."""
    rows = connection.execute(
        "select name, label, variant from assignments join sets on sets.id = set_id"
        " join candidates on candidates.id = candidate where exercise = ? and variant is not null order by sets.id",
        (exercise.id,),
    ).fetchall()
    return {name: names_changed(exercise, items.unpacked(varied, label)) for name, label, varied in rows}
