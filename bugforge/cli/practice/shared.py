"""What the commands of the practice share: options, and the words for a plan, a drill and a day."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from bugforge.cli import screen
from bugforge.errors import PracticeError
from bugforge.practice import Practice
from bugforge.practice.choosing import Standing
from bugforge.practice.drill import AT_WORK, Drill
from bugforge.practice.events import Why
from bugforge.practice.practice import ME

DEFAULT = Path("practice")

profile_option = click.option("--profile", default=ME, show_default=True, metavar="NAME", help="Whose practice.")
out_option = click.option(
    "--out", type=click.Path(path_type=Path), default=DEFAULT, show_default=True, help="Where drills are written."
)
WHY = {
    Why.PLAN: "",
    Why.REVIEW: "  a review: you have met this kind of bug",
    Why.MOCK: "  of a mock interview",
    Why.ASKED: "",
}


def topic_names(topics: Iterable[str]) -> str:
    return ", ".join(topic.replace("_", " ") for topic in topics)


def show_day(where: Standing) -> None:
    """The day in a line or two."""
    day, days = where.day, len(where.plan.days)
    about = "anything, as in an interview" if day.is_mixed else topic_names(day.topics)
    due = f"; {screen.plural(len(where.due), 'review')} due" if where.due else ""
    over = " (the plan is over; its last day goes on)" if day.number == days and where.minutes_left < 0 else ""
    screen.out.print(f"Day {day.number} of {days}: {about}{due}.{over}")


def show_drill(drill: Drill) -> None:
    """A drill, and what to do with it."""
    opened, folder = drill.opened, shown(drill.opened.folder)
    screen.out.print(f"\n{folder}  {opened.difficulty}  {opened.minutes} min{WHY[opened.why]}", style="bold")
    screen.out.print(f"Read its README.md, edit {opened.problem}.py, and beside your editor run:")
    screen.out.print(f"  bugforge watch {screen.path(Path(folder))}")


def shown(folder: str) -> str:
    """A folder as a person here would name it."""
    path = Path(folder)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else folder


def open_drill(practice: Practice) -> Drill | None:
    """The drill that was opened last, if it is not over."""
    found = practice.drills()
    return found[-1] if found and found[-1].state in AT_WORK else None


def drill_at(practice: Practice, folder: Path | None) -> Drill:
    """The drill in a folder, or the one that is open. Raises PracticeError where there is none."""
    if folder is not None:
        if not folder.exists():
            raise PracticeError(f"there is no {folder}; name the folder of a drill")
        return practice.drill(folder.resolve().name)
    drill = open_drill(practice)
    if drill is None:
        raise PracticeError("no drill is open; `bugforge next` gives one")
    return drill


def in_days(due: date, today: date) -> str:
    """ "today", "tomorrow", "in 5 days"."""
    days = (due - today).days
    return "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"
