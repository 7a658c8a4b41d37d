"""`bugforge bank stats` and `forget`: what is known of answers, and what is no longer known of people."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from bugforge.bank import Bank
from bugforge.bank.stats import FEWEST, Figures
from bugforge.cli import options, screen
from bugforge.cli.bank.options import bank_option
from bugforge.errors import UsageError
from bugforge.share import Share


@click.command("stats")
@bank_option
@options.json_option
def stats_command(file: Path, as_json: bool) -> None:
    """How hard exercises proved to be: by family, class, topic and difficulty."""
    with Bank(file) as bank:
        found = bank.stats()
    if as_json:
        screen.out.print(json.dumps(msgspec.to_builtins(found), indent=2))
        return
    kinds = {"family": found.families, "class": found.classes, "topic": found.topics, "difficulty": found.difficulties}
    for kind, figures in kinds.items():
        _show(kind, figures)
    if found.false_alarms:
        screen.out.print(f"false alarms on programs without a bug: {_share(found.false_alarms)}")
    told = f"{screen.plural(found.answers, 'answer')} in all"
    if found.few:
        told += f"; of {found.few} families there are fewer than {FEWEST}, and nothing is said"
    screen.out.print(f"{told}.")


def _show(kind: str, figures: Sequence[Figures]) -> None:
    if not figures:
        return
    width = max(len(kind), *(len(one.name) for one in figures))
    heads = (
        ("answers", 8),
        ("fixed (95 % interval)", 24),
        ("first", 8),
        ("right word", 12),
        ("minutes", 9),
        ("hints", 7),
        ("apart", 8),
    )
    screen.out.print(f"{kind:{width}}{''.join(f'{head:>{wide}}' for head, wide in heads)}", style="bold")
    for one in figures:
        word = f"{one.diagnoses.value:.0%}" if one.diagnoses else ""
        minutes = "" if one.minutes is None else f"{one.minutes:g}"
        hints = "" if one.hints is None else f"{one.hints:.1f}"
        apart = "" if one.discrimination is None else f"{one.discrimination:+.2f}"
        numbers = (str(one.answers), _share(one.facility), f"{one.first.value:.0%}", word, minutes, hints, apart)
        cells = (f"{number:>{wide}}" for number, (_, wide) in zip(numbers, heads, strict=True))
        screen.out.print(f"{one.name:{width}}{''.join(cells)}")
        if len(one.months) > 1 and kind == "family":
            months = ", ".join(f"{month} {share.value:.0%}" for month, share in sorted(one.months.items()))
            screen.out.print(f"{'':{width}}  by month: {months}")
    screen.out.print()


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.0%} ({low:.0%} to {high:.0%})"


@click.command("forget")
@bank_option
@click.option("--candidate", metavar="ID", help="Whom.")
@click.option("--older-than", metavar="DAYS", help="All for whom nothing was drawn in so long, as 365d.")
def forget_command(file: Path, candidate: str | None, older_than: str | None) -> None:
    """Delete what was drawn for a candidate, handed out and handed in; counts without a name are kept."""
    days = re.fullmatch(r"(\d{1,5})d?", older_than or "0")
    if (candidate is None) == (older_than is None) or days is None:
        raise UsageError("give either --candidate ID or --older-than and a number of days, like 365d")
    with Bank(file) as bank:
        if candidate is not None:
            bank.forget(candidate)
            screen.out.print(
                "Nothing is known of this candidate any more. Bundles that you have kept are yours to delete."
            )
        else:
            screen.out.print(f"{screen.plural(bank.forget_older_than(int(days[1])), 'candidate')} forgotten.")
