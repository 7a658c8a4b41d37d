"""A page on a whole bank: what is in it, how it was used, and how hard it proved to be."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bugforge.bank.answers import counted
from bugforge.bank.items import now
from bugforge.bank.stats import FEWEST, stats
from bugforge.formats.text import render
from bugforge.model import Difficulty
from bugforge.share import Share

STEP = 5  # minutes that stand in one row


@dataclass(frozen=True)
class Month:
    """`fixed` is None where fewer than FEWEST were answered."""

    month: str
    drawn: int
    fixed: Share | None


def report(connection: sqlite3.Connection) -> str:
    """The page, as HTML that needs nothing beside it."""
    heat = {
        (topic, category): number
        for topic, category, number in connection.execute(
            "select topic, category, count(distinct id) from exercises join bugs on exercise = id"
            " where retired is null group by topic, category"
        )
    }
    in_use = connection.execute("select difficulty, minutes from exercises where retired is null").fetchall()
    months = use_by_month(connection)
    return render(
        "bank_report.html.j2",
        written=moment(now()),
        count=count,
        exercises=len(in_use),
        retired=_number(connection, "select count(*) from exercises where retired is not null"),
        candidates=_number(connection, "select count(*) from candidates"),
        sets=_number(connection, "select count(*) from sets"),
        topics=sorted({topic for topic, _ in heat}),
        categories=sorted({category for _, category in heat}),
        heat=heat,
        hottest=max(heat.values(), default=1),
        difficulties=[(str(level), sum(one == level for one, _ in in_use)) for level in Difficulty],
        minutes=_in_steps(minutes for _, minutes in in_use),
        months=months,
        busiest=max((one.drawn for one in months), default=1),
        stats=stats(connection),
        fewest=FEWEST,
    )


def use_by_month(connection: sqlite3.Connection) -> list[Month]:
    """Every month from the first in which something was drawn to the last, those without any between them too."""
    question = (
        "select substr(drawn, 1, 7), count(*) from assignments join sets on sets.id = set_id group by 1"
        " union all select month, sum(drawn) from forgotten group by 1"
    )
    drawn, answers, fixed = Counter[str](), Counter[str](), Counter[str]()
    for month, number in connection.execute(question):
        drawn[month] += number
    for one in counted(connection):
        answers[one.month] += one.answers
        fixed[one.month] += one.fixed
    return [
        Month(month, drawn[month], Share(fixed[month], answers[month]) if answers[month] >= FEWEST else None)
        for month in (_months(min(drawn), max(drawn)) if drawn else ())
    ]


def _months(first: str, last: str) -> Iterator[str]:
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    for number in range(start, end + 1):
        yield f"{number // 12:04}-{number % 12 + 1:02}"


def _in_steps(minutes: Iterable[int]) -> list[tuple[str, int]]:
    """How many there are of each stretch of STEP minutes."""
    found = Counter((one - 1) // STEP for one in minutes)
    steps = range(min(found, default=0), max(found, default=-1) + 1)
    return [(f"{n * STEP + 1} to {(n + 1) * STEP}", found[n]) for n in steps]


def _number(connection: sqlite3.Connection, question: str) -> int:
    return int(connection.execute(question).fetchone()[0])


def count(number: int, noun: str) -> str:
    """ "1 exercise", "3 exercises"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def moment(time: str) -> str:
    """A time to the minute, to be read."""
    return time[:16].replace("T", " ")
