"""Calls into the C library that Python has no function for; each raises OSError."""

import ctypes
import os
import platform
import sys
from typing import Any

from bugforge.runner.limits import libc

NO_NEW_PRIVILEGES = 38
ON_LINUX = sys.platform == "linux"
MACHINE = platform.machine()


def call(name: str, *arguments: Any) -> int:
    """A function of the C library that answers -1 on failure."""
    if not ON_LINUX:
        raise OSError(f"there is no {name} on {sys.platform}")
    result: int = getattr(libc(), name)(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
    return result


def prctl(option: int, argument: Any = 0) -> int:
    return call("prctl", ctypes.c_int(option), *map(_word, (argument, 0, 0, 0)))


def forgo_privileges() -> None:
    """What Landlock and seccomp ask of a process without privileges: it may never gain any."""
    prctl(NO_NEW_PRIVILEGES, 1)


def syscall(number: int, *arguments: Any) -> int:
    return call("syscall", ctypes.c_long(number), *map(_word, arguments))


def _word(value: Any) -> Any:
    """Whole numbers as wide as a register, for a variadic function would read rubbish above a narrower one."""
    return ctypes.c_ulong(value) if isinstance(value, int) else value
