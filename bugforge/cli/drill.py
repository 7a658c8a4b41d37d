"""`bugforge hint`, `reset` and `solve`: what helps a person on with one exercise."""

from pathlib import Path

import click

from bugforge import prices
from bugforge.cli import options, screen
from bugforge.cli.noting import note_hint, note_key
from bugforge.errors import UsageError
from bugforge.grading.exercises import Exercises
from bugforge.grading.hints import HintsGiven
from bugforge.grading.subject import Subject
from bugforge.grading.submission import Unreadable
from bugforge.mutation.diff import unified
from bugforge.pack import load_pack

exercise_argument = click.argument("exercise", type=click.Path(path_type=Path), default=Path())
key_options = (
    click.option("--answers", type=click.Path(path_type=Path), help="A folder of your own answer keys."),
    options.secret_option,
    options.pack_option,
    options.no_cache_option,
)


def _with_key(command: click.decorators.FC) -> click.decorators.FC:
    for option in reversed(key_options):
        command = option(command)
    return exercise_argument(command)


@click.command("hint")
@_with_key
def hint_command(
    exercise: Path, answers: Path | None, secret_file: Path | None, pack: Path | None, no_cache: bool
) -> None:
    """Give the next hint for an exercise, and say what it costs."""
    subject = _handed_out(exercise, answers, secret_file, pack, no_cache)
    given = HintsGiven(exercise)
    hints = [(bug, hint) for bug, one in enumerate(subject.bugs) for hint in enumerate(one.bug_class.hints)]
    if given.count >= len(hints):
        screen.out.print(f"There are no more hints; `bugforge solve {screen.path(exercise)}` shows the key.")
        return
    bug, (number, hint) = hints[given.count]
    of_bug = f" on bug {bug + 1} of {len(subject.bugs)}" if len(subject.bugs) > 1 else ""
    given.add()
    note_hint(exercise)
    cost = f"it costs {prices.HINT / len(subject.bugs):g} of the {prices.COMMUNICATION} points for communication"
    screen.out.print(f"Hint {number + 1} of {len(hints) // len(subject.bugs)}{of_bug} ({cost}):", style="bold")
    screen.out.print(f"  {hint}")


@click.command("reset")
@_with_key
def reset_command(
    exercise: Path, answers: Path | None, secret_file: Path | None, pack: Path | None, no_cache: bool
) -> None:
    """Put the broken program back; what was there is kept beside it."""
    subject = _handed_out(exercise, answers, secret_file, pack, no_cache)
    program = exercise / f"{subject.problem}.py"
    if program.exists() and program.read_bytes() == (subject.broken or "").encode():
        screen.out.print(f"{screen.path(program)} is as it was handed out.")
        return
    kept = put_aside(program)
    program.write_text(subject.broken or "", encoding="utf-8")
    screen.out.print(f"{screen.path(program)} is as it was handed out{f'; yours is {kept.name}' if kept else ''}.")


@click.command("solve")
@_with_key
@click.option("--yes", is_flag=True, help="Do not ask whether you want to see it.")
def solve_command(
    exercise: Path, answers: Path | None, secret_file: Path | None, pack: Path | None, no_cache: bool, yes: bool
) -> None:
    """Show the bug and the fix of an exercise, after a question."""
    subject = _handed_out(exercise, answers, secret_file, pack, no_cache)
    if not yes and not click.confirm("Show the bug and its fix? The exercise is spent then."):
        return
    note_key(exercise)
    for bug in subject.bugs:
        lines = ", ".join(map(str, bug.lines))
        screen.out.print(f"\n{bug.bug_class.title}", style="bold")
        screen.out.print(f"{bug.bug_class.id}, line {lines}. {' '.join(bug.bug_class.why.split())}")
    screen.out.print(f"\n{unified(subject.broken or '', subject.original, f'{subject.problem}.py')}", end="")


def _handed_out(
    exercise: Path, answers: Path | None, secret_file: Path | None, pack: Path | None, no_cache: bool
) -> Subject:
    """What was handed out in a folder. Raises UsageError where that cannot be told."""
    with options.store(no_cache) as store:
        exercises = Exercises(store, load_pack(pack) if pack else None, answers, options.secret(secret_file))
        try:
            subject = exercises.handed_out(exercise)
        except Unreadable as error:
            raise UsageError(str(error)) from None
    if not subject.bugs:
        raise UsageError("this pack and secret do not make this exercise; give --pack, --secret-file or --answers")
    return subject


def put_aside(program: Path) -> Path | None:
    """Where a program is kept that another takes the place of; None where there is none."""
    if not program.exists() and not program.is_symlink():
        return None
    number = 1
    while (kept := program.with_name(f"{program.stem}.{number}.py.txt")).exists():
        number += 1
    program.rename(kept)
    return kept
