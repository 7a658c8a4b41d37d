"""What grading finds beside the verdict, kept with the submission."""

from dataclasses import dataclass

from bugforge.grading.own_test import Worth


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
