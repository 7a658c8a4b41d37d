"""How many hints were given on an exercise: a number in a file beside it."""

from dataclasses import dataclass
from pathlib import Path

from bugforge.errors import UsageError

FILE = ".hints"


@dataclass(frozen=True)
class HintsGiven:
    exercise: Path

    @property
    def count(self) -> int:
        """What cannot be read counts as none."""
        try:
            text = (self.exercise / FILE).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return 0
        return int(text) if text.isdigit() and len(text) < 4 else 0

    def add(self) -> None:
        """Note that one more was given. Raises UsageError where that cannot be noted."""
        path = self.exercise / FILE
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise UsageError(f"{path} is no file of its own, and counts the hints; remove it")
        path.write_text(f"{self.count + 1}\n", encoding="ascii")
