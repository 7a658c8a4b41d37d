"""One file on the disk, whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from bugforge.errors import UsageError


def write_text(path: Path, fill: Callable[[TextIO], None], otherwise: str, mode: int = 0o644) -> None:
    """Have `fill` write the file; a link stays one. Raises UsageError, which says what is to be done `otherwise`."""
    path = path.resolve()
    try:
        descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                fill(file)
            os.chmod(draft, mode)
            os.replace(draft, path)
        except BaseException:
            os.unlink(draft)
            raise
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); {otherwise}") from None
