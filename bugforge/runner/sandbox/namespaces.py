"""A network without devices, and message queues of its own: a second wall behind the system-call filter.

The server enters it, once, and the workers that it forks are in it; they have no system call to meet each other with.
"""

import os
from collections.abc import Callable
from functools import cache

from bugforge.runner.sandbox import kernel
from bugforge.runner.sandbox.layer import Bounds, Layer

NEW_USER, NEW_NET, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
OURS = "/proc/self/ns/net"


@cache
def outside() -> str:
    """The network of the machine, as it is named before this process has left it."""
    return os.readlink(OURS)


def prepare(bounds: Bounds) -> Callable[[], object]:
    if not holds():
        try:
            kernel.call("unshare", NEW_USER | NEW_NET | NEW_IPC)
        except OSError:  # some systems forbid new user namespaces; root does not need one
            kernel.call("unshare", NEW_NET | NEW_IPC)
    return outside


def holds() -> bool:
    return os.readlink(OURS) != outside()


LAYER = Layer(
    name="namespaces",
    keeps_out="the network and other processes' message queues, as a second wall",
    without="allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, or an AppArmor profile with userns",
    prepare=prepare,
    holds=holds,
)
