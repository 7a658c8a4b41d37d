"""How far a practice has come: days, drills, classes, what is due, and what to do today."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from statistics import median

from bugforge.model import Difficulty
from bugforge.practice.choosing import Standing
from bugforge.practice.drill import Drill, State
from bugforge.practice.events import Why

FEWEST = 2  # drills of a category from which anything is said of it
WEAKEST = 3  # categories that are named


@dataclass(frozen=True)
class Category:
    """A category of bugs: the drills on it, and how many of these were fixed."""

    name: str
    drills: int
    fixed: int

    @property
    def share(self) -> float:
        return self.fixed / self.drills


@dataclass(frozen=True)
class Practised:
    """One local day."""

    date: date
    drills: int
    fixed: int


@dataclass(frozen=True)
class Due:
    bug_class: str
    date: date
    is_known: bool


@dataclass(frozen=True)
class Progress:
    """Drills count from the first one on, whatever the plan; `pace` is minutes taken by minutes given."""

    plan: str
    interview: str
    day: int
    days: int
    topics: tuple[str, ...]
    minutes_left: int
    today: date
    drills: int
    fixed: int
    with_help: int
    given_up: int
    reviews: int
    difficulties: Mapping[str, tuple[int, int]]  # drills and fixed ones
    practised: tuple[Practised, ...]
    streak: int  # days in a row up to today or yesterday
    known: int
    met: int
    classes: int  # in the pack
    due: tuple[Due, ...]  # every class that was met, the soonest first
    weakest: tuple[Category, ...]
    pace: float | None
    open: str | None  # the name of the drill that is open

    @property
    def due_today(self) -> int:
        return sum(one.date <= self.today for one in self.due)


def progress(standing: Standing, categories: Mapping[str, str], zone: tzinfo | None) -> Progress:
    """`categories` are those of all bug classes."""
    drills, known = standing.drills, standing.known
    over = [drill for drill in drills if drill.ended]
    timed = [drill.minutes / drill.opened.minutes for drill in drills if drill.fixed]
    practised = _practised(drills, zone)
    return Progress(
        plan=standing.plan.name,
        interview=standing.begun.interview,
        day=standing.day.number,
        days=len(standing.plan.days),
        topics=standing.day.topics,
        minutes_left=max(0, standing.minutes_left),
        today=standing.date,
        drills=len(drills),
        fixed=sum(drill.fixed for drill in over),
        with_help=sum(drill.fixed and drill.hints > 0 for drill in over),
        given_up=sum(drill.state is State.GIVEN_UP for drill in over),
        reviews=sum(drill.opened.why is Why.REVIEW for drill in drills),
        difficulties={
            str(level): (len(of_level), sum(drill.fixed for drill in of_level))
            for level in Difficulty
            if (of_level := [drill for drill in drills if drill.opened.difficulty is level])
        },
        practised=practised,
        streak=_streak({one.date for one in practised}, standing.date),
        known=sum(one.is_known for one in known.values()),
        met=len({name for drill in drills for name in drill.opened.bug_classes}),
        classes=len(categories),
        due=tuple(
            Due(one.bug_class, one.due, one.is_known)
            for one in sorted(standing.told, key=lambda one: (one.due, one.bug_class))
        ),
        weakest=_weakest(over, categories),
        pace=median(timed) if timed else None,
        open=drills[-1].name if drills and not drills[-1].ended else None,
    )


def _practised(drills: Sequence[Drill], zone: tzinfo | None) -> tuple[Practised, ...]:
    days = defaultdict[date, list[Drill]](list)
    for drill in drills:
        days[drill.at.astimezone(zone).date()].append(drill)
    return tuple(Practised(day, len(of_day), sum(d.fixed for d in of_day)) for day, of_day in sorted(days.items()))


def _streak(days: set[date], today: date) -> int:
    """How many days in a row were practised; today may still come."""
    last = today if today in days else today - timedelta(days=1)
    length = 0
    while last - timedelta(days=length) in days:
        length += 1
    return length


def _weakest(drills: Sequence[Drill], categories: Mapping[str, str]) -> tuple[Category, ...]:
    """Categories in which something was not fixed, the worst first."""
    had, fixed = Counter[str](), Counter[str]()
    for drill in drills:
        for name in {categories[bug] for bug in drill.opened.bug_classes if bug in categories}:
            had[name] += 1
            fixed[name] += drill.fixed
    found = [Category(name, had[name], fixed[name]) for name in had if had[name] >= FEWEST and fixed[name] < had[name]]
    return tuple(sorted(found, key=lambda one: (one.share, -one.drills, one.name))[:WEAKEST])
