"""A conversation over a stream socket: either end asks, and answers what it is asked meanwhile."""

import socket
import struct
import time
from collections.abc import Callable
from typing import Any

from bugforge.runner.remote.packet import ProtocolError, Side, Unsendable, encode
from bugforge.runner.remote.unpack import decode

LARGEST = 64 << 20  # bytes of a message
LENGTH = struct.Struct("<I")
ANSWERS = ("value", "error", "exit", "stop")
Message = tuple[Any, ...]


class Talk:
    """One end. `answer` gives the answer to a question of the other end; `until` is when patience ends, on the
    monotonic clock."""

    def __init__(
        self, sock: socket.socket, side: Side, answer: Callable[[Message], Message], until: float | None = None
    ) -> None:
        self.sock, self.side, self.answer, self.until = sock, side, answer, until
        self.largest = LARGEST  # of what is received

    def ask(self, *question: Any) -> Message:
        """Send a question and give the answer to it. Raises EOFError, TimeoutError or ProtocolError."""
        self.send(question)
        while True:
            message = self.receive()
            if message[0] in ANSWERS:
                return message
            self._reply(message)

    def serve(self) -> None:
        """Answer until the other end closes."""
        while True:
            try:
                message = self.receive()
            except EOFError:
                return
            self._reply(message)

    def _reply(self, question: Message) -> None:
        answer = self.answer(question)
        try:
            self.send(answer)
        except Unsendable as error:
            self.send(("exit", f"ValueError: {error}"))

    def send(self, message: Message) -> None:
        data = encode(message, self.side)
        if len(data) > LARGEST:
            raise Unsendable("a value is too large to be passed")
        self._wait()
        try:
            self.sock.sendall(LENGTH.pack(len(data)) + data)
        except (BrokenPipeError, ConnectionResetError):
            raise EOFError from None

    def receive(self) -> Message:
        (length,) = LENGTH.unpack(self._exactly(LENGTH.size))
        if length > self.largest:
            raise ProtocolError("a message is too long")
        message = decode(self._exactly(length), self.side)
        if type(message) is not tuple or not message or type(message[0]) is not str:
            raise ProtocolError("this is no message")
        return message

    def _exactly(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            self._wait()
            try:
                part = self.sock.recv(min(count - len(parts), 1 << 20))
            except ConnectionResetError:
                part = b""
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def _wait(self) -> None:
        """The time that is left for the whole conversation, however slowly the bytes drip."""
        if self.until is not None:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.sock.settimeout(left)
