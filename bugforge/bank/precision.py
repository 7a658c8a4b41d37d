"""Which of the stretches that a submission changed its fix needs: each is undone alone."""

import difflib
from collections.abc import Sequence

from bugforge.mutation.lines import lines_of

MOST = 8  # stretches
MOST_LINES = 3000  # of a program: comparing takes time that grows with the square


def undone(broken: str, submission: str) -> list[str]:
    """The submission with each changed stretch put back; nothing where there are fewer than two, or too many."""
    old, new = lines_of(broken), lines_of(submission)
    if len(new) > MOST_LINES:
        return []
    stretches = [code for code in _matcher(old, new).get_opcodes() if code[0] != "equal"]
    if not 2 <= len(stretches) <= MOST:
        return []
    return ["".join([*new[:start], *old[i:j], *new[end:]]) for _, i, j, start, end in stretches]


def _matcher(old: Sequence[str], new: Sequence[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, old, new, autojunk=False)
