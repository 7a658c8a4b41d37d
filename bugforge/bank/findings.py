"""What grading finds beside the verdict, kept with the submission."""

from dataclasses import dataclass

from bugforge.grading.own_test import Worth
from bugforge.mutation.syntax import lint
from bugforge.runner.sandboxed.isolated import run_isolated


@dataclass(frozen=True)
class Carried:
    """How many of the marks of another candidate's variant a program carries. Whose it is, nothing keeps."""

    carried: int
    of: int
    known: bool  # whether there are enough of them to say anything


@dataclass(frozen=True)
class Findings:
    """On one submission; None where there was nothing to be found out."""

    own_test: Worth | None = None
    marks: Carried | None = None
    needed: tuple[int, int] | None = None  # of the changed stretches, those that the fix needs
    lint: tuple[str, ...] | None = None  # what a linter says of it and not of what was handed out


def new_lint(given: str, submission: str) -> tuple[str, ...]:
    """What pyflakes says of a submission and not of the program that was handed out; nothing where it cannot read."""
    found = run_isolated(lambda: sorted((lint(submission) - lint(given)).elements()))
    return tuple(found or ())
