"""The exercises of a bank: put in, found by what they are, spoken of, and taken out of use."""

import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bugforge.bank.fingerprint import fingerprint
from bugforge.errors import BankError, SheetError
from bugforge.model import Difficulty
from bugforge.sheet import Sheet, as_json, sheet_from

LONGEST_TAG, LONGEST_NOTE = 40, 10_000  # characters


@dataclass(frozen=True)
class Item:
    """What is known of an exercise without its sheet being read."""

    id: str
    problem: str
    topic: str
    title: str
    difficulty: Difficulty
    minutes: int
    loud: bool
    libraries: tuple[str, ...]
    bugs: tuple[str, ...]  # classes
    tags: tuple[str, ...]
    uses: int  # how often it was drawn
    added: str  # times are UTC
    retired: str | None
    reason: str | None


@dataclass(frozen=True)
class Filter:
    """Of what kind exercises are; nothing given: any that is not retired. Of several names one is enough."""

    topics: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    bug_classes: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    difficulty: Difficulty | None = None
    minutes: int | None = None  # at most
    bug_count: int | None = None
    loud: bool | None = None
    used_by: str | None = None  # a candidate
    retired: bool = False

    def where(self) -> tuple[str, list[object]]:
        """The condition in SQL, and what its question marks stand for."""
        conditions, values = [f"retired is {'not ' if self.retired else ''}null"], list[object]()
        bugs = "exists (select 1 from bugs where exercise = id and {} in ({}))"
        tags = "exists (select 1 from tags where exercise = id and {} in ({}))"
        several = {
            "{} in ({})": (("topic", self.topics), ("problem", self.problems)),
            bugs: (("class", self.bug_classes), ("category", self.categories)),
            tags: (("tag", self.tags),),
        }
        for condition, columns in several.items():
            for column, names in columns:
                if names:
                    conditions.append(condition.format(column, ", ".join("?" * len(names))))
                    values += sorted(names)
        used = (
            "exists (select 1 from assignments join sets on sets.id = set_id"
            " join candidates on candidates.id = candidate where exercise = exercises.id and name = ?)"
        )
        for condition, value in (
            ("difficulty = ?", self.difficulty),
            ("minutes <= ?", self.minutes),
            ("(select count(*) from bugs where exercise = id) = ?", self.bug_count),
            ("loud = ?", self.loud),
            (used, self.used_by),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        return " and ".join(conditions), values


COLUMNS = """
id, problem, topic, title, difficulty, minutes, loud, libraries,
(select group_concat(class, ' ') from bugs where exercise = id),
(select group_concat(tag, ' ') from tags where exercise = id),
(select count(*) from assignments where exercise = id)
+ (select coalesce(sum(drawn), 0) from forgotten where exercise = id),
added, retired, reason
"""


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def add(connection: sqlite3.Connection, sheet: Sheet) -> bool:
    """Put an exercise in; False where it is there, or one that differs in local names only."""
    about = sheet.about
    row = {
        "id": sheet.id,
        "fingerprint": fingerprint(sheet.broken),
        "problem": about.name,
        "implementation": about.implementation,
        "topic": about.topic,
        "title": about.title,
        "difficulty": sheet.difficulty,
        "minutes": sheet.minutes,
        "loud": sheet.observation.loud,
        "libraries": " ".join(about.allowed),
        "added": now(),
        "sheet": packed(sheet),
    }
    marks = ", ".join(f":{column}" for column in row)
    into = f"insert or ignore into exercises ({', '.join(row)}) values ({marks})"
    if not connection.execute(into, row).rowcount:
        return False
    add_bugs(connection, sheet)
    return True


def add_bugs(connection: sqlite3.Connection, sheet: Sheet) -> None:
    """Put in of what classes an exercise's bugs are."""
    bugs = [(sheet.id, bug.bug_class.id, bug.site, bug.bug_class.category) for bug in sheet.bugs]
    connection.executemany("insert into bugs values (?, ?, ?, ?)", bugs)


def find(connection: sqlite3.Connection, wanted: Filter) -> list[Item]:
    """The exercises of a kind, by problem and class."""
    where, values = wanted.where()
    rows = connection.execute(f"select {COLUMNS} from exercises where {where} order by problem, 9, id", values)
    return [_item(row) for row in rows]


def item(connection: sqlite3.Connection, name: str) -> Item:
    """The exercise of an id, of the label that it was handed out under, or of a folder named with either.

    Raises BankError where there is none.
    """
    where = "id = :id or id = (select exercise from assignments where label = :id)"
    row = connection.execute(
        f"select {COLUMNS} from exercises where {where}", {"id": name.rpartition("-")[2]}
    ).fetchone()
    if row is None:
        raise BankError(f"the bank has no exercise {name[:40]!r}; `bugforge bank list` names those that it has")
    return _item(row)


def sheet(connection: sqlite3.Connection, name: str) -> Sheet:
    """An exercise in full, as it was put in. Raises BankError where there is none, SheetError for a damaged one."""
    found = item(connection, name)
    (data,) = connection.execute("select sheet from exercises where id = ?", (found.id,)).fetchone()
    return unpacked(data, found.id)


def packed(sheet: Sheet) -> bytes:
    """A sheet as the bank keeps it."""
    return zlib.compress(as_json(sheet))


def unpacked(data: bytes, name: str) -> Sheet:
    """Raises SheetError for one that is damaged."""
    try:
        return sheet_from(zlib.decompress(data), f"the sheet of {name}")
    except zlib.error as error:
        raise SheetError(f"the sheet of {name} is damaged ({error}); retire the exercise") from None


def tag(connection: sqlite3.Connection, name: str, tags: Iterable[str]) -> None:
    """Put tags on an exercise. Raises BankError for a tag with a space in it, or none."""
    for one in tags:
        if not one or one != "".join(one.split()) or len(one) > LONGEST_TAG:
            raise BankError(f"{one[:40]!r} is no tag; give a word of at most {LONGEST_TAG} characters")
        connection.execute("insert or ignore into tags values (?, ?)", (item(connection, name).id, one))


def untag(connection: sqlite3.Connection, name: str, tags: Iterable[str]) -> None:
    for one in tags:
        connection.execute("delete from tags where exercise = ? and tag = ?", (item(connection, name).id, one))


def note(connection: sqlite3.Connection, name: str, text: str) -> None:
    if not text.strip() or len(text) > LONGEST_NOTE:
        raise BankError(f"a note has between 1 and {LONGEST_NOTE:,} characters, not {len(text):,}")
    connection.execute("insert into notes values (?, ?, ?)", (item(connection, name).id, now(), text))


def notes(connection: sqlite3.Connection, name: str) -> list[tuple[str, str]]:
    """Time and text of each, in the order in which they were written."""
    mine = "select at, text from notes where exercise = ? order by rowid"
    return connection.execute(mine, (item(connection, name).id,)).fetchall()


def retire(connection: sqlite3.Connection, name: str, reason: str) -> None:
    """Take an exercise out of use; who had it, and how they did, is kept."""
    change = "update exercises set retired = ?, reason = ? where id = ? and retired is null"
    connection.execute(change, (now(), reason, item(connection, name).id))


def restore(connection: sqlite3.Connection, name: str) -> None:
    change = "update exercises set retired = null, reason = null where id = ?"
    connection.execute(change, (item(connection, name).id,))


def _item(row: tuple[Any, ...]) -> Item:
    id_, problem, topic, title, difficulty, minutes, loud, libraries, bugs, tags, *rest = row
    uses, added, retired, reason = rest
    return Item(
        id=id_,
        problem=problem,
        topic=topic,
        title=title,
        difficulty=Difficulty(difficulty),
        minutes=minutes,
        loud=bool(loud),
        libraries=tuple(libraries.split()),
        bugs=tuple(bugs.split()),
        tags=tuple((tags or "").split()),
        uses=uses,
        added=added,
        retired=retired,
        reason=reason,
    )
