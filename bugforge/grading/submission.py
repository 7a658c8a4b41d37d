"""Reads a submission: one regular file of modest size that holds text, and nothing else."""

import codecs
import os
import stat
from pathlib import Path

from bugforge.grading import notebook

BOMS_OF_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LARGEST_NOTEBOOK = 1 << 22  # bytes: its pictures count too
LARGEST = 1 << 17  # bytes; the longest honest program is a tenth of it, and some texts take quadratic time to parse


class Unreadable(Exception):
    """There is no program to grade; the text says why."""


def read_program(path: Path) -> str:
    """The text of a program, or what a notebook defines. Raises Unreadable."""
    return _program(path.name, read(path, _largest(path.name)))


def program_in(name: str, data: bytes) -> str:
    """The same of the bytes of a file of this name. Raises Unreadable."""
    if len(data) > _largest(name):
        raise Unreadable(f"{name} has more than the {_largest(name):,} bytes that it may have")
    return _program(name, text_of(name, data))


def _largest(name: str) -> int:
    return LARGEST_NOTEBOOK if name.endswith(notebook.SUFFIX) else LARGEST


def _program(name: str, text: str) -> str:
    if not name.endswith(notebook.SUFFIX):
        return text
    program = notebook.program_of(text)
    if program is None:
        raise Unreadable(f"{name} is no notebook with a cell that defines a function or a class; hand in a .py file")
    return program


def read(path: Path, largest: int = LARGEST) -> str:
    """The text of a file of at most `largest` bytes. Raises Unreadable for anything but a regular UTF-8 file.

    Links, pipes and devices are not opened for reading: a link may lead to a file that is not the candidate's, a pipe
    never ends.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise Unreadable(f"there is no {path.name}; put the program back under this name") from None
    except OSError as error:
        why = "it is a link" if path.is_symlink() else error.strerror
        raise Unreadable(f"{path.name} cannot be opened ({why}); hand in the file itself") from None
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(f"{path.name} is no regular file; hand in the program itself")
        if about.st_size > largest:
            raise Unreadable(f"{path.name} has {about.st_size:,} bytes, more than the {largest:,} it may have")
        data = os.read(descriptor, largest + 1)
    finally:
        os.close(descriptor)
    return text_of(path.name, data)


def text_of(name: str, data: bytes) -> str:
    """The text that the bytes of a file are. Raises Unreadable."""
    if not data.strip():
        raise Unreadable(f"{name} is empty; put back what was in it")
    try:
        text = data.decode("utf-16" if data.startswith(BOMS_OF_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{name} is not UTF-8 text; save it as a Python file") from None
    if "\0" in text:
        raise Unreadable(f"{name} holds NUL bytes, so it is no Python file")
    return text.replace("\r\n", "\n")


def names_of(source: str) -> set[str]:
    """What a program defines, by a glance at its text: what begins a line."""
    return {line.split("(")[0].split(":")[0] for line in source.splitlines() if line.startswith(("def ", "class "))}
