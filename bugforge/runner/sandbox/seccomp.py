"""System calls: an allow-list, which leaves no fork, exec, socket, signal to others, or change of any file.

The filter is assembled here, since the bindings in the package index need a C library that pip does not install.
"""

import ctypes
import os
import struct
from collections.abc import Callable, Iterator, Mapping

from bugforge.runner.sandbox import kernel
from bugforge.runner.sandbox.layer import Bounds, Layer
from bugforge.runner.sandbox.syscalls import (
    ALLOWED,
    AUDIT_ARCHITECTURES,
    BY_ARGUMENT,
    COLUMN,
    ON_ITSELF,
    THREADS_ONLY,
    UNKNOWN,
    WITHOUT_BITS,
)

LOAD, IF_EQUAL, IF_ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06  # BPF: word, jeq, jset, ret
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16  # offsets in seccomp_data
KILL, ALLOW, ERROR = 0x80000000, 0x7FFF0000, 0x00050000
EPERM, ENOSYS = 1, 38
CLONE_THREAD = 0x00010000
OWN = 0x7EADBEEF  # stands for the process's own number until a child knows its own
SET_SECCOMP, FILTER = 22, 2


def prepare(bounds: Bounds) -> Callable[[], object]:
    if kernel.MACHINE not in COLUMN or not kernel.ON_LINUX:
        raise OSError(f"there is no table of system calls for {kernel.MACHINE}")
    parts = b"".join(_filter(kernel.MACHINE, OWN)).split(struct.pack("=I", OWN))
    return lambda: enter(struct.pack("=I", os.getpid()).join(parts))


def enter(program: bytes) -> None:
    code = ctypes.create_string_buffer(program)
    filter_and_length = struct.pack("=H6xQ", len(program) // 8, ctypes.addressof(code))
    kernel.forgo_privileges()
    kernel.call("prctl", SET_SECCOMP, FILTER, ctypes.c_char_p(filter_and_length), 0, 0)


def _filter(machine: str, own: int) -> Iterator[bytes]:
    """The program, an instruction at a time; jumps count instructions to skip."""
    yield from (_do(LOAD, ARCHITECTURE), _do(IF_EQUAL, AUDIT_ARCHITECTURES[machine], 1, 0), _do(RETURN, KILL))
    yield _do(LOAD, NUMBER)
    column = COLUMN[machine]
    for number in _numbers(ALLOWED, column):
        yield from (_do(IF_EQUAL, number, 0, 1), _do(RETURN, ALLOW))
    for number in _numbers(UNKNOWN, column):
        yield from (_do(IF_EQUAL, number, 0, 1), _do(RETURN, ERROR | ENOSYS))
    for numbers, argument, values in BY_ARGUMENT.values():
        yield from _checked(numbers[column], argument, IF_EQUAL, values)
    for numbers, argument, bits in WITHOUT_BITS.values():
        yield from _checked(numbers[column], argument, IF_ANY_BIT, (bits,), passing=ERROR | EPERM, failing=ALLOW)
    for number in _numbers(ON_ITSELF, column):
        yield from _checked(number, 0, IF_EQUAL, (own,))
    for number in _numbers(THREADS_ONLY, column):
        yield from _checked(number, 0, IF_ANY_BIT, (CLONE_THREAD,))
    yield _do(RETURN, ERROR | EPERM)


def _numbers(table: Mapping[str, tuple[int | None, int | None]], column: int) -> Iterator[int]:
    yield from (number for numbers in table.values() if (number := numbers[column]) is not None)


def _checked(
    number: int, argument: int, test: int, values: tuple[int, ...], passing: int = ALLOW, failing: int = ERROR | EPERM
) -> Iterator[bytes]:
    """Answer a call by whether the low word of an argument passes one of the tests."""
    yield _do(IF_EQUAL, number, 0, 2 * len(values) + 2)
    yield _do(LOAD, ARGUMENTS + 8 * argument)
    for value in values:
        yield from (_do(test, value, 0, 1), _do(RETURN, passing))
    yield _do(RETURN, failing)


def _do(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def holds() -> bool:
    """A harmless call that no layer but this one forbids."""
    try:
        os.getpriority(os.PRIO_PROCESS, 0)
    except PermissionError:
        return True
    return False


LAYER = Layer(
    name="seccomp",
    keeps_out="other processes, programs, sockets, signals, and every change of files or the system",
    without="use Linux with CONFIG_SECCOMP_FILTER on x86-64 or aarch64",
    prepare=prepare,
    holds=holds,
)
