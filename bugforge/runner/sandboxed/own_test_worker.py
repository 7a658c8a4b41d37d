"""Runs pytest on a candidate's own test file inside a sandboxed worker; the program under test is in another worker."""

import os
import socket
import sys

import pytest

from bugforge.runner.proxy import conftest
from bugforge.runner.proxy.fixtures import ProxyFixtures
from bugforge.runner.pytest_flags import FLAGS
from bugforge.runner.rpc.client import RemoteProxy
from bugforge.runner.rpc.connection import Connection

ALLOWED_PLUGINS = ("-pno:unittest", "-pno:debugging", "-pno:monkeypatch")  # unittest, what it needs, a common fixture
ORDINARY_EXITS = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)


class SharedProxy(RemoteProxy):
    """The proxy of a program that the grader has loaded, once for all tests of the file."""

    def __init__(self, name: str, sock: socket.socket) -> None:
        super().__init__(name)
        self.connection = Connection(sock, self, self.answer)

    def load(self, source: str) -> None:
        raise NotImplementedError("the other worker has its program already")


class OutcomeCounter:
    """A pytest plugin: lets each test use the program, and counts how the tests end."""

    def __init__(self, proxy: RemoteProxy) -> None:
        self.proxy, self.tests, self.bad = proxy, 0, 0

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "edge_case: degenerate or extreme input")

    def pytest_runtest_setup(self) -> None:
        self.proxy.begin()

    def pytest_runtest_teardown(self) -> None:
        self.proxy.end()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tests += report.when == "call" and not report.skipped
        self.bad += report.failed or bool(self.proxy.refusals)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.bad += report.failed


def run(name: str, sock: socket.socket, file: str, seed: int) -> tuple[int, int]:
    """Run the file's tests; how many there are, and how many of them, or of its imports, went wrong."""
    os.environ["BUGFORGE_SEED"] = str(seed)
    sys.dont_write_bytecode = True
    proxy = SharedProxy(name, sock)
    proxy.install_stubs()
    counter = OutcomeCounter(proxy)
    folder, file_name = os.path.split(file)
    os.chdir(folder)
    arguments = [*(flag for flag in FLAGS if flag not in ALLOWED_PLUGINS), "-c", os.devnull, "--noconftest", file_name]
    code = pytest.main(arguments, plugins=[counter, conftest, ProxyFixtures(proxy)])
    return counter.tests, counter.bad + (code not in ORDINARY_EXITS)
