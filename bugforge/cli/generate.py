"""`bugforge generate`: exercises into a folder, their keys beside it."""

from pathlib import Path

import click

from bugforge.cli import options
from bugforge.model import Difficulty
from bugforge.runner.pool import Runner


@click.command("generate")
@click.option("--count", type=click.IntRange(1), default=10, show_default=True, help="How many exercises.")
@click.option("--seed", type=int, help="Make the same exercises again [a fresh one, printed].")
@click.option("--topic", multiple=True, help="Only this topic; may be repeated.")
@click.option("--bug", multiple=True, help="Only this bug class or category; may be repeated.")
@click.option("--bug-count", type=click.IntRange(1, 4), default=1, show_default=True, help="Bugs in each exercise.")
@click.option("--difficulty", type=click.Choice([str(d) for d in Difficulty]), help="Only bugs of this difficulty.")
@options.pack_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("generated"), show_default=True, help="Folder.")
@click.option("--answers", type=click.Path(path_type=Path), help="Folder for the answer keys [OUT/answers].")
@click.option("--no-answers", is_flag=True, help="Write no answer keys.")
@options.jobs_option
def generate_command(
    count: int,
    seed: int | None,
    topic: tuple[str, ...],
    bug: tuple[str, ...],
    bug_count: int,
    difficulty: str | None,
    pack: Path | None,
    out: Path,
    answers: Path | None,
    no_answers: bool,
    jobs: int,
) -> None:
    """Make exercises: broken programs with failing tests, and their answer keys apart from them."""
    with Runner(jobs) as runner:  # its process imports numpy and pandas while this one imports libcst
        from bugforge.cli.making import Request, make

        level = Difficulty(difficulty) if difficulty else None
        keys = None if no_answers else answers or out / "answers"
        complete = make(Request(count, seed, topic, bug, bug_count, level, pack, out, keys), runner)
    if not complete:
        raise SystemExit(1)
