"""The fork server of contracts' hosts: numpy, pytest and what else it is told are imported once, every host is a fork.

The runner starts it with a clean environment and one control socket. A message on that names a folder for temporary
files and carries the host's end of its own channel, and for remote runs a socket to the server of sandboxed workers.
When the control socket closes, the server ends, and with it all that it has started.
"""

import contextlib
import importlib
import os
import signal
import socket
from collections.abc import Sequence

from bugforge.runner.spawn import prepare_to_fork

MAX_PATH_BYTES = 4096


def main(descriptor: int, libraries: Sequence[str]) -> None:
    """Serve until the socket closes."""
    for library in ("numpy", "pytest", *libraries):
        importlib.import_module(library)
    from bugforge.runner.contract import host  # numpy is loaded by now, once for every fork

    control = socket.socket(fileno=descriptor)
    prepare_to_fork()
    hosts: set[int] = set()
    while True:
        folder, descriptors, _, _ = socket.recv_fds(control, MAX_PATH_BYTES, 2)
        hosts -= _ended(hosts)
        if not folder:
            break
        pid = os.fork()
        if pid == 0:
            control.close()
            host.main(os.fsdecode(folder), *(socket.socket(fileno=descriptor) for descriptor in descriptors))
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)
        hosts.add(pid)
    for pid in hosts:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)  # so that its CPU time counts for whoever measures this process
    os._exit(0)  # at once: taking the interpreter apart would keep the user waiting


def _ended(hosts: set[int]) -> set[int]:
    """Hosts that have ended by now; their numbers may soon be other processes'."""
    return {pid for pid in hosts if os.waitpid(pid, os.WNOHANG)[0]}
