"""`bugforge check`: verdicts on fixes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from bugforge.cli import bulk, options, screen
from bugforge.cli.own_test import check_own_test
from bugforge.cli.verdicts import EXIT, as_data, show
from bugforge.errors import UsageError
from bugforge.forge import Forge
from bugforge.grading.diagnosis import diagnose
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.subject import Submission
from bugforge.grading.submission import Unreadable
from bugforge.handout.reading import exercise_folders, submission
from bugforge.model import Grade, Verdict
from bugforge.pack import Pack, load
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
@click.option("--line", type=click.IntRange(1), help="Judge a diagnosis too: the line of the bug.")
@click.option("--bug", metavar="CLASS", help="Judge a diagnosis too: the class of the bug.")
@click.option("--my-test", type=click.Path(path_type=Path), help="Judge a test of your own: does it find the bug?")
@click.option("--exercise", type=click.Path(path_type=Path), help="PATHS are folders of submissions of this exercise.")
@click.option("--problem", metavar="NAME", help="PATHS are folders of submissions of this problem.")
@click.option("--csv", type=click.Path(path_type=Path), help="With --exercise or --problem: a table of the verdicts.")
@click.option("--html", type=click.Path(path_type=Path), help="With --exercise or --problem: a page of the verdicts.")
@click.option("--no-isolation", is_flag=True, help="Grade many although this machine lacks walls (bugforge doctor).")
@options.pack_option
@options.json_option
@options.jobs_option
def check_command(
    paths: tuple[Path, ...],
    seeds: Seeds,
    line: int | None,
    bug: str | None,
    my_test: Path | None,
    exercise: Path | None,
    problem: str | None,
    csv: Path | None,
    html: Path | None,
    no_isolation: bool,
    pack: Path | None,
    as_json: bool,
    jobs: int,
) -> None:
    """Judge fixes: exercise folders, or files named after their problem; without PATHS all of ./generated.

    With --exercise or --problem, PATHS are folders with one file or folder per submission. Such a run can be ended and
    started again: what was graded is kept.
    """
    many = exercise or problem
    if many and (line or bug or my_test):
        raise UsageError("--line, --bug and --my-test judge one exercise; leave out --exercise and --problem")
    if my_test and (line or bug):
        raise UsageError("--my-test is judged by itself; leave out --line and --bug")
    if not many and (csv or html):
        raise UsageError("--csv and --html are for many submissions of one thing; add --exercise or --problem")
    loaded = load(pack)
    with Runner(jobs) as runner:
        if many:
            request = bulk.Request(paths, loaded, exercise, problem, seeds, bulk.Outputs(as_json, csv, html))
            code = bulk.check(request, runner, no_isolation)
        elif my_test:
            code = check_own_test(paths, my_test, loaded, runner, seeds or fresh_seeds(), as_json)
        else:
            claim = Claim(line, bug, loaded, paths or tuple(_all()))
            code = _check_each(claim, Grader(runner, seeds or fresh_seeds()), as_json)
    raise SystemExit(code)


@dataclass(frozen=True)
class Claim:
    """What the candidate says of the bug. Raises UsageError where it cannot be judged."""

    line: int | None
    bug: str | None
    pack: Pack
    paths: Sequence[Path]

    def __post_init__(self) -> None:
        if (self.line or self.bug) and len(self.paths) > 1:
            raise UsageError("--line and --bug speak of one exercise; name its folder")
        if self.bug and self.bug not in self.pack.mutators:
            raise screen.unknown("bug class", self.bug, self.pack.mutators)

    def judged(self, verdict: Verdict, handed_in: Submission) -> Verdict:
        if not self.line and not self.bug:
            return verdict
        categories = {name: mutator.category for name, mutator in self.pack.mutators.items()}
        found = diagnose(handed_in.subject, categories, self.line, self.bug)
        note = () if found else ("the bug that was handed out is not known, so the diagnosis cannot be judged",)
        return replace(verdict, diagnosis=found, notes=(*verdict.notes, *note))


def _all() -> list[Path]:
    folders = exercise_folders(DEFAULT)
    if not folders:
        raise UsageError(f"there are no exercises in ./{DEFAULT}; run `bugforge generate`, or name a folder")
    return folders


def _check_each(claim: Claim, grader: Grader, as_json: bool) -> int:
    """Grade and show every path that the claim names; the exit code."""
    with screen.progress("checking", len(claim.paths)) as bar:
        verdicts = _judge(claim, grader, bar)
    if missing := MINIMUM - set(grader.runner.layers):
        screen.warn(f"programs run here without {', '.join(sorted(missing))}; `bugforge doctor` says what that means")
    _report(verdicts, claim.pack, as_json)
    return max(EXIT[verdict.grade] for verdict in verdicts)


def _judge(claim: Claim, grader: Grader, bar: screen.Bar) -> list[Verdict]:
    """A verdict for every path, in their order."""
    forge, verdicts, readable = Forge(claim.pack), dict[int, Verdict](), list[tuple[int, Submission]]()
    for place, path in enumerate(claim.paths):
        try:
            readable.append((place, submission(path, claim.pack, forge)))
        except Unreadable as error:
            verdicts[place] = Verdict(path.resolve().name, Grade.COULD_NOT_GRADE, str(error))
    spread = len(readable) < grader.runner.jobs
    for number, verdict in grader.grade([handed_in for _, handed_in in readable], spread):
        place, handed_in = readable[number]
        verdicts[place] = claim.judged(verdict, handed_in)
        bar(completed=len(verdicts))
    return [verdicts[place] for place in sorted(verdicts)]


def _report(verdicts: Sequence[Verdict], pack: Pack, as_json: bool) -> None:
    if as_json:
        shapes = [as_data(verdict, pack) for verdict in verdicts]
        screen.out.print(json.dumps(shapes[0] if len(shapes) == 1 else shapes, indent=2))
        return
    for verdict in verdicts:
        show(verdict, pack)
    if len(verdicts) > 1:
        fixed = sum(v.grade is Grade.FIXED for v in verdicts)
        screen.out.print(f"\n{fixed} of {len(verdicts)} fixed.")
