"""A folder of submissions: one file or folder each, as they came in by mail."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bugforge.grading import notebook
from bugforge.grading.exercises import closest
from bugforge.grading.subject import Subject, Submission, subject_from
from bugforge.grading.submission import Unreadable, read_program
from bugforge.model import Problem
from bugforge.sheet import PUBLIC_SEED

NOT_PROGRAMS = (".", "test_", "conftest", "demo")
PROGRAMS = ("", ".py", ".txt", notebook.SUFFIX)


@dataclass(frozen=True)
class Yardstick:
    """What every submission of an inbox is graded by: an exercise that was handed out, or a problem as such."""

    by: Subject | Problem

    @property
    def problem(self) -> str:
        """The name of the module."""
        return self.by.problem if isinstance(self.by, Subject) else self.by.name

    def measure(self, name: str, source: str) -> Submission:
        """With a problem as such the implementation is the one that the submission looks most like."""
        if isinstance(self.by, Subject):
            return Submission(name, source, self.by)
        return Submission(name, source, subject_from(self.by, closest(self.by, source), PUBLIC_SEED))


def entries(inbox: Path) -> list[Path]:
    """The files and folders in it, by name; hidden ones are the system's."""
    return sorted(path for path in inbox.iterdir() if not path.name.startswith("."))


def program(entry: Path, problem: str) -> str:
    """The text of a submission: the file, or in a folder the one named after the problem. Raises Unreadable."""
    try:
        if entry.is_symlink():
            raise Unreadable(f"{entry.name} is a link; hand in the file itself")
        if not entry.is_dir():
            return _read(entry)
        programs = [p for p in sorted(entry.iterdir()) if p.suffix == ".py" and not p.name.startswith(NOT_PROGRAMS)]
        programs = programs or [p for p in sorted(entry.iterdir()) if p.suffix == notebook.SUFFIX]
    except OSError as error:
        raise Unreadable(f"{entry.name} cannot be opened ({error.strerror}); hand in the file itself") from None
    return read_program(programs[0] if len(programs) == 1 else entry / f"{problem}.py")


def _read(file: Path) -> str:
    if file.suffix not in PROGRAMS:
        raise Unreadable(f"{file.name} is no program; hand in a .py file or a notebook")
    return read_program(file)


def digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
