"""What a layer of the sandbox is."""

from collections.abc import Callable
from dataclasses import dataclass

from bugforge.runner.limits import Limits


@dataclass(frozen=True)
class Bounds:
    """What a locked-down process may still do: its time and memory, and the files and folders that it may read."""

    limits: Limits
    readable: tuple[str, ...]


@dataclass(frozen=True)
class Layer:
    """One wall: how it is put up, and how it is seen from inside whether it holds.

    `prepare` does what can be done once, in the server that forks the workers, and gives the function that each
    worker calls on itself. It raises OSError where the machine does not have the layer. `holds` is asked inside a
    locked-down worker, and tries.
    """

    name: str
    keeps_out: str
    without: str  # what a user can do about its absence
    prepare: Callable[[Bounds], Callable[[], object]]
    holds: Callable[[], bool]
