"""The warm process that gives birth to cells: the libraries imported once, a fork for every cell.

It never sees a test, an expectation or a seed, so nothing that its children inherit is worth stealing. A message on its
control socket asks for a cell; it carries the cell's end of a conversation, and a socket for news of the cell: first
its process id, at last its exit status. When the other end of either closes, the cell is killed.
"""

import contextlib
import json
import os
import selectors
import signal
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise

from bugforge.runner import sandbox
from bugforge.runner.remote.cell import Cell
from bugforge.runner.remote.records import conceal
from bugforge.runner.remote.searching import only_what_is_readable
from bugforge.runner.remote.tenant import CROWDED, MESSAGE_BYTES, MOST_THREADS, CellRequest, request_of
from bugforge.runner.sandbox import kernel
from bugforge.runner.sandbox.layer import Bounds
from bugforge.runner.sandbox.readable import readable, usable
from bugforge.runner.warm import settle

SET_DUMPABLE = 4
MOST_DESCRIPTORS = 1 << 16
LOOK = 0.05  # seconds from one look at the cells' threads to the next


@dataclass
class Birth:
    """A living cell: its process, and where its end is told."""

    pid: int
    news: socket.socket
    crowded: bool = False


class Zygote:
    def __init__(self, control: socket.socket, libraries: Sequence[str], without: frozenset[str]) -> None:
        self.control, self.libraries, self.without = control, libraries, without
        self.walls: dict[CellRequest, list[Callable[[], object]]] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until the control socket closes."""
        wake, wakened = socket.socketpair()
        wakened.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakened.fileno(), warn_on_full_buffer=False)
        self.selector.register(wake, selectors.EVENT_READ)
        births: dict[int, Birth] = {}
        while True:
            for key, _ in self.selector.select(LOOK if births else None):
                if key.fileobj is self.control:
                    if not self._admit(births):
                        return self._end(births)
                elif key.fileobj is wake:
                    wake.recv(4096)
                    self._reap(births)
                elif key.data.pid in births:  # nobody listens to news of this cell any more
                    os.kill(key.data.pid, signal.SIGKILL)
                    self.selector.unregister(key.fileobj)
            _end_crowds(births.values())

    def _admit(self, births: dict[int, Birth]) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self.control, MESSAGE_BYTES, 3)
        if not message:
            return False
        conversation, news, *neighbours = descriptors
        request = request_of(message)
        walls = self._walls(request)
        try:
            pid = os.fork()
        except OSError:  # the machine has no room for a process: who asked sees both sockets close
            for descriptor in descriptors:
                os.close(descriptor)
            return True
        if pid == 0:
            self._become_cell([conversation, *neighbours], walls, request)
        for descriptor in (conversation, *neighbours):
            os.close(descriptor)
        birth = Birth(pid, socket.socket(fileno=news))
        births[pid] = birth
        self.selector.register(birth.news, selectors.EVENT_READ, birth)
        _tell(birth, pid)
        return True

    def _walls(self, request: CellRequest) -> list[Callable[[], object]]:
        if request not in self.walls:
            bounds = Bounds(request.limits, (*readable(request.allowed), *request.folders))
            self.walls[request] = sandbox.prepare(bounds, self.without)
        return self.walls[request]

    def _become_cell(self, kept: list[int], walls: list[Callable[[], object]], request: CellRequest) -> None:
        """The rest of a child's life."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            cell = Cell(*(socket.socket(fileno=descriptor) for descriptor in kept))
            for wall in walls:
                wall()
            for low, high in pairwise([2, *sorted(kept), MOST_DESCRIPTORS]):
                os.closerange(low + 1, high)
            conceal({*self.libraries} - usable(request.allowed))
            only_what_is_readable()
            if request.probe:
                cell.talk.sock.sendall(json.dumps(sandbox.in_force()).encode() + b"\n")
            else:
                cell.talk.send(("ready",))
                cell.talk.serve()
        finally:
            os._exit(0)

    def _reap(self, births: dict[int, Birth]) -> None:
        while births:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            birth = births.pop(pid)
            _tell(birth, CROWDED if birth.crowded else status)
            if birth.news.fileno() in self.selector.get_map():
                self.selector.unregister(birth.news)
            birth.news.close()

    def _end(self, births: dict[int, Birth]) -> None:
        for pid in births:
            os.kill(pid, signal.SIGKILL)
        for pid in births:
            os.waitpid(pid, 0)


def _end_crowds(births: Iterable[Birth]) -> None:
    """A limit of the kernel counts the threads of a user, whichever process they are of, and none of root's."""
    for birth in births:
        with contextlib.suppress(OSError):  # it has ended, or there is no /proc
            if os.stat(f"/proc/{birth.pid}/task").st_nlink - 2 > MOST_THREADS:
                os.kill(birth.pid, signal.SIGKILL)
                birth.crowded = True


def _tell(birth: Birth, number: int) -> None:
    with contextlib.suppress(OSError):  # nobody listens
        birth.news.send(number.to_bytes(8, "little"), socket.MSG_DONTWAIT)


def main(descriptor: int, libraries: Sequence[str], without: Iterable[str]) -> None:
    for name in libraries:
        import_module(name)
    settle()
    if kernel.ON_LINUX:
        kernel.prctl(SET_DUMPABLE, 0)
    Zygote(socket.socket(fileno=descriptor), libraries, frozenset(without)).serve()
    os._exit(0)  # at once: taking the interpreter apart would keep the user waiting
