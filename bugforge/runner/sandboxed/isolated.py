"""Runs work on foreign text, such as parsing it, in a child with little time and memory; the text itself is not run."""

import contextlib
import json
import os
import signal
import warnings
from collections.abc import Callable
from typing import Any

from bugforge.runner.limits import MEGABYTE, Limits, confine, start_clock

LIMITS = Limits(cpu=2.0, memory=256 * MEGABYTE, wall=10.0)


def run_isolated(work: Callable[[], Any]) -> Any:
    """What `work` returns, if that is data of JSON and no None; None where it needs more time or memory than it has."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            confine(LIMITS, 1)
            start_clock(LIMITS)
            warnings.simplefilter("ignore")  # of the text, which is not the user's
            with open(writer, "w", encoding="ascii") as answer:
                json.dump(work(), answer)
        finally:
            os._exit(0)
    os.close(writer)
    try:
        with open(reader, encoding="ascii") as answer:
            result = answer.read()
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    with contextlib.suppress(ValueError):  # it was ended before it had written all
        return json.loads(result)
    return None
