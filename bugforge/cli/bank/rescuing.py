"""`bugforge bank rescue`: what can be read of a damaged bank."""

from pathlib import Path

import click

from bugforge.bank import Bank
from bugforge.cli import screen
from bugforge.cli.bank.options import bank_option


@click.command("rescue")
@bank_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The new bank.")
def rescue_command(file: Path, out: Path) -> None:
    """Write what can be read of a damaged bank into a new one. The damaged file is not changed."""
    rescued = Bank.rescue(file, out)
    for table, kept in rescued.kept.items():
        lost = rescued.lost[table]
        if kept or lost != 0:
            told = f"{lost} lost" if lost is not None else "some lost, it cannot be told how many"
            screen.out.print(f"{table}: {kept} kept, {told}")
    screen.out.print(f"{screen.path(out)} is a bank that can be used; {screen.path(file)} is as it was.")
