"""What a worker does: one task, as JSON, in a runner that stays warm; and what both sides must have alike."""

import platform
import threading
from functools import cache
from importlib.metadata import version

import msgspec

from bugforge.errors import ClusterError
from bugforge.model import VERSION
from bugforge.runner.pool import Runner
from bugforge.runner.task import Report, Task

ALIKE = ("numpy", "pandas", "pytest")
_warm = threading.local()  # the runner of a thread: a worker has one a thread


@cache
def versions() -> dict[str, str]:
    """Of all that an outcome may rest on."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"bugforge": VERSION, "Python": python, **{name: version(name) for name in ALIKE}}


def differences(ours: dict[str, str], theirs: dict[str, str]) -> str:
    """What a worker has in another version, in words; empty where all is alike."""
    others = [f"{name} {theirs.get(name)} for {ours[name]}" for name in ours if theirs.get(name) != ours[name]]
    return " and ".join(others)


def work(task: bytes, expected: dict[str, str]) -> bytes:
    """The reports of a task, one a module. Raises ClusterError where this worker has other versions than expected."""
    if other := differences(expected, versions()):
        raise ClusterError(f"worker {platform.node()} has {other}; install the same there")
    if not hasattr(_warm, "runner"):
        _warm.runner = Runner()
    ((_, reports),) = _warm.runner.run([msgspec.json.decode(task, type=Task)])
    return msgspec.json.encode([*reports])


def read_reports(data: object, task: Task) -> list[Report]:
    """What a worker sent. Raises ClusterError where it does not answer the task."""
    if not isinstance(data, bytes):
        raise ClusterError("a worker sent something that is no report")
    try:
        reports = msgspec.json.decode(data, type=list[Report])
    except msgspec.MsgspecError as error:
        raise ClusterError(f"a worker sent a report that cannot be read ({error})") from None
    whole = len(reports) == len(task.modules) and all(
        {*report} <= {*task.seeds} and report and all(report.values()) for report in reports
    )
    if not whole:
        raise ClusterError("a worker sent a report that leaves out a program or a seed")
    return reports
