"""`bugforge check`: verdicts on fixes."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bugforge.cli import bulk, completion, options, screen
from bugforge.cli.noting import note_verdicts
from bugforge.cli.own_test import check_own_tests
from bugforge.cli.verdicts import EXIT, show
from bugforge.errors import UsageError
from bugforge.grading.diagnosis import Claim, diagnosed
from bugforge.grading.exercises import Exercises, exercise_folders, expanded
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.record import record
from bugforge.grading.subject import Submission
from bugforge.grading.submission import Unreadable
from bugforge.grading.verdict import Verdict
from bugforge.model import BugClass, Grade
from bugforge.pack import load_pack
from bugforge.pack.names import unknown
from bugforge.runner.pool import Runner
from bugforge.runner.sandbox import MINIMUM

DEFAULT = Path("generated")
LONGEST_SEED = 30  # digits
Seeds = tuple[int, ...] | None


def _seeds(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Seeds:
    if not value:
        return None
    parts = [part.strip() for part in value.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) <= LONGEST_SEED for part in parts):
        raise click.BadParameter(f"{value!r} is no list of whole numbers from 0 on, like 3,14,15")
    return tuple(map(int, parts))


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--seeds", callback=_seeds, help="Data seeds to try beside the public one, like 3,14 [fresh ones].")
@click.option("--line", multiple=True, type=click.IntRange(1), help="Judge a diagnosis too: the line; once per bug.")
@click.option(
    "--bug",
    multiple=True,
    metavar="CLASS",
    shell_complete=completion.bug_classes,
    help="Judge a diagnosis too: the bug class; once per bug.",
)
@click.option("--no-bug", is_flag=True, help="Judge a diagnosis too: that there is none.")
@click.option(
    "--my-test", multiple=True, type=click.Path(path_type=Path), help="Judge a test of your own; once per bug."
)
@click.option("--exercise", type=click.Path(path_type=Path), help="PATHS are folders of submissions of this exercise.")
@click.option(
    "--problem",
    metavar="NAME",
    shell_complete=completion.problems,
    help="PATHS are folders of submissions of this problem.",
)
@click.option("--csv", type=click.Path(path_type=Path), help="A table of the verdicts.")
@click.option("--html", type=click.Path(path_type=Path), help="A page of the verdicts.")
@click.option("--no-isolation", is_flag=True, help="Grade many although this machine lacks walls (bugforge doctor).")
@click.option("--answers", type=click.Path(path_type=Path), help="A folder of your own answer keys to judge by.")
@options.secret_option
@options.pack_option
@options.no_cache_option
@options.json_option
@options.jobs_option
def check_command(
    paths: tuple[Path, ...],
    seeds: Seeds,
    line: tuple[int, ...],
    bug: tuple[str, ...],
    no_bug: bool,
    my_test: tuple[Path, ...],
    exercise: Path | None,
    problem: str | None,
    csv: Path | None,
    html: Path | None,
    no_isolation: bool,
    answers: Path | None,
    secret_file: Path | None,
    pack: Path | None,
    no_cache: bool,
    as_json: bool,
    jobs: int,
) -> None:
    """Judge fixes: exercises, folders of exercises, or files named after their problem; by default all of ./generated.

    With --exercise or --problem, PATHS are folders with one file or folder per submission. Such a run can be ended and
    started again: what was graded is kept.
    """
    many, diagnosis = bool(exercise or problem), bool(line or bug or no_bug)
    outputs = bulk.Outputs(as_json, csv, html)
    _refuse_contradictions(many, diagnosis=diagnosis, own_test=bool(my_test), tables=bool(csv or html))
    with options.store(no_cache) as store, Runner(jobs) as runner:
        exercises = Exercises(store, load_pack(pack) if pack else None, answers, options.secret(secret_file))
        if many:
            request = bulk.Request(paths, exercises, exercise, problem, seeds, outputs)
            code = bulk.check(request, runner, no_isolation)
        elif my_test:
            code = check_own_tests(paths, my_test, exercises, runner, seeds or fresh_seeds(), as_json)
        else:
            named = [one for path in paths for one in expanded(path)] or _all()
            for path in named if csv or html else ():
                bulk.check_outputs(outputs, path)
            claim = _claim(line, bug, no_bug, named, exercises)
            code = _check_each(named, claim, exercises, Grader(runner, seeds or fresh_seeds()), outputs)
    raise SystemExit(code)


def _refuse_contradictions(many: bool, diagnosis: bool, own_test: bool, tables: bool) -> None:
    if many and (diagnosis or own_test):
        raise UsageError("--line, --bug, --no-bug and --my-test judge one exercise; leave out --exercise and --problem")
    if own_test and diagnosis:
        raise UsageError("--my-test is judged by itself; leave out --line and --bug")
    if tables and own_test:
        raise UsageError("--csv and --html are tables of verdicts on fixes; leave out --my-test")


def _claim(
    lines: tuple[int, ...], bugs: tuple[str, ...], no_bug: bool, paths: Sequence[Path], exercises: Exercises
) -> Claim:
    """What the candidate says of the bugs. Raises UsageError where it cannot be judged."""
    claim = Claim(lines, bugs, no_bug)
    if no_bug and (lines or bugs):
        raise UsageError("--no-bug says that there is none; leave out --line and --bug, or leave it out")
    if claim and len(paths) > 1:
        raise UsageError("--line, --bug and --no-bug speak of one exercise; name its folder")
    for said in lines:
        length = len(_program_lines(paths[0], exercises))
        if said > length > 0:
            raise UsageError(f"there is no line {said}; the program has {screen.plural(length, 'line')}")
    if unheard := [bug for bug in bugs if bug not in _classes(exercises)]:
        raise unknown("bug class", unheard[0], _classes(exercises))
    return claim


def _program_lines(path: Path, exercises: Exercises) -> list[str]:
    """Of what was handed out; none where that is not known."""
    try:
        return (exercises.submission(path).subject.broken or "").splitlines()
    except Unreadable:
        return []


def _classes(exercises: Exercises) -> Mapping[str, BugClass]:
    return (exercises.pack or load_pack()).bug_classes


def _all() -> list[Path]:
    folders = exercise_folders(DEFAULT)
    if not folders:
        raise UsageError(f"there are no exercises in ./{DEFAULT}; run `bugforge generate`, or name a folder")
    return folders


def _check_each(
    paths: Sequence[Path], claim: Claim, exercises: Exercises, grader: Grader, outputs: bulk.Outputs
) -> int:
    """Grade, show and write every path; the exit code."""
    with screen.progress("checking", len(paths)) as bar:
        verdicts = _judge(paths, claim, exercises, grader, bar)
    if missing := MINIMUM - set(grader.runner.layers):
        screen.warn(f"programs run here without {', '.join(sorted(missing))}; `bugforge doctor` says what that means")
    note_verdicts(paths, verdicts)
    records = [record(verdict) for verdict in verdicts]
    bulk.write_tables(outputs, lambda: records, screen.plural(len(records), "submission"))
    _report(verdicts, outputs.as_json)
    return max(EXIT[verdict.grade] for verdict in verdicts)


def _judge(paths: Sequence[Path], claim: Claim, exercises: Exercises, grader: Grader, bar: screen.Bar) -> list[Verdict]:
    """A verdict for every path, in their order."""
    verdicts, readable = dict[int, Verdict](), list[tuple[int, Submission]]()
    for place, path in enumerate(paths):
        try:
            readable.append((place, exercises.submission(path)))
        except Unreadable as error:
            verdicts[place] = Verdict(path.resolve().name, Grade.COULD_NOT_GRADE, str(error))
    spread = len(readable) < grader.runner.jobs
    categories = {name: item.category for name, item in _classes(exercises).items()} if claim else {}
    for number, verdict in grader.grade([handed_in for _, handed_in in readable], spread):
        place, handed_in = readable[number]
        verdicts[place] = diagnosed(verdict, claim, handed_in.subject, categories)
        bar(completed=len(verdicts))
    return [verdicts[place] for place in sorted(verdicts)]


def _report(verdicts: Sequence[Verdict], as_json: bool) -> None:
    if as_json:
        shapes = [record(verdict) for verdict in verdicts]
        screen.out.print(json.dumps(shapes[0] if len(shapes) == 1 else shapes, indent=2))
        return
    for verdict in verdicts:
        show(verdict)
    if len(verdicts) > 1:
        fixed = sum(v.grade is Grade.FIXED for v in verdicts)
        screen.out.print(f"\n{fixed} of {len(verdicts)} fixed.")
