"""What a pack says of itself in pack.toml, where it has one: whether it takes the standard bug classes too."""

import re
import tomllib

from bugforge.pack.author import Author, line_of

SETTINGS = "pack.toml"


def has_standard_classes(author: Author) -> bool:
    """Whether the standard pack's bug classes stand beside its own: unless it says `standard = false`."""
    if not author.path.exists():
        return True
    text = author.read(author.path) or ""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        author.mistake(int(line[1]) if line else 1, f"this is not TOML ({error})", "mend the line")
        return False
    for key in said.keys() - {"standard"}:
        author.mistake(line_of(text, key), f"the field {key!r} is not known", "write `standard = false`, or remove it")
    standard = said.get("standard", True)
    if not isinstance(standard, bool):
        author.mistake(line_of(text, "standard"), "standard is neither true nor false", "write one of them")
    return bool(standard)
