"""The lines of a Python text."""

import io


def lines_of(text: str) -> list[str]:
    """The lines with their ends: as Python counts them, for which a form feed or U+2028 ends none."""
    return list(io.StringIO(text, newline=""))


def bare_lines_of(text: str) -> list[str]:
    """The lines without their ends."""
    return [line.rstrip("\r\n") for line in lines_of(text)]
