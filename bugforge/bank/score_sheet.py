"""A page on one person: what they were asked, what they answered, and their points with who said them."""

import sqlite3
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bugforge.bank.answer_form import Answer
from bugforge.bank.assigned import Assigned, assigned
from bugforge.bank.candidates import known_candidate
from bugforge.bank.findings import Findings
from bugforge.bank.items import now
from bugforge.bank.report import count, moment
from bugforge.bank.scores import scores
from bugforge.formats.text import render
from bugforge.grading.rubric import WEIGHTS, Criterion
from bugforge.grading.verdict import Verdict
from bugforge.model import Outcome


@dataclass(frozen=True)
class _Bug:
    """A planted bug; `text` are its lines of what was handed out."""

    id: str
    title: str
    lines: tuple[int, ...]
    text: tuple[str, ...]


@dataclass(frozen=True)
class _HandedIn:
    """One submission; `said` are the candidate's own words, by what they are about."""

    graded: str
    grade: str
    reason: str
    tests: int
    passed: int
    lines_changed: int | None
    lines_minimal: int | None
    diagnosis: str
    found: Findings
    said: tuple[tuple[str, str], ...]
    diff: str


@dataclass(frozen=True)
class _Exercise:
    """An exercise as it was handed out, and what came of it; points by criterion, and whether they were measured."""

    id: str
    folder: str
    title: str
    difficulty: str
    minutes: int
    is_control: bool
    bugs: tuple[_Bug, ...]
    follow_ups: Mapping[str, str]
    submissions: tuple[_HandedIn, ...]
    hints: int | None
    points: Mapping[Criterion, tuple[float, bool]]

    @property
    def reached(self) -> float:
        return sum(points for points, _ in self.points.values())

    @property
    def weighed(self) -> int:
        """Points that there are of what has any."""
        return sum(WEIGHTS[criterion] for criterion in self.points)


@dataclass(frozen=True)
class _Set:
    format: str
    minutes: int
    tests: str
    drawn: str
    handed_out: str
    exercises: tuple[_Exercise, ...]


def score_sheet(connection: sqlite3.Connection, candidate: str) -> str:
    """The page, as HTML that needs nothing beside it. Raises BankError for an unknown candidate."""
    number = known_candidate(connection, candidate)
    (group,) = connection.execute("select group_name from candidates where id = ?", (number,)).fetchone()
    sets = list(_sets(connection, number))
    exercises = [one for each in sets for one in each.exercises]
    return render(
        "score_sheet.html.j2",
        written=moment(now()),
        count=count,
        candidate=candidate,
        group=group,
        sets=sets,
        weights=WEIGHTS,
        reached=sum(one.reached for one in exercises),
        weighed=sum(one.weighed for one in exercises),
    )


def _sets(connection: sqlite3.Connection, candidate: int) -> Iterator[_Set]:
    question = "select id, format, minutes, tests, drawn, handed_out from sets where candidate = ? order by id"
    for set_id, name, minutes, tests, drawn, handed_out in connection.execute(question, (candidate,)).fetchall():
        exercises = tuple(_exercise(connection, one) for one in assigned(connection, set_id))
        yield _Set(name, minutes, tests, moment(drawn), moment(handed_out or ""), exercises)


def _exercise(connection: sqlite3.Connection, one: Assigned) -> _Exercise:
    sheet, lines = one.sheet, one.sheet.broken.splitlines()
    bugs = () if one.is_control else sheet.bugs
    question = "select graded, answer, verdict, found from submissions where label = ? order by id"
    return _Exercise(
        id=one.exercise.id,
        folder=one.folder,
        title=sheet.about.title,
        difficulty=sheet.difficulty,
        minutes=sheet.minutes,
        is_control=one.is_control,
        bugs=tuple(_Bug(bug.bug_class.id, bug.bug_class.title, bug.lines, _lines(lines, bug.lines)) for bug in bugs),
        follow_ups={question: model for bug in bugs for question, model in bug.bug_class.follow_ups.items()},
        submissions=tuple(_handed_in(*row) for row in connection.execute(question, (one.label,))),
        hints=one.hints,
        points=scores(connection, one.label),
    )


def _lines(program: list[str], numbers: Sequence[int]) -> tuple[str, ...]:
    """Some of a program's lines, moved to the left together."""
    return tuple(textwrap.dedent("\n".join(program[number - 1] for number in numbers)).split("\n"))


def _handed_in(graded: str, form: str, judged: str, found: str) -> _HandedIn:
    answer, verdict = msgspec.json.decode(form, type=Answer), msgspec.json.decode(judged, type=Verdict)
    said = {
        "line": str(answer.line or ""),
        "bug": answer.bug,
        "why": answer.why,
        "minutes": f"{answer.minutes:g}" if answer.minutes else "",
        "own test": answer.test,
        "no bug": "there is none" if answer.no_bug else "",
    }
    return _HandedIn(
        graded=moment(graded),
        grade=verdict.grade,
        reason=verdict.reason,
        tests=len(verdict.tests),
        passed=sum(test.outcome is Outcome.PASSED for test in verdict.tests),
        lines_changed=verdict.lines_changed,
        lines_minimal=verdict.lines_minimal,
        diagnosis="; ".join(
            ", ".join(f"{what} is {near}" for what, near in (("the line", one.line), ("the class", one.bug)) if near)
            for one in verdict.diagnosis
        ),
        found=msgspec.json.decode(found, type=Findings),
        said=tuple((what, text) for what, text in said.items() if text),
        diff=verdict.diff,
    )
