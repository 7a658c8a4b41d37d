"""One contract's process, seen from the side that asks: what it is told, what it said, and whether it still lives."""

import contextlib
import os
import select
import signal
import time
from collections.abc import Iterator
from typing import Any

from bugforge.errors import RunnerError
from bugforge.model import Outcome, TestResult
from bugforge.runner.task import IMPORTING, LOADING, LOST, Report, Task, Way
from bugforge.runner.wire import Channel


class Peer:
    """A process that runs one contract."""

    def __init__(self, channel: Channel, cells: object = None) -> None:
        """`cells`: where it has its cells from, if it has any."""
        self.channel, self.cells = channel, cells
        self.pid: int | None = None
        self.tests: list[tuple[str, bool]] = []
        self.busy = False
        self.dead = False

    def introduce(self, task: Task) -> None:
        files = dict(task.contract.tests)
        if task.way is Way.PLAIN:
            files |= {f"{task.contract.module}.py": task.modules[0], **dict(task.companions)}
        names = [name for name, _ in task.contract.tests]
        self.send(
            {
                "module": task.contract.module,
                "members": task.contract.members,
                "way": task.way,
                "files": files,
                "tests": names,
            }
        )

    def begin(self, number: int, task: Task) -> None:
        self.number, self.task, self.busy = number, task, True
        self.found: dict[tuple[int, int], dict[int, TestResult]] = {}
        self.whole: set[tuple[int, int]] = set()
        self.send(
            {
                "modules": task.modules,
                "seeds": task.seeds,
                "stop": task.stop,
                "costs": task.costs,
                "allowed": task.allowed,
                "cpu": task.limits.cpu,
                "wall": task.limits.wall,
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
            self.give_up(Outcome.CRASHED, "the process that runs the contract ended", LOST)
        self.deadline = time.monotonic() + self.patience
        self.channel.feed(data)
        for message in self.channel.waiting():
            if "error" in message and self.task.way is not Way.PLAIN:
                raise RunnerError(f"the contract of {self.task.contract.module} cannot be run:\n{message['error']}")
            if "error" in message:
                self.give_up(Outcome.ERRORED, message["error"])
            elif "tests" in message:
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

    @property
    def hung_up(self) -> bool:
        """Whether an idle process has ended: it has nothing to say unless it is asked."""
        return bool(select.select([self.channel.sock], [], [], 0)[0])

    @property
    def unborn(self) -> bool:
        """Whether the process ended before it had collected a contract that runs no foreign module by that time."""
        return self.dead and self.pid is None and self.task.way is not Way.PLAIN

    def give_up(self, outcome: Outcome, why: str, exception: str = "") -> None:
        """End a process that is hung or gone; what it had not reported did not run."""
        self.dead, self.busy = True, False
        places = [(k, seed) for k in range(len(self.task.modules)) for seed in self.task.seeds]
        current = next((place for place in places if not self._is_over(place)), None)
        if current:
            result = TestResult(IMPORTING, False, outcome, exception, why)
            self.found.setdefault(current, {})[LOADING] = result
        self.kill()

    def _is_over(self, place: tuple[int, int]) -> bool:
        """Whether a module was reported in full on a seed, or up to where a stopping run ends."""
        found = self.found.get(place, {})
        return (
            place in self.whole or LOADING in found or len(found) == len(self.tests) or (self.task.stop and bool(found))
        )

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
        return [
            {seed: tuple(self._results(k, seed)) for seed in self.task.seeds} for k in range(len(self.task.modules))
        ]

    def _results(self, k: int, seed: int) -> Iterator[TestResult]:
        found = self.found.get((k, seed), {})
        if LOADING in found:
            yield found[LOADING]
        silent = Outcome.PASSED if (k, seed) in self.whole else Outcome.NOT_RUN
        for i, (name, edge_case) in enumerate(self.tests):
            yield found.get(i) or TestResult(name, edge_case, silent)
