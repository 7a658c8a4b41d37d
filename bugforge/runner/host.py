"""The process of one contract: collects it once with real pytest, then forks a child for every batch of modules.

Messages in: the files of the contract, then requests. Messages out: the tests found, then one record a test, and
`done`. Only the children run the module under test.
"""

import contextlib
import gc
import mmap
import os
import signal
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from bugforge.model import Outcome
from bugforge.runner import child, conftest
from bugforge.runner.fixtures import ServiceFixtures
from bugforge.runner.limits import Limits, die_with_parent, is_timeout
from bugforge.runner.service import Service
from bugforge.runner.wire import Channel

QUIET = (
    "terminal cacheprovider capture logging faulthandler doctest junitxml pastebin stepwise setuponly setupplan "
    "unraisableexception threadexception debugging warnings unittest tmpdir monkeypatch recwarn"
).split()


def main(sock: socket.socket, folder: str) -> None:
    """Serve one contract until the runner closes the channel."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setpgid(0, 0)
    die_with_parent()
    channel = Channel(sock)
    try:
        spec = channel.receive()
        Path(folder).mkdir()
        os.chdir(folder)
        for name, text in spec["files"].items():
            Path(name).write_text(text, encoding="utf-8")
        Host(channel, spec).collect()
    except (BrokenPipeError, ConnectionResetError, EOFError):
        pass  # the runner has gone
    except BaseException:
        channel.send({"error": traceback.format_exc(limit=-3)})


class Host:
    """A pytest plugin whose test loop answers requests instead of running each test once."""

    def __init__(self, channel: Channel, spec: dict[str, Any]) -> None:
        self.channel = channel
        self.plain: bool = spec["plain"]
        self.tests: list[str] = spec["tests"]
        self.service = Service(spec["module"])
        self.errors: list[str] = []

    def collect(self) -> None:
        sys.dont_write_bytecode = True
        arguments = ["--rootdir=.", "--assert=plain", *(f"-pno:{name}" for name in QUIET)]
        plugins: list[object] = [self]
        if self.plain:
            arguments += ["-c", "pytest.ini"]
        else:
            self.service.install_stubs()
            arguments += ["-c", os.devnull, "--noconftest"]
            plugins += [conftest, ServiceFixtures(self.service)]
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
        limits = Limits(request["cpu"], request["memory"])
        first = 0
        while first < len(request["modules"]):
            progress = mmap.mmap(-1, child.PROGRESS.size)
            pid = os.fork()
            if pid == 0:
                run = child.Run(self.channel, None if self.plain else self.service, items, progress, limits)
                child.main(run, request, first)
            _, status = os.waitpid(pid, 0)
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == child.FINISHED:
                return
            module, seed, test = child.PROGRESS.unpack(progress[:])
            late = os.WIFSIGNALED(status) and is_timeout(os.WTERMSIG(status))
            outcome = Outcome.TIMED_OUT if late else Outcome.CRASHED
            self.channel.send({"k": module, "s": request["seeds"][seed], "i": test, "o": outcome, "m": _ending(status)})
            first = module + 1


def _ending(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"the process was ended by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"the process exited with status {os.WEXITSTATUS(status)} in the middle of the test"
