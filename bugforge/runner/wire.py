"""Messages between the runner's processes: one JSON object a line over a stream socket."""

import contextlib
import json
import socket
from collections import deque
from collections.abc import Iterator
from typing import Any


class Channel:
    """One end of a conversation."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._pending = b""
        self._messages: deque[dict[str, Any]] = deque()

    def send(self, message: dict[str, Any]) -> None:
        self.sock.sendall(json.dumps(message, separators=(",", ":")).encode() + b"\n")

    def receive(self) -> dict[str, Any]:
        """The next message; raises EOFError when the peer has closed."""
        while not self._messages:
            data = self.sock.recv(1 << 16)
            if not data:
                raise EOFError
            self.feed(data)
        return self._messages.popleft()

    def feed(self, data: bytes) -> None:
        """Take in bytes; the messages that they complete are waiting then.

        A line that is no message was cut off when its writer was killed; what it would have told is never told.
        """
        *lines, self._pending = (self._pending + data).split(b"\n")
        for line in lines:
            with contextlib.suppress(ValueError):
                self._messages.append(json.loads(line))

    def end_line(self) -> None:
        """Close the line that another writer may have left open."""
        self.sock.sendall(b"\n")

    def waiting(self) -> Iterator[dict[str, Any]]:
        while self._messages:
            yield self._messages.popleft()

    def close(self) -> None:
        self.sock.close()
