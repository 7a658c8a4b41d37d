"""The process of one contract: collects it once with real pytest, then forks a child for every request.

The messages that it takes and sends are in protocol.py. Only the children run the module under test.
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

import pytest

from bugforge.model import Outcome
from bugforge.runner.contract import child
from bugforge.runner.contract.protocol import (
    Channel,
    Collect,
    Collected,
    Done,
    NotCollected,
    Place,
    Result,
    RunModules,
)
from bugforge.runner.ending import Ending
from bugforge.runner.limits import Limits, die_with_parent, is_timeout
from bugforge.runner.proxy import conftest
from bugforge.runner.proxy.fixtures import ProxyFixtures
from bugforge.runner.proxy.local import LocalProxy
from bugforge.runner.proxy.stubs import ModuleProxy
from bugforge.runner.pytest_flags import FLAGS
from bugforge.runner.sandboxed.proxy import SandboxedProxy
from bugforge.runner.sandboxed.session import WorkerRequest
from bugforge.runner.task import Way


def main(parent: str, sock: socket.socket, workers: socket.socket | None = None) -> None:
    """Serve one contract until the runner closes the channel; `workers` leads to the server of sandboxed workers."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setpgid(0, 0)
    die_with_parent()
    channel = Channel(sock)
    try:
        asked = channel.receive()
        assert isinstance(asked, Collect)
        with TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as folder:
            os.chdir(folder)
            for name, text in asked.files:
                Path(name).write_text(text, encoding="utf-8")
            Host(channel, asked, workers, folder).collect()
    except (BrokenPipeError, ConnectionResetError, EOFError):
        pass  # the runner has gone
    except BaseException:
        channel.send(NotCollected(traceback.format_exc(limit=-3)))


class Host:
    """A pytest plugin whose test loop answers requests instead of running each test once."""

    def __init__(self, channel: Channel, asked: Collect, workers: socket.socket | None, folder: str) -> None:
        self.channel, self.folder = channel, folder
        self.module, self.tests = asked.module, asked.tests
        self.proxy: ModuleProxy | None = None
        if asked.way is Way.SERVICE:
            self.proxy = LocalProxy(asked.module, asked.members)
        elif asked.way is Way.REMOTE and workers:
            self.proxy = SandboxedProxy(asked.module, workers, asked.members)
        self.errors: list[str] = []

    def collect(self) -> None:
        sys.dont_write_bytecode = True
        arguments = list(FLAGS)
        plugins: list[object] = [self]
        if self.proxy is None:
            arguments += ["-c", "pytest.ini"]
        else:
            self.proxy.install_stubs()
            arguments += ["-c", os.devnull, "--noconftest"]
            plugins += [conftest, ProxyFixtures(self.proxy)]
        pytest.main([*arguments, *self.tests], plugins=plugins)
        if self.errors:
            self.channel.send(NotCollected("\n".join(self.errors)))

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
        tests = ((item.nodeid, item.get_closest_marker("edge_case") is not None) for item in session.items)
        self.channel.send(Collected(os.getpid(), tuple(tests)))
        gc.collect()
        gc.freeze()  # what a child never frees, it need not copy
        with contextlib.suppress(EOFError):
            while True:
                request = self.channel.receive()
                assert isinstance(request, RunModules)
                self.answer(request, session.items)
                self.channel.send(Done())
        return True

    def answer(self, request: RunModules, items: list[pytest.Item]) -> None:
        """Run every module of the request; a child that dies takes only its current module with it."""
        if isinstance(self.proxy, SandboxedProxy):
            self.proxy.request = WorkerRequest(request.limits, request.allowed)
            self.proxy.traced = request.look
        first = 0
        while first < len(request.modules):
            progress = mmap.mmap(-1, child.PROGRESS.size)
            pid = os.fork()
            if pid == 0:
                run = child.Run(self.channel, self.module, self.proxy, items, progress, request)
                child.main(run, first)
            _, status = os.waitpid(pid, 0)
            if os.WIFEXITED(status) and os.WEXITSTATUS(status) == child.FINISHED:
                return
            module, seed, test = child.PROGRESS.unpack(progress[:])
            ending = _ending(status, request.limits)
            self.channel.end_line()
            place = Place(module, request.seeds[seed])
            self.channel.send(Result(place, test, ending.outcome, message=ending.reason))
            first = module + 1


def _ending(status: int, limits: Limits) -> Ending:
    """What became of the test in which a child ended."""
    if not os.WIFSIGNALED(status):
        why = f"the process exited with status {os.WEXITSTATUS(status)} in the middle of the test"
        return Ending(Outcome.CRASHED, reason=why)
    number = os.WTERMSIG(status)
    if number == signal.SIGALRM:
        return Ending(Outcome.TIMED_OUT, reason=f"it did not end within {limits.wall:g} s")
    if is_timeout(number):
        return Ending(Outcome.TIMED_OUT, reason=f"it did not end within {limits.cpu:g} s of CPU time")
    return Ending(Outcome.CRASHED, reason=f"the process was ended by {signal.Signals(number).name}")
