"""Which exercises with one bug a pack makes, and how hard each is: what an audit measured, kept in the pack.

`bugforge audit --record` writes it. It saves a search of every program for every bug class, and no more than that:
whatever is handed out is proven. Where a text of the pack has changed since, it is not believed.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bugforge.model import Difficulty

FILE = "reference_impls/measured.json"
Levels = Mapping[str, Mapping[str, Mapping[str, Difficulty]]]  # by "problem/implementation", bug class and site


class _Record(msgspec.Struct):
    of: str  # digest of the texts
    levels: dict[str, dict[str, dict[str, Difficulty]]]


def read_measured(root: Path, digest: str) -> Levels:
    """What was measured of the texts with this digest; nothing where that is not known."""
    try:
        record = msgspec.json.decode((root / FILE).read_bytes(), type=_Record)
    except (OSError, msgspec.DecodeError):
        return {}
    return record.levels if record.of == digest else {}


def write_measured(root: Path, digest: str, levels: Levels) -> None:
    text = json.dumps({"of": digest, "levels": levels}, indent=1, sort_keys=True) + "\n"
    (root / FILE).write_text(text, encoding="utf-8")
