"""The runner as the rest of the house sees it: contracts and module sources in, an outcome a test out.

    with Runner(jobs=2) as runner:
        for number, reports in runner.run(tasks):
            ...

Work is done in processes of its own (see zygote.py); leaving the block ends every one of them.
"""

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bugforge.errors import RunnerError
from bugforge.model import Outcome, TestResult
from bugforge.runner.limits import Limits
from bugforge.runner.wire import Channel

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
IMPORTING = "import"  # the name of the test that stands for running the module itself


@dataclass(frozen=True)
class Contract:
    """The pytest files that judge a module, by file name, and the name under which they import it."""

    module: str
    tests: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Task:
    """Modules to run under one contract, in one child, on the given seeds.

    `stop` ends a module at its first test that does not pass. `plain` runs one module as a file beside the tests
    and the given `companions` (conftest.py, pytest.ini), without a service between.
    """

    contract: Contract
    modules: tuple[str, ...]
    seeds: tuple[int, ...]
    stop: bool = False
    plain: bool = False
    companions: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)


Report = Mapping[int, tuple[TestResult, ...]]  # by seed


class Runner:
    """Runs tasks in up to `jobs` processes at a time."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = max(1, jobs)
        ours, theirs = socket.socketpair()
        program = f"import sys; sys.path[:] = {sys.path!r}; from bugforge.runner import zygote; zygote.main({theirs.fileno()})"
        self.zygote = subprocess.Popen(
            [sys.executable, "-P", "-s", "-B", "-c", program],
            env=clean_environment(),
            cwd=os.path.abspath(os.sep),
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self.control = ours
        self.hosts: list[_Host] = []
        self.started = 0

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process that was started."""
        for host in self.hosts:
            host.close()
        self.control.close()
        try:
            self.zygote.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.zygote.kill()
            self.zygote.wait()

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[int, list[Report]]]:
        """The number of each task and one report a module, as the tasks end."""
        waiting = list(enumerate(tasks))[::-1]
        with selectors.DefaultSelector() as selector:
            while waiting or selector.get_map():
                while waiting and len(selector.get_map()) < self.jobs:
                    number, task = waiting.pop()
                    host = self._host(task)
                    host.begin(number, task)
                    selector.register(host.channel.sock, selectors.EVENT_READ, host)
                for host in self._stirred(selector):
                    if host.busy:
                        continue
                    selector.unregister(host.channel.sock)
                    if host.task.plain or host.dead:
                        host.close()
                        self.hosts.remove(host)
                    yield host.number, host.reports()

    def _stirred(self, selector: selectors.BaseSelector) -> list["_Host"]:
        """Hosts that said something; those that were silent for too long are ended."""
        active: list[_Host] = [key.data for key in selector.get_map().values()]
        patience = min(host.deadline for host in active) - time.monotonic()
        for key, _ in selector.select(max(0.0, patience)):
            key.data.listen()
        for host in active:
            if host.busy and time.monotonic() > host.deadline:
                host.give_up(Outcome.TIMED_OUT, "the process gave no sign of life")
        return active

    def _host(self, task: Task) -> "_Host":
        for host in self.hosts:
            if not host.busy and not host.task.plain and host.task.contract == task.contract and not task.plain:
                return host
        ours, theirs = socket.socketpair()
        self.started += 1
        try:
            socket.send_fds(self.control, [json.dumps({"host": self.started}).encode()], [theirs.fileno()])
        except OSError:
            raise RunnerError("the process that runs contracts could not be started; run it again") from None
        theirs.close()
        host = _Host(Channel(ours))
        host.introduce(task)
        self.hosts.append(host)
        return host


class _Host:
    """This side's view of one contract's process."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.pid: int | None = None
        self.tests: list[tuple[str, bool]] = []
        self.busy = False
        self.dead = False

    def introduce(self, task: Task) -> None:
        files = dict(task.contract.tests)
        if task.plain:
            files |= {f"{task.contract.module}.py": task.modules[0], **dict(task.companions)}
        names = [name for name, _ in task.contract.tests]
        self.send({"module": task.contract.module, "plain": task.plain, "files": files, "tests": names})

    def begin(self, number: int, task: Task) -> None:
        self.number, self.task, self.busy = number, task, True
        self.found: dict[tuple[int, int], dict[int, TestResult]] = {}
        self.whole: set[tuple[int, int]] = set()
        self.send(
            {
                "modules": task.modules,
                "seeds": task.seeds,
                "stop": task.stop,
                "cpu": task.limits.cpu,
                "memory": task.limits.memory,
            }
        )
        self.deadline = time.monotonic() + self.patience

    @property
    def patience(self) -> float:
        """Seconds of silence after which a process is taken for hung: longer than any clock of its own."""
        return self.task.limits.wall + 60

    def send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # listen() finds it closed
            self.channel.send(message)

    def listen(self) -> None:
        """Take in what the process says."""
        try:
            data = self.channel.sock.recv(1 << 16)
        except ConnectionResetError:
            data = b""
        if not data:
            self.give_up(Outcome.CRASHED, "the process that runs the contract ended")
        self.deadline = time.monotonic() + self.patience
        self.channel.feed(data)
        for message in self.channel.waiting():
            if "error" in message:
                raise RunnerError(f"the contract of {self.task.contract.module} cannot be run:\n{message['error']}")
            if "tests" in message:
                self.pid, self.tests = message["pid"], [(name, edge) for name, edge in message["tests"]]
            elif "done" in message:
                self.busy = False
            else:
                self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        place, test = (message["k"], message["s"]), message["i"]
        if test == len(self.tests):
            self.whole.add(place)
            return
        name, edge_case = self.tests[test] if test >= 0 else (IMPORTING, False)
        self.found.setdefault(place, {})[test] = TestResult(
            name=name,
            edge_case=edge_case,
            outcome=Outcome(message["o"]),
            exception=message.get("e", ""),
            message=message.get("m", ""),
            warned=message.get("w", False),
            nan=message.get("n", False),
            cpu=message.get("t", 0.0),
        )

    def give_up(self, outcome: Outcome, why: str) -> None:
        """End a process that is hung or gone; what it had not reported did not run."""
        self.dead, self.busy = True, False
        for k in range(len(self.task.modules)):
            for seed in self.task.seeds:
                if len(self.found.get((k, seed), {})) < len(self.tests) or not self.tests:
                    self.found.setdefault((k, seed), {})[-1] = TestResult(IMPORTING, False, outcome, message=why)
                    return self.kill()
        return self.kill()

    def kill(self) -> None:
        if self.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        if self.busy:
            self.kill()
        self.channel.close()

    def reports(self) -> list[Report]:
        """One report a module; a test that no record came of did not run."""
        return [{seed: tuple(self._results(k, seed)) for seed in self.task.seeds} for k in range(len(self.task.modules))]

    def _results(self, k: int, seed: int) -> Iterator[TestResult]:
        found = self.found.get((k, seed), {})
        if LOADING in found:
            yield found[LOADING]
        stopped = max(found, default=0) if self.task.stop else -1
        for i, (name, edge_case) in enumerate(self.tests):
            silent = (k, seed) in self.whole or i < stopped  # a stopping run reports only what did not pass
            yield found.get(i) or TestResult(name, edge_case, Outcome.PASSED if silent else Outcome.NOT_RUN)


LOADING = -1


def clean_environment() -> dict[str, str]:
    """What a process that runs contracts sees of this one's environment: nothing that could sway a result."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith("OPENBLAS_")}
    return {**kept, **dict.fromkeys(THREADS, "1"), "PYTHONHASHSEED": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
