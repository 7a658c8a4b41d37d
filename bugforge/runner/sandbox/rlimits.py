"""Memory, CPU time, file size and open files: what the kernel counts by itself."""

import math
from collections.abc import Callable

from bugforge.runner.limits import memory_and_files, resource
from bugforge.runner.sandbox.layer import Bounds, Layer

OPEN_FILES = 32


def prepare(bounds: Bounds) -> Callable[[], object]:
    """A child has the size of the server, whose memory is looked up here, once."""
    seconds = math.ceil(bounds.limits.cpu)
    wanted = {kind: (bound, bound) for kind, bound in memory_and_files(bounds.limits).items()}
    wanted[resource.RLIMIT_NOFILE] = OPEN_FILES, OPEN_FILES
    wanted[resource.RLIMIT_CPU] = seconds, seconds + 1  # a signal first, which tells why; then the end
    limits = {kind: _stricter(kind, *pair) for kind, pair in wanted.items()}

    def enter() -> None:
        for kind, bound in limits.items():
            resource.setrlimit(kind, bound)

    return enter


def _stricter(kind: int, soft: int, hard: int) -> tuple[int, int]:
    """The wanted limit, or the one that is in force: nobody may raise that."""
    known = resource.getrlimit(kind)[1]
    return (soft, hard) if known == resource.RLIM_INFINITY else (min(soft, known), min(hard, known))


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
