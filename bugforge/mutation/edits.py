"""Edits, made on the text of a program."""

from collections.abc import Iterable
from itertools import pairwise

from bugforge.model import Edit


def edited(source: str, edits: Iterable[Edit]) -> str:
    """The source with the edits made."""
    for edit in sorted(edits, key=lambda e: -e.start):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def overlapping(edits: Iterable[Edit]) -> bool:
    """Whether two of the edits touch the same characters."""
    ordered = sorted(edits, key=lambda e: (e.start, e.end))
    return any(b.start < a.end or b.start == a.start for a, b in pairwise(ordered))
