"""The fork server of contracts' hosts: numpy and pytest are imported once, every host is a fork.

The runner starts it with a clean environment and one control socket. A message on that (Order) asks for a host and
carries the host's end of its own channel, and for remote runs a socket to the server of sandboxed workers. Where a host
is to have more libraries, a fork of this server imports them and serves on. When the control socket closes, a server
ends, and with it all that it has started.
"""

import contextlib
import importlib
import os
import signal
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bugforge.runner.spawn import prepare_to_fork

MAX_ORDER_BYTES = 8192
PYTEST_PLUGINS = ("helpconfig", "skipping")  # which pytest imports when it is run


@dataclass(frozen=True)
class Order:
    """A host that keeps its files in `folder` and finds these `libraries` imported."""

    folder: str
    libraries: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        return b"\0".join(map(os.fsencode, (self.folder, *self.libraries)))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Order":
        folder, *libraries = map(os.fsdecode, data.split(b"\0"))
        return cls(folder, tuple(libraries))


def main(descriptor: int) -> None:
    """Serve until the socket closes."""
    for name in (
        "numpy",
        "pytest",
        *(f"_pytest.{plugin}" for plugin in PYTEST_PLUGINS),
        "bugforge.runner.contract.host",
    ):
        importlib.import_module(name)
    Server(socket.socket(fileno=descriptor)).serve()


@dataclass
class Server:
    control: socket.socket
    libraries: tuple[str, ...] = ()
    pids: set[int] = field(default_factory=set)  # of what it has started
    others: dict[tuple[str, ...], socket.socket] = field(default_factory=dict)  # servers by their libraries

    def serve(self) -> None:
        """The rest of this process's life."""
        prepare_to_fork()
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, MAX_ORDER_BYTES, 2)
            self.pids -= {pid for pid in self.pids if os.waitpid(pid, os.WNOHANG)[0]}
            if not message:
                break
            order = Order.from_bytes(message)
            if order.libraries == self.libraries:
                self._start_host(order, descriptors)
            else:
                self._pass_on(order, descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
        self._end()

    def _start_host(self, order: Order, descriptors: Iterable[int]) -> None:
        from bugforge.runner.contract import host  # which imports numpy: main has said when

        pid = os.fork()
        if pid == 0:
            for control in (self.control, *self.others.values()):
                control.close()
            host.main(order.folder, *(socket.socket(fileno=descriptor) for descriptor in descriptors))
            os._exit(0)
        self.pids.add(pid)

    def _pass_on(self, order: Order, descriptors: Sequence[int]) -> None:
        """To the server that has those libraries, a new one where the last was killed."""
        for _ in range(2):
            if order.libraries not in self.others:
                self._start_server(order.libraries, descriptors)
            with contextlib.suppress(OSError):
                socket.send_fds(self.others[order.libraries], [order.to_bytes()], descriptors)
                return
            self.others.pop(order.libraries).close()

    def _start_server(self, libraries: tuple[str, ...], not_its: Iterable[int]) -> None:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            for descriptor in (self.control.detach(), ours.detach(), *not_its):
                os.close(descriptor)
            for library in libraries:
                importlib.import_module(library)
            Server(theirs, libraries).serve()
        theirs.close()
        self.pids.add(pid)
        self.others[libraries] = ours

    def _end(self) -> None:
        """At once: taking the interpreter apart would keep the user waiting. What was started is waited for, so that
        its CPU time counts for whoever measures this process."""
        for other in self.others.values():
            other.close()
        for pid in self.pids:
            with contextlib.suppress(ProcessLookupError):  # a server, or a host that has no group of its own yet
                os.killpg(pid, signal.SIGKILL)
        for pid in self.pids:
            os.waitpid(pid, 0)
        os._exit(0)
