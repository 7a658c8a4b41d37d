"""`bugforge bank draw` and `hand-out`: which exercises a candidate gets."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bugforge.bank import Bank, GivenTests, Interview, Request, interviews
from bugforge.bank.drawing import WINDOW
from bugforge.cli import options, screen
from bugforge.cli.bank.options import bank_option, bug_count_option, show
from bugforge.cli.verdicts import plain_text
from bugforge.interviews import ANY

MOST_NAMED = 3  # candidates in a line


@click.command("draw")
@bank_option
@click.option("--candidate", required=True, metavar="ID", help="Whose interview it is: an id of yours.")
@click.option("--for", "name", type=click.Choice([*interviews()]), default=ANY, show_default=True, help="What round.")
@click.option("--minutes", type=click.IntRange(1), help="Another length.")
@click.option("--topic", multiple=True, help="Other topics; may be repeated.")
@bug_count_option
@click.option("--group", default="", help="Candidates who may speak with each other.")
@click.option(
    "--window", type=click.IntRange(0), default=WINDOW, show_default=True, help="Days that a group remembers."
)
@click.option("--like", metavar="EXERCISE", help="One exercise: the same bug elsewhere, as hard.")
@click.option(
    "--tests",
    type=click.Choice([str(tests) for tests in GivenTests]),
    default=str(GivenTests.ALL),
    show_default=True,
    help="Which tests the candidate gets; quiet: those that pass today.",
)
@click.option(
    "--controls", type=click.IntRange(0), default=0, help="Right programs in the set, with --tests quiet or none [0]."
)
@click.option("--seed", type=int, help="Draw the same again, of the same bank.")
@options.json_option
def draw_command(
    file: Path,
    candidate: str,
    name: str,
    minutes: int | None,
    topic: Sequence[str],
    bug_count: int | None,
    group: str,
    window: int,
    like: str | None,
    tests: str,
    controls: int,
    seed: int | None,
    as_json: bool,
) -> None:
    """Pick exercises for one interview: none that the candidate has had."""
    asked = Request(
        candidate, _interview(name, minutes, topic), group, window, bug_count, like, seed, GivenTests(tests), controls
    )
    with Bank(file) as bank:
        drawn = bank.draw(asked)
    if as_json:
        screen.out.print(json.dumps(dataclasses.asdict(drawn), indent=2))
        return
    screen.out.print(f"Set {drawn.number} for {candidate}, {drawn.minutes} minutes with the talk about each:")
    show(drawn.items)


def _interview(name: str, minutes: int | None, topics: Sequence[str]) -> Interview:
    interview = interviews()[name]
    other: dict[str, Any] = {"minutes": minutes} if minutes else {}
    if topics:
        other["topics"] = frozenset(topics)
    return dataclasses.replace(interview, **other)


@click.command("hand-out")
@bank_option
@click.option("--candidate", required=True, metavar="ID", help="For whom the set was drawn.")
@click.option("--set", "number", type=int, help="Another set than the last one.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new folder, or a zip by its name.")
@click.option("--no-variant", is_flag=True, help="The exercises as they are in the bank, with nothing renamed.")
@options.json_option
@options.jobs_option
def hand_out_command(
    file: Path, candidate: str, number: int | None, out: Path, no_variant: bool, as_json: bool, jobs: int
) -> None:
    """Write the bundle of a candidate's set: exercises, rules and a form for the answers."""
    with Bank(file) as bank:
        written = bank.hand_out(candidate, out, number, variants=not no_variant, jobs=jobs)
    if as_json:
        told = {
            "path": str(written.path),
            "exercises": dict(written.labels),
            "unchanged": dict(written.unchanged),
            "alike": dict(written.alike),
        }
        screen.out.print(json.dumps(told, indent=2))
        return
    for folder, exercise in written.labels.items():
        screen.out.print(f"{folder}  is {exercise}")
        if folder in written.unchanged:
            screen.out.print(f"  handed out as it is: {written.unchanged[folder]}")
        if others := written.alike.get(folder):
            more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
            names = f"{plain_text(', '.join(others[:MOST_NAMED]))}{more}"
            screen.out.print(f"  cannot be told apart from the variant of {names}: too few names differ")
    screen.out.print(f"\n{screen.path(out)} is ready to be sent. What comes back: bugforge bank grade FOLDER")
