"""The warm process: numpy, pandas and pytest imported once, then a fork for every contract.

Started by `runner.pool` with a clean environment and one socket. A message on it names a folder for temporary files and
carries the other end of a contract's own channel, and for remote runs the way to the zygote of cells. The end of the
socket is the end of the process and of all it started.
"""

import contextlib
import os
import signal
import socket

from bugforge.runner.warm import settle

LONGEST_PATH = 4096


def main(descriptor: int) -> None:
    """Serve until the socket closes."""
    import numpy  # noqa: F401
    import pandas  # noqa: F401
    import pytest  # noqa: F401

    from bugforge.runner import host  # numpy is loaded by now, once for every fork

    control = socket.socket(fileno=descriptor)
    settle()
    hosts: set[int] = set()
    while True:
        asked, descriptors, _, _ = socket.recv_fds(control, LONGEST_PATH, 2)
        hosts -= _ended(hosts)
        if not asked:
            break
        pid = os.fork()
        if pid == 0:
            control.close()
            host.main(os.fsdecode(asked), *(socket.socket(fileno=descriptor) for descriptor in descriptors))
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)
        hosts.add(pid)
    for pid in hosts:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    os._exit(0)  # at once: taking the interpreter apart would keep the user waiting


def _ended(hosts: set[int]) -> set[int]:
    """Hosts that have ended by now; their numbers may soon be other processes'."""
    return {pid for pid in hosts if os.waitpid(pid, os.WNOHANG)[0]}
