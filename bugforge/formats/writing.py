"""Files of a sheet on the disk: whole or not at all, never over what is there."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bugforge.errors import UsageError
from bugforge.formats.answers import answers
from bugforge.formats.folder import folder
from bugforge.sheet import Sheet


def usable(out: Path) -> None:
    """Raise UsageError where `out` cannot be used or made; nothing is made yet."""
    there = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    if not there.is_dir():
        raise UsageError(f"{there} is a file, not a folder; give another --out")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"{there} cannot be written to; give another --out or change its permissions")


def write(sheet: Sheet, out: Path, keys: Path | None) -> bool:
    """Write the exercise's folder, and its key where `keys` is given; False if the folder was there already.

    Raises UsageError when the disk does not take it; then nothing of this exercise is left behind.
    """
    new = not (out / sheet.name).exists()
    written: list[Path] = []
    try:
        if keys:
            _write_missing(answers(sheet), keys, written)
        if new:
            _write_folder(folder(sheet), out, sheet.name)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = f"{out / sheet.name} cannot be written ({error.strerror}); nothing of it was kept"
            raise UsageError(reason) from None
        raise
    return new


def _write_folder(contents: Mapping[str, bytes], out: Path, name: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=out))
    try:
        for file, data in contents.items():
            (draft / file).write_bytes(data)
        draft.chmod(0o755)
        draft.rename(out / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _write_missing(contents: Mapping[str, bytes], folder: Path, written: list[Path]) -> None:
    """Write the files that are not there yet, each noted in `written` before."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        path = folder / name
        if not path.exists():
            written.append(path)
            path.write_bytes(data)
