"""What is graded, and by what."""

from dataclasses import dataclass

from bugforge.model import BugClass, Fixes, Implementation, Problem
from bugforge.mutation.edits import edited
from bugforge.pack.contract import contract_of
from bugforge.runner.task import Contract
from bugforge.sheet import Sheet


@dataclass(frozen=True)
class KnownBug:
    """One bug that was handed out."""

    bug_class: BugClass
    lines: tuple[int, ...]  # of the broken program
    alone: str  # the program with this bug and no other
    fixes: Fixes


@dataclass(frozen=True)
class Subject:
    """What a submission is judged by: a contract, the program that fulfils it, and the one that was handed out.

    `broken` is None, and `bugs` are none, where it is not known which bug was handed out.
    """

    problem: str  # the name of the module
    title: str
    contract: Contract
    allowed: tuple[str, ...]
    original: str
    public_seed: int
    broken: str | None = None
    bugs: tuple[KnownBug, ...] = ()
    exercise: str = ""  # the name of its folder

    @property
    def key(self) -> tuple[Contract, str, int, str | None]:
        """Equal for subjects whose submissions can share what is run beside them."""
        return self.contract, self.original, self.public_seed, self.broken


def subject_of(sheet: Sheet) -> Subject:
    """What a sheet that the grader trusts says. Its contract runs in a trusted process."""
    return Subject(
        sheet.about.name,
        sheet.about.title,
        sheet.contract,
        sheet.about.allowed,
        sheet.original,
        sheet.provenance.public_seed,
        sheet.broken,
        tuple(KnownBug(b.bug_class, b.lines, edited(sheet.original, b.edits), b.fixes) for b in sheet.bugs),
        sheet.name,
    )


def subject_from(problem: Problem, implementation: Implementation, public_seed: int) -> Subject:
    """What a pack says of an implementation, where no bug is known."""
    contract = contract_of(problem, implementation)
    return Subject(problem.name, problem.title, contract, problem.allowed, implementation.source, public_seed)


@dataclass(frozen=True)
class Submission:
    """A program that came back, with what it is judged by and what was noticed on reading it."""

    name: str
    source: str
    subject: Subject
    notes: tuple[str, ...] = ()
