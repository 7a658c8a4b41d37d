"""What was proven once and need not be proven again: values by what they follow from, in one SQLite file.

A key holds everything that could change the answer, so a value never grows stale; it is found again, or it is not.
Nothing here is trusted that could not be computed anew, and no verdict on a submission is ever kept.
"""

import contextlib
import hashlib
import json
import os
import platform
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

from bugforge.errors import UsageError

FILE = "proofs.sqlite"
VERSION = 1
LARGEST = 256 << 20  # bytes of the file
DAY = 24 * 60 * 60  # seconds
# of the engine: what a proof rests on
ROOMS = ("model.py", "symptoms.py", "mutation", "runner", "pack", "gate", "audit")
LIBRARIES = ("numpy", "pandas", "libcst", "pytest", "pyflakes")
TABLE = """
create table if not exists proofs (
    kind text, key text, value text not null, digest text not null, day integer not null, primary key (kind, key)
) without rowid
"""


class Store:
    """Values by kind and key; `get` gives None where nothing is known. Use as a context manager.

    Without a folder it lives as long as the object. A folder that cannot be used or no longer can is told to `say` in
    a sentence, once, and the store goes on without it.
    """

    def __init__(
        self, folder: Path | None = None, say: Callable[[str], None] = lambda _: None, *, anew: bool = False
    ) -> None:
        """`anew`: what others have put is not believed, and is put again."""
        self.folder, self.say, self.anew = folder, say, anew
        self._used: set[tuple[str, str]] = set()
        self._fresh: dict[tuple[str, str], str] = {}  # what was put, for this process's own use
        self._file = _opened(folder, self._stop) if folder else None

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, kind: str, key: Sequence[str]) -> Any | None:
        """The value that was put under this key, or None."""
        name = kind, self._digest(key)
        text = self._fresh.get(name) or (None if self.anew else self._read(*name))
        return None if text is None else json.loads(text)

    def put(self, kind: str, key: Sequence[str], value: Any) -> None:
        """Keep a value of JSON."""
        name, text = (kind, self._digest(key)), json.dumps(value, separators=(",", ":"))
        self._fresh[name] = text
        with self._guarded():
            if self._file:
                row = (*name, text, _digest([*name, text]), int(time.time()) // DAY)
                self._file.execute("insert or replace into proofs values (?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Note what was used, let go what has not been for longest where the file has grown too large, and close it."""
        with self._guarded():
            if self._file:
                today = int(time.time()) // DAY
                rows = [(today, *name) for name in sorted(self._used)]
                self._file.execute("begin immediate")
                self._file.executemany("update proofs set day = ? where kind = ? and key = ?", rows)
                self._file.execute("commit")
                _shrink(self._file)
        if self._file:
            self._file.close()
        self._file = None

    def clear(self) -> None:
        """Forget everything."""
        self._fresh.clear()
        with self._guarded():
            if self._file:
                self._file.execute("delete from proofs")
                self._file.execute("vacuum")

    def counts(self) -> dict[str, int]:
        """How many values there are of each kind."""
        with self._guarded():
            if self._file:
                return dict(self._file.execute("select kind, count(*) from proofs group by kind order by kind"))
        return {}

    def _digest(self, key: Sequence[str]) -> str:
        """Of a key and, where it is kept for others, of all that every proof rests on."""
        return _digest([_circumstances(), *key] if self.folder else key)

    def _read(self, kind: str, key: str) -> str | None:
        with self._guarded():
            if self._file:
                select = "select value, digest, day from proofs where kind = ? and key = ?"
                row = self._file.execute(select, (kind, key)).fetchone()
                if row and isinstance(row[0], str) and row[1] == _digest([kind, key, row[0]]):
                    if row[2] != int(time.time()) // DAY:
                        self._used.add((kind, key))
                    return str(row[0])
        return None

    @contextlib.contextmanager
    def _guarded(self) -> Any:
        """What goes wrong with the file ends its use and nothing else."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self._stop(error)

    def _stop(self, error: sqlite3.Error | OSError) -> None:
        file, self._file = getattr(self, "_file", None), None
        if file:
            with contextlib.suppress(sqlite3.Error):
                file.close()
        where = (self.folder or Path()) / FILE
        why = getattr(error, "strerror", None) or str(error).partition(" with text ")[0]
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        remedy = "`bugforge cache --clear` makes it anew" if damaged else "mend that, or name another BUGFORGE_CACHE"
        self.say(f"proofs are not kept, {where} cannot be used ({why}); {remedy}")


def cache_folder() -> Path:
    """Where proofs are kept: BUGFORGE_CACHE, or the user's cache folder."""
    return Path(os.environ.get("BUGFORGE_CACHE") or platformdirs.user_cache_path("bugforge"))


def remove(folder: Path) -> None:
    """Delete the file of a store, whatever state it is in. Raises UsageError where that is not allowed."""
    try:
        for suffix in ("", "-wal", "-shm"):
            (folder / f"{FILE}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{folder / FILE} cannot be removed ({error.strerror}); remove it yourself") from None


def _opened(folder: Path, stop: Callable[[sqlite3.Error | OSError], None]) -> sqlite3.Connection | None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = folder.stat()
        if about.st_uid != os.getuid():
            raise OSError("its folder belongs to somebody else")
        if stat.S_IMODE(about.st_mode) & 0o077:
            raise OSError(f"others may enter its folder; `chmod 700 {folder}` mends that")
        file = sqlite3.connect(folder / FILE, timeout=30, isolation_level=None)
        (found,) = file.execute("pragma user_version").fetchone()
        if found > VERSION:
            raise OSError("a newer bugforge made it")
        with contextlib.suppress(sqlite3.OperationalError):  # another process is switching it just now, for all
            file.execute("pragma journal_mode = wal")
        file.execute("pragma synchronous = normal")
        file.execute(TABLE)
        file.execute(f"pragma user_version = {VERSION}")
    except (sqlite3.Error, OSError) as error:
        stop(error)
        return None
    return file


def _shrink(file: sqlite3.Connection) -> None:
    """Of a file that has grown too large keep the half of what it may have that was used last."""
    (pages,), (size,) = (file.execute(f"pragma {what}").fetchone() for what in ("page_count", "page_size"))
    if pages * size > LARGEST:
        (count,) = file.execute("select count(*) from proofs").fetchone()
        kept = count * LARGEST // (2 * pages * size)
        oldest = "select kind, key from proofs order by day, key limit ?"
        file.execute(f"delete from proofs where (kind, key) in ({oldest})", (count - kept,))
        file.execute("vacuum")


def _digest(parts: Sequence[str]) -> str:
    hashed = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        hashed.update(len(data).to_bytes(8, "little") + data)
    return hashed.hexdigest()[:32]


@cache
def _circumstances() -> str:
    """What every proof rests on besides its own texts: the engine, the libraries, the processor."""
    import numpy

    engine = Path(__file__).parent
    files = sorted(path for room in ROOMS for path in (engine / room, *(engine / room).rglob("*.py")) if path.is_file())
    features = numpy.show_config(mode="dicts")["SIMD Extensions"]
    parts = [path.read_text(encoding="utf-8") for path in files]
    parts += [sys.version, platform.machine(), json.dumps(features), *map(version, LIBRARIES)]
    return _digest(parts)
