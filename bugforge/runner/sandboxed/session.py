"""One sandboxed worker as the process that uses it sees it: asked for, connected to, ended."""

import contextlib
import json
import math
import os
import signal
import socket
from dataclasses import dataclass

from bugforge.model import Outcome
from bugforge.runner.ending import Ending
from bugforge.runner.limits import Limits

MAX_REQUEST_BYTES = 1 << 16
START_SECONDS = 10.0  # for a server to answer
MAX_THREADS = 256  # of a worker
TOO_MANY_THREADS = 1 << 32  # reported in the place of an exit status


class ServerLost(Exception):
    """The process that starts workers has ended."""

    def __init__(self) -> None:
        super().__init__("the process that starts sandboxes has ended")


@dataclass(frozen=True)
class WorkerRequest:
    """What a worker may use: time, memory, and the libraries that its problem allows."""

    limits: Limits
    allowed: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # that it may read besides
    probe: bool = False  # whether it shall only try its walls, and say which hold

    def to_json(self) -> bytes:
        limits = {"cpu": self.limits.cpu, "memory": self.limits.memory}
        return json.dumps({"allowed": self.allowed, "folders": self.folders, "probe": self.probe, **limits}).encode()

    @classmethod
    def from_json(cls, message: bytes) -> "WorkerRequest":
        fields = json.loads(message)
        limits = Limits(fields["cpu"], fields["memory"])
        return cls(limits, tuple(fields["allowed"]), tuple(fields["folders"]), fields["probe"])


class Session:
    """A living worker and the socket to it; the worker inherits `sockets` too, where there are any.

    The server ends the worker when this end is closed, whatever becomes of this process.
    """

    def __init__(self, control: socket.socket, request: WorkerRequest, *sockets: socket.socket) -> None:
        self.limits = request.limits
        self.sock, theirs = socket.socketpair()
        self.status, status = socket.socketpair()
        try:
            socket.send_fds(control, [request.to_json()], [end.fileno() for end in (theirs, status, *sockets)])
            theirs.close()
            status.close()
            self.status.settimeout(START_SECONDS)
            self.pid = int.from_bytes(self.status.recv(8), "little")
        except OSError:
            self.pid = 0
        if not self.pid:
            self.close()
            raise ServerLost

    def ending(self) -> Ending:
        """What became of a worker that has closed its socket."""
        try:
            received = self.status.recv(8)
        except TimeoutError:
            return Ending(Outcome.CRASHED, reason="its process closed the connection")
        if not received:
            return Ending(Outcome.LOST, reason=str(ServerLost()))
        status = int.from_bytes(received, "little")
        if status == TOO_MANY_THREADS:
            return Ending(Outcome.CRASHED, reason=f"its process had more than {MAX_THREADS} threads")
        if os.WIFEXITED(status):
            return Ending(Outcome.CRASHED, reason=f"its process exited with status {os.WEXITSTATUS(status)}")
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return Ending(Outcome.TIMED_OUT, reason=f"it did not end within {math.ceil(self.limits.cpu)} s of CPU time")
        return Ending(Outcome.CRASHED, reason=f"its process was ended by {signal.Signals(number).name}")

    def close(self) -> None:
        """End the worker: the server kills one whose sockets are closed."""
        with contextlib.suppress(OSError):
            self.sock.close()
            self.status.close()
