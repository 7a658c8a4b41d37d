"""What the last audit measured of a problem's exercises with one bug: their difficulty, in measured.json.

It says where to look first for exercises that are so hard, and nothing more: whatever is handed out is proven.
"""

import json
from pathlib import Path

import msgspec

from bugforge.model import Difficulty, Measured
from bugforge.pack.author import Author

FILE = "measured.json"


def read_measured(folder: Path, author: Author) -> Measured:
    """Nothing where there is no such file yet."""
    path = folder / FILE
    text = author.read(path) if path.exists() else "{}"
    try:
        return msgspec.json.decode(text or "", type=dict[str, dict[str, dict[str, Difficulty]]])
    except msgspec.DecodeError as error:
        author.mistake(
            1, f"this is not what `bugforge audit --record` writes ({error})", "delete it, record anew", path
        )
        return {}


def write_measured(folder: Path, measured: Measured) -> None:
    text = json.dumps(measured, indent=1, sort_keys=True) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8")
