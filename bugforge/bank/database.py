"""The bank's file: opened, brought up to date, read, and written by one process at a time."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bugforge.errors import BankError

SCHEMA = sorted(Path(__file__).with_name("schema").glob("*.sql"))  # a file brings the bank from one version to the next
APPLICATION = 0x62666262  # in the file's header: SQLite's way to say whose it is
PATIENCE = 30  # seconds to wait for another process
MOUNTS = Path("/proc/self/mountinfo")
NETWORKS = ("nfs", "cifs", "smb", "afs", "ceph", "gluster", "lustre", "beegfs", "fuse.sshfs", "davfs", "fuse.rclone")


class Database:
    """A connection to one bank. Raises BankError, with what to do, for whatever is wrong with the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise BankError(f"there is no bank {path}; `bugforge bank init --bank {path}` makes one")
        with self._told():
            self.connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            with self._told():
                self._prepare()
        except BaseException:
            self.connection.close()
            raise

    @classmethod
    def create(cls, path: Path) -> "Database":
        """A new, empty bank that only its owner may read."""
        if network := _network_of(path):
            raise BankError(f"{path} lies on a network ({network}), where a bank is not safe; choose a local disk")
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise BankError(f"{path} is there already; choose another --bank") from None
        except OSError as error:
            raise BankError(f"{path} cannot be made ({error.strerror}); choose another --bank") from None
        return cls(path)

    def close(self) -> None:
        self.connection.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """All that is read in the block is of one moment."""
        with self._transaction("begin") as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written in the block, or nothing; no other process writes meanwhile."""
        with self._transaction("begin immediate") as connection:
            yield connection

    def scrub(self) -> None:
        """Leave nothing in the file of what was deleted. Raises BankError where another process keeps it from that."""
        with self._told():
            self.connection.execute("pragma temp_store = memory")  # what is copied lies in no other file
            self.connection.execute("vacuum")
            (busy, *_) = self.connection.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise BankError(
                f"{self.path} is being read by another process: what was deleted is out of reach, but its bytes are"
                " still in the file; when that has ended, run `bugforge bank forget --older-than 99999d` wipes them"
            )

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._told():
            self.connection.execute(begin)
            try:
                yield self.connection
                self.connection.execute("commit")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("rollback")
                raise

    def _prepare(self) -> None:
        """Bring the file up to date. What it was made by is looked at again when no other process may change it."""
        self.connection.execute("pragma foreign_keys = on")
        self._check()
        self.connection.execute("pragma journal_mode = wal")
        self.connection.execute("pragma secure_delete = on")
        with self.writing() as connection:
            for number, file in enumerate(SCHEMA[self._check() :], self._check() + 1):
                for statement in file.read_text(encoding="utf-8").split(";\n"):
                    connection.execute(statement)
                connection.execute(f"pragma user_version = {number}")
            connection.execute(f"pragma application_id = {APPLICATION}")

    def _check(self) -> int:
        """The version of the file. Raises BankError where it is no bank, or of a version that is not known here."""
        (version,), (application,), (tables,) = (
            self.connection.execute(question).fetchone()
            for question in ("pragma user_version", "pragma application_id", "select count(*) from sqlite_master")
        )
        if application != APPLICATION and tables:
            raise BankError(f"{self.path} is another program's database; choose another --bank")
        if version > len(SCHEMA):
            raise BankError(f"{self.path} was made by a newer bugforge (version {version}); update bugforge")
        return int(version)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite says, in a sentence."""
        try:
            yield
        except sqlite3.Error as error:
            match getattr(error, "sqlite_errorname", "") or "":
                case "SQLITE_NOTADB":
                    what = "is no bank; name the file that `bugforge bank init` made"
                case "SQLITE_FULL":
                    what = (
                        "could not be written, the disk is full; nothing of this step was kept, make room and repeat it"
                    )
                case name if name.startswith("SQLITE_BUSY"):
                    what = "is being written by another process; wait until that has ended"
                case name if name.startswith("SQLITE_CORRUPT"):
                    what = "is damaged; `bugforge bank rescue` writes what can be read into a new one"
                case _:
                    what = f"cannot be used ({error}); mend that and run the command again"
            raise BankError(f"{self.path} {what}") from error


def _network_of(path: Path) -> str:
    """The kind of network file system that a path lies on; empty where there is none, or where it cannot be told."""
    try:
        mounts = [line.split() for line in MOUNTS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return ""
    here, found = path.absolute().resolve(), ("", "")
    for fields in mounts:
        point, kind = fields[4], fields[fields.index("-") + 1]
        if here.is_relative_to(point) and len(point) >= len(found[0]):
            found = point, kind
    return found[1] if found[1].startswith(NETWORKS) else ""
