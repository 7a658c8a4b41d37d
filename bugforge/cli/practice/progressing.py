"""`bugforge progress`: what is known, what is due, and what to do today."""

import json
from pathlib import Path
from typing import TextIO

import click
import msgspec

from bugforge.cli import options, screen
from bugforge.cli.practice.shared import in_days, profile_option, topic_names
from bugforge.formats.files import write_text
from bugforge.formats.text import render
from bugforge.pack import load_pack
from bugforge.practice import Practice
from bugforge.practice.progress import Progress

MOST = 10  # classes that are named on the terminal


@click.command("progress")
@profile_option
@options.pack_option
@options.json_option
@click.option("--html", type=click.Path(path_type=Path), help="A page; one that is there is replaced.")
def progress_command(profile: str, pack: Path | None, as_json: bool, html: Path | None) -> None:
    """Show how far the practice has come, and what to do today."""
    with Practice(profile, pack=load_pack(pack), say=screen.warn) as practice:
        seen = practice.progress()
    if html:
        _write(html, seen)
        screen.out.print(f"{screen.path(html)} is written; open it in a browser.")
    elif as_json:
        screen.out.print(json.dumps(msgspec.to_builtins(seen), indent=2))
    else:
        _show(seen)


def _write(path: Path, seen: Progress) -> None:
    days = seen.practised[-60:]
    most = max((one.drills for one in days), default=1)
    page = render("progress.html.j2", seen=seen, days=days, most=most, today=today(seen))

    def write(out: TextIO) -> None:
        out.write(page)

    write_text(path, write, "give another --html", mode=0o600)


def _show(seen: Progress) -> None:
    out = screen.out
    whose = "" if seen.interview == "any" else f" for {seen.interview}"
    out.print(f"Day {seen.day} of {seen.days}{whose}", style="bold")
    out.print(f"{today(seen)}\n")
    rows = [
        ("drills", f"{seen.drills}, {seen.fixed} fixed, {seen.with_help} of these with hints"),
        ("given up", str(seen.given_up)),
        ("reviews", str(seen.reviews)),
        ("bug classes", f"{seen.known} known of {seen.met} met; the pack has {seen.classes}"),
        ("in a row", screen.plural(seen.streak, "day")),
    ]
    rows += [(level, f"{fixed} of {drills} fixed") for level, (drills, fixed) in seen.difficulties.items()]
    if seen.pace is not None:
        rows.append(("pace", f"{seen.pace:.1f} of the minutes given"))
    rows += [("weakest", f"{one.name.replace('-', ' ')}: {one.fixed} of {one.drills} fixed") for one in seen.weakest]
    for name, text in rows:
        out.print(f"{name:12}{text}")
    for number, one in enumerate(seen.due[:MOST]):
        known = ", known" if one.is_known else ""
        out.print(f"{'comes back' if number == 0 else '':12}{one.bug_class} {in_days(one.date, seen.today)}{known}")
    if seen.due[MOST:]:
        out.print(f"{'':12}and {len(seen.due) - MOST} later")


def today(seen: Progress) -> str:
    """What to do today, in a sentence or two."""
    told = f"Today: {topic_names(seen.topics) or 'anything, as in an interview'}"
    if seen.due_today:
        told += f", and {screen.plural(seen.due_today, 'review')}"
    left = f"{screen.plural(seen.minutes_left, 'minute')} left" if seen.minutes_left else "today's minutes are full"
    what = f"{seen.open} is open: bugforge watch" if seen.open else "bugforge next"
    return f"{told}; {left}. {what}"
