"""What came back, read without being unpacked: a folder or a zip that anybody may have written.

Of everything in it only what stands under the names that were handed out is read, and no more of that than it may have.
"""

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from bugforge.errors import BankError
from bugforge.formats.bundle import FORM
from bugforge.grading import notebook
from bugforge.grading.submission import LARGEST_NOTEBOOK, Unreadable, program_in

MOST = 5_000  # files and folders that are looked at
DEEPEST = 6  # folders within each other
LABEL = re.compile(r"-([0-9a-f]{8})$")  # at the end of an exercise's folder


@dataclass
class Returned:
    """One exercise that came back: its files by name, each with what reads it."""

    label: str
    files: dict[str, Callable[[int], bytes]] = field(default_factory=dict)

    def program(self, problem: str) -> str:
        """The text of its program, or of a notebook in its place. Raises Unreadable."""
        for name in (f"{problem}.py", f"{problem}{notebook.SUFFIX}"):
            if name in self.files:
                return program_in(name, self.files[name](LARGEST_NOTEBOOK))
        raise Unreadable(f"there is no {problem}.py; put the program back under this name")


@dataclass
class Pile:
    """All that came back in one folder or zip: exercises, and forms with answers."""

    exercises: list[Returned] = field(default_factory=list)
    forms: list[Callable[[int], bytes]] = field(default_factory=list)


def returned(path: Path) -> Pile:
    """Raises BankError for what is neither a folder nor a zip, or has more in it than anybody hands in."""
    if path.is_dir():
        return _sorted(_in_folder(path))
    if not path.is_file():
        raise BankError(f"there is no {path}; name the folder or the zip that came back")
    try:
        with zipfile.ZipFile(path) as archive:
            return _sorted(_in_zip(path, archive))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise BankError(f"{path} is no zip that can be read ({error}); ask for it again, as a folder") from None


def _sorted(files: Iterator[tuple[PurePosixPath, Callable[[int], bytes]]]) -> Pile:
    pile, by_folder = Pile(), dict[PurePosixPath, Returned]()
    for number, (path, read) in enumerate(files):
        if number == MOST:
            raise BankError(f"there are more than {MOST:,} files; hand over what was handed in, and nothing else")
        if path.name == FORM:
            pile.forms.append(read)
        elif found := LABEL.search(path.parent.name):
            exercise = by_folder.setdefault(path.parent, Returned(found[1]))
            exercise.files[path.name] = read
    pile.exercises = [by_folder[folder] for folder in sorted(by_folder)]
    return pile


def _in_folder(root: Path) -> Iterator[tuple[PurePosixPath, Callable[[int], bytes]]]:
    """The regular files in a folder, and in zips beside them; links are not followed."""
    for folder, folders, names in os.walk(root, followlinks=False):
        depth = len(Path(folder).relative_to(root).parts)
        folders[:] = sorted(folders) if depth < DEEPEST else []
        for name in sorted(names):
            path = Path(folder) / name
            if path.suffix == ".zip" and path.is_file() and not path.is_symlink():
                try:
                    with zipfile.ZipFile(path) as archive:
                        yield from _in_zip(path, archive)
                except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
                    continue
            else:
                yield PurePosixPath(path.relative_to(root).as_posix()), _reader(path)


def _reader(path: Path) -> Callable[[int], bytes]:
    def read(largest: int) -> bytes:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            why = "it is a link" if path.is_symlink() else error.strerror
            raise Unreadable(f"{path.name} cannot be opened ({why}); hand in the file itself") from None
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable(f"{path.name} is no regular file; hand in the program itself")
            return os.read(descriptor, largest + 1)
        finally:
            os.close(descriptor)

    return read


def _in_zip(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, Callable[[int], bytes]]]:
    """Its entries; a path that leaves the zip is as if it began in it, for nothing is written anywhere."""
    for entry in archive.infolist():
        if not entry.is_dir():
            yield PurePosixPath(entry.filename.replace("\\", "/")), _reader_of_entry(path, entry)


def _reader_of_entry(path: Path, entry: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(largest: int) -> bytes:
        name = PurePosixPath(entry.filename).name
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unreadable(f"{name} is a link; hand in the file itself")
        if entry.flag_bits & 1:
            raise Unreadable(f"{name} is encrypted; hand it in without a password")
        try:
            with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
                return file.read(largest + 1)  # of a bomb no more than that is unpacked
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError) as error:
            raise Unreadable(f"{name} cannot be unpacked ({error}); hand it in again") from None

    return read
