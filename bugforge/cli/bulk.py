"""`bugforge check SUBMISSIONS --exercise FOLDER`: many submissions of one exercise, in parallel."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from bugforge import __version__
from bugforge.cli import screen
from bugforge.cli.verdicts import COLOUR, EXIT, as_data, one_line, plain_text
from bugforge.errors import UsageError
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.journal import Journal
from bugforge.grading.subject import Submission
from bugforge.grading.submission import Unreadable
from bugforge.handout import verdicts_csv, verdicts_html
from bugforge.handout.inbox import Yardstick, by_exercise, digest, entries, program
from bugforge.model import Grade, Verdict
from bugforge.pack import Pack
from bugforge.runner.pool import Runner
from bugforge.runner.sandbox import MINIMUM

WIDEST = 40  # a longer name pushes its own row alone
Key = tuple[str, str]  # a submission's name and the digest of its text, empty where it has none


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
    pack: Pack
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
    yardstick, inbox = _yardstick(request), request.inboxes[0]
    grader = Grader(runner, request.seeds or fresh_seeds())
    with _journal(request, yardstick, runner.layers) as journal:
        bulk = Bulk(inbox, yardstick, request.pack, journal)
        with screen.progress("grading", len(entries(inbox))) as bar:
            keys = bulk.grade(grader, bar)
        return report(bulk, keys, request.outputs)


def _yardstick(request: Request) -> Yardstick:
    if request.exercise:
        try:
            return by_exercise(request.exercise, request.pack)
        except Unreadable as error:
            raise UsageError(str(error)) from None
    name = str(request.problem)
    if name not in request.pack.problems:
        raise screen.unknown("problem", name, request.pack.problems)
    return Yardstick(request.pack.problems[name])


@dataclass(frozen=True)
class Bulk:
    """One inbox, what it is graded by, and where verdicts are kept."""

    inbox: Path
    yardstick: Yardstick
    pack: Pack
    journal: Journal

    def grade(self, grader: Grader, bar: screen.Bar) -> list[Key]:
        """Grade what the journal does not know yet; the keys of all submissions, by name."""
        keys: list[Key] = []
        graded: list[str] = []

        def new() -> Iterator[Submission]:
            for entry in entries(self.inbox):
                submission = self._read(entry, keys)
                bar(completed=len(keys))
                if submission:
                    graded.append(digest(submission.source))
                    yield submission

        for number, verdict in grader.grade(new()):
            self._keep(verdict, graded[number])
        return keys

    def _read(self, entry: Path, keys: list[Key]) -> Submission | None:
        """A submission that is still to be graded; its key is noted either way."""
        try:
            source = program(entry, self.yardstick.problem)
        except Unreadable as error:
            keys.append((entry.name, ""))
            self._keep(Verdict(entry.name, Grade.COULD_NOT_GRADE, str(error)), "")
            return None
        key = entry.name, digest(source)
        keys.append(key)
        return None if self._is_graded(key) else self.yardstick.measure(entry.name, source)

    def _is_graded(self, key: Key) -> bool:
        return key in self.journal and self.journal[key]["bugforge"]["grade"] != Grade.COULD_NOT_GRADE

    def _keep(self, verdict: Verdict, digest_of_source: str) -> None:
        self.journal.add(verdict.name, digest_of_source, as_data(verdict, self.pack))


def _journal(request: Request, yardstick: Yardstick, layers: Sequence[str]) -> Journal:
    """The journal of this inbox under this yardstick: another pack, version, choice of seeds or sandbox has another."""
    subject, problem = yardstick.subject, yardstick.problem.name
    by = [request.pack.digest, problem, subject.key if subject else None, __version__, request.seeds, layers]
    return Journal(request.inboxes[0], by)


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
        return (bulk.journal[key] for key in keys)

    if outputs.csv:
        _write(outputs.csv, lambda file: verdicts_csv.write(verdicts(), file))
    if outputs.html:
        title = f"{bulk.yardstick.problem.title}: {screen.plural(len(keys), 'submission')}"
        _write(outputs.html, lambda file: verdicts_html.write(verdicts(), file, title))
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


def _table(verdicts: Iterator[dict[str, Any]], width: int) -> None:
    for verdict in verdicts:
        cells = verdicts_csv.row(verdict)
        grade = Grade(cells["verdict"])
        screen.out.print(f"{one_line(cells['submission']):<{width}}  ", end="")
        screen.out.print(f"{grade:<15}", style=COLOUR[grade], end="")
        passed = f"{cells['tests passed']}/{cells['tests']}" if cells["tests"] else ""
        why = "" if grade is Grade.FIXED else plain_text(cells["reason"].partition("\n")[0])
        screen.out.print(f"{passed:>7}  {why}".rstrip())


def _write(path: Path, fill: Callable[[TextIO], None]) -> None:
    """The file whole or not at all; a link stays one."""
    path = path.resolve()
    try:
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                fill(file)
            os.chmod(draft, 0o644)
            os.replace(draft, path)
        except BaseException:
            os.unlink(draft)
            raise
    except OSError as error:
        why = f"{path} cannot be written ({error.strerror}); every verdict is kept: run the same command again"
        raise UsageError(why) from None
