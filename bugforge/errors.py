"""The error tree: whatever goes wrong with a sentence for the person who can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


class BugforgeError(Exception):
    """Something a person can mend; its text says what happened, where, and what to do next."""


class UsageError(BugforgeError):
    """The request itself cannot be met: an unknown name, an output folder that cannot be written."""


class PatternError(BugforgeError):
    """A pattern that does not parse, or a rewrite whose two sides do not fit each other."""


class MutatorError(BugforgeError):
    """A mutator that ended in an exception on a program: a mistake of its author, whatever the program says.

    `function` and `line` are where in the program it stood, as far as that can be told; `file` and `file_line` are
    where the exception arose.
    """

    def __init__(self, mutator: str, what: str, *, function: str, line: int, file: str, file_line: int) -> None:
        self.mutator, self.what, self.function, self.line = mutator, what, function, line
        self.file, self.file_line = file, file_line
        super().__init__(f"{mutator} fails at line {line}, in {function} ({file}:{file_line}: {what})")


class SheetError(BugforgeError):
    """A document that is no sheet, or one that cannot be believed."""


class BankError(BugforgeError):
    """A bank's file that cannot be used, or that does not hold what is asked of it."""


class PracticeError(BugforgeError):
    """A journal that cannot be used, or a drill or a plan that it does not have."""


class ClusterError(BugforgeError):
    """A cluster that cannot be reached, or whose workers cannot be relied on."""


class RunnerError(BugforgeError):
    """A contract could not be collected, or the process that runs it is gone."""


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake of a pack's author: where it is, what it is, and what to do about it."""

    path: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}; {self.remedy}"


class PackError(BugforgeError):
    """All the mistakes found in a pack, reported together."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))
