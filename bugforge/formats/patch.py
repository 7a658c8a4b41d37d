"""The fix as a patch: `git apply` and `patch -p1` take it inside the exercise's folder."""

from collections.abc import Mapping

from bugforge.mutation.diff import unified
from bugforge.sheet import Sheet


def patch(sheet: Sheet) -> Mapping[str, bytes]:
    return {f"{sheet.name}.patch": unified(sheet.broken, sheet.original, sheet.program).encode()}
