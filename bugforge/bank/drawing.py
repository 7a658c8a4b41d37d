"""Picks a set of exercises for one interview, and notes who had what."""

import random
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bugforge.bank import items
from bugforge.bank.candidates import candidate_of
from bugforge.bank.items import Filter, Item
from bugforge.errors import BankError
from bugforge.formats.interview import GivenTests
from bugforge.interviews import ANY, Interview, interviews
from bugforge.model import Difficulty

WINDOW = 180  # days in which two of a group are not asked the same
LABEL = 4  # bytes of the name under which an exercise is handed out
LOOKED_AT = 40  # exercises, drawn by chance, of which the best is taken
SPARE = 10  # minutes of an interview that may stay unfilled
ANYTHING = interviews()[ANY]


@dataclass(frozen=True)
class Request:
    """For whom a set is drawn, and for what."""

    candidate: str
    interview: Interview
    group: str = ""
    window: int = WINDOW
    bug_count: int | None = None
    like: str | None = None  # an exercise: one of its class, as hard, at another place
    seed: int | None = None
    tests: GivenTests = GivenTests.ALL  # which the candidate gets
    controls: int = 0  # right programs in the place of exercises


@dataclass(frozen=True)
class Drawn:
    """What was drawn, easy exercises first; `minutes` with the talk about each."""

    number: int
    items: tuple[Item, ...]
    minutes: int


@dataclass(frozen=True)
class _Pool:
    """What could be drawn, ids and minutes, and how many could be but for who had them."""

    free: tuple[tuple[str, int], ...]
    had: int  # by this candidate
    asked: int  # of another of the group lately


def draw(connection: sqlite3.Connection, request: Request) -> Drawn:
    """Draw a set and record it; controls are put in afterwards (controls.py).

    Raises BankError, saying what is missing, where it cannot be filled.
    """
    if request.controls and request.tests is GivenTests.ALL:
        raise BankError("tests that fail tell a bug from a control; give --tests quiet or none with --controls")
    candidate = candidate_of(connection, request.candidate, request.group)
    dice = random.Random(request.seed)
    if request.like is None:
        pool = _pool(connection, request, candidate, _of_the_interview(request))
        chosen = _filling(connection, request, pool, dice)
    else:
        chosen = [_sibling(request.like, connection, request, candidate, dice)]
    chosen.sort(key=lambda item: list(Difficulty).index(item.difficulty))
    interview = request.interview
    into = "insert into sets (candidate, drawn, format, minutes, tests) values (?, ?, ?, ?, ?)"
    row = candidate, items.now(), interview.name, interview.minutes, request.tests
    number = connection.execute(into, row).lastrowid or 0
    for position, item in enumerate(chosen):
        place = secrets.token_hex(LABEL), number, position, item.id
        connection.execute("insert into assignments (label, set_id, position, exercise) values (?, ?, ?, ?)", place)
    return Drawn(number, tuple(chosen), sum(item.minutes + interview.talk for item in chosen))


def _of_the_interview(request: Request) -> Filter:
    interview = request.interview
    longest = interview.minutes - interview.talk
    return Filter(topics=interview.topics, bug_count=request.bug_count, minutes=longest)


def _pool(connection: sqlite3.Connection, request: Request, candidate: int, wanted: Filter) -> _Pool:
    """Of a kind, what neither the candidate has had nor lately another of the group."""
    lately = (datetime.now(UTC) - timedelta(days=request.window)).isoformat(timespec="seconds")
    others = "group_name = ? and candidates.id <> ? and drawn > ?"
    had = _used(connection, "candidates.id = ?", candidate)
    asked = _used(connection, others, request.group, candidate, lately) if request.group else set[str]()
    libraries = request.interview.libraries
    where, values = wanted.where()
    rows = connection.execute(f"select id, minutes, libraries from exercises where {where} order by id", values)
    fit = [(name, minutes) for name, minutes, needed in rows if not libraries or libraries.issuperset(needed.split())]
    return _Pool(
        tuple((name, minutes) for name, minutes in fit if name not in had and name not in asked),
        had=sum(name in had for name, _ in fit),
        asked=sum(name in asked and name not in had for name, _ in fit),
    )


def _used(connection: sqlite3.Connection, condition: str, *values: object) -> set[str]:
    """The exercises in sets that were drawn under a condition."""
    joined = "assignments join sets on sets.id = set_id join candidates on candidates.id = candidate"
    return {row[0] for row in connection.execute(f"select exercise from {joined} where {condition}", values)}


def _filling(connection: sqlite3.Connection, request: Request, pool: _Pool, dice: random.Random) -> list[Item]:
    """Exercises that fill the time: of those that are looked at, the ones least like what is chosen already."""
    interview, chosen, left = request.interview, list[Item](), request.interview.minutes
    waiting = dice.sample(pool.free, len(pool.free))
    while fitting := [one for one in waiting if one[1] + interview.talk <= left][:LOOKED_AT]:
        looked_at = [items.item(connection, name) for name, _ in fitting]
        best = min(looked_at, key=lambda item: _likeness(item, chosen))
        waiting.remove((best.id, best.minutes))
        chosen.append(best)
        left -= best.minutes + interview.talk
    if left > SPARE:
        raise BankError(_what_is_missing(request, pool, interview.minutes - left))
    return chosen


def _likeness(item: Item, chosen: Sequence[Item]) -> tuple[int, int, int]:
    """How many of those that were chosen have a class, the problem, the topic of this one."""
    return (
        sum(not set(item.bugs).isdisjoint(other.bugs) for other in chosen),
        sum(item.problem == other.problem for other in chosen),
        sum(item.topic == other.topic for other in chosen),
    )


def _what_is_missing(request: Request, pool: _Pool, filled: int) -> str:
    interview, used = request.interview, []
    if pool.had:
        used.append(f"{pool.had} this candidate has had")
    if pool.asked:
        used.append(f"{pool.asked} were asked of {request.group} within {request.window} days")
    told = f"{len(pool.free)} exercises are left that fit" + (f"; {' and '.join(used)}" if used else "")
    topics = "".join(f" --topic {topic}" for topic in sorted(interview.topics))
    return (
        f"only {filled} of {interview.minutes} minutes can be filled: {told}; "
        f"add more with `bugforge bank fill{topics}`, or give --minutes, --topic or a shorter --window"
    )


def _sibling(name: str, connection: sqlite3.Connection, request: Request, candidate: int, dice: random.Random) -> Item:
    """Another exercise with the same bugs that is as hard, of another problem if there is one."""
    model = items.item(connection, name)
    wanted = Filter(bug_classes=frozenset(model.bugs), difficulty=model.difficulty, bug_count=len(model.bugs))
    pool = _pool(connection, replace(request, interview=ANYTHING), candidate, wanted)
    others = [items.item(connection, name) for name, _ in pool.free if name != model.id]
    alike = [item for item in others if set(item.bugs) == set(model.bugs)]
    if not alike:
        what = f"{model.difficulty} exercise with {' and '.join(model.bugs)}"
        bugs = "".join(f" --bug {bug}" for bug in model.bugs)
        raise BankError(f"there is no other {what} that could be asked; add some with `bugforge bank fill{bugs}`")
    return min(dice.sample(alike, len(alike)), key=lambda item: item.problem == model.problem)
