"""The runner as the rest of the house sees it: contracts and module sources in, an outcome a test out.

    with Runner(jobs=2) as runner:
        for number, reports in runner.run(tasks):
            ...

Work is done in processes of its own (see zygote.py); leaving the block ends every one of them.
"""

import os
import selectors
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from tempfile import TemporaryDirectory

from bugforge.errors import RunnerError
from bugforge.model import Outcome
from bugforge.runner import warm
from bugforge.runner.limits import Limits
from bugforge.runner.peer import Peer
from bugforge.runner.remote.keeper import Keeper
from bugforge.runner.task import Report, Task, Way
from bugforge.runner.wire import Channel

WARM = {False: ("numpy",), True: ("numpy", "pandas", "bugforge.runner.remote.tables")}  # by whether pandas is allowed
TESTING = (*WARM[True], "bugforge.runner.remote.tester")


class Runner:
    """Runs tasks in up to `jobs` processes at a time."""

    def __init__(self, jobs: int = 1, without: frozenset[str] = frozenset()) -> None:
        """`without` names layers of the sandbox to leave out, for proofs that each is needed."""
        self.jobs = max(1, jobs)
        self.hosts: list[Peer] = []
        self.started = False  # whether a process could ever be had
        self.without = without
        self.keepers: dict[tuple[str, ...], Keeper] = {}  # by what they have loaded
        self.folder = TemporaryDirectory(prefix="bugforge-", ignore_cleanup_errors=True)
        self._start()

    def _start(self) -> None:
        self.zygote, self.control = warm.start("-PsB", "bugforge.runner.zygote", stderr=subprocess.PIPE)

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process that was started."""
        for host in self.hosts:
            host.close()
        for keeper in self.keepers.values():
            keeper.close()
        self._forget_zygote()
        try:
            self.zygote.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.zygote.kill()
            self.zygote.wait()
        self.folder.cleanup()

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The walls around a remote module on this machine, each tried."""
        keeper = next((k for k in self.keepers.values() if k.alive), None) or self._keeper(WARM[False])
        return keeper.layers()

    def trial(self, name: str, program: str, allowed: tuple[str, ...], test: str, seed: int, limits: Limits) -> Outcome:
        """How a candidate's own test file ends with a program behind the module's name (see trial.py)."""
        from bugforge.runner.remote.trial import run_trial  # here alone this process needs numpy and pandas

        programs, testers = self._keeper(WARM["pandas" in allowed]).control, self._keeper(TESTING).control
        return run_trial(programs, testers, self.folder.name, name, program, allowed, test, seed, limits)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[int, list[Report]]]:
        """The number of each task and one report a module, as the tasks end; a task is taken when its turn has come."""
        waiting = enumerate(tasks)
        with selectors.DefaultSelector() as selector:
            while True:
                for number, task in islice(waiting, self.jobs - len(selector.get_map())):
                    host = self._host(task)
                    host.begin(number, task)
                    selector.register(host.channel.sock, selectors.EVENT_READ, host)
                if not selector.get_map():
                    return
                for host in self._stirred(selector):
                    if host.busy:
                        continue
                    selector.unregister(host.channel.sock)
                    if host.task.way is Way.PLAIN or host.dead:
                        host.close()
                        self.hosts.remove(host)
                    yield host.number, host.reports()

    def _stirred(self, selector: selectors.BaseSelector) -> list[Peer]:
        """Hosts that said something; those that were silent for too long are ended."""
        active: list[Peer] = [key.data for key in selector.get_map().values()]
        patience = min(host.deadline for host in active) - time.monotonic()
        for key, _ in selector.select(max(0.0, patience)):
            key.data.listen()
            if key.data.unborn:
                raise RunnerError(self._why_unborn(key.data))
        for host in active:
            if host.busy and time.monotonic() > host.deadline:
                host.give_up(Outcome.TIMED_OUT, "the process gave no sign of life")
        return active

    def _host(self, task: Task) -> Peer:
        if self.zygote.poll() is not None:
            self._start_again()
        keeper = self._keeper(WARM["pandas" in task.allowed]) if task.way is Way.REMOTE else None
        for host in [h for h in self.hosts if not h.busy]:
            if host.hung_up or (keeper and host.cells not in (None, *self.keepers.values())):
                host.close()
                self.hosts.remove(host)
            elif host.cells is keeper and host.task.contract == task.contract and host.task.way is task.way:
                return host
        ours, theirs = socket.socketpair()
        self.started = True
        ends = [theirs.fileno(), *([keeper.control.fileno()] if keeper else [])]
        try:
            socket.send_fds(self.control, [os.fsencode(self.folder.name)], ends)
        except OSError:
            raise RunnerError(self._why_unborn(None)) from None
        theirs.close()
        host = Peer(Channel(ours), keeper)
        host.introduce(task)
        self.hosts.append(host)
        return host

    def _start_again(self) -> None:
        """Somebody has killed the zygote, and so its children; what they were at is lost, what comes is not."""
        if not self.started:
            raise RunnerError(self._why_unborn(None))
        for host in [h for h in self.hosts if not h.busy]:
            host.close()
            self.hosts.remove(host)
        self._forget_zygote()
        self._start()

    def _forget_zygote(self) -> None:
        """Closing the control socket ends it."""
        self.control.close()
        if self.zygote.stderr:
            self.zygote.stderr.close()

    def _keeper(self, libraries: tuple[str, ...]) -> Keeper:
        """The living zygote of cells that has these libraries loaded."""
        if libraries in self.keepers and not self.keepers[libraries].alive:
            self.keepers.pop(libraries).close()
        if libraries not in self.keepers:
            self.keepers[libraries] = Keeper(libraries, self.without)
        return self.keepers[libraries]

    def _why_unborn(self, peer: Peer | None) -> str:
        """Why a contract's process ended before it had collected its tests."""
        if self.zygote.poll() is None and peer is not None:
            return f"the contract of {peer.task.contract.module} ended its process while it was imported; mend it"
        told = self.zygote.stderr.read().decode(errors="replace").strip() if self.zygote.stderr else ""
        last = told.splitlines()[-1] if told else "no reason is known"
        return f"the process that runs contracts could not be started ({last}); is bugforge installed in full?"
