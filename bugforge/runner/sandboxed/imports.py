"""A submission that imports a library that it may not read gets ModuleNotFoundError, as for a missing one."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class ReadablePathFinder(PathFinder):
    """Python's own search of `sys.path`, which remembers folders that can no longer be read behind the sandbox."""

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


def restrict_imports() -> None:
    """From now on, for this process."""
    sys.meta_path[sys.meta_path.index(PathFinder)] = ReadablePathFinder
