"""A folder of submissions: one file or folder each, as they came in by mail."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bugforge.forge import Forge
from bugforge.grading.subject import Subject, Submission
from bugforge.grading.submission import Unreadable, read
from bugforge.handout.reading import closest, submission
from bugforge.model import Problem
from bugforge.pack import Pack

NOT_PROGRAMS = (".", "test_", "conftest")


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
    try:
        if entry.is_symlink():
            raise Unreadable(f"{entry.name} is a link; hand in the file itself")
        if not entry.is_dir():
            return read(entry)
        programs = [p for p in sorted(entry.iterdir()) if p.suffix == ".py" and not p.name.startswith(NOT_PROGRAMS)]
    except OSError as error:
        raise Unreadable(f"{entry.name} cannot be opened ({error.strerror}); hand in the file itself") from None
    wanted = entry / f"{problem.name}.py"
    return read(programs[0] if len(programs) == 1 else wanted)


def digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
