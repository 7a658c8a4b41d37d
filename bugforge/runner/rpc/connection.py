"""Remote calls over a stream socket: either end asks, and answers what it is asked while it waits."""

import socket
import struct
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from bugforge.runner.rpc.decode import decode
from bugforge.runner.rpc.encode import ObjectTable, ProtocolError, Unsendable, encode

MAX_MESSAGE_BYTES = 64 << 20
LENGTH = struct.Struct("<I")
Message = tuple[Any, ...]  # a Question or an Answer, and its parts


class Question(StrEnum):
    """What an end asks: GET and CALL of an object of the other end, the others only of the module's end."""

    LOAD = "load"
    GET = "get"
    CALL = "call"
    IS_GENERATOR = "is_generator"
    NEXT = "next"
    COPIES = "copies"
    RESTRICT = "restrict"
    RUN_TEST_FILE = "run_test_file"
    TRACE = "trace"
    LOOK = "look"


class Answer(StrEnum):
    """What an end answers: a value, an exception, the end of a generator; or that it was about to exit."""

    VALUE = "value"
    ERROR = "error"
    STOP = "stop"
    EXIT = "exit"


KINDS: dict[str, Question | Answer] = {kind.value: kind for kind in (*Question, *Answer)}


class Connection:
    """One end: `answer` answers a question of the other end, `objects` knows the objects that are not copied.

    `deadline`, on the monotonic clock, is when nothing more is waited for.
    """

    def __init__(
        self,
        sock: socket.socket,
        objects: ObjectTable,
        answer: Callable[[Message], Message],
        deadline: float | None = None,
    ) -> None:
        self.sock, self.objects, self.answer, self.deadline = sock, objects, answer, deadline
        self.max_received = MAX_MESSAGE_BYTES

    def ask(self, *question: Any) -> Message:
        """Send a question and give the answer to it. Raises EOFError, TimeoutError or ProtocolError."""
        self.send(question)
        while True:
            message = self.receive()
            if isinstance(message[0], Answer):
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
            self.send((Answer.EXIT, f"ValueError: {error}"))

    def send(self, message: Message) -> None:
        data = encode((str(message[0]), *message[1:]), self.objects)
        if len(data) > MAX_MESSAGE_BYTES:
            raise Unsendable("a value is too large to be passed")
        self._limit_wait()
        try:
            self.sock.sendall(LENGTH.pack(len(data)) + data)
        except (BrokenPipeError, ConnectionResetError):
            raise EOFError from None

    def receive(self) -> Message:
        (length,) = LENGTH.unpack(self._read(LENGTH.size))
        if length > self.max_received:
            raise ProtocolError("a message is too long")
        message = decode(self._read(length), self.objects)
        if type(message) is not tuple or not message or type(message[0]) is not str or message[0] not in KINDS:
            raise ProtocolError("this is no message")
        return KINDS[message[0]], *message[1:]

    def _read(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            self._limit_wait()
            try:
                part = self.sock.recv(min(count - len(parts), 1 << 20))
            except ConnectionResetError:
                part = b""
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def _limit_wait(self) -> None:
        """Wait no longer than to the deadline, however slowly the bytes arrive."""
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.sock.settimeout(left)
