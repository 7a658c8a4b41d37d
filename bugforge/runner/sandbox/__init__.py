"""The walls around a process that runs foreign code, in the order in which it puts them up.

Each later one would forbid an earlier one's work: the filter of system calls, which forbids nearly all of it, is last.
"""

from collections.abc import Callable, Collection

from bugforge.runner.sandbox import capabilities, landlock, namespaces, rlimits, seccomp, session
from bugforge.runner.sandbox.layer import Bounds, Layer

LAYERS: tuple[Layer, ...] = (
    session.LAYER,
    namespaces.LAYER,
    rlimits.LAYER,
    landlock.LAYER,
    capabilities.LAYER,
    seccomp.LAYER,
)
MINIMUM = frozenset({"landlock", "seccomp", "rlimits"})  # for programs that are not one's own


def prepare(bounds: Bounds, without: Collection[str] = ()) -> list[Callable[[], object]]:
    """What a child calls on itself, in this order; what the machine does not have is left out."""
    ready = []
    for layer in LAYERS:
        if layer.name not in without:
            try:
                ready.append(layer.prepare(bounds))
            except OSError:
                continue
    return ready


def in_force() -> tuple[str, ...]:
    """Asked inside a locked-down child: the layers that hold, each of them tried."""
    return tuple(layer.name for layer in LAYERS if _holds(layer))


def _holds(layer: Layer) -> bool:
    try:
        return layer.holds()
    except OSError:
        return False
