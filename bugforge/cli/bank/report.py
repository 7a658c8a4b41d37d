"""`bugforge bank report`: a page to read and to print."""

from pathlib import Path
from typing import TextIO

import click

from bugforge.bank import Bank
from bugforge.cli import screen
from bugforge.cli.bank.options import bank_option
from bugforge.formats.files import write_text


@click.command("report")
@bank_option
@click.option("--html", type=click.Path(path_type=Path), required=True, help="The page; one that is there is replaced.")
@click.option("--candidate", metavar="ID", help="The score sheet of one person.")
def report_command(file: Path, html: Path, candidate: str | None) -> None:
    """Write a page on the bank, or on how one candidate did. Only you may read it."""
    with Bank(file) as bank:
        page = bank.report() if candidate is None else bank.score_sheet(candidate)

    def write(out: TextIO) -> None:
        out.write(page)

    write_text(html, write, "give another --html", mode=0o600)
    screen.out.print(f"{screen.path(html)} is written; open it in a browser, or print it.")
