"""The warm process: numpy, pandas and pytest imported once, then a fork for every contract.

Started by `runner.pool` with a clean environment and one socket; a message on it names a contract and carries the
other end of that contract's own channel, and for remote runs the way to the zygote of cells. The end of the socket is
the end of the process and of all it started.
"""

import contextlib
import gc
import json
import os
import shutil
import signal
import socket
import sys
import tempfile

from bugforge.runner.limits import die_with_parent

MESSAGE_BYTES = 1 << 16


def main(descriptor: int) -> None:
    """Serve until the socket closes."""
    import numpy  # noqa: F401
    import pandas  # noqa: F401
    import pytest  # noqa: F401

    from bugforge.runner import host  # numpy is loaded by now, once for every fork

    die_with_parent()
    control = socket.socket(fileno=descriptor)
    folder = tempfile.mkdtemp(prefix="bugforge-")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    hosts: list[int] = []
    try:
        while True:
            data, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, 2)
            if not data:
                break
            number = json.loads(data)["host"]
            pid = os.fork()
            if pid == 0:
                control.close()
                ends = [socket.socket(fileno=descriptor) for descriptor in descriptors]
                host.main(os.path.join(folder, str(number)), *ends)
                os._exit(0)
            for descriptor in descriptors:
                os.close(descriptor)
            hosts.append(pid)
    finally:
        if os.getpid() == _PID:
            for pid in hosts:
                _end(pid)
            shutil.rmtree(folder, ignore_errors=True)


def _end(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


_PID = os.getpid()

if __name__ == "__main__":
    main(int(sys.argv[1]))
