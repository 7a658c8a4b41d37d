"""The module proxy of a submission, in the process of its tests: a fresh sandboxed worker for every test."""

import socket
import time
import warnings
from collections.abc import Collection
from typing import NoReturn

from bugforge.model import Outcome
from bugforge.runner.ending import Ending
from bugforge.runner.limits import Limits
from bugforge.runner.rpc.client import RemoteProxy
from bugforge.runner.rpc.connection import Connection, Question
from bugforge.runner.rpc.encode import ProtocolError
from bugforge.runner.sandboxed.session import ServerLost, Session, WorkerRequest

TESTS_OF_A_SEED = 4  # times the clock time of one test that all tests on a seed may take
MAX_COUNTS_BYTES = 1 << 10  # of an answer that is two numbers and some empty lists
MAX_LOOK = 20_000  # characters of what a worker says of a call
SHARE_OF_WALL = 0.9  # of a test's clock time: when that is over, the test's own process is ended and reports nothing


class SandboxedProxy(RemoteProxy):
    """Asks the server behind `control` for workers, each of which may use what `request` says."""

    def __init__(self, name: str, control: socket.socket, members: Collection[str] | None = None) -> None:
        super().__init__(name, members)
        self.control, self.request = control, WorkerRequest(Limits())
        self.session: Session | None = None
        self.traced = False  # whether workers look on while the module runs
        self.unused = False  # whether a worker has loaded the module and no test has used it yet

    def load(self, source: str) -> None:
        self.source = source
        self.deadline = time.monotonic() + TESTS_OF_A_SEED * self.request.limits.wall
        self._load()
        self.unused = True

    def begin(self) -> None:
        super().begin()
        if time.monotonic() > self.deadline:
            seconds = TESTS_OF_A_SEED * self.request.limits.wall
            self.stop(Ending(Outcome.TIMED_OUT, reason=f"its tests took more than {seconds:g} s in all"))
        if not self.unused:
            self._load()
        self.unused = False
        if self.traced:
            self.ask(Question.TRACE)

    def look(self) -> str:
        """What a traced worker says of the last call into its module, as it says it; empty where it has ended."""
        if self.ended or not self.session:
            return ""
        try:
            said = self.ask(Question.LOOK)
        except Exception:
            return ""
        return said[:MAX_LOOK] if type(said) is str else ""

    def end(self) -> None:
        super().end()
        self._close_session()

    def share(self) -> socket.socket:
        """This end of the connection to the loaded module, for a process that may learn nothing but its answers."""
        assert self.session
        self.ask(Question.RESTRICT)
        self.session.sock.setblocking(True)  # the flag belongs to both ends' copies of the socket
        return self.session.sock

    def run_test_file(self, file: str, seed: int, program: socket.socket) -> tuple[int, int]:
        """Run a test file in a new worker, with the program that `share` gave: its tests, and how many went wrong."""
        self._open_session(program)
        self.connection.max_received = MAX_COUNTS_BYTES
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # whatever the test says is its own matter
            found = self.ask(Question.RUN_TEST_FILE, self.name, file, seed)
        if type(found) is not tuple or [type(part) for part in found] != [int, int]:
            self.stop(Ending(Outcome.CRASHED, reason="its process broke the protocol"))
        return found[0], found[1]

    def ending(self) -> Ending:
        return self.session.ending() if self.session else super().ending()

    def stop(self, ending: Ending) -> NoReturn:
        self._close_session()
        super().stop(ending)

    def _load(self) -> None:
        self._open_session()
        self.ask(Question.LOAD, self.name, self.source)
        self.sent_values = 0  # both ends count their copies from here

    def _open_session(self, *sockets: socket.socket) -> None:
        self._close_session()
        self.ended, self.filters = None, None
        try:
            self.session = Session(self.control, self.request, *sockets)
        except ServerLost as error:
            self.stop(Ending(Outcome.LOST, reason=str(error)))
        deadline = time.monotonic() + SHARE_OF_WALL * self.request.limits.wall
        self.connection = Connection(self.session.sock, self, self.answer, deadline)
        try:
            self.connection.receive()  # the worker is locked down; nothing of the submission is there yet
        except (EOFError, TimeoutError, ProtocolError):
            self.stop(Ending(Outcome.LOST, reason="the sandbox could not be set up"))

    def _close_session(self) -> None:
        if self.session:
            self.session.close()
        self.session = None
