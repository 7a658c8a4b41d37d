"""Grades what came back: verdicts in the sandbox, what the answers say, and a proposal of points."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from bugforge.bank import items
from bugforge.bank.answer_form import LARGEST, Answer, names_a_bug, read_form
from bugforge.bank.assigned import Assigned, assigned, variants_of
from bugforge.bank.database import Database
from bugforge.bank.findings import Carried, Findings
from bugforge.bank.returned import Pile, Returned, returned
from bugforge.bank.scores import of_control, propose, scores
from bugforge.bank.variants.marks import Marks, marks_carried
from bugforge.grading.diagnosis import Claim, diagnosed
from bugforge.grading.grader import Grader
from bugforge.grading.own_test import try_own_test
from bugforge.grading.precision import needed
from bugforge.grading.rubric import Criterion, new_lint, proposed
from bugforge.grading.subject import Subject, Submission, subject_of
from bugforge.grading.submission import Unreadable
from bugforge.grading.verdict import Verdict
from bugforge.model import Grade


@dataclass(frozen=True)
class Graded:
    """What became of one exercise; `points` by criterion, and whether they were measured."""

    assigned: Assigned
    verdict: Verdict
    answer: Answer
    findings: Findings = field(default_factory=Findings)
    marks: Marks | None = None  # of another candidate's variant; None where nobody else has one
    points: Mapping[Criterion, tuple[float, bool]] = field(default_factory=dict)

    @property
    def false_alarm(self) -> bool:
        """A bug was seen in a program that has none."""
        return self.assigned.is_control and names_a_bug(self.answer, self.verdict)

    @property
    def missed(self) -> bool:
        """No bug was seen in a program that has one."""
        return self.answer.no_bug and not self.assigned.is_control


def grade(
    database: Database, path: Path, grader: Grader, progress: Callable[[int], None] = lambda _: None
) -> tuple[list[Graded], list[str]]:
    """Every exercise of the sets that came back, and a sentence on each thing that could not be used.

    What came back more than once is graded as it was found first. Raises BankError where nothing can be read.
    """
    pile = returned(path)
    answers, notes = _answers(pile)
    with database.reading() as connection:
        handed_out, there = _handed_out(connection, pile, notes)
        categories = dict(connection.execute("select class, category from bugs"))
        exercises = {one.exercise.id: one.exercise for one in handed_out}
        variants = {name: variants_of(connection, exercise) for name, exercise in exercises.items()}
    graded = list[Graded]()
    readable = list[tuple[Assigned, str]]()
    for one in handed_out:
        try:
            if one.label not in there:
                raise Unreadable("it was not handed in")
            readable.append((one, there[one.label].program(one.sheet.about.name)))
        except Unreadable as error:
            verdict = Verdict(one.folder, Grade.COULD_NOT_GRADE, str(error))
            graded.append(Graded(one, verdict, answers.get(one.label, Answer())))
    submissions = [Submission(one.folder, text, subject_of(one.sheet)) for one, text in readable]
    for number, verdict in grader.grade(submissions):
        one, text = readable[number]
        answer = answers.get(one.label, Answer())
        marks = _marks(one, text, variants[one.exercise.id])
        graded.append(_judged(one, text, verdict, answer, marks, categories, grader))
        progress(len(graded))
    texts = {one.label: text for one, text in readable}
    order = {one.label: place for place, one in enumerate(handed_out)}
    graded.sort(key=lambda item: order[item.assigned.label])
    with database.writing() as connection:
        return [_recorded(connection, item, texts.get(item.assigned.label)) for item in graded], notes


def _answers(pile: Pile) -> tuple[dict[str, Answer], list[str]]:
    answers, notes = dict[str, Answer](), list[str]()
    for read in pile.forms:
        try:
            found, said = read_form(read(LARGEST))
        except Unreadable as error:
            found, said = {}, [str(error)]
        answers = {**found, **answers}
        notes += said
    return answers, notes


def _handed_out(
    connection: sqlite3.Connection, pile: Pile, notes: list[str]
) -> tuple[list[Assigned], dict[str, Returned]]:
    """All exercises of the sets that something came back of, and what came back by label."""
    there, sets = dict[str, Returned](), dict[int, None]()
    for exercise in pile.exercises:
        found = connection.execute("select set_id from assignments where label = ?", (exercise.label,)).fetchone()
        if found is None:
            notes.append(f"{exercise.label} was not handed out by this bank")
        elif exercise.label in there:
            notes.append(f"{exercise.label} came back twice; the first was graded")
        else:
            there[exercise.label] = exercise
            sets[found[0]] = None
    if not there:
        notes.append("nothing came back that this bank has handed out; name the folder that holds the exercises")
    return [one for number in sets for one in assigned(connection, number)], there


def _judged(
    one: Assigned,
    text: str,
    verdict: Verdict,
    answer: Answer,
    marks: Marks | None,
    categories: Mapping[str, str],
    grader: Grader,
) -> Graded:
    subject = subject_of(one.sheet)
    found = Findings(marks=Carried(marks.carried, marks.of, marks.known) if marks else None)
    if one.is_control:
        points = {Criterion.CORRECTNESS: (of_control(verdict, said_so=answer.no_bug), True)}
        return Graded(one, verdict, answer, found, marks, points)
    named = "-".join(answer.bug.lower().replace("_", "-").split())
    claim = Claim((answer.line,) if answer.line else (), (named,) if named in categories else ())
    verdict = diagnosed(verdict, claim, subject, categories)
    if answer.test.strip():
        try:
            worth = try_own_test(answer.test, subject, grader.runner, grader.seeds).worth
            found = replace(found, own_test=worth)
        except Unreadable as error:
            verdict = replace(verdict, notes=(*verdict.notes, str(error)))
    if verdict.grade is Grade.FIXED:
        found = replace(found, needed=_needed(subject, text, grader), lint=new_lint(one.sheet.broken, text))
    measured = proposed(one.sheet, verdict, found.needed, len(found.lint or ()))
    return Graded(
        one, verdict, answer, found, marks, {criterion: (value, True) for criterion, value in measured.items()}
    )


def _marks(one: Assigned, text: str, variants: Mapping[str, set[str]]) -> Marks | None:
    others = {name: names for name, names in variants.items() if name != one.candidate}
    return marks_carried(text, variants.get(one.candidate, set()), others)


def _needed(subject: Subject, text: str, grader: Grader) -> tuple[int, int]:
    """How many of the changed stretches are needed; one is."""
    found = needed(subject, text, grader)
    return (sum(is_needed for _, is_needed in found), len(found)) if found else (1, 1)


def _recorded(connection: sqlite3.Connection, graded: Graded, text: str | None) -> Graded:
    label = graded.assigned.label
    row = label, items.now(), text, _json(graded.answer), _json(graded.verdict), _json(graded.findings)
    columns = "label, graded, program, answer, verdict, found"
    connection.execute(f"insert into submissions ({columns}) values (?, ?, ?, ?, ?, ?)", row)
    propose(connection, label, {criterion: points for criterion, (points, _) in graded.points.items()})
    return replace(graded, points=scores(connection, label))


def _json(value: Answer | Verdict | Findings) -> str:
    return msgspec.json.encode(value).decode()
