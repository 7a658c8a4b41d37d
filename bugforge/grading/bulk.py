"""Many submissions of one thing, graded in parallel; what is graded is kept, so a run is taken up again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bugforge.grading.grader import Grader
from bugforge.grading.inbox import Yardstick, digest, entries, program
from bugforge.grading.journal import Journal
from bugforge.grading.record import record
from bugforge.grading.subject import Submission
from bugforge.grading.submission import Unreadable
from bugforge.grading.verdict import Verdict
from bugforge.model import VERSION, Grade

Key = tuple[str, str]  # a submission's name and the digest of its text, empty where it has none


@dataclass(frozen=True)
class Bulk:
    """One inbox, what it is graded by, and where verdicts are kept."""

    inbox: Path
    yardstick: Yardstick
    journal: Journal

    def grade(self, grader: Grader, progress: Callable[[int], None] = lambda _: None) -> list[Key]:
        """Grade what the journal does not know yet; the keys of all submissions, by name."""
        keys: list[Key] = []
        graded: list[str] = []

        def new() -> Iterator[Submission]:
            for entry in entries(self.inbox):
                submission = self._read(entry, keys)
                progress(len(keys))
                if submission:
                    graded.append(digest(submission.source))
                    yield submission

        for number, verdict in grader.grade(new()):
            self._keep(verdict, graded[number])
        return keys

    def record(self, key: Key) -> dict[str, Any]:
        """The verdict on one submission, as data."""
        return self.journal[key]

    def _read(self, entry: Path, keys: list[Key]) -> Submission | None:
        """A submission that is still to be graded; its key is noted either way."""
        try:
            source = program(entry, self.yardstick.problem)
        except Unreadable as error:
            keys.append((entry.name, ""))
            self._keep(Verdict(entry.name, Grade.COULD_NOT_GRADE, str(error)), "")
            return None
        key = entry.name, digest(source)
        keys.append(key)
        return None if self._is_graded(key) else self.yardstick.measure(entry.name, source)

    def _is_graded(self, key: Key) -> bool:
        return key in self.journal and self.journal[key]["bugforge"]["grade"] != Grade.COULD_NOT_GRADE

    def _keep(self, verdict: Verdict, digest_of_source: str) -> None:
        self.journal.add(verdict.name, digest_of_source, record(verdict))


def journal_of(inbox: Path, yardstick: Yardstick, seeds: Sequence[int] | None, layers: Sequence[str]) -> Journal:
    """The journal of an inbox under a yardstick: another contract, version, choice of seeds or sandbox has another."""
    return Journal(inbox, [digest(repr(yardstick)), VERSION, seeds, layers])
