"""Memory, CPU time, file size and open files: what the kernel counts by itself."""

import math
import resource
from collections.abc import Callable

from bugforge.runner.limits import confine
from bugforge.runner.sandbox.layer import Bounds, Layer

OPEN_FILES = 32


def prepare(bounds: Bounds) -> Callable[[], object]:
    def enter() -> None:
        confine(bounds.limits, 0)
        seconds = math.ceil(bounds.limits.cpu)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # a signal first, which tells why; then the end
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))

    return enter


def holds() -> bool:
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)
    return all(resource.getrlimit(kind)[1] != resource.RLIM_INFINITY for kind in kinds)


LAYER = Layer(
    name="rlimits",
    keeps_out="endless computing, and eating memory or file descriptors",
    without="run on Linux: other systems do not bound the memory of a process",
    prepare=prepare,
    holds=holds,
)
