"""Starts the zygote of cells, and says which walls stand around a cell on this machine."""

import json
import select
import subprocess
from collections.abc import Sequence

from bugforge.errors import RunnerError
from bugforge.runner import warm
from bugforge.runner.limits import Limits
from bugforge.runner.remote.tenant import GRACE, CellRequest, Lost, Tenant


class Keeper:
    """The parent of one zygote.

    `libraries` are what it imports before any cell is born; `without` names layers to leave out, for proofs that each
    is needed.
    """

    def __init__(self, libraries: Sequence[str], without: frozenset[str]) -> None:
        main = "bugforge.runner.remote.zygote"
        self.process, self.control = warm.start("-IB", main, libraries, sorted(without))

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
