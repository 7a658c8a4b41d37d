"""A folder of submissions: one file or folder each, as they came in by mail."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bugforge.forge import Forge
from bugforge.grading.subject import Subject, Submission
from bugforge.grading.submission import Unreadable, read
from bugforge.handout.reading import closest, submission
from bugforge.model import Problem
from bugforge.pack import Pack


@dataclass(frozen=True)
class Yardstick:
    """What every submission of an inbox is graded by: an exercise that was handed out, or a problem as such."""

    problem: Problem
    subject: Subject | None = None  # None: the implementation is the one that a submission looks most like

    def measure(self, name: str, source: str) -> Submission:
        subject = self.subject or Subject(self.problem, closest(self.problem, source), 0)
        return Submission(name, source, subject)


def by_exercise(folder: Path, pack: Pack) -> Yardstick:
    """Raises Unreadable where the folder is no exercise of the pack."""
    subject = submission(folder, pack, Forge(pack)).subject
    return Yardstick(subject.problem, subject)


def entries(inbox: Path) -> list[Path]:
    """The files and folders in it, by name; hidden ones are the system's."""
    return sorted(path for path in inbox.iterdir() if not path.name.startswith("."))


def program(entry: Path, problem: Problem) -> str:
    """The text of a submission: the file, or in a folder the one named after the problem. Raises Unreadable."""
    if entry.is_symlink():
        raise Unreadable(f"{entry.name} is a link; hand in the file itself")
    if not entry.is_dir():
        return read(entry)
    wanted = entry / f"{problem.name}.py"
    others = [path for path in sorted(_python_files(entry)) if not path.name.startswith(("test_", "conftest"))]
    if not wanted.exists() and len(others) == 1:
        return read(others[0])
    return read(wanted)


def _python_files(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.glob("*.py")
    except OSError:
        return


def digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
