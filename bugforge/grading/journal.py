"""What was graded, kept as it is graded: an interrupted run is taken up where it ended.

One line of JSON a verdict, appended in one write, so that two graders of one folder do not spoil each other's lines; a
line that was cut off is passed over. It lies in the user's own folder: in the folder of the submissions anybody who
handed one in could have written it.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import platformdirs

from bugforge.errors import UsageError


class Journal:
    """Verdicts, as data, by the name of the submission and the digest of its text."""

    def __init__(self, folder: Path, judged_by: object) -> None:
        """`judged_by`: everything besides the submission that a verdict depends on."""
        text = json.dumps([os.fspath(folder.resolve()), judged_by])
        name = hashlib.sha256(text.encode()).hexdigest()[:24]
        path = platformdirs.user_state_path("bugforge") / "verdicts" / f"{name}.jsonl"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file = path.open("a+b", buffering=0)
        except OSError:  # no such place can be had: this run works, but it cannot be taken up again
            self.file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        self.places = dict(self._read())

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self.places

    def __getitem__(self, key: tuple[str, str]) -> dict[str, Any]:
        self.file.seek(self.places[key])
        verdict: dict[str, Any] = json.loads(self.file.readline())[2]
        return verdict

    def add(self, name: str, digest: str, verdict: dict[str, Any]) -> None:
        line = json.dumps([name, digest, verdict], separators=(",", ":")).encode() + b"\n"
        try:
            written = self.file.write(line)
        except OSError as error:
            written, why = 0, error.strerror
        else:
            why = "the disk is full"
        if written != len(line):
            raise UsageError(
                f"the verdict on {name} cannot be kept ({why}); make room and grade again: the rest is kept"
            )
        self.places[name, digest] = self.file.tell() - len(line)

    def _read(self) -> Iterator[tuple[tuple[str, str], int]]:
        self.file.seek(0)
        place = 0
        while line := self.file.readline():
            with contextlib.suppress(ValueError):  # cut off, when a run was ended in the middle of it
                match json.loads(line):
                    case [str() as name, str() as digest, dict()]:
                        yield (name, digest), place
            place += len(line)
