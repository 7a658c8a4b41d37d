"""The answers in a bank, counted: a candidate's to an exercise, or a month's whose candidates were forgotten."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import msgspec

from bugforge.bank.answer_form import Answer, names_a_bug
from bugforge.grading.verdict import Nearness, Verdict
from bugforge.model import Grade
from bugforge.share import Share

GRADED = """
select label, set_id, exercise, substr(drawn, 1, 7), hints, verdict, answer
from submissions join assignments using (label) join sets on sets.id = set_id
where (control is not null) = ? order by label, submissions.id
"""
FORGOTTEN = "select exercise, month, answers, fixed, first, diagnosed, right from forgotten"


@dataclass(frozen=True)
class Counted:
    """Answers to one exercise in one month; one answer where the candidate is not forgotten.

    Of several submissions the first that is right counts, or the first where none is.
    """

    exercise: str
    month: str  # in which it was asked, in UTC
    set_id: int | None  # of a candidate who is not forgotten
    answers: int
    fixed: int
    first: int  # fixed by the first submission
    diagnosed: int  # with a word on the bug
    right: int  # of these
    minutes: float | None = None  # that the candidate says it took
    hints: int | None = None  # that the interviewer says were given


def counted(connection: sqlite3.Connection) -> list[Counted]:
    """All answers of which a submission could be graded."""
    kept = [answer for *_, answer in answers(connection)]
    return kept + [
        Counted(exercise, month, None, *counts) for exercise, month, *counts in connection.execute(FORGOTTEN)
    ]


def answers(connection: sqlite3.Connection) -> Iterator[tuple[str, Counted]]:
    """Those of candidates who are not forgotten, with their labels."""
    rows = connection.execute(GRADED, (False,))
    for (label, set_id, exercise, month, hints), group in groupby(rows, key=lambda row: row[:5]):
        read = [(msgspec.json.decode(row[5], type=Verdict), row[6]) for row in group]
        graded = [(verdict, form) for verdict, form in read if verdict.grade is not Grade.COULD_NOT_GRADE]
        if graded:
            fixed = [verdict.grade is Grade.FIXED for verdict, _ in graded]
            verdict, form = graded[fixed.index(max(fixed))]
            minutes = msgspec.json.decode(form, type=Answer).minutes
            yield (
                label,
                Counted(
                    exercise,
                    month,
                    set_id,
                    answers=1,
                    fixed=int(max(fixed)),
                    first=int(fixed[0]),
                    diagnosed=int(bool(verdict.diagnosis)),
                    right=int(_is_right(verdict)),
                    minutes=minutes or None,
                    hints=hints,
                ),
            )


def false_alarms(connection: sqlite3.Connection) -> Share:
    """Of the controls that were answered those in which a bug was seen, by the last submission of each."""
    last = {row[0]: row[5:] for row in connection.execute(GRADED, (True,))}
    read = [
        (msgspec.json.decode(form, type=Answer), msgspec.json.decode(verdict, type=Verdict))
        for verdict, form in last.values()
    ]
    graded = [(form, verdict) for form, verdict in read if verdict.grade is not Grade.COULD_NOT_GRADE]
    return Share(sum(names_a_bug(form, verdict) for form, verdict in graded), len(graded))


def _is_right(verdict: Verdict) -> bool:
    """Whether all that was said of lines and classes is."""
    said = [near for diagnosis in verdict.diagnosis for near in (diagnosis.line, diagnosis.bug) if near is not None]
    return bool(said) and all(near is Nearness.RIGHT for near in said)
