"""Runs a candidate's own test file against a program, each in a sandboxed worker of its own.

The two workers are connected to each other. The test never holds the program, only what it answers; and of the test
nothing is heard but how it ended. Whatever it prints goes nowhere.
"""

import socket
from pathlib import Path
from tempfile import TemporaryDirectory

from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.rpc.client import WorkerEnded
from bugforge.runner.sandboxed.proxy import SandboxedProxy
from bugforge.runner.sandboxed.session import WorkerRequest

TOOLS = ("pytest", "numpy", "pandas")
RUNNER = str(Path(__file__).parent.parent)  # readable to the worker, which runs pytest with its stubs and fixtures


def run_own_test(
    program_server: socket.socket,
    test_server: socket.socket,
    parent: str,
    name: str,
    program: str,
    allowed: tuple[str, ...],
    test: str,
    seed: int,
    limits: Limits,
) -> Outcome:
    """How the test ends with the program; the two servers are those that their workers are asked of.

    PASSED where every test passes, FAILED where one does not, NOT_RUN where there is none, or how a worker ended.
    """
    with TemporaryDirectory(dir=parent) as folder:
        file = Path(folder) / "test_own.py"
        file.write_text(test, encoding="utf-8")
        program_proxy, test_proxy = SandboxedProxy(name, program_server), SandboxedProxy(name, test_server)
        try:
            program_proxy.request = WorkerRequest(limits, allowed)
            program_proxy.load(program)
            shared = program_proxy.share()
            test_proxy.request = WorkerRequest(limits, (*allowed, *TOOLS), (folder, RUNNER))
            tests, bad = test_proxy.run_test_file(str(file), seed, shared)
        except WorkerEnded:
            ending = test_proxy.ended or program_proxy.ended
            return ending.outcome if ending else Outcome.CRASHED
        except Exception:  # whatever the test's worker answers
            return Outcome.CRASHED
        finally:
            program_proxy.end()
            test_proxy.end()
    if bad:
        return Outcome.FAILED
    return Outcome.PASSED if tests else Outcome.NOT_RUN
