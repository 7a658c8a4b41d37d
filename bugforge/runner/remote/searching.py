"""A library that a cell may not read is told as a missing one is, to the program and to whoever imports it lazily."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class Readable(PathFinder):
    """Python's own search of `sys.path`, which tells of places that were listed before the walls stood."""

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = super().find_spec(fullname, path, target)
        if spec and spec.origin and spec.has_location:
            try:
                open(spec.origin, "rb").close()
            except PermissionError:
                raise ModuleNotFoundError(f"this problem does not allow {fullname}", name=fullname) from None
        return spec


def only_what_is_readable() -> None:
    """From now on, for this process."""
    sys.meta_path[sys.meta_path.index(PathFinder)] = Readable
