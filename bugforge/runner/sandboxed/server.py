"""The fork server of sandboxed workers: the libraries are imported once, and every worker is a fork.

It never sees a test, an expectation or a seed, so nothing that its children inherit is worth stealing. A message on its
control socket asks for a worker; it carries the worker's end of a connection, and a socket for the worker's status:
first its process id, at last its exit status. When the other end of either closes, the worker is killed.
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
from bugforge.runner.rpc.connection import Answer
from bugforge.runner.rpc.records import hide
from bugforge.runner.sandbox import kernel
from bugforge.runner.sandbox.layer import Bounds
from bugforge.runner.sandbox.readable import readable, usable
from bugforge.runner.sandboxed.imports import restrict_imports
from bugforge.runner.sandboxed.session import MAX_REQUEST_BYTES, MAX_THREADS, TOO_MANY_THREADS, WorkerRequest
from bugforge.runner.sandboxed.worker import Worker
from bugforge.runner.spawn import prepare_to_fork

SET_DUMPABLE = 4
MAX_DESCRIPTORS = 1 << 16
THREAD_CHECK_SECONDS = 0.05  # from one count of the workers' threads to the next


@dataclass
class Running:
    """A living worker: its process, and the socket on which its status is reported."""

    pid: int
    status: socket.socket
    too_many_threads: bool = False


class WorkerServer:
    """Forks workers on request, reports how they end, and ends those that nobody is connected to."""

    def __init__(self, control: socket.socket, libraries: Sequence[str], without: frozenset[str]) -> None:
        self.control, self.libraries, self.without = control, libraries, without
        self.walls: dict[WorkerRequest, list[Callable[[], object]]] = {}
        self.running: dict[int, Running] = {}
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until the control socket closes."""
        wake, wakened = socket.socketpair()
        wakened.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakened.fileno(), warn_on_full_buffer=False)
        self.selector.register(wake, selectors.EVENT_READ)
        while True:
            for key, _ in self.selector.select(THREAD_CHECK_SECONDS if self.running else None):
                if key.fileobj is self.control:
                    if not self._fork_worker():
                        return self._end()
                elif key.fileobj is wake:
                    wake.recv(4096)
                    self._reap()
                elif key.data.pid in self.running:  # nobody is connected to this worker any more
                    os.kill(key.data.pid, signal.SIGKILL)
                    self.selector.unregister(key.fileobj)
            _end_those_with_too_many_threads(self.running.values())

    def _fork_worker(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self.control, MAX_REQUEST_BYTES, 3)
        if not message:
            return False
        connection, status, *sockets = descriptors
        request = WorkerRequest.from_json(message)
        walls = self._walls(request)
        try:
            pid = os.fork()
        except OSError:  # the machine has no room for a process: who asked sees both sockets close
            for descriptor in descriptors:
                os.close(descriptor)
            return True
        if pid == 0:
            self._become_worker([connection, *sockets], walls, request)
        for descriptor in (connection, *sockets):
            os.close(descriptor)
        worker = Running(pid, socket.socket(fileno=status))
        self.running[pid] = worker
        self.selector.register(worker.status, selectors.EVENT_READ, worker)
        _report(worker, pid)
        return True

    def _walls(self, request: WorkerRequest) -> list[Callable[[], object]]:
        if request not in self.walls:
            bounds = Bounds(request.limits, (*readable(request.allowed), *request.folders))
            self.walls[request] = sandbox.prepare(bounds, self.without)
        return self.walls[request]

    def _become_worker(self, kept: list[int], walls: list[Callable[[], object]], request: WorkerRequest) -> None:
        """The rest of a child's life."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            worker = Worker(*(socket.socket(fileno=descriptor) for descriptor in kept))
            for wall in walls:
                wall()
            for low, high in pairwise([2, *sorted(kept), MAX_DESCRIPTORS]):
                os.closerange(low + 1, high)
            hide({*self.libraries} - usable(request.allowed))
            restrict_imports()
            if request.probe:
                worker.connection.sock.sendall(json.dumps(sandbox.in_force()).encode() + b"\n")
            else:
                worker.connection.send((Answer.VALUE, None))  # ready
                worker.connection.serve()
        finally:
            os._exit(0)

    def _reap(self) -> None:
        while self.running:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            worker = self.running.pop(pid)
            _report(worker, TOO_MANY_THREADS if worker.too_many_threads else status)
            if worker.status.fileno() in self.selector.get_map():
                self.selector.unregister(worker.status)
            worker.status.close()

    def _end(self) -> None:
        for pid in self.running:
            os.kill(pid, signal.SIGKILL)
        for pid in self.running:
            os.waitpid(pid, 0)


def _end_those_with_too_many_threads(running: Iterable[Running]) -> None:
    """The kernel's own limit counts the threads of a user, whichever process they are of, and none of root's."""
    for worker in running:
        with contextlib.suppress(OSError):  # it has ended, or there is no /proc
            if os.stat(f"/proc/{worker.pid}/task").st_nlink - 2 > MAX_THREADS:
                os.kill(worker.pid, signal.SIGKILL)
                worker.too_many_threads = True


def _report(worker: Running, number: int) -> None:
    with contextlib.suppress(OSError):  # nobody listens
        worker.status.send(number.to_bytes(8, "little"), socket.MSG_DONTWAIT)


def main(descriptor: int, libraries: Sequence[str], without: Iterable[str]) -> None:
    """Serve until the socket of that descriptor closes."""
    for name in libraries:
        import_module(name)
    prepare_to_fork()
    if kernel.ON_LINUX:
        kernel.prctl(SET_DUMPABLE, 0)
    WorkerServer(socket.socket(fileno=descriptor), libraries, frozenset(without)).serve()
    os._exit(0)  # at once: taking the interpreter apart would keep the user waiting
