"""Files: an allow-list of what may be read, and nothing may be written, made, removed or truncated.

It also forbids reading the memory of processes outside. ctypes, since the one binding in the package index is a
preview release; the three system calls have the same numbers on every machine.
"""

import ctypes
import os
import struct
from collections.abc import Callable

from bugforge.runner.sandbox import kernel
from bugforge.runner.sandbox.layer import Bounds, Layer

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION, PATH_BENEATH = 1, 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
RIGHTS_OF_VERSION = (0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF)  # version 2 adds refer, 3 truncate, 5 ioctl on devices
TCP, SCOPES = 0x3, 0x3  # from version 4: bind and connect; from 6: abstract sockets and signals


def prepare(bounds: Bounds) -> Callable[[], object]:
    """Build the list once; a child that enters it cannot leave it, nor can what the child starts."""
    version = kernel.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    ruleset = _new_ruleset(version)
    for path in bounds.readable:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # a path that is not there needs no rule
        allowed = READ_FILE | READ_DIR if os.path.isdir(path) else READ_FILE
        kernel.syscall(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", allowed, place), 0)
        os.close(place)

    def enter() -> None:
        kernel.forgo_privileges()
        kernel.syscall(RESTRICT_SELF, ruleset, 0)

    return enter


def _new_ruleset(version: int) -> int:
    """The strictest set that the kernel takes; some claim a version and lack a part of it."""
    rights = RIGHTS_OF_VERSION[min(version, len(RIGHTS_OF_VERSION) - 1)]
    wanted = [struct.pack("=QQQ", rights, TCP, SCOPES)] if version >= 6 else []
    wanted += [struct.pack("=QQ", rights, TCP)] if version >= 4 else []
    wanted += [struct.pack("=Q", rights), struct.pack("=Q", RIGHTS_OF_VERSION[1])]
    for attributes in wanted[:-1]:
        try:
            return kernel.syscall(CREATE_RULESET, ctypes.c_char_p(attributes), len(attributes), 0)
        except OSError:
            continue
    return kernel.syscall(CREATE_RULESET, ctypes.c_char_p(wanted[-1]), len(wanted[-1]), 0)


def holds() -> bool:
    try:
        os.listdir("/")
    except PermissionError:
        return True
    return False


LAYER = Layer(
    name="landlock",
    keeps_out="reading keys and other programs, writing anywhere, and the memory of other processes",
    without="use Linux 5.13 or later, started with landlock among its security modules (lsm=landlock,...)",
    prepare=prepare,
    holds=holds,
)
