"""`bugforge check SUBMISSIONS --exercise FOLDER`: many submissions of one exercise, in parallel."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bugforge.cli import screen
from bugforge.cli.verdicts import COLOUR, EXIT, one_line, plain_text
from bugforge.errors import UsageError
from bugforge.formats import verdicts_csv, verdicts_html
from bugforge.formats.files import write_text
from bugforge.grading.bulk import Bulk, Key, journal_of
from bugforge.grading.exercises import Exercises
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.inbox import Yardstick, entries
from bugforge.grading.submission import Unreadable
from bugforge.model import Grade
from bugforge.pack import load_pack
from bugforge.pack.names import unknown
from bugforge.runner.pool import Runner
from bugforge.runner.sandbox import MINIMUM

WIDEST = 40  # a longer name pushes its own row alone


@dataclass(frozen=True)
class Outputs:
    """Where verdicts go besides the screen; as JSON the screen shows nothing else."""

    as_json: bool
    csv: Path | None
    html: Path | None


@dataclass(frozen=True)
class Request:
    """What `bugforge check` was asked for, where it was asked for many."""

    inboxes: Sequence[Path]
    exercises: Exercises
    exercise: Path | None
    problem: str | None
    seeds: Sequence[int] | None
    outputs: Outputs


def check(request: Request, runner: Runner, no_isolation: bool) -> int:
    """Grade, show and write; the exit code."""
    if request.exercise and request.problem:
        raise UsageError("--exercise and --problem exclude each other; give one")
    if len(request.inboxes) != 1 or not request.inboxes[0].is_dir():
        raise UsageError("name one folder that holds a file or folder per submission")
    missing = MINIMUM - set(runner.layers)
    if missing and not no_isolation:
        why = f"this machine has no {', '.join(sorted(missing))} to keep other people's programs in"
        raise UsageError(f"{why}; `bugforge doctor` says how to get it, --no-isolation goes on without")
    check_outputs(request.outputs, request.inboxes[0])
    if not entries(request.inboxes[0]):
        raise UsageError(f"{request.inboxes[0]} holds no submission; put a file or a folder for each into it")
    yardstick, inbox = _yardstick(request), request.inboxes[0]
    grader = Grader(runner, request.seeds or fresh_seeds())
    with journal_of(inbox, yardstick, request.seeds, runner.layers) as journal:
        bulk = Bulk(inbox, yardstick, journal)
        with screen.progress("grading", len(entries(inbox))) as bar:
            keys = bulk.grade(grader, lambda done: bar(completed=done))
        return report(bulk, keys, request.outputs)


def _yardstick(request: Request) -> Yardstick:
    if request.exercise:
        try:
            return Yardstick(request.exercises.submission(request.exercise).subject)
        except Unreadable as error:
            raise UsageError(str(error)) from None
    name, problems = str(request.problem), (request.exercises.pack or load_pack()).problems
    if name not in problems:
        raise unknown("problem", name, problems)
    return Yardstick(problems[name])


def check_outputs(outputs: Outputs, inbox: Path) -> None:
    """Raise UsageError for a file that could not or must not be written, before anything is graded."""
    paths = [path for path in (outputs.csv, outputs.html) if path]
    for path in paths:
        if not path.absolute().parent.is_dir():
            raise UsageError(f"{path} cannot be written; give a file in a folder that is there")
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is no file that can be written anew; give another one")
        if inbox.resolve() in path.resolve().parents:
            raise UsageError(f"{path} would lie among the submissions; give a file elsewhere")
    if len({path.resolve() for path in paths}) < len(paths):
        raise UsageError("--csv and --html name one file; give two")


def report(bulk: Bulk, keys: Sequence[Key], outputs: Outputs) -> int:
    """Show and write all verdicts; the exit code."""

    def verdicts() -> Iterator[dict[str, Any]]:
        return (bulk.record(key) for key in keys)

    write_tables(outputs, verdicts, f"{bulk.yardstick.by.title}: {screen.plural(len(keys), 'submission')}")
    grades = [Grade(verdict["bugforge"]["grade"]) for verdict in verdicts()]
    if outputs.as_json:
        for number, verdict in enumerate(verdicts()):
            screen.out.print("[" if number == 0 else ",", json.dumps(verdict, indent=2), sep="\n")
        screen.out.print("]" if keys else "[]")
    else:
        _table(verdicts(), min(WIDEST, max((len(one_line(name)) for name, _ in keys), default=0)))
        counts = [f"{grades.count(grade)} {grade}" for grade in Grade if grade in grades]
        screen.out.print(f"\n{screen.plural(len(keys), 'submission')}: {', '.join(counts)}.")
    return max((EXIT[grade] for grade in grades), default=0)


def write_tables(outputs: Outputs, verdicts: Callable[[], Iterable[dict[str, Any]]], title: str) -> None:
    """The files that were asked for."""
    otherwise = "run the same command again"
    if outputs.csv:
        write_text(outputs.csv, lambda file: verdicts_csv.write(verdicts(), file), otherwise)
    if outputs.html:
        write_text(outputs.html, lambda file: verdicts_html.write(verdicts(), file, title), otherwise)


def _table(verdicts: Iterator[dict[str, Any]], width: int) -> None:
    for verdict in verdicts:
        cells = verdicts_csv.row(verdict)
        grade = Grade(cells["verdict"])
        screen.out.print(f"{one_line(cells['submission']):<{width}}  ", end="")
        screen.out.print(f"{grade:<15}", style=COLOUR[grade], end="")
        passed = f"{cells['tests passed']}/{cells['tests']}" if cells["tests"] else ""
        why = "" if grade is Grade.FIXED else plain_text(cells["reason"].partition("\n")[0])
        screen.out.print(f"{passed:>7}  {why}".rstrip())
