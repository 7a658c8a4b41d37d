"""The runner as the rest of the house sees it: contracts and module sources in, an outcome a test out.

    with Runner(jobs=2) as runner:
        for number, reports in runner.run(tasks):
            ...

Work is done in processes of its own: one a contract (contract/server.py), and for submissions one a test
(sandboxed/server.py). Leaving the block ends every one of them.
"""

import selectors
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import count, islice
from tempfile import TemporaryDirectory

from bugforge.errors import RunnerError
from bugforge.model import Outcome
from bugforge.runner.contract.client import HostClient, State
from bugforge.runner.contract.launcher import HostServer
from bugforge.runner.contract.protocol import Channel
from bugforge.runner.contract.server import Order
from bugforge.runner.limits import Limits
from bugforge.runner.sandboxed.launcher import Launcher
from bugforge.runner.task import Report, Task, Way

PRELOADED = {  # what a server of sandboxed workers imports, by whether pandas is allowed
    False: ("numpy",),
    True: ("numpy", "pandas", "bugforge.runner.rpc.pandas_values"),
}
PRELOADED_FOR_TESTS = (*PRELOADED[True], "bugforge.runner.sandboxed.own_test_worker")
IDLE_HOSTS = 8  # a job: contracts that stay collected while they are not run, at about 11 MB each


class Runner:
    """Runs tasks in up to `jobs` processes at a time."""

    def __init__(self, jobs: int = 1, without: frozenset[str] = frozenset()) -> None:
        """`without` names layers of the sandbox to leave out, for proofs that each is needed."""
        self.jobs = max(1, jobs)
        self.hosts: list[HostClient] = []  # the least recently used first
        self.without = without
        self.server: HostServer | None = None
        self.launchers: dict[tuple[str, ...], Launcher] = {}  # by what their servers have loaded
        self.folder = TemporaryDirectory(prefix="bugforge-", ignore_cleanup_errors=True)

    def start(self) -> HostServer:
        """The living server of hosts, which a first task starts too: it imports while this process does other work."""
        if self.server and self.server.has_served and not self.server.alive:  # killed, and its hosts with it
            for host in self._idle_hosts():
                if host.server is self.server:
                    self._close_host(host)
            self.server.close()
            self.server = None
        self.server = self.server or HostServer()
        return self.server

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process that was started."""
        for host in self.hosts:
            host.close()
        for launcher in self.launchers.values():
            launcher.close()
        if self.server:
            self.server.close()
        self.folder.cleanup()

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The walls of the sandbox that hold on this machine, each tried."""
        alive = (launcher for launcher in self.launchers.values() if launcher.alive)
        return (next(alive, None) or self._launcher(PRELOADED[False])).layers()

    def run_own_test(
        self, name: str, program: str, allowed: tuple[str, ...], test: str, seed: int, limits: Limits
    ) -> Outcome:
        """How a candidate's own test file ends with a program behind the module's name (see sandboxed/own_test.py)."""
        from bugforge.runner.sandboxed.own_test import run_own_test  # which needs numpy and pandas

        program_server = self._launcher(PRELOADED["pandas" in allowed]).control
        test_server = self._launcher(PRELOADED_FOR_TESTS).control
        return run_own_test(program_server, test_server, self.folder.name, name, program, allowed, test, seed, limits)

    def run(
        self, tasks: Iterable[Task | None], meanwhile: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, list[Report]]]:
        """The number of each task and one report a module, as the tasks end; a task is taken when its turn has come.

        None in the place of a task: there is none until another has ended. `meanwhile` is called while no process has
        anything to tell, and gives False when it has nothing more to do.
        """
        waiting, numbers = iter(tasks), count()
        with selectors.DefaultSelector() as selector:
            while True:
                free = self.jobs - len(selector.get_map())
                for task in islice(waiting, free):
                    if task is None:
                        break
                    host = self._host_for(task)
                    host.begin(next(numbers), task)
                    selector.register(host.channel.sock, selectors.EVENT_READ, host)
                if not selector.get_map():
                    return
                while meanwhile() and not selector.select(0):
                    pass
                for host in self._receive(selector):
                    if host.state is State.BUSY:
                        continue
                    selector.unregister(host.channel.sock)
                    if host.task.way is Way.PLAIN or host.state is State.ENDED:
                        self._close_host(host)
                    yield host.number, host.reports()

    def stop(self) -> None:
        """End what is being run; its contracts are collected anew when they are run again."""
        for host in [host for host in self.hosts if host.state is State.BUSY]:
            self._close_host(host)

    def _receive(self, selector: selectors.BaseSelector) -> list[HostClient]:
        """Take in what the hosts at work report, and end those that were silent for too long; gives all of them."""
        active: list[HostClient] = [key.data for key in selector.get_map().values()]
        patience = min(host.deadline for host in active) - time.monotonic()
        for key, _ in selector.select(max(0.0, patience)):
            key.data.receive()
            if key.data.failed_to_collect:
                raise RunnerError(self._why_it_ended(key.data))
        for host in active:
            if host.state is State.BUSY and time.monotonic() > host.deadline:
                host.give_up(Outcome.TIMED_OUT, "the process gave no sign of life")
        return active

    def _host_for(self, task: Task) -> HostClient:
        """An idle host that has collected the task's contract, or a new one."""
        server = self.start()
        launcher = self._launcher(PRELOADED["pandas" in task.allowed]) if task.way is Way.REMOTE else None
        for host in self._idle_hosts():
            if host.has_ended or (launcher and host.launcher not in (None, *self.launchers.values())):
                self._close_host(host)
            elif host.launcher is launcher and host.task.contract == task.contract and host.task.way is task.way:
                self.hosts.remove(host)
                self.hosts.append(host)
                return host
        for host in self._idle_hosts()[: -IDLE_HOSTS * self.jobs]:
            self._close_host(host)
        return self._start_host(task, server, launcher)

    def _idle_hosts(self) -> list[HostClient]:
        return [host for host in self.hosts if host.state is State.IDLE]

    def _close_host(self, host: HostClient) -> None:
        host.close()
        self.hosts.remove(host)

    def _start_host(self, task: Task, server: HostServer, launcher: Launcher | None) -> HostClient:
        libraries = ("pandas",) if task.contract.needs_pandas else ()
        ours = server.start_host(Order(self.folder.name, libraries), launcher.control if launcher else None)
        host = HostClient(Channel(ours), server, launcher)
        host.send_contract(task)
        self.hosts.append(host)
        return host

    def _launcher(self, libraries: tuple[str, ...]) -> Launcher:
        """That of a living server of sandboxed workers which has loaded these libraries."""
        if libraries in self.launchers and not self.launchers[libraries].alive:
            self.launchers.pop(libraries).close()
        if libraries not in self.launchers:
            self.launchers[libraries] = Launcher(libraries, self.without)
        return self.launchers[libraries]

    def _why_it_ended(self, host: HostClient) -> str:
        """Why a contract's process ended before it had collected its tests."""
        if host.server.alive:
            return f"the contract of {host.task.contract.module} ended its process while it was imported; mend it"
        return host.server.why_it_ended()
