"""What is graded, and by what."""

from dataclasses import dataclass

from bugforge.model import Address, Implementation, Problem


@dataclass(frozen=True)
class Subject:
    """What a submission is judged by: the problem, the implementation it started from, and its broken program.

    `broken` and `address` are None where it is not known which bug was handed out.
    """

    problem: Problem
    implementation: Implementation
    public_seed: int
    broken: str | None = None
    address: Address | None = None

    @property
    def key(self) -> tuple[str, str, int, str | None]:
        """Equal for subjects whose submissions can share what is run beside them."""
        return self.problem.name, self.implementation.name, self.public_seed, self.broken


@dataclass(frozen=True)
class Submission:
    """A program that came back, with what it is judged by and what was noticed on reading it."""

    name: str
    source: str
    subject: Subject
    notes: tuple[str, ...] = ()
