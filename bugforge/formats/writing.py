"""Files of a sheet on the disk: whole or not at all, never over what is there."""

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bugforge.errors import UsageError
from bugforge.formats.answers import answers
from bugforge.formats.folder import folder
from bugforge.sheet import Sheet


def usable(out: Path, option: str = "--out") -> None:
    """Raise UsageError where a folder, given by the option, cannot be used or made; nothing is made yet."""
    there = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    if not there.is_dir():
        raise UsageError(f"{there} is a file, not a folder; give another {option}")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"{there} cannot be written to; give another {option} or change its permissions")


def write(sheet: Sheet, out: Path, keys: Path | None) -> bool:
    """Write the exercise's folder, and its key where `keys` is given; False if the folder was there already.

    Raises UsageError when the disk does not take it; then nothing of this exercise is left behind.
    """
    written: list[Path] = []
    try:
        if keys:
            keys.mkdir(parents=True, exist_ok=True)
            for name, data in answers(sheet).items():
                if _write_new(keys / name, data):
                    written.append(keys / name)
        return not (out / sheet.name).exists() and _write_folder(folder(sheet), out, sheet.name)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = f"{out / sheet.name} cannot be written ({error.strerror}); nothing of it was kept"
            raise UsageError(reason) from None
        raise


def _write_folder(contents: Mapping[str, bytes], out: Path, name: str) -> bool:
    """Write a folder as a draft that is renamed; False where another process was faster."""
    out.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=out))
    try:
        for file, data in contents.items():
            (draft / file).write_bytes(data)
        draft.chmod(0o755)
        draft.rename(out / name)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in (errno.EEXIST, errno.ENOTEMPTY):
            return False
        raise
    return True


def _write_new(path: Path, data: bytes) -> bool:
    """Write a file, whole or not at all; False where there is one already."""
    if path.is_symlink() or path.exists():
        return False
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.chmod(draft, 0o644)
        os.link(draft, path)  # which, unlike a renaming, never replaces what another process has written meanwhile
    except FileExistsError:
        return False
    finally:
        os.unlink(draft)
    return True
