"""The file that somebody edits: seen when it is saved, whichever way an editor does that."""

from dataclasses import dataclass, field
from pathlib import Path

from bugforge.grading.submission import Unreadable, read_program

LOOK = 0.02  # seconds between two looks


@dataclass
class WatchedFile:
    path: Path
    _seen: tuple[int, int, int] | None = field(default=None, init=False)

    def has_changed(self) -> bool:
        """Whether it is another than when it was last read: a save may write to it, or rename another over it."""
        return self._state() != self._seen

    def read(self) -> str:
        """What is in it now. Raises Unreadable where there is nothing that could be run."""
        self._seen = self._state()
        if self._seen is None:
            raise Unreadable(f"{self.path.name} is not there; save it again, or press r for the broken program")
        return read_program(self.path)

    def _state(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
