"""`bugforge check`: verdicts on fixes."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from bugforge.cli import options, screen
from bugforge.cli.verdicts import as_data, show
from bugforge.errors import UsageError
from bugforge.forge import Forge
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.subject import Submission
from bugforge.grading.submission import Unreadable
from bugforge.handout.reading import exercise_folders, submission
from bugforge.model import Grade, Verdict
from bugforge.pack import Pack, load
from bugforge.runner.pool import Runner

EXIT = {Grade.FIXED: 0, Grade.NOT_FIXED: 1, Grade.COULD_NOT_GRADE: 3}
DEFAULT = Path("generated")


def _seeds(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, ...] | None:
    try:
        return tuple(int(part) for part in value.split(",")) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no list of whole numbers like 3,14,15") from None


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--seeds", callback=_seeds, help="Data seeds to try beside the public one, like 3,14 [fresh ones].")
@options.pack_option
@options.json_option
@options.jobs_option
def check_command(
    paths: tuple[Path, ...], seeds: tuple[int, ...] | None, pack: Path | None, as_json: bool, jobs: int
) -> None:
    """Judge fixes: exercise folders, or files named after their problem; without PATHS all of ./generated."""
    chosen = paths or tuple(_all())
    with Runner(jobs) as runner, screen.progress("checking", len(chosen)) as bar:
        loaded = load(pack)
        verdicts = _judge(chosen, loaded, Grader(runner, seeds or fresh_seeds()), bar)
    if as_json:
        shapes = [as_data(verdict, loaded) for verdict in verdicts]
        screen.out.print(json.dumps(shapes[0] if len(shapes) == 1 else shapes, indent=2))
    else:
        for verdict in verdicts:
            show(verdict, loaded)
    if len(verdicts) > 1 and not as_json:
        fixed = sum(v.grade is Grade.FIXED for v in verdicts)
        screen.out.print(f"\n{fixed} of {len(verdicts)} fixed.")
    raise SystemExit(max(EXIT[verdict.grade] for verdict in verdicts))


def _all() -> list[Path]:
    folders = exercise_folders(DEFAULT)
    if not folders:
        raise UsageError(f"there are no exercises in ./{DEFAULT}; run `bugforge generate`, or name a folder")
    return folders


def _judge(paths: Sequence[Path], pack: Pack, grader: Grader, bar: screen.Bar) -> list[Verdict]:
    """A verdict for every path, in their order."""
    forge, verdicts, readable = Forge(pack), dict[int, Verdict](), list[tuple[int, Submission]]()
    for place, path in enumerate(paths):
        try:
            readable.append((place, submission(path, pack, forge)))
        except Unreadable as error:
            verdicts[place] = Verdict(path.resolve().name, Grade.COULD_NOT_GRADE, str(error))
    spread = len(readable) < grader.runner.jobs
    for number, verdict in grader.grade([handed_in for _, handed_in in readable], spread):
        verdicts[readable[number][0]] = verdict
        bar(completed=len(verdicts))
    return [verdicts[place] for place in sorted(verdicts)]
