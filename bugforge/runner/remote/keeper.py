"""Starts the zygote of cells, and says which walls stand around a cell on this machine."""

import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence

from bugforge.errors import RunnerError
from bugforge.runner.limits import Limits
from bugforge.runner.remote.tenant import GRACE, CellRequest, Lost, Tenant


class Keeper:
    """The parent of one zygote.

    `warm` are the libraries that it imports before any cell is born; `without` names layers to leave out, for proofs
    that each is needed.
    """

    def __init__(self, environment: Mapping[str, str], warm: Sequence[str], without: frozenset[str]) -> None:
        self.control, theirs = socket.socketpair()
        serve = f"from bugforge.runner.remote import zygote; zygote.main({theirs.fileno()}, {warm!r}, {set(without)!r})"
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", f"import sys; sys.path[:] = {sys.path!r}; {serve}"],
            env=dict(environment),
            cwd=os.path.abspath(os.sep),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()

    def layers(self) -> tuple[str, ...]:
        """The walls that hold around a cell, each tried from inside. Raises RunnerError where no cell can be had."""
        try:
            tenant = Tenant(self.control, CellRequest(Limits(), probe=True))
            tenant.sock.settimeout(GRACE)
            held = json.loads(tenant.sock.makefile().readline())
            tenant.close()
        except (Lost, OSError, ValueError):
            why = "the process that runs submissions could not be started; is bugforge installed in full?"
            raise RunnerError(why) from None
        return tuple(held)

    @property
    def alive(self) -> bool:
        """A killed process closes its end of the socket before its parent can reap it."""
        return self.process.poll() is None and not select.select([self.control], [], [], 0)[0]

    def close(self) -> None:
        """End the zygote, and with it every cell."""
        self.control.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
