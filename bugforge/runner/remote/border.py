"""The border of a submission: a fresh cell for every test."""

import socket
import time
import warnings
from collections.abc import Collection
from typing import NoReturn

from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.remote.packet import ProtocolError
from bugforge.runner.remote.talk import Talk
from bugforge.runner.remote.tenant import CellRequest, Lost, Tenant
from bugforge.runner.remote.wired import Ending, Wired
from bugforge.runner.task import LOST

WHOLE = 4  # times the time of one test that all tests on a seed may take
TWO_NUMBERS = 1 << 10  # bytes, and room for empty lists of what else crosses
PATIENCE = 0.9  # of the time that the test has; its own clock ends its process and tells nothing


class Remote(Wired):
    """Asks the zygote behind `control` for cells, each of which may use what `request` says."""

    def __init__(self, name: str, control: socket.socket, members: Collection[str] | None = None) -> None:
        super().__init__(name, members)
        self.control, self.request = control, CellRequest(Limits())
        self.tenant: Tenant | None = None
        self.unused = False  # whether a cell has loaded the module and no test has used it yet

    def load(self, source: str) -> None:
        self.source = source
        self.until = time.monotonic() + WHOLE * self.request.limits.wall
        self._load()
        self.unused = True

    def begin(self) -> None:
        super().begin()
        if time.monotonic() > self.until:
            self.stop(
                (Outcome.TIMED_OUT, "", f"its tests took more than {WHOLE * self.request.limits.wall:g} s in all")
            )
        if not self.unused:
            self._load()
        self.unused = False

    def end(self) -> None:
        super().end()
        self._move_out()

    def sublet(self) -> socket.socket:
        """This end of the conversation with the loaded module, for somebody who may know nothing but its answers."""
        assert self.tenant
        self.ask("sublet")
        self.tenant.sock.setblocking(True)  # the flag belongs to both ends' copies of the socket
        return self.tenant.sock

    def count_of(self, file: str, seed: int, program: socket.socket) -> tuple[int, int]:
        """Run a test file in a new cell, with a program that is lent to it: its tests, and how many went wrong."""
        self._move_in(program)
        self.talk.largest = TWO_NUMBERS
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # whatever the test says is its own matter
            found = self.ask("trial", self.name, file, seed)
        if type(found) is not tuple or [type(part) for part in found] != [int, int]:
            self.stop((Outcome.CRASHED, "", "its process broke the protocol"))
        return found[0], found[1]

    def ending(self) -> Ending:
        return self.tenant.ending() if self.tenant else super().ending()

    def stop(self, ending: Ending) -> NoReturn:
        self._move_out()
        super().stop(ending)

    def _load(self) -> None:
        self._move_in()
        self.ask("load", self.name, self.source)
        self.sent_values = 0  # both ends count what crosses from here

    def _move_in(self, *neighbours: socket.socket) -> None:
        self._move_out()
        self.ended, self.filters = None, None
        try:
            self.tenant = Tenant(self.control, self.request, *neighbours)
        except Lost as error:
            self.stop((Outcome.NOT_RUN, LOST, str(error)))
        self.talk = Talk(self.tenant.sock, self, self.answer, time.monotonic() + PATIENCE * self.request.limits.wall)
        try:
            self.talk.receive()  # the cell's word that it is locked down; nothing of the submission is there yet
        except (EOFError, TimeoutError, ProtocolError):
            self.stop((Outcome.NOT_RUN, LOST, "the sandbox could not be set up"))

    def _move_out(self) -> None:
        if self.tenant:
            self.tenant.close()
        self.tenant = None
