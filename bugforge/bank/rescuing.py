"""Writes what can be read of a damaged bank into a new one: row by row, for one that is lost takes no other with it."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from bugforge.bank import items
from bugforge.bank.answer_form import Answer
from bugforge.bank.database import APPLICATION, SCHEMA, Database
from bugforge.bank.findings import Findings
from bugforge.bank.unharmed import Table, count, rows, tables
from bugforge.bank.variants.secret import secret_path
from bugforge.errors import BankError, SheetError
from bugforge.grading.verdict import Verdict

MAGIC = b"SQLite format 3\x00"
READ: dict[str, Callable[[Any], object]] = {  # columns of documents, and what reads one
    "sheet": lambda data: items.unpacked(data, "a row"),
    "variant": lambda data: data is None or items.unpacked(data, "a row"),
    "verdict": lambda text: msgspec.json.decode(text, type=Verdict),
    "answer": lambda text: msgspec.json.decode(text, type=Answer),
    "found": lambda text: msgspec.json.decode(text, type=Findings),
}


@dataclass(frozen=True)
class Rescued:
    """Rows by table. `lost` counts those that are known to be lost; None where it cannot be told how many are."""

    kept: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int | None] = field(default_factory=dict)

    @property
    def is_something(self) -> bool:
        """Whether anything was kept, or there was nothing to lose."""
        return any(self.kept.values()) or all(count == 0 for count in self.lost.values())


def rescue(path: Path, out: Path) -> Rescued:
    """Write a new bank of what can be read of one, which is not changed; its secret, if it is there, goes with it.

    Raises BankError where there is no such bank, nothing of it can be read, or `out` cannot be written.
    """
    _check(path)
    if out.exists() or out.is_symlink():
        raise BankError(f"{out} is there already; choose another --out")
    try:
        with tempfile.TemporaryDirectory(prefix=".rescue-", dir=out.absolute().parent) as drafts:
            draft, rescued = _drafted(path, Path(drafts))
            if secret_path(path).is_file() and not secret_path(out).exists():
                with open(os.open(secret_path(out), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as secret:
                    secret.write(secret_path(path).read_bytes())
            draft.rename(out)
    except OSError as error:
        raise BankError(f"{path} cannot be written as {out} ({error.strerror}); choose another --out") from None
    return rescued


def _check(path: Path) -> None:
    if not path.is_file():
        raise BankError(f"there is no bank {path}; name the file that is damaged")
    with open(path, "rb") as file:
        head = file.read(100)
    version, application = (int.from_bytes(head[at : at + 4], "big") for at in (60, 68))
    if not head.startswith(MAGIC) and application != APPLICATION:
        raise BankError(f"{path} is no bank; name the file that `bugforge bank init` made")
    if application == APPLICATION and version > len(SCHEMA):
        raise BankError(f"{path} was made by a newer bugforge (version {version}); update bugforge")


def _drafted(path: Path, drafts: Path) -> tuple[Path, Rescued]:
    """The new bank, made in a folder.

    Where the first page of the file is gone, which says what is where, that of a new bank stands in: as it is made, or
    as it is laid out once somebody was forgotten.
    """
    copy = drafts / "damaged.db"
    for ending in ("", "-wal"):
        if (one := path.with_name(f"{path.name}{ending}")).is_file():
            shutil.copyfile(one, drafts / f"damaged.db{ending}")
    found = list[tuple[Path, Rescued]]()
    for number, layout in enumerate(("its own", "as made", "as tidied")):
        draft = drafts / f"rescued{number}.db"
        with closing(Database.create(draft)) as new:
            if layout == "as tidied":
                new.scrub()
            if layout != "its own":
                _put_first_page(new.connection.serialize(), copy)
            found.append((draft, _filled(copy, new)))
        if layout == "its own" and found[0][1].is_something:
            return found[0]
    best = max(found, key=lambda one: sum(one[1].kept.values()))
    if not best[1].is_something:
        raise BankError(f"nothing can be read of {path}; take the last copy that you have of it")
    return best


def _put_first_page(bank: bytes, copy: Path) -> None:
    size, data = int.from_bytes(bank[16:18], "big"), bytearray(copy.read_bytes())
    data[:size] = bank[:size]
    data[28:32] = (len(data) // size).to_bytes(4, "big")  # pages of the file
    data[32:40] = bytes(8)  # of which none is free
    copy.write_bytes(data)


def _filled(copy: Path, new: Database) -> Rescued:
    """Fill a new bank. What a bug is, its exercise's sheet says; and what refers to a row that is lost is lost."""
    rescued = Rescued()
    with closing(sqlite3.connect(copy, isolation_level=None)) as old, new.writing() as connection:
        old.text_factory = lambda text: text.decode("utf-8", "replace")
        for table in tables(connection):
            if table.name != "bugs":
                known = replace(table, columns=_there(old, table))
                rescued.kept[table.name], rescued.lost[table.name] = _written(old, connection, known)
    return rescued


def _there(old: sqlite3.Connection, table: Table) -> tuple[str, ...]:
    """The columns that the damaged bank has too: an older one has fewer."""
    try:
        rows = old.execute("select name from pragma_table_info(?)", (table.name,)).fetchall()
    except sqlite3.Error:
        return table.columns
    names = {name for (name,) in rows}
    return tuple(column for column in table.columns if column in names)


def _written(old: sqlite3.Connection, new: sqlite3.Connection, table: Table) -> tuple[int, int | None]:
    """How many rows of a table were written, and how many were not."""
    found, unread = rows(old, table)
    columns, kept = table.read, 0
    statement = f"insert into {table.name} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
    for row in found:
        named = dict(zip(columns, row, strict=True))
        try:
            for column in READ.keys() & named.keys():
                READ[column](named[column])
            new.execute(statement, row)
            if table.name == "exercises":
                items.add_bugs(new, items.unpacked(named["sheet"], "a row"))
            kept += 1
        except (sqlite3.Error, SheetError, msgspec.MsgspecError, TypeError):
            continue
    counted = count(old, table)
    if counted is None:
        return kept, None if unread is None else unread + len(found) - kept
    return kept, max(counted, len(found) + (unread or 0)) - kept
