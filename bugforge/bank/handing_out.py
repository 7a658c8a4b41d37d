"""Hands a drawn set out: a bundle in a folder or a zip, which says nothing of where it comes from."""

import contextlib
import io
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bugforge.bank import items
from bugforge.bank.assigned import Assigned, assigned, keep_variant, variants_of
from bugforge.bank.candidates import known_candidate
from bugforge.bank.database import Database
from bugforge.bank.variants.marks import alike
from bugforge.bank.variants.proof import proven
from bugforge.bank.variants.secret import key_of, read_secret
from bugforge.bank.variants.varying import variant
from bugforge.errors import BankError
from bugforge.formats.bundle import Labelled, bundle
from bugforge.formats.interview import GivenTests
from bugforge.runner.pool import Runner
from bugforge.sheet import Sheet

EPOCH = (1980, 1, 1, 0, 0, 0)  # the time of every file in a zip: the earliest that it can have
TIME = 315_532_800  # the same in a folder, in seconds


@dataclass(frozen=True)
class HandedOut:
    """What was written, and the labels under which its exercises come back; keys are folders in the bundle."""

    path: Path
    labels: Mapping[str, str]  # to exercises
    unchanged: Mapping[str, str]  # of which there is no variant, to why
    alike: Mapping[str, list[str]]  # whose variant cannot be told from those of these candidates


@dataclass(frozen=True)
class _Set:
    """A set as it lies in the bank."""

    number: int
    minutes: int
    tests: GivenTests
    handed_out: str | None
    exercises: tuple[Assigned, ...]


def hand_out(database: Database, candidate: str, out: Path, number: int | None, runner: Runner | None) -> HandedOut:
    """Write the bundle of a candidate's set, the last one drawn if no number is given, and note the time.

    With a `runner` each exercise is a variant of the candidate's own, if that is proven to do the same. The same set
    gives the same bytes whenever it is handed out. Raises BankError where there is no such set, the secret is lost, or
    `out` is there already or cannot be written; then nothing of it is left.
    """
    _refuse_what_is_there(out)
    with database.reading() as connection:
        drawn = _drawn(connection, candidate, number)
    made, unchanged = dict[str, Sheet](), dict[str, str]()
    if runner is not None and drawn.handed_out is None:
        made, unchanged = _variants(drawn, candidate, read_secret(database.path), runner)
    with database.writing() as connection:
        if _drawn(connection, candidate, drawn.number) != drawn:
            raise BankError(f"set {drawn.number} was handed out by another process meanwhile; hand it out again")
        for label, varied in made.items():
            keep_variant(connection, label, varied)
        given = assigned(connection, drawn.number)
        change = "update sets set handed_out = coalesce(handed_out, ?) where id = ?"
        connection.execute(change, (items.now(), drawn.number))
        near = {one.folder: _alike(connection, one) for one in given}
        labelled = [Labelled(one.folder, one.sheet, one.hidden_tests) for one in given]
        _write(out, bundle(labelled, drawn.minutes, drawn.tests))
    return HandedOut(
        out,
        {one.folder: one.exercise.id for one in given},
        {one.folder: unchanged[one.label] for one in given if one.label in unchanged},
        {folder: names for folder, names in near.items() if names},
    )


def _drawn(connection: sqlite3.Connection, candidate: str, number: int | None) -> _Set:
    found = connection.execute(
        "select id, minutes, tests, handed_out from sets where candidate = ? and (id = ? or ? is null)"
        " order by id desc limit 1",
        (known_candidate(connection, candidate), number, number),
    ).fetchone()
    if found is None:
        raise BankError(f"set {number} was not drawn for {candidate[:40]!r}; `bugforge bank draw` says the number")
    set_id, minutes, tests, when = found
    return _Set(set_id, minutes, GivenTests(tests), when, tuple(assigned(connection, set_id)))


def _variants(drawn: _Set, candidate: str, secret: bytes, runner: Runner) -> tuple[dict[str, Sheet], dict[str, str]]:
    """By label the variant of each exercise, or why there is none."""
    made = {one.label: variant(one.base, key_of(secret, candidate, one.base.id)) for one in drawn.exercises}
    flaws = dict(zip(made, proven([(one.base, made[one.label]) for one in drawn.exercises], runner), strict=True))
    proven_ones = {label: varied for label, varied in made.items() if not flaws[label]}
    return proven_ones, {label: why for label, why in flaws.items() if why}


def _alike(connection: sqlite3.Connection, one: Assigned) -> list[str]:
    """The candidates whose variant of an exercise cannot be told from this one's."""
    by_candidate = variants_of(connection, one.exercise)
    mine = by_candidate.pop(one.candidate, None)
    return [] if mine is None else alike(mine, by_candidate)


def _refuse_what_is_there(out: Path) -> None:
    if out.exists() or out.is_symlink():
        raise BankError(f"{out} is there already; choose another --out")


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """A zip where the name ends so, else a folder: whole, or not at all; what was killed on the way is cleared away."""
    _refuse_what_is_there(out)
    draft = out.with_name(f".{out.name}.being-handed-out")
    try:
        _remove(draft)
        if out.suffix == ".zip":
            draft.write_bytes(zipped(files))
        else:
            _write_folder(draft, files)
        draft.rename(out)
    except OSError as error:
        raise BankError(f"{out} cannot be written ({error.strerror}); choose another --out") from None
    finally:
        with contextlib.suppress(OSError):
            _remove(draft)


def _remove(draft: Path) -> None:
    if draft.is_dir() and not draft.is_symlink():
        shutil.rmtree(draft)
    else:
        draft.unlink(missing_ok=True)


def _write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Every file with the same time, for that of writing tells when."""
    folder.mkdir()
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
