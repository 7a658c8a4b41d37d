"""As root: the privileges that root has beside owning its files are given up."""

import ctypes
import struct
from collections.abc import Callable

from bugforge.runner.sandbox import kernel
from bugforge.runner.sandbox.layer import Bounds, Layer

VERSION_3 = 0x20080522
HEADER = struct.pack("=Ii", VERSION_3, 0)


def prepare(bounds: Bounds) -> Callable[[], object]:
    _effective()
    return lambda: kernel.call("capset", HEADER, bytes(24))


def _effective() -> int:
    sets = ctypes.create_string_buffer(24)
    kernel.call("capget", HEADER, sets)
    low, _, _, high, _, _ = struct.unpack("=6I", sets.raw)
    return int(low | high << 32)


LAYER = Layer(
    name="capabilities",
    keeps_out="what root may do although a file or process is not its own",
    without="do not run as root where capabilities cannot be dropped",
    prepare=prepare,
    holds=lambda: _effective() == 0,
)
