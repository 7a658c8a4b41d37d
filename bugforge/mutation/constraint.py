"""What a metavariable may stand for: a test on a term, which may ask the program around it."""

from collections.abc import Callable
from dataclasses import dataclass

from bugforge.mutation.code import Code
from bugforge.mutation.term import Term


@dataclass(frozen=True)
class Constraint:
    """A test that a term must pass before a metavariable may stand for it; it may ask how the program uses it."""

    test: Callable[[Term, Code | None], bool]

    def holds(self, term: Term, code: Code | None = None) -> bool:
        """Whether the term passes; without its program, by what it is and is called alone."""
        return self.test(term, code)

    def __or__(self, other: "Constraint") -> "Constraint":
        return Constraint(lambda term, code: self.test(term, code) or other.test(term, code))

    def __and__(self, other: "Constraint") -> "Constraint":
        return Constraint(lambda term, code: self.test(term, code) and other.test(term, code))

    def __invert__(self) -> "Constraint":
        return Constraint(lambda term, code: not self.test(term, code))


def that(test: Callable[[Term], bool]) -> Constraint:
    """A term of which the test is true."""
    return Constraint(lambda term, code: test(term))
