"""One cell as its user sees it: asked for, talked to, ended."""

import contextlib
import json
import math
import os
import signal
import socket
from dataclasses import dataclass

from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.task import LOST

MESSAGE_BYTES = 1 << 16
GRACE = 10.0  # seconds for a zygote to answer
MOST_THREADS = 256  # of a cell
CROWDED = 1 << 32  # told in the place of an exit status


class Lost(Exception):
    """The process that gives birth to cells is gone."""


@dataclass(frozen=True)
class CellRequest:
    """What a cell may use: time, memory, and the libraries that its problem allows."""

    limits: Limits
    allowed: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()  # that it may read besides
    probe: bool = False  # whether it shall only try its walls, and say which hold

    def message(self) -> bytes:
        about = {"cpu": self.limits.cpu, "memory": self.limits.memory, "probe": self.probe}
        return json.dumps({"allowed": self.allowed, "folders": self.folders, **about}).encode()


def request_of(message: bytes) -> CellRequest:
    told = json.loads(message)
    limits = Limits(told["cpu"], told["memory"])
    return CellRequest(limits, tuple(told["allowed"]), tuple(told["folders"]), told["probe"])


class Tenant:
    """A living cell and the socket to it; the cell holds the sockets of its neighbours too, where there are any.

    The zygote ends the cell when this end is closed, whatever becomes of us.
    """

    def __init__(self, control: socket.socket, request: CellRequest, *neighbours: socket.socket) -> None:
        self.limits = request.limits
        self.sock, theirs = socket.socketpair()
        self.news, news = socket.socketpair()
        try:
            socket.send_fds(control, [request.message()], [end.fileno() for end in (theirs, news, *neighbours)])
            theirs.close()
            news.close()
            self.news.settimeout(GRACE)
            self.pid = int.from_bytes(self.news.recv(8), "little")
        except OSError:
            self.pid = 0
        if not self.pid:
            self.close()
            raise Lost("the process that gives birth to sandboxes has ended")

    def ending(self) -> tuple[Outcome, str, str]:
        """Outcome, exception and reason of a cell that has closed its socket."""
        try:
            told = self.news.recv(8)
        except TimeoutError:
            return Outcome.CRASHED, "", "its process closed the conversation"
        if not told:
            return Outcome.NOT_RUN, LOST, "the process that gives birth to sandboxes has ended"
        status = int.from_bytes(told, "little")
        if status == CROWDED:
            return Outcome.CRASHED, "", f"its process had more than {MOST_THREADS} threads"
        if os.WIFEXITED(status):
            return Outcome.CRASHED, "", f"its process exited with status {os.WEXITSTATUS(status)}"
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            return Outcome.TIMED_OUT, "", f"it did not end within {math.ceil(self.limits.cpu)} s of CPU time"
        return Outcome.CRASHED, "", f"its process was ended by {signal.Signals(number).name}"

    def close(self) -> None:
        """End the cell: the zygote kills what it finds left alone."""
        with contextlib.suppress(OSError):
            self.sock.close()
            self.news.close()
