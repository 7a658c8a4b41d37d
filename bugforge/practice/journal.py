"""The journal of one person's practice: events in their order, which nobody changes, and the drills' sheets.

One SQLite file in the user's data folder. What cannot be read is moved aside and named, and a new one is begun.
"""

import contextlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import platformdirs

from bugforge.errors import PracticeError, SheetError
from bugforge.practice.events import Event
from bugforge.sheet import Sheet, as_json, sheet_from

VERSION = 1
PATIENCE = 30  # seconds to wait for another process
PROFILE = re.compile(r"[A-Za-z0-9_-]{1,40}")
SCHEMA = """
create table events (number integer primary key, at text not null, event text not null) strict;
create table sheets (drill text primary key, sheet text not null) strict;
create trigger kept_as_written before update on events begin select raise(abort, 'events are never changed'); end;
create trigger kept_for_good before delete on events begin select raise(abort, 'events are never deleted'); end;
"""


def journal_path(profile: str, folder: Path | None = None) -> Path:
    """Where a profile's journal lies. Raises PracticeError for a name that no file can have."""
    if not PROFILE.fullmatch(profile):
        raise PracticeError(f"{profile[:40]!r} is no name of a profile; take letters, digits, _ and -, at most 40")
    return (folder or profiles_folder()) / f"{profile}.db"


def profiles_folder() -> Path:
    return Path(platformdirs.user_data_dir("bugforge")) / "practice"


class Journal:
    """Opened, or begun where there is none. `say` is told what was moved aside, in a sentence."""

    def __init__(self, path: Path, say: Callable[[str], None] = lambda _: None) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._connection = self._opened()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise PracticeError(f"{path} is being written by another process; wait until that has ended") from None
            kept = _moved_aside(path)
            say(f"{path} could not be read ({error}) and is now {kept.name}; a new practice was begun")
            self._connection = self._opened()
        except OSError as error:
            raise PracticeError(f"{path} cannot be written ({error.strerror}); see who may write there") from None

    def close(self) -> None:
        self._connection.close()

    def append(self, event: Event, at: datetime, sheet: Sheet | None = None) -> None:
        """Write an event, and with a drill's opening its sheet. Time does not go back: a clock may."""
        with self._transaction() as connection:
            (last,) = connection.execute("select max(at) from events").fetchone()
            moment = max(_text(at), last or "")
            text = msgspec.json.encode(event).decode()
            connection.execute("insert into events (at, event) values (?, ?)", (moment, text))
            if sheet:
                connection.execute("insert or ignore into sheets values (?, ?)", (sheet.name, as_json(sheet).decode()))

    def events(self) -> list[tuple[datetime, Event]]:
        """All of them, and when; in UTC."""
        with self._told():
            rows = self._connection.execute("select at, event from events order by number").fetchall()
        return [(datetime.fromisoformat(at), msgspec.json.decode(text, type=Event)) for at, text in rows]

    def sheet(self, drill: str) -> Sheet:
        """That of a drill. Raises PracticeError where there is none."""
        with self._told():
            found = self._connection.execute("select sheet from sheets where drill = ?", (drill,)).fetchone()
        if found is None:
            raise PracticeError(f"{drill[:60]} is no drill of this practice; `bugforge next` gives one")
        try:
            return sheet_from(found[0].encode(), drill)
        except SheetError as error:
            raise PracticeError(str(error)) from None

    def _opened(self) -> sqlite3.Connection:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
        try:
            (version,) = connection.execute("pragma user_version").fetchone()
            if version > VERSION:
                raise PracticeError(f"{self.path} was written by a newer bugforge (version {version}); update bugforge")
            connection.execute("pragma journal_mode = wal")
            if version == 0:
                self._make(connection)
            if connection.execute("pragma quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("it is damaged")
            for (text,) in connection.execute("select event from events"):
                msgspec.json.decode(text, type=Event)
        except msgspec.MsgspecError as error:
            connection.close()
            raise sqlite3.DatabaseError(f"it is damaged: {error}") from None
        except BaseException:
            connection.close()
            raise
        return connection

    @staticmethod
    def _make(connection: sqlite3.Connection) -> None:
        connection.execute("begin immediate")
        if connection.execute("pragma user_version").fetchone() == (0,):
            for statement in SCHEMA.strip().split("\n"):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {VERSION}")
        connection.execute("commit")

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._told():
            self._connection.execute("begin immediate")
            try:
                yield self._connection
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise PracticeError(f"{self.path} cannot be used ({error}); mend that and run the command again") from error


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _moved_aside(path: Path) -> Path:
    """The journal and what SQLite keeps beside it, under names that are free."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.damaged-{number}.db")).exists():
        number += 1
    path.rename(kept)
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(f"{path.name}{ending}").rename(kept.with_name(f"{kept.name}{ending}"))
    return kept
