"""Hands a drawn set out: a bundle in a folder or a zip, which says nothing of where it comes from."""

import io
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bugforge.bank import items
from bugforge.bank.assigned import assigned
from bugforge.bank.candidates import known_candidate
from bugforge.errors import BankError
from bugforge.formats.bundle import Labelled, bundle
from bugforge.formats.interview import GivenTests

EPOCH = (1980, 1, 1, 0, 0, 0)  # the time of every file in a zip: the earliest that it can have
TIME = 315_532_800  # the same in a folder, in seconds


@dataclass(frozen=True)
class HandedOut:
    """What was written, and the labels under which its exercises come back."""

    path: Path
    labels: Mapping[str, str]  # of folders in the bundle, to exercises


def hand_out(connection: sqlite3.Connection, candidate: str, out: Path, number: int | None = None) -> HandedOut:
    """Write the bundle of a candidate's set, the last one drawn if no number is given, and note the time.

    The same set gives the same bytes whenever it is handed out. Raises BankError where there is no such set, or `out`
    is there already or cannot be written; then nothing of it is left.
    """
    found = connection.execute(
        "select id, minutes, tests from sets where candidate = ? and (id = ? or ? is null) order by id desc limit 1",
        (known_candidate(connection, candidate), number, number),
    ).fetchone()
    if found is None:
        raise BankError(f"set {number} was not drawn for {candidate[:40]!r}; `bugforge bank draw` says the number")
    set_id, minutes, tests = found
    exercises = assigned(connection, set_id)
    labelled = [Labelled(one.folder, one.sheet, one.hidden_tests) for one in exercises]
    _write(out, bundle(labelled, minutes, GivenTests(tests)))
    connection.execute("update sets set handed_out = coalesce(handed_out, ?) where id = ?", (items.now(), set_id))
    return HandedOut(out, {one.folder: one.sheet.id for one in exercises})


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """A zip where the name ends so, else a folder: whole, or not at all."""
    if out.exists() or out.is_symlink():
        raise BankError(f"{out} is there already; choose another --out")
    try:
        with tempfile.TemporaryDirectory(prefix=".handing-out-", dir=out.absolute().parent) as drafts:
            draft = Path(drafts) / "draft"
            if out.suffix == ".zip":
                draft.write_bytes(zipped(files))
            else:
                _write_folder(draft, files)
            draft.rename(out)
    except OSError as error:
        raise BankError(f"{out} cannot be written ({error.strerror}); choose another --out") from None


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Every file with the same time, for that of writing tells when."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (TIME, TIME))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip without times, comments or anything else of the machine that writes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return buffer.getvalue()
