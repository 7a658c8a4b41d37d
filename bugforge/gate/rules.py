"""The six rules of admission, and what can be said of a mutant without running it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bugforge.mutation.giveaways import giveaways
from bugforge.mutation.syntax import lint, tree


class Rule(StrEnum):
    """In the words of a refusal."""

    REFERENCE = "the implementation does not pass its own contract"
    PROGRAM = "the mutant does not compile, or is the same program"
    KILLED = "no test fails on every seed, or none passes on every seed"
    REASON = "it fails for a wrong reason: a timeout, a crash, an import or name error"
    LINT = "a linter sees the bug, or a leftover gives it away"
    TWIN = "it is another implementation, or an exercise that is there already"


@dataclass(frozen=True)
class Refusal:
    rule: Rule
    detail: str


def unfit(source: str, original: str, others: Iterable[str]) -> Refusal | None:
    """Rules 2, 5 and 6: the rule that a mutant of `original` breaks by its text; `others` are right programs too."""
    if tree(source) in ("", tree(original)):
        return Refusal(Rule.PROGRAM, "no change in the syntax tree")
    if new := (lint(source) - lint(original)) + (giveaways(source) - giveaways(original)):
        return Refusal(Rule.LINT, next(iter(new)))
    if any(tree(source) == tree(other) for other in others):
        return Refusal(Rule.TWIN, "the mutant is another implementation of the problem")
    return None
