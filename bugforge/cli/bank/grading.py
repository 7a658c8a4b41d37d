"""`bugforge bank grade` and `score`: how a candidate did."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import msgspec

from bugforge.bank import Bank, Criterion
from bugforge.bank.grading import Graded
from bugforge.bank.variants.marks import Marks
from bugforge.cli import options, screen
from bugforge.cli.bank.options import bank_option
from bugforge.cli.verdicts import plain_text, show
from bugforge.formats.text import visible
from bugforge.grading.rubric import WEIGHTS
from bugforge.model import Grade

EXIT = {Grade.FIXED: 0, Grade.NOT_FIXED: 1, Grade.COULD_NOT_GRADE: 3}


@click.command("grade")
@bank_option
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--follow-ups", is_flag=True, help="Show questions to ask, with model answers.")
@options.json_option
@options.jobs_option
def grade_command(file: Path, path: Path, follow_ups: bool, as_json: bool, jobs: int) -> None:
    """Judge what came back, a folder or a zip, and fill the score sheets as far as they can be measured."""
    with Bank(file) as bank, screen.progress("grading") as bar:
        graded, notes = bank.grade(path, jobs=jobs, progress=lambda done: bar(completed=done))
    if as_json:
        screen.out.print(json.dumps({"exercises": [_record(one) for one in graded], "notes": notes}, indent=2))
    else:
        for one in graded:
            _show(one, follow_ups)
        for note in notes:
            screen.warn(visible(note))
    raise SystemExit(max((EXIT[one.verdict.grade] for one in graded), default=3))


def _show(graded: Graded, follow_ups: bool) -> None:
    out, answer = screen.out, graded.answer
    show(graded.verdict)
    if graded.assigned.is_control:
        out.print(f"  a control, without a bug; {'a false alarm' if graded.false_alarm else 'no false alarm'}")
    elif graded.missed:
        out.print("  said that there is no bug; there is")
    found = graded.findings
    if found.own_test:
        out.print(f"  own test: {found.own_test}")
    if graded.marks and not graded.marks.known:
        out.print("  marks of another candidate's variant: unknown, the variants have too few")
    elif graded.marks and graded.marks.carried:
        whose = f"another candidate's variant ({plain_text(graded.marks.candidate)})"
        out.print(f"  carries {graded.marks.carried} of {graded.marks.of} marks of {whose}")
    if found.needed and found.needed[1] > 1:
        out.print(f"  {found.needed[0]} of {found.needed[1]} changes are needed")
    for complaint in found.lint or ():
        out.print(f"  a linter says: {plain_text(complaint)}")
    for what, said in (("the bug", answer.bug), ("why", answer.why), ("minutes", answer.minutes or "")):
        if said:
            out.print(f"  said, {what}: {plain_text(str(said))}")
    out.print(f"  points: {_sheet(graded.points)}")
    for bug in graded.assigned.sheet.bugs if follow_ups else ():
        for question, model in bug.bug_class.follow_ups.items():
            out.print(f"  ask: {question}\n    {model}")


def _sheet(points: Mapping[Criterion, tuple[float, bool]]) -> str:
    """The points by criterion: a question mark where nobody has given any, and which ones a person has."""
    given = []
    for criterion, weight in WEIGHTS.items():
        value, measured = points.get(criterion, (None, True))
        number = "?" if value is None else f"{value:g}"
        given.append(f"{criterion} {number} of {weight}{'' if measured else ' (said)'}")
    return ", ".join(given)


def _record(graded: Graded) -> dict[str, Any]:
    return {
        "label": graded.assigned.label,
        "exercise": graded.assigned.exercise.id,
        "candidate": graded.assigned.candidate,
        "control": graded.assigned.is_control,
        "false_alarm": graded.false_alarm,
        "missed": graded.missed,
        "grade": graded.verdict.grade,
        "reason": graded.verdict.reason,
        "diagnosis": msgspec.to_builtins(graded.verdict.diagnosis),
        "own_test": graded.findings.own_test,
        "marks": _marks(graded.marks),
        "changes_needed": graded.findings.needed,
        "lint": graded.findings.lint,
        "answer": msgspec.to_builtins(graded.answer),
        "points": {criterion: points for criterion, (points, _) in graded.points.items()},
    }


def _marks(marks: Marks | None) -> dict[str, Any] | str | None:
    if marks is None:
        return None
    return {"candidate": marks.candidate, "carried": marks.carried, "of": marks.of} if marks.known else "unknown"


@click.command("score")
@bank_option
@click.argument("label")
@click.option("--correctness", type=float, help="0 to 30 points; what tests say is proposed.")
@click.option("--understanding", type=float, help="0 to 25 points.")
@click.option("--quality", type=float, help="0 to 20 points.")
@click.option("--edges", type=float, help="0 to 15 points; what tests say is proposed.")
@click.option("--communication", type=float, help="0 to 10 points.")
@click.option("--hints", type=int, help="How many hints you gave.")
def score_command(file: Path, label: str, hints: int | None, **points: float | None) -> None:
    """Note the interviewer's points on an exercise, by the label in its folder's name."""
    given = {Criterion(name): value for name, value in points.items() if value is not None}
    with Bank(file) as bank:
        found = bank.score(label, given, hints)
    total = sum(value for value, _ in found.values())
    screen.out.print(f"{label}: {_sheet(found)}; {total:g} of {sum(WEIGHTS[c] for c in found)} so far")
