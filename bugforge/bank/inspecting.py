"""Looks for what would give a bundle away: each trace on a list, with where it is."""

import getpass
import os
import re
import stat
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bugforge.bank.attack import Match, matches
from bugforge.bank.handing_out import EPOCH, TIME
from bugforge.errors import BankError
from bugforge.formats.bundle import FORM
from bugforge.formats.text import visible
from bugforge.pack.known import installed

EXPECTED = re.compile(r"(README\.md|requirements\.txt|conftest\.py|pytest\.ini|demo\.py|\w+\.py)")
PROGRAM = re.compile(r"(\w+)-[0-9a-f]{8}/\1\.py")
LARGEST = 4 << 20  # bytes of a file in a bundle
MOST = 2_000  # files
SHORT = 3  # characters: a shorter name stands in many a text by chance
ORDINARY = {"root", "user", "nobody", "admin", "home"}  # users whose name tells nothing


class Trace(StrEnum):
    """What is looked for, in the words of the report."""

    FILE = "a file that no candidate needs"
    PATCH = "a patch"
    BUG_CLASS = "the name of a bug class"
    ORIGINAL = "a line of the right program"
    PACK = "a pack's name or digest"
    EXERCISE = "an exercise's id or digest"
    DIFFICULTY = "how hard it is"
    CANDIDATE = "a candidate or a group"
    SEED = "a seed that tests draw with"
    DATE = "a date"
    USER = "a user's name"
    PATH = "a path of a machine"
    TIME = "the time of a file"
    COMMENT = "a comment of the zip"
    EXTRA = "an extra field of the zip"
    ATTRIBUTE = "an extended attribute"
    MODE = "rights that tell of a machine"


PATTERNS: Mapping[Trace, re.Pattern[str]] = {
    Trace.PATCH: re.compile(r"^(diff --git |--- a/|\+\+\+ b/|@@ -\d)", re.MULTILINE),
    Trace.DIFFICULTY: re.compile(r"\bdifficulty\b|^\| *(easy|medium|hard) *\|", re.MULTILINE | re.IGNORECASE),
    Trace.DATE: re.compile(r"\b20[2-9]\d-[01]\d-[0-3]\d\b"),
    Trace.PATH: re.compile(r"(/home/|/Users/|/tmp/|/root/|/var/|/opt/)\w|\b[A-Z]:\\\w"),
}


@dataclass(frozen=True)
class Found:
    trace: Trace
    place: str  # in the bundle
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.trace} ({visible(self.what)})"


@dataclass(frozen=True)
class Secrets:
    """What must not stand in a bundle, as far as the bank knows it."""

    bug_classes: Collection[str] = ()
    packs: Collection[str] = ()  # names and digests
    exercises: Collection[str] = ()  # ids, and digests of bugs
    people: Collection[str] = ()  # candidates and groups
    seeds: Collection[int] = ()
    originals: Mapping[str, Collection[str]] = field(
        default_factory=dict
    )  # by label, lines that are wrong in the bundle


@dataclass(frozen=True)
class Inspection:
    """What was found in a bundle; `matches` are the programs of installed packs that its own are, by file."""

    traces: tuple[Found, ...]
    matches: Mapping[str, tuple[Match, ...]]


@dataclass(frozen=True)
class _Bundle:
    files: Mapping[str, bytes]
    oddities: tuple[Found, ...]  # of the container


def inspect(path: Path, secrets: Secrets) -> Inspection:
    """Look through a bundle, a folder or a zip. Raises BankError for what is neither."""
    bundle = _read(path)
    texts = {name: data.decode("utf-8", "replace") for name, data in bundle.files.items()}
    found = list(bundle.oddities)
    for name, text in texts.items():
        found += _in_name(name)
        found += _in_text(name, text, secrets)
    packs = installed()
    programs = {name: text for name, text in texts.items() if PROGRAM.fullmatch(name)}
    return Inspection(tuple(found), {name: tuple(matches(text, packs)) for name, text in programs.items()})


def _read(path: Path) -> _Bundle:
    if path.is_dir():
        return _read_folder(path)
    if not path.is_file():
        raise BankError(f"there is no {path}; name a bundle that `bugforge bank hand-out` wrote")
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_zip(archive)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise BankError(f"{path} is no zip that can be read ({error}); write the bundle again") from None


def _read_folder(root: Path) -> _Bundle:
    files, odd = dict[str, bytes](), list[Found]()
    for path in sorted(root.rglob("*"))[:MOST]:
        name, about = path.relative_to(root).as_posix(), path.lstat()
        if stat.S_ISREG(about.st_mode):
            files[name] = path.read_bytes()[:LARGEST]
        elif not stat.S_ISDIR(about.st_mode):
            odd.append(Found(Trace.FILE, name, "no regular file"))
            continue
        if int(about.st_mtime) != TIME:
            odd.append(Found(Trace.TIME, name, str(int(about.st_mtime))))
        odd += (Found(Trace.ATTRIBUTE, name, attribute) for attribute in _attributes(path))
        if about.st_mode & 0o7022:
            odd.append(Found(Trace.MODE, name, stat.filemode(about.st_mode)))
    return _Bundle(files, tuple(odd))


def _attributes(path: Path) -> list[str]:
    if not hasattr(os, "listxattr"):
        return []
    return [name for name in os.listxattr(path, follow_symlinks=False) if not name.startswith(("security.", "system."))]


def _read_zip(archive: zipfile.ZipFile) -> _Bundle:
    files, odd = dict[str, bytes](), list[Found]()
    if archive.comment:
        odd.append(Found(Trace.COMMENT, "the zip", archive.comment.decode("utf-8", "replace")))
    for entry in archive.infolist()[:MOST]:
        if not entry.is_dir():
            with archive.open(entry) as file:
                files[entry.filename] = file.read(LARGEST)
        if entry.comment:
            odd.append(Found(Trace.COMMENT, entry.filename, entry.comment.decode("utf-8", "replace")))
        if entry.extra:
            odd.append(Found(Trace.EXTRA, entry.filename, entry.extra.hex()))
        if entry.date_time != EPOCH:
            odd.append(Found(Trace.TIME, entry.filename, "-".join(map(str, entry.date_time[:3]))))
        if entry.external_attr >> 16 not in (0o644, 0o100644):
            odd.append(Found(Trace.MODE, entry.filename, oct(entry.external_attr >> 16)))
    return _Bundle(files, tuple(odd))


def _in_name(name: str) -> Iterator[Found]:
    last = name.rpartition("/")[2]
    if name != FORM and not EXPECTED.fullmatch(last):
        yield Found(Trace.FILE, name, last)


def _in_text(name: str, text: str, secrets: Secrets) -> Iterator[Found]:
    """Words are looked for in the names of files as well."""
    everything = f"{name}\n{text}"
    for trace, words in (
        (Trace.BUG_CLASS, {spelt for word in secrets.bug_classes for spelt in (word, word.replace("-", "_"))}),
        (Trace.PACK, secrets.packs),
        (Trace.EXERCISE, secrets.exercises),
        (Trace.CANDIDATE, {word for word in secrets.people if len(word) >= SHORT}),
        (Trace.USER, _users()),
    ):
        yield from (Found(trace, name, word) for word in sorted(words) if _stands_in(word, everything))
    for trace, pattern in PATTERNS.items():
        if match := pattern.search(everything):
            yield Found(trace, name, match[0])
    for seed in sorted(secrets.seeds):
        if re.search(rf"(?<![\w.]){seed}(?![\w.])", text):
            yield Found(Trace.SEED, name, str(seed))
    lines = {line.strip() for line in text.splitlines()}
    for label, originals in secrets.originals.items():
        if f"-{label}/" in name:
            yield from (Found(Trace.ORIGINAL, name, line) for line in sorted(lines.intersection(originals)))


def _stands_in(word: str, text: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _users() -> set[str]:
    """Of this machine: who runs this; not a name that is an ordinary word of programs."""
    try:
        return {name for name in {getpass.getuser(), Path.home().name} if len(name) >= SHORT and name not in ORDINARY}
    except (OSError, KeyError, ImportError):
        return set()
