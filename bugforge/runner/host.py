"""The process of one contract: collects it once with real pytest, then forks a child for every batch of modules.

Messages in: the files of the contract, then requests. Messages out: the tests found, then one record a test, and
`done`. Only the children run the module under test.
"""

import contextlib
import gc
import mmap
import os
import shutil
import signal
import socket
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bugforge.model import Outcome
from bugforge.runner import child, conftest
from bugforge.runner.alone import ALONE
from bugforge.runner.border import Border
from bugforge.runner.fixtures import ServiceFixtures
from bugforge.runner.limits import Limits, die_with_parent, is_timeout
from bugforge.runner.remote.border import Remote
from bugforge.runner.remote.tenant import CellRequest
from bugforge.runner.service import Service
from bugforge.runner.task import Way
from bugforge.runner.wire import Channel


def main(parent: str, sock: socket.socket, cells: socket.socket | None = None) -> None:
    """Serve one contract until the runner closes the channel."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setpgid(0, 0)
    die_with_parent()
    channel = Channel(sock)
    try:
        spec = channel.receive()
        with TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as folder:
            os.chdir(folder)
            for name, text in spec["files"].items():
                Path(name).write_text(text, encoding="utf-8")
            Host(channel, spec, cells, folder).collect()
    except (BrokenPipeError, ConnectionResetError, EOFError):
        pass  # the runner has gone
    except BaseException:
        channel.send({"error": traceback.format_exc(limit=-3)})


class Host:
    """A pytest plugin whose test loop answers requests instead of running each test once."""

    def __init__(self, channel: Channel, spec: dict[str, Any], cells: socket.socket | None, folder: str) -> None:
        self.channel, self.folder = channel, folder
        self.way = Way(spec["way"])
        self.tests: list[str] = spec["tests"]
        self.border: Border | None = None
        if self.way is Way.SERVICE:
            self.border = Service(spec["module"], spec["members"])
        elif self.way is Way.REMOTE and cells:
            self.border = Remote(spec["module"], cells, spec["members"])
        self.errors: list[str] = []

    def collect(self) -> None:
        sys.dont_write_bytecode = True
        arguments = list(ALONE)
        plugins: list[object] = [self]
        if self.border is None:
            arguments += ["-c", "pytest.ini"]
        else:
            self.border.install_stubs()
            arguments += ["-c", os.devnull, "--noconftest"]
            plugins += [conftest, ServiceFixtures(self.border)]
        pytest.main([*arguments, *self.tests], plugins=plugins)
        if self.errors:
            self.channel.send({"error": "\n".join(self.errors)})

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "edge_case: degenerate or extreme input")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.errors.append(str(report.longrepr))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self.errors:
            return True
        os.chdir(os.sep)
        shutil.rmtree(self.folder, ignore_errors=True)  # all is imported; whatever ends this process leaves no folder
        tests = [[item.nodeid, item.get_closest_marker("edge_case") is not None] for item in session.items]
        self.channel.send({"pid": os.getpid(), "tests": tests})
        gc.collect()
        gc.freeze()  # what a child never frees, it need not copy
        with contextlib.suppress(EOFError):
            while True:
                self.answer(self.channel.receive(), session.items)
                self.channel.send({"done": True})
        return True

    def answer(self, request: dict[str, Any], items: list[pytest.Item]) -> None:
        """Run every module of the request; a child that dies takes only its current module with it."""
        limits = Limits(request["cpu"], request["memory"], request["wall"])
        if isinstance(self.border, Remote):
            self.border.request = CellRequest(limits, tuple(request["allowed"]))
        first = 0
        while first < len(request["modules"]):
            progress = mmap.mmap(-1, child.PROGRESS.size)
            pid = os.fork()
            if pid == 0:
                run = child.Run(self.channel, self.border, items, progress, limits)
                child.main(run, request, first)
            _, status = os.waitpid(pid, 0)
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == child.FINISHED:
                return
            module, seed, test = child.PROGRESS.unpack(progress[:])
            outcome, why = _ending(status, limits)
            self.channel.end_line()
            self.channel.send({"k": module, "s": request["seeds"][seed], "i": test, "o": outcome, "m": why})
            first = module + 1


def _ending(status: int, limits: Limits) -> tuple[Outcome, str]:
    """What became of the test in which a child ended."""
    if not os.WIFSIGNALED(status):
        return Outcome.CRASHED, f"the process exited with status {os.WEXITSTATUS(status)} in the middle of the test"
    if os.WTERMSIG(status) == signal.SIGALRM:
        return Outcome.TIMED_OUT, f"it did not end within {limits.wall:g} s"
    if is_timeout(os.WTERMSIG(status)):
        return Outcome.TIMED_OUT, f"it did not end within {limits.cpu:g} s of CPU time"
    return Outcome.CRASHED, f"the process was ended by {signal.Signals(os.WTERMSIG(status)).name}"
