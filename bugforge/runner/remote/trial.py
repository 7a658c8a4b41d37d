"""A candidate's own test file against a program: each lives in a cell, and they talk to each other alone.

The test never holds the program, only what it answers; and of the test nothing is heard but how it ended. Whatever it
prints goes nowhere.
"""

import socket
from pathlib import Path
from tempfile import TemporaryDirectory

from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.remote.border import Remote
from bugforge.runner.remote.tenant import CellRequest
from bugforge.runner.remote.wired import CellEnded

TOOLS = ("pytest", "numpy", "pandas")
HERE = str(Path(__file__).parent.parent)  # the runner itself, for it runs pytest in the cell


def run_trial(
    programs: socket.socket,
    testers: socket.socket,
    parent: str,
    name: str,
    program: str,
    allowed: tuple[str, ...],
    test: str,
    seed: int,
    limits: Limits,
) -> Outcome:
    """How the test ends with the program; `programs` and `testers` lead to the zygotes that their cells come from.

    PASSED where every test passes, FAILED where one does not, NOT_RUN where there is none, or how a cell ended."""
    with TemporaryDirectory(dir=parent) as folder:
        file = Path(folder) / "test_own.py"
        file.write_text(test, encoding="utf-8")
        served, tester = Remote(name, programs), Remote(name, testers)
        try:
            served.request = CellRequest(limits, allowed)
            served.load(program)
            lent = served.sublet()
            tester.request = CellRequest(limits, (*allowed, *TOOLS), (folder, HERE))
            tests, bad = tester.count_of(str(file), seed, lent)
        except CellEnded:
            ending = tester.ended or served.ended
            return ending[0] if ending else Outcome.CRASHED
        except Exception:  # whatever the tester's cell answers
            return Outcome.CRASHED
        finally:
            served.end()
            tester.end()
    if bad:
        return Outcome.FAILED
    return Outcome.PASSED if tests else Outcome.NOT_RUN
