"""What a process that runs foreign code may use: CPU time, wall time, memory, files."""

import contextlib
import ctypes
import math
import os
import signal
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

try:
    import resource as resource
except ImportError:  # Windows has none of these limits
    resource = None  # type: ignore[assignment]

MEGABYTE = 1 << 20
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Limits:
    """Bounds for one test: seconds of CPU time, bytes of memory beyond what the process has, seconds of the clock."""

    cpu: float = 10.0
    memory: int = 1024 * MEGABYTE
    wall: float = 60.0


@cache
def libc() -> Any:
    return ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Have the kernel end this process when its parent ends, where the kernel can."""
    if sys.platform == "linux":
        libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def confine(limits: Limits, tests: int) -> None:
    """Set the limits that hold for the rest of this process's life: memory, files, and CPU time as a last resort."""
    bounds = {**memory_and_files(limits), resource.RLIMIT_CPU: math.ceil(limits.cpu * (tests + 1)) + 5}
    for limit, bound in bounds.items():
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is already in force
            resource.setrlimit(limit, (bound, bound))


def memory_and_files(limits: Limits) -> dict[int, int]:
    """Bounds of the kernel by kind, for a process of the size that this one has now."""
    bounds = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: MEGABYTE}
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as statm:
            pages = int(statm.read().split()[0])
        bounds[resource.RLIMIT_AS] = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory
    return bounds


def start_clock(limits: Limits) -> None:
    """Give the next test its time; the kernel ends the process when either clock runs out.

    The signals keep their default action, so neither a loop inside a C function nor an `except` can outlive them.
    """
    signal.setitimer(signal.ITIMER_PROF, limits.cpu)
    signal.setitimer(signal.ITIMER_REAL, limits.wall)


def stop_clock() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def is_timeout(signal_number: int) -> bool:
    """Whether a process that this signal ended had used up its time."""
    return signal_number in (signal.SIGPROF, signal.SIGALRM, signal.SIGXCPU)
