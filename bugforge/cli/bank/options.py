"""What the commands on a bank share: which file it is, and how an exercise is shown in a line."""

from collections.abc import Sequence
from pathlib import Path

import click

from bugforge.bank.items import Item
from bugforge.cli import screen
from bugforge.forge.addresses import MOST_BUGS
from bugforge.model import Difficulty

DEFAULT = Path("bank.db")
bank_option = click.option(
    "--bank", "file", type=click.Path(path_type=Path), default=DEFAULT, show_default=True, help="The bank's file."
)
difficulty_option = click.option(
    "--difficulty", type=click.Choice([str(level) for level in Difficulty]), help="Only exercises that are so hard."
)
bug_count_option = click.option("--bug-count", type=click.IntRange(1, MOST_BUGS), help="Only with so many bugs.")


def show(found: Sequence[Item]) -> None:
    names = [f"{item.problem}-{item.id}" for item in found]
    width = max(map(len, names), default=0)
    for name, item in zip(names, found, strict=True):
        uses = f"  used {item.uses}x" if item.uses else ""
        tags = f"  [{' '.join(item.tags)}]" if item.tags else ""
        loud = " loud" if item.loud else ""
        screen.out.print(
            f"{name:{width}}  {item.difficulty:<6}  {item.minutes:2} min  {' + '.join(item.bugs)}{loud}{uses}{tags}"
        )
