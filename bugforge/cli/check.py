"""`bugforge check`: verdicts on fixes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bugforge.cli import options, screen
from bugforge.errors import UsageError
from bugforge.forge import Forge
from bugforge.grading.grade import fresh_seeds, grade
from bugforge.grading.submission import Unreadable
from bugforge.handout.reading import exercise_folders, submission
from bugforge.model import Grade, Outcome, Verdict
from bugforge.pack import Pack, load
from bugforge.runner.pool import Runner

EXIT = {Grade.FIXED: 0, Grade.NOT_FIXED: 1, Grade.COULD_NOT_GRADE: 3}
STATUS = {Grade.FIXED: "pass", Grade.NOT_FIXED: "fail", Grade.COULD_NOT_GRADE: "error"}
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
    verdicts = []
    with Runner(jobs) as runner, screen.progress("checking", len(chosen)) as bar:
        loaded = load(pack)
        forge = Forge(loaded)
        for number, path in enumerate(chosen):
            verdicts.append(_judge(path, loaded, forge, runner, seeds))
            bar(completed=number + 1)
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


def _judge(path: Path, pack: Pack, forge: Forge, runner: Runner, seeds: Sequence[int] | None) -> Verdict:
    try:
        handed_in = submission(path, pack, forge)
    except Unreadable as error:
        return Verdict(path.resolve().name, Grade.COULD_NOT_GRADE, str(error))
    verdict = grade(handed_in.name, handed_in.source, handed_in.subject, runner, seeds or fresh_seeds())
    return Verdict(**{**vars(verdict), "notes": handed_in.notes})


def show(verdict: Verdict, pack: Pack) -> None:
    """The verdict for a person."""
    out, passed = screen.out, sum(test.outcome is Outcome.PASSED for test in verdict.tests)
    colour = {Grade.FIXED: "bold green", Grade.NOT_FIXED: "bold red", Grade.COULD_NOT_GRADE: "bold yellow"}
    out.print(f"\n{verdict.name}: ", end="")
    out.print(verdict.grade, style=colour[verdict.grade])
    out.print(f"  {plain_text(verdict.reason)}")
    if verdict.tests:
        seeds = screen.plural(len(verdict.seeds), "seed")
        out.print(f"  {passed} of {screen.plural(len(verdict.tests), 'test')} pass on {seeds}")
    if verdict.newly_broken:
        names = ", ".join(name.rpartition("::")[2] for name in verdict.newly_broken)
        out.print(f"  newly broken: {names}")
    if verdict.lines_changed is not None:
        changed, minimal = screen.plural(verdict.lines_changed, "line"), verdict.lines_minimal
        out.print(f"  {changed} changed, the smallest fix changes {minimal}")
    for note in verdict.notes:
        out.print(f"  note: {plain_text(note)}")
    if verdict.grade is Grade.FIXED and verdict.address:
        for bug in verdict.address.bugs:
            mutator = pack.mutators[bug.mutator]
            out.print(f"\n  The bug was {mutator.id}: {mutator.title}")
            for line in mutator.why.splitlines():
                out.print(f"  {line.strip()}")


def plain_text(text: str) -> str:
    """Text of a submission without what could steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text).replace("\n", "\n  ")


def as_data(verdict: Verdict, pack: Pack) -> dict[str, Any]:
    """The verdict in the shape of Exercism's test runners, version 3; `bugforge` holds what that has no place for."""
    states = {Outcome.PASSED: "pass", Outcome.FAILED: "fail"}
    bugs = verdict.address.bugs if verdict.address and verdict.grade is Grade.FIXED else ()
    return {
        "version": 3,
        "status": STATUS[verdict.grade],
        "message": None if verdict.grade is Grade.FIXED else verdict.reason,
        "tests": [
            {"name": t.name, "status": states.get(t.outcome, "error"), "message": t.message or None, "test_code": ""}
            for t in verdict.tests
        ],
        "bugforge": {
            "name": verdict.name,
            "grade": verdict.grade,
            "reason": verdict.reason,
            "seeds": verdict.seeds,
            "newly_broken": verdict.newly_broken,
            "lines_changed": verdict.lines_changed,
            "lines_minimal": verdict.lines_minimal,
            "forbidden_imports": verdict.forbidden_imports,
            "edge_cases": [t.name for t in verdict.tests if t.edge_case],
            "notes": verdict.notes,
            "layers": verdict.layers,
            "bugs": [{"id": b.mutator, "title": pack.mutators[b.mutator].title} for b in bugs],
        },
    }
