"""What a problem says that its tests and its demo show: the tables [signs.tests] and [signs.demo] of problem.toml."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bugforge.pack.author import Author, line_of
from bugforge.symptoms import CHANGES, Fact, Signs

NO_SIGNS = Signs({}, {})
NOTHING: dict[str, dict[str, Any]] = {"tests": {}, "demo": {}}


def read_signs(said: Any, author: Author, path: Path) -> Signs:
    """Facts by test, and by label and change of a demo's line; what is no fact is the author's mistake."""
    reader = _Reader(author, path, author.read(path) or "")
    tables = {**NOTHING, **said} if isinstance(said, dict) else {"": said}
    if tables.keys() != NOTHING.keys() or not all(isinstance(table, dict) for table in tables.values()):
        author.mistake(line_of(reader.text, "[signs"), "[signs] has the tables tests and demo only", "mend it", path)
        return NO_SIGNS
    return Signs(
        {test: tuple(reader.facts(test, named)) for test, named in tables["tests"].items()},
        {label: reader.changes(label, named) for label, named in tables["demo"].items()},
    )


class _Reader:
    def __init__(self, author: Author, path: Path, text: str) -> None:
        self.author, self.path, self.text = author, path, text

    def facts(self, key: str, named: object) -> list[Fact]:
        """One fact, or a list of them."""
        found = (self._fact(key, name) for name in (named if isinstance(named, list) else [named]))
        return [fact for fact in found if fact]

    def changes(self, label: str, named: object) -> Mapping[str, tuple[Fact, ...]]:
        """Facts by the change of a line; without one, whatever the change is."""
        by_change = named if isinstance(named, dict) else {CHANGES[0]: named}
        for change in by_change.keys() - {*CHANGES}:
            self._mistake(label, f"{change!r} is no change of a line", f"use one of {', '.join(CHANGES)}")
        return {change: tuple(self.facts(label, names)) for change, names in by_change.items()}

    def _fact(self, key: str, name: object) -> Fact | None:
        if name in set(Fact):
            return Fact(str(name))
        near = get_close_matches(str(name), map(str, Fact), n=1)
        remedy = f"did you mean {near[0]!r}?" if near else "the facts are in bugforge/symptoms.py"
        self._mistake(key, f"{name!r} is no fact", remedy)
        return None

    def _mistake(self, key: str, what: str, remedy: str) -> None:
        self.author.mistake(line_of(self.text, key), what, remedy, self.path)
