"""Starts the server that forks sandboxed workers, and asks which walls hold around a worker on this machine."""

import json
import select
import subprocess
from collections.abc import Sequence

from bugforge.errors import RunnerError
from bugforge.runner.limits import Limits
from bugforge.runner.sandboxed.session import START_SECONDS, ServerLost, Session, WorkerRequest
from bugforge.runner.spawn import start_server


class Launcher:
    """The parent of one server.

    `libraries` are what it imports before any worker is forked; `without` names layers of the sandbox to leave out, for
    proofs that each is needed.
    """

    def __init__(self, libraries: Sequence[str], without: frozenset[str]) -> None:
        self.process, self.control = start_server("-IB", "bugforge.runner.sandboxed.server", libraries, sorted(without))

    def layers(self) -> tuple[str, ...]:
        """The walls that hold around a worker, each tried from inside. Raises RunnerError where there is none."""
        try:
            session = Session(self.control, WorkerRequest(Limits(), probe=True))
            session.sock.settimeout(START_SECONDS)
            held = json.loads(session.sock.makefile().readline())
            session.close()
        except (ServerLost, OSError, ValueError):
            why = "the process that runs submissions could not be started; is bugforge installed in full?"
            raise RunnerError(why) from None
        return tuple(held)

    @property
    def alive(self) -> bool:
        """A killed process closes its end of the socket before its parent can reap it."""
        return self.process.poll() is None and not select.select([self.control], [], [], 0)[0]

    def close(self) -> None:
        """End the server, and with it every worker."""
        self.control.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
