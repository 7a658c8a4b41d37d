"""Proves the next drill while the user works on this one: in a process of its own, at low priority."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bugforge.runner.limits import die_with_parent

LOW = 19  # niceness
CODE = "import sys; from bugforge.practice.ahead import main; main(sys.argv[1], sys.argv[2])"


@contextmanager
def prepared_ahead(profile: str, pack: Path) -> Iterator[None]:
    """While the block runs; what was not finished by its end is left."""
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, profile, str(pack)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def main(profile: str, pack: str) -> None:
    """What the other process does. Whatever goes wrong in it is told by `next`, which does the same."""
    from bugforge.errors import BugforgeError
    from bugforge.pack import load_pack
    from bugforge.practice.practice import Practice

    die_with_parent()
    os.nice(LOW)
    try:
        with Practice(profile, pack=load_pack(pack), jobs=1) as practice:
            practice.prepare()
    except BugforgeError:
        pass
