"""What a candidate gets: the page, the broken program, its tests and what they need."""

from collections.abc import Mapping

from bugforge.formats.readme import readme
from bugforge.label import FILE, as_json, label_of
from bugforge.sheet import Sheet


def folder(sheet: Sheet) -> Mapping[str, bytes]:
    files = {name: text.encode() for name, text in sheet.files.items()}
    return {**readme(sheet), **files, FILE: as_json(label_of(sheet))}
