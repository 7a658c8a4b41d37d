"""The base class of every bug class: one file, one class, and all that is ever said about the bug."""

import inspect
import re
from collections.abc import Collection, Iterator, Mapping
from typing import ClassVar

from bugforge.model import Edit, Example, Fixes, Plan, Planted, Site
from bugforge.mutation.code import Code
from bugforge.mutation.edits import edited, overlapping
from bugforge.mutation.failure import failure
from bugforge.mutation.fix import Fix, alternatives
from bugforge.mutation.place import ANYWHERE, Place
from bugforge.mutation.rewrite import Change, Rewrite
from bugforge.mutation.tidying import tidied


class Mutator:
    """One bug class as a source transformation.

    A subclass has a docstring (one line, then why it is wrong), the fields below, and either `rewrites` or its own
    `mutate`. Its id and category come from its file's name and folder.
    """

    id: ClassVar[str]
    category: ClassVar[str]

    symptoms: ClassVar[Mapping[str, str]]  # sentence to the facts (symptoms.py) under which it is true
    hints: ClassVar[tuple[str, ...]]
    follow_ups: ClassVar[Mapping[str, str]]
    sources: ClassVar[tuple[str, ...]]
    rewrites: ClassVar[tuple[Rewrite, ...]] = ()
    where: ClassVar[Place] = ANYWHERE
    loses_draws: ClassVar[bool] = False  # whether it is part of the bug that something is no longer drawn or called
    examples: ClassVar[tuple[Example, ...]]
    untouched: ClassVar[tuple[str, ...]]
    also_right: ClassVar[tuple[Fix, ...]] = ()  # of the broken program: other honest fixes
    treats_symptom: ClassVar[tuple[Fix, ...]] = ()  # and what only hides the bug

    def mutate(self, code: Code) -> Iterator[Change]:
        """Every change that plants this bug; the rewrites' unless a subclass says otherwise."""
        for rewrite in self.rewrites:
            yield from (change for change in rewrite.changes(code) if self.where.holds(code, change.node))

    def plans(self, code: Code) -> list[Plan]:
        """All sites of this bug in a program, each once, in the order of the text.

        Raises MutatorError where the mutator's own code fails on the program.
        """
        try:
            return self._plans(code)
        except (Exception, SystemExit) as error:  # whatever it is, the author of the mutator is told where
            raise failure(self.id, code.program, error) from error

    def fixes(self, broken: Code, lines: Collection[int]) -> Fixes:
        """What else could be done where this bug stands in `lines` of a broken program; MutatorError as for plans."""
        try:
            return Fixes(
                tuple(alternatives(self.also_right, broken, lines, anywhere=False)),
                tuple(alternatives(self.treats_symptom, broken, lines, anywhere=True)),
            )
        except Exception as error:
            raise failure(self.id, broken.program, error) from error

    def _plans(self, code: Code) -> list[Plan]:
        program, plans = code.program, []
        seen: set[object] = set()
        counted: dict[tuple[str, str], int] = {}
        for change in sorted(self.mutate(code), key=lambda c: (program.span(c.node), [e.start for e in c.edits])):
            tidy = tidied(code, change.edits, may_lose_draws=self.loses_draws)
            if tidy is None:
                continue
            edits = tuple(sorted(tidy, key=lambda e: e.start))
            if alike(edits) in seen or overlapping(edits):
                continue
            written = edited(program.source, edits)
            if written == program.source or not is_python(written):
                continue
            seen.add(alike(edits))
            place = (program.function_of(change.node), program.digest(change.node))
            occurrence = counted[place] = counted.get(place, -1) + 1
            plans.append(Plan(Planted(self.id, Site(*place, occurrence)), edits))
        return plans

    @property
    def title(self) -> str:
        """The docstring's first line: what is wrong."""
        return inspect.cleandoc(self.__doc__ or "").split("\n", 1)[0]

    @property
    def why(self) -> str:
        """The rest of the docstring: why it is wrong."""
        return inspect.cleandoc(self.__doc__ or "").partition("\n")[2].strip()


def alike(edits: tuple[Edit, ...]) -> object:
    """The same for edits that differ in the order of operands alone, as two readings of `a + b` give them."""
    return tuple((edit.start, edit.end, *sorted(re.findall(r"\w+|\S", edit.text))) for edit in edits)


def is_python(source: str) -> bool:
    try:
        compile(source, "<mutant>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
