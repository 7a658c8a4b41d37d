"""The process of one contract as the runner sees it: what it is asked, what it reported, and whether it still lives."""

import contextlib
import os
import re
import select
import signal
import time
from collections.abc import Iterator
from enum import Enum, auto

from bugforge.errors import RunnerError
from bugforge.model import Outcome, TestResult
from bugforge.runner.contract.launcher import HostServer
from bugforge.runner.contract.protocol import (
    AllPassed,
    Channel,
    Collect,
    Collected,
    Done,
    Message,
    NotCollected,
    Place,
    Result,
    RunModules,
)
from bugforge.runner.task import IMPORTING, LOADING, Report, Task, Way


class State(Enum):
    """What a host is doing."""

    IDLE = auto()
    BUSY = auto()
    ENDED = auto()


class HostClient:
    """A connection to the host of one contract (see host.py)."""

    def __init__(self, channel: Channel, server: HostServer, launcher: object = None) -> None:
        """`server` is its parent; `launcher`: of the server that it has its sandboxed workers from, if it has any."""
        self.channel, self.server, self.launcher = channel, server, launcher
        self.state = State.IDLE
        self.pid: int | None = None
        self.tests: tuple[tuple[str, bool], ...] = ()

    def send_contract(self, task: Task) -> None:
        files = dict(task.contract.tests)
        if task.way is Way.PLAIN:
            files |= {f"{task.contract.module}.py": task.modules[0], **dict(task.companions)}
        tests = tuple(name for name, _ in task.contract.tests)
        self.send(Collect(task.contract.module, task.contract.members, task.way, tuple(files.items()), tests))

    def begin(self, number: int, task: Task) -> None:
        self.number, self.task, self.state = number, task, State.BUSY
        self.found: dict[Place, dict[int, TestResult]] = {}
        self.all_passed: set[Place] = set()
        asked = task.modules, task.seeds, task.only, task.stop, task.costs, task.allowed, task.look, task.limits
        self.send(RunModules(*asked))
        self.deadline = time.monotonic() + self.patience

    @property
    def patience(self) -> float:
        """Seconds of silence after which a process is taken for hung: longer than any clock of its own."""
        return self.task.limits.wall + 60

    def send(self, message: Message) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # receive() finds it closed
            self.channel.send(message)

    def receive(self) -> None:
        """Take in what the process says."""
        try:
            data = self.channel.sock.recv(1 << 16)
        except ConnectionResetError:
            data = b""
        if not data:
            self.give_up(Outcome.LOST, "the process that runs the contract ended")
        self.deadline = time.monotonic() + self.patience
        self.channel.feed(data)
        for message in self.channel.messages():
            self._take(message)

    def _take(self, message: Message) -> None:
        match message:
            case Collected():
                self.pid, self.tests = message.pid, message.tests
            case NotCollected() if self.task.way is Way.PLAIN:
                self.give_up(Outcome.ERRORED, message.error)
            case NotCollected():
                raise RunnerError(
                    f"the contract of {self.task.contract.module} cannot be run: {_in_a_line(message.error)}"
                )
            case Result():
                self._record(message)
            case AllPassed():
                self.all_passed.add(message.place)
            case Done():
                self.state = State.IDLE

    def _record(self, result: Result) -> None:
        name, edge_case = self.tests[result.test] if result.test != LOADING else (IMPORTING, False)
        self.found.setdefault(result.place, {})[result.test] = TestResult(
            name=name,
            edge_case=edge_case,
            outcome=result.outcome,
            exception=result.exception,
            message=result.message,
            warned=result.warned,
            nan=result.nan,
            line=result.line,
            cpu=result.cpu,
            printed=result.printed,
            values=result.values,
            look=result.look,
        )

    @property
    def has_ended(self) -> bool:
        """Whether an idle process has ended: it has nothing to say unless it is asked."""
        return bool(select.select([self.channel.sock], [], [], 0)[0])

    @property
    def failed_to_collect(self) -> bool:
        """Whether the process ended before it had collected a contract that runs no foreign module by that time."""
        return self.state is State.ENDED and self.pid is None and self.task.way is not Way.PLAIN

    def give_up(self, outcome: Outcome, why: str) -> None:
        """End a process that is hung or gone; what it had not reported did not run."""
        self.state = State.ENDED
        places = [Place(k, seed) for k in range(len(self.task.modules)) for seed in self.task.seeds]
        current = next((place for place in places if not self._is_finished(place)), None)
        if current:
            result = TestResult(IMPORTING, False, outcome, message=why)
            self.found.setdefault(current, {})[LOADING] = result
        self.kill()

    def _is_finished(self, place: Place) -> bool:
        """Whether a module was reported in full on a seed, or up to where a stopping run ends."""
        found = self.found.get(place, {})
        stopped = self.task.stop and bool(found)
        return place in self.all_passed or LOADING in found or len(found) == self.due or stopped

    @property
    def due(self) -> int:
        """How many tests are run of each module on each seed."""
        return sum(self._is_asked(name) for name, _ in self.tests)

    def _is_asked(self, test: str) -> bool:
        return not self.task.only or test in self.task.only

    def kill(self) -> None:
        if self.pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        if self.state is State.BUSY:
            self.kill()
        self.channel.close()

    def reports(self) -> list[Report]:
        """One report a module; a test that no record came of did not run."""
        modules = range(len(self.task.modules))
        return [{seed: tuple(self._results(Place(k, seed))) for seed in self.task.seeds} for k in modules]

    def _results(self, place: Place) -> Iterator[TestResult]:
        found = self.found.get(place, {})
        if LOADING in found:
            yield found[LOADING]
        for i, (name, edge_case) in enumerate(self.tests):
            passed = place in self.all_passed and self._is_asked(name)
            yield found.get(i) or TestResult(name, edge_case, Outcome.PASSED if passed else Outcome.NOT_RUN)


def _in_a_line(report: str) -> str:
    """Of what pytest says of a file that it could not collect: the line of the file, and the error."""
    lines = report.splitlines()
    place = next((line.partition(": ")[0] for line in lines if re.match(r"test_\w+\.py:\d+: ", line)), "")
    error = next((line[1:].strip() for line in reversed(lines) if line.startswith("E ")), lines[-1])
    error = re.sub(r"^(\w+\.)+(?=\w+: )", "", error)
    return f"{place}: {error}".removeprefix(": ")
