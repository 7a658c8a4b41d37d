"""Other ways to change a broken program where a bug was planted: honest ones, and those that only hide it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from bugforge.model import Alternative
from bugforge.mutation.code import Code
from bugforge.mutation.edits import edited
from bugforge.mutation.rewrite import Change, Rewrite
from bugforge.mutation.syntax import tree


class Fix:
    """A rewrite of the broken program, and a sentence on why it is as good, or why it is not.

    Parameters and errors are those of Rewrite.
    """

    def __init__(self, sentence: str, before: str, after: str, **about: Any) -> None:
        self.sentence, self.rewrite = sentence, Rewrite(before, after, **about)


def alternatives(
    fixes: Sequence[Fix], broken: Code, lines: Collection[int], *, anywhere: bool
) -> Iterator[Alternative]:
    """Each fix where it can be made on one of the `lines`, which are those of the bug.

    `anywhere`: as near to them as it can be made, for what only treats a symptom may stand far from the bug.
    """
    program = broken.program

    def distance(change: Change) -> int:
        starts = (program.span(change.node)[0], *(edit.start for edit in change.edits))
        return min(abs(program.line_of(start) - line) for start in starts for line in lines)

    for fix in fixes:
        near = min(fix.rewrite.changes(broken), key=distance, default=None)
        if near and (anywhere or not distance(near)) and tree(edited(program.source, near.edits)):
            yield Alternative(fix.sentence, near.edits)
