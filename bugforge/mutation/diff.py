"""What differs between two programs, in lines."""

import difflib

from bugforge.mutation.lines import bare_lines_of, lines_of


def unified(broken: str, fixed: str, name: str) -> str:
    """A unified diff that `git apply` and `patch -p1` take inside the exercise's folder."""
    old, new = lines_of(broken), lines_of(fixed)
    return "".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"))


def changed_lines(old: str, new: str) -> list[int]:
    """Numbers of the lines of `old` that differ in `new`; where lines are only missing, the one before the gap."""
    lines: list[int] = []
    matcher = difflib.SequenceMatcher(None, bare_lines_of(old), bare_lines_of(new), autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag != "equal":
            lines += range(start + 1, end + 1) if end > start else [max(start, 1)]
    return lines


def lines_between(old: str, new: str) -> int:
    """Number of lines that differ: of each changed stretch the longer side."""
    matcher = difflib.SequenceMatcher(None, bare_lines_of(old), bare_lines_of(new), autojunk=False)
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")
