"""What the runner and the host of a contract say to each other: one message a line, as JSON, over a stream socket.

runner to host   Collect, then any number of RunModules
host to runner   Collected or NotCollected; then for each RunModules any number of Result and AllPassed, and Done
"""

import contextlib
import json
import socket
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.task import Way


@dataclass(frozen=True)
class Collect:
    """The contract of a module: files to write by name, and which of them are tests."""

    module: str
    members: tuple[str, ...] | None
    way: Way
    files: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Collected:
    """The host's process, and name and edge-case mark of each test; results name a test by its number in this list."""

    pid: int
    tests: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class NotCollected:
    """Why there are no tests."""

    error: str


@dataclass(frozen=True)
class RunModules:
    """Sources to run on each of the seeds; the fields are those of a Task."""

    modules: tuple[str, ...]
    seeds: tuple[int, ...]
    only: tuple[str, ...]
    stop: bool
    costs: tuple[float, ...]
    allowed: tuple[str, ...]
    look: bool
    limits: Limits


@dataclass(frozen=True)
class Place:
    """One module, by its number in the request, on one seed."""

    module: int
    seed: int


@dataclass(frozen=True)
class Result:
    """How a test ended; `test` is LOADING for the module itself."""

    place: Place
    test: int
    outcome: Outcome
    exception: str = ""
    message: str = ""
    warned: bool = False
    nan: bool = False
    line: int = 0
    cpu: float = 0.0
    printed: str = ""
    values: str = ""
    look: str = ""


@dataclass(frozen=True)
class AllPassed:
    """In the place of results where a run stops at the first test that does not pass: there was none."""

    place: Place


@dataclass(frozen=True)
class Done:
    """The request has been answered."""


Message = Collect | Collected | NotCollected | RunModules | Result | AllPassed | Done
KINDS: dict[str, type[Message]] = {
    kind.__name__: kind for kind in (Collect, Collected, NotCollected, RunModules, Result, AllPassed, Done)
}
FROM_JSON: dict[str, Callable[[Any], Any]] = {  # by field; any other is a scalar, or tuples of scalars
    "way": Way,
    "outcome": Outcome,
    "limits": lambda fields: Limits(**fields),
    "place": lambda fields: Place(**fields),
}


def to_json(message: Message) -> bytes:
    return json.dumps([type(message).__name__, vars(message)], default=vars, separators=(",", ":")).encode()


def from_json(line: bytes) -> Message:
    """The message of a line. Raises ValueError where the line is cut off."""
    kind, fields = json.loads(line)
    return KINDS[kind](**{name: FROM_JSON.get(name, _with_tuples)(value) for name, value in fields.items()})


def _with_tuples(value: Any) -> Any:
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


class Channel:
    """One end of the socket."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._pending = b""
        self._messages: deque[Message] = deque()

    def send(self, message: Message) -> None:
        self.sock.sendall(to_json(message) + b"\n")

    def receive(self) -> Message:
        """The next message; raises EOFError when the other end has closed."""
        while not self._messages:
            data = self.sock.recv(1 << 16)
            if not data:
                raise EOFError
            self.feed(data)
        return self._messages.popleft()

    def feed(self, data: bytes) -> None:
        """Take in bytes; the messages that they complete are then in `messages`.

        A line that is no message was cut off when its writer was killed; what it would have told is never told.
        """
        *lines, self._pending = (self._pending + data).split(b"\n")
        for line in lines:
            with contextlib.suppress(ValueError):
                self._messages.append(from_json(line))

    def end_line(self) -> None:
        """Close the line that another writer may have left open."""
        self.sock.sendall(b"\n")

    def messages(self) -> Iterator[Message]:
        while self._messages:
            yield self._messages.popleft()

    def close(self) -> None:
        self.sock.close()
