"""Starts the server that forks the hosts of contracts."""

import socket
import subprocess

from bugforge.errors import RunnerError
from bugforge.runner.contract import server
from bugforge.runner.spawn import start_server


class HostServer:
    """The parent of one server."""

    def __init__(self) -> None:
        self.process, self.control = start_server("-PsB", server.__name__, stderr=subprocess.PIPE)
        self.has_served = False

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def start_host(self, order: server.Order, workers: socket.socket | None) -> socket.socket:
        """A socket to a new host; `workers` leads to a server of workers.

        Raises RunnerError where the server could not be started.
        """
        if not self.alive and not self.has_served:
            raise RunnerError(self.why_it_ended())
        ours, theirs = socket.socketpair()
        with theirs:
            ends = [theirs.fileno(), *([workers.fileno()] if workers else [])]
            try:
                socket.send_fds(self.control, [order.to_bytes()], ends)
            except OSError:
                raise RunnerError(self.why_it_ended()) from None
        self.has_served = True
        return ours

    def why_it_ended(self) -> str:
        errors = self.process.stderr.read() if self.process.stderr else b""
        last = next(reversed(errors.decode(errors="replace").split("\n")[:-1]), "no reason is known")
        return f"the process that runs contracts could not be started ({last}); is bugforge installed in full?"

    def close(self) -> None:
        """End the server, and with it every host."""
        self.control.close()
        if self.process.stderr:
            self.process.stderr.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
