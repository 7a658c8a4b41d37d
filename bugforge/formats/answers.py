"""The answer key: the sheet itself, its page, and the fix as a patch."""

from collections.abc import Mapping

from bugforge.formats.key import key
from bugforge.formats.patch import patch
from bugforge.sheet import Sheet, as_json


def answers(sheet: Sheet) -> Mapping[str, bytes]:
    return {f"{sheet.name}.json": as_json(sheet), **key(sheet), **patch(sheet)}
