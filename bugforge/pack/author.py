"""Collects an author's mistakes: where, what, and what to do about it."""

from dataclasses import dataclass
from pathlib import Path

from bugforge.errors import Mistake


@dataclass(frozen=True)
class Author:
    """Collects the mistakes found in one file."""

    path: Path
    root: Path
    mistakes: list[Mistake]

    def mistake(self, line: int, what: str, remedy: str, path: Path | None = None) -> None:
        self.mistakes.append(Mistake((path or self.path).relative_to(self.root).as_posix(), line, what, remedy))

    def read(self, path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            self.mistake(1, f"there is no {path.name}", "write it", path)
        except (OSError, UnicodeDecodeError) as error:
            self.mistake(1, f"the file cannot be read as UTF-8 text ({error})", "mend or remove it", path)
        return None


def line_of(text: str, words: str) -> int:
    return next((i for i, line in enumerate(text.splitlines(), 1) if line.strip().startswith(words)), 1)
