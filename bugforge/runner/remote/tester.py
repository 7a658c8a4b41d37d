"""Inside a cell: pytest on a candidate's own file, with a program that lives in another cell behind the stubs."""

import os
import socket
import sys

import pytest

from bugforge.runner import conftest
from bugforge.runner.alone import ALONE
from bugforge.runner.fixtures import ServiceFixtures
from bugforge.runner.remote.talk import Talk
from bugforge.runner.remote.wired import Wired

FAMILIAR = ("-pno:unittest", "-pno:debugging", "-pno:monkeypatch")  # unittest, what it needs, and a common fixture
ORDERLY = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)


class Neighbour(Wired):
    """The border of a program that is the same for every test."""

    def __init__(self, name: str, sock: socket.socket) -> None:
        super().__init__(name)
        self.talk = Talk(sock, self, self.answer)

    def load(self, source: str) -> None:
        raise NotImplementedError("the neighbour has its program already")


class Count:
    """A pytest plugin: opens the border for each test, and counts how the tests end."""

    def __init__(self, border: Wired) -> None:
        self.border, self.tests, self.bad = border, 0, 0

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "edge_case: degenerate or extreme input")

    def pytest_runtest_setup(self) -> None:
        self.border.begin()

    def pytest_runtest_teardown(self) -> None:
        self.border.end()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tests += report.when == "call" and not report.skipped
        self.bad += report.failed or bool(self.border.refusals)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.bad += report.failed


def run(name: str, sock: socket.socket, file: str, seed: int) -> tuple[int, int]:
    """Run the file's tests; how many there are, and how many of them, or of its imports, went wrong."""
    os.environ["BUGFORGE_SEED"] = str(seed)
    sys.dont_write_bytecode = True
    border = Neighbour(name, sock)
    border.install_stubs()
    count = Count(border)
    folder, name_of_file = os.path.split(file)
    os.chdir(folder)
    arguments = [*(flag for flag in ALONE if flag not in FAMILIAR), "-c", os.devnull, "--noconftest", name_of_file]
    code = pytest.main(arguments, plugins=[count, conftest, ServiceFixtures(border)])
    return count.tests, count.bad + (code not in ORDERLY)
