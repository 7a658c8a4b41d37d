"""Controls: right programs with a decoy, each in the place of the exercise that it is made of.

They stand in sets in which there may be no bug: nothing but the program tells one from the exercise.
"""

import hashlib
import random
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from bugforge.bank import items
from bugforge.gate.evidence import SEEDS
from bugforge.model import Observation, Outcome
from bugforge.runner.pool import Runner
from bugforge.runner.task import Report, Task
from bugforge.sheet import Sheet

if TYPE_CHECKING:
    from bugforge.bank.decoys import Decoy


def put_in(connection: sqlite3.Connection, set_id: int, count: int, runner: Runner, seed: int | None) -> int:
    """Put controls in the place of so many exercises of a set, and prove those that are new; how many could be."""
    dice = random.Random(seed)
    rows = connection.execute("select label, exercise from assignments where set_id = ? order by position", (set_id,))
    found = dice.sample(drawn := rows.fetchall(), len(drawn))
    done = 0
    for label, exercise in found:
        if done < count and (control := _control(connection, exercise, runner, dice)):
            connection.execute("update assignments set control = ? where label = ?", (control, label))
            done += 1
    return done


def _control(connection: sqlite3.Connection, exercise: str, runner: Runner, dice: random.Random) -> str | None:
    """The id of an exercise's control, a new one where it has none; None where none can be made."""
    known = connection.execute("select id from controls where exercise = ?", (exercise,)).fetchone()
    if known:
        return str(known[0])
    made = control_of(items.sheet(connection, exercise), runner, dice)
    if made is None:
        return None
    sheet, decoy = made
    row = sheet.id, exercise, decoy.id, decoy.why, items.packed(sheet)
    connection.execute("insert into controls values (?, ?, ?, ?, ?)", row)
    return sheet.id


def control_of(sheet: Sheet, runner: Runner, dice: random.Random) -> "tuple[Sheet, Decoy] | None":
    """The right program of an exercise with a decoy, as an exercise without a bug; None where no decoy is proven."""
    from bugforge.bank.decoys import decoyed  # and with it libcst: not for sets without controls

    found = decoyed(sheet.original)
    for decoy, program in dice.sample(found, len(found)):
        if is_same(sheet, program, runner):
            return _without_bug(sheet, decoy, program), decoy
    return None


def is_same(sheet: Sheet, program: str, runner: Runner) -> bool:
    """Whether a program passes the contract as the right one does, and returns the same values, bit by bit."""
    task = Task(sheet.contract, (sheet.original, program), SEEDS)
    ((_, (right, other)),) = runner.run([task])
    return _values(right) == _values(other) and _passes(other)


def _values(report: Report) -> list[list[str]]:
    return [[result.values for result in results] for results in report.values()]


def _passes(report: Report) -> bool:
    return all(result.outcome is Outcome.PASSED for results in report.values() for result in results)


def _without_bug(sheet: Sheet, decoy: "Decoy", program: str) -> Sheet:
    seen = sheet.observation
    tests = tuple(dict.fromkeys((*seen.today, *seen.failing, *seen.passing, *seen.unsteady)))
    nothing = Observation((), (), tests, (), (), "", 0, False, (), seen.right_demo, seen.right_demo)
    name = hashlib.sha256(f"{sheet.id}/{decoy.id}/{program}".encode()).hexdigest()[:12]
    files = {**sheet.files, sheet.program: program}
    return replace(sheet, id=name, files=files, original=program, bugs=(), observation=nothing)
