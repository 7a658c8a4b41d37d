"""`bugforge bank list`, `show`, `tag`, `note` and `retire`."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import click

from bugforge.bank import Bank, Filter
from bugforge.cli import options, screen
from bugforge.cli.bank.options import bank_option, bug_count_option, difficulty_option, show
from bugforge.model import Difficulty

exercise_argument = click.argument("exercise")


@click.command("list")
@bank_option
@click.option("--topic", multiple=True, help="Only this topic; may be repeated, as each of these.")
@click.option("--problem", multiple=True, help="Only this problem.")
@click.option("--bug", multiple=True, help="Only with this bug class.")
@click.option("--category", multiple=True, help="Only with a bug of this category.")
@click.option("--tag", multiple=True, help="Only with this tag.")
@difficulty_option
@click.option("--minutes", type=click.IntRange(1), help="Only those that take at most so many.")
@bug_count_option
@click.option("--loud/--silent", default=None, help="Only those that mostly raise errors, or that do not.")
@click.option("--used-by", metavar="ID", help="Only what this candidate has had.")
@click.option("--retired", is_flag=True, help="Those that were taken out of use.")
@options.json_option
def list_command(
    file: Path,
    topic: Sequence[str],
    problem: Sequence[str],
    bug: Sequence[str],
    category: Sequence[str],
    tag: Sequence[str],
    difficulty: str | None,
    minutes: int | None,
    bug_count: int | None,
    loud: bool | None,
    used_by: str | None,
    retired: bool,
    as_json: bool,
) -> None:
    """List the exercises of a bank."""
    wanted = Filter(
        topics=frozenset(topic),
        problems=frozenset(problem),
        bug_classes=frozenset(bug),
        categories=frozenset(category),
        tags=frozenset(tag),
        difficulty=Difficulty(difficulty) if difficulty else None,
        minutes=minutes,
        bug_count=bug_count,
        loud=loud,
        used_by=used_by,
        retired=retired,
    )
    with Bank(file) as bank:
        found = bank.find(wanted)
    if as_json:
        screen.out.print(json.dumps([dataclasses.asdict(item) for item in found], indent=2))
        return
    show(found)
    screen.out.print(f"\n{screen.plural(len(found), 'exercise')}." if found else "The bank has no such exercise.")


@click.command("show")
@bank_option
@exercise_argument
@options.json_option
def show_command(file: Path, exercise: str, as_json: bool) -> None:
    """Show one exercise with its key."""
    from bugforge.formats.key import key

    with Bank(file) as bank:
        item, sheet, notes = bank.item(exercise), bank.sheet(exercise), bank.notes(exercise)
    if as_json:
        about = {**dataclasses.asdict(item), "notes": [{"at": at, "text": text} for at, text in notes]}
        screen.out.print(json.dumps(about, indent=2))
        return
    show([item])
    screen.out.print(f"put in {item.added}{f'; retired {item.retired}' if item.retired else ''}")
    for at, text in notes:
        screen.out.print(f"note of {at}: {text}")
    (page,) = key(sheet).values()
    screen.out.print(f"\n{page.decode()}", end="")


@click.command("tag")
@bank_option
@exercise_argument
@click.argument("tags", nargs=-1, required=True)
@click.option("--remove", is_flag=True, help="Take the tags off.")
def tag_command(file: Path, exercise: str, tags: Sequence[str], remove: bool) -> None:
    """Put tags on an exercise."""
    with Bank(file) as bank:
        (bank.untag if remove else bank.tag)(exercise, tags)
        show([bank.item(exercise)])


@click.command("note")
@bank_option
@exercise_argument
@click.argument("text")
def note_command(file: Path, exercise: str, text: str) -> None:
    """Write a note on an exercise."""
    with Bank(file) as bank:
        bank.note(exercise, text)
        screen.out.print(f"{bank.item(exercise).id} has {screen.plural(len(bank.notes(exercise)), 'note')}.")


@click.command("retire")
@bank_option
@exercise_argument
@click.option("--reason", default="", help="Why, for whoever asks later.")
@click.option("--restore", is_flag=True, help="Take it into use again.")
def retire_command(file: Path, exercise: str, reason: str, restore: bool) -> None:
    """Take an exercise out of use; who had it is kept."""
    with Bank(file) as bank:
        if restore:
            bank.restore(exercise)
        else:
            bank.retire(exercise, reason)
        screen.out.print(f"{bank.item(exercise).id} is {'in use again' if restore else 'out of use'}.")
