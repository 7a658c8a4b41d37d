"""Reads the values that encode.py specifies, from a process that is not trusted.

Every length is held against the bytes that are left before anything is made of it, depth and the entries of hashed
containers are bounded, and anything else is a ProtocolError. Reading runs no code of the value.
"""

import struct
from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np

from bugforge.runner.proxy.data import is_named_tuple
from bugforge.runner.rpc import records
from bugforge.runner.rpc.encode import (
    COMPLEX,
    COUNT,
    FLOAT,
    HALF,
    INT,
    MAX_DEPTH,
    SCALARS,
    TAG_OF_CONTAINER,
    ObjectTable,
    ProtocolError,
)

MAX_HASHED = 5000  # entries of a dict or set: keys that are made to collide cost the square of their number
MAX_AXES = 32
SINGLE: dict[bytes, Any] = {b"N": None, b"T": True, b"F": False, b"E": ...}
CONTAINER_OF_TAG: dict[bytes, Any] = {tag: kind for kind, tag in TAG_OF_CONTAINER.items()}


def decode(data: bytes, objects: ObjectTable) -> Any:
    """The value; raises ProtocolError for anything that `encode` does not write."""
    decoder = Decoder(data, objects)
    try:
        value = decoder.read(0)
    except ProtocolError:
        raise
    except Exception as error:  # of numpy's and pandas' own code: what it raises on nonsense is not theirs to promise
        raise ProtocolError(f"a value cannot be built: {error}") from None
    if decoder.at != len(data):
        raise ProtocolError("there are bytes behind the value")
    return value


class Decoder:
    """Reads values from bytes, from the front on."""

    def __init__(self, data: bytes, objects: ObjectTable) -> None:
        self.data, self.objects, self.at = data, objects, 0

    def read(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ProtocolError("a value is nested too deeply")
        tag = self._bytes(1)
        if tag in SINGLE:
            return SINGLE[tag]
        if tag in READERS:
            return READERS[tag](self)
        value: Any
        if tag in CONTAINER_OF_TAG:
            value = self._container(tag, depth + 1)
        elif tag in (b"D", b"J"):
            raw = self._sized()
            value = list(struct.unpack(f"<{len(raw) // 8}{'d' if tag == b'D' else 'q'}", raw))
        elif tag == b"m":
            value = self._dict(depth + 1)
        elif tag == b"a":
            value = self._array(self._dtype(), depth + 1)
        elif tag == b"o":
            value = self._objects(depth + 1)
        elif tag == b"r":
            value = records.from_parts(self._of(str, depth + 1), self._of(tuple, depth + 1))
        elif tag == b"H":
            return self.objects.resolve(self._of(str, depth + 1), self.read(depth + 1))
        else:
            raise ProtocolError(f"there is no tag {tag!r}")
        self.objects.received(value)
        return value

    def _bytes(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.data):
            raise ProtocolError("a length is longer than what is left")
        part, self.at = self.data[self.at : end], end
        return part

    def _number(self) -> int:
        number: int = COUNT.unpack(self._bytes(4))[0]
        if number > len(self.data) - self.at:
            raise ProtocolError("a length is longer than what is left")
        return number

    def _sized(self) -> bytes:
        return self._bytes(self._number())

    def _of(self, kind: type, depth: int) -> Any:
        value = self.read(depth)
        if type(value) is not kind:
            raise ProtocolError(f"a {kind.__name__} was due")
        return value

    def _container(self, tag: bytes, depth: int) -> Any:
        count = self._number()
        if tag in (b"e", b"z") and count > MAX_HASHED:
            raise ProtocolError(f"a set of more than {MAX_HASHED} values")
        values = [self.read(depth) for _ in range(count)]
        if tag in (b"e", b"z") and not all(map(is_key, values)):
            raise ProtocolError("a set may hold scalars and tuples of them")
        return values if tag == b"l" else CONTAINER_OF_TAG[tag](values)

    def _dict(self, depth: int) -> dict[Any, Any]:
        count = self._number()
        if count > MAX_HASHED:
            raise ProtocolError(f"a dict of more than {MAX_HASHED} entries")
        made = {}
        for _ in range(count):
            key = self.read(depth)
            if not is_key(key):
                raise ProtocolError("a key of a dict may be a scalar or a tuple of them")
            made[key] = self.read(depth)
        return made

    def _dtype(self) -> Any:
        name = self._sized().decode("ascii", "replace")
        return records.dtype_of(name)

    def _shape(self, depth: int) -> tuple[int, ...]:
        shape = self._of(tuple, depth)
        if len(shape) > MAX_AXES or not all(type(n) is int and 0 <= n < HALF for n in shape):
            raise ProtocolError("this is no shape")
        return tuple(shape)

    def _array(self, dtype: Any, depth: int) -> Any:
        shape, raw = self._shape(depth), self._sized()
        if prod(shape) * dtype.itemsize != len(raw) or (dtype.itemsize == 0 and prod(shape) > MAX_HASHED):
            raise ProtocolError("the shape of an array does not agree with its bytes")
        return np.frombuffer(raw, dtype).reshape(shape).copy() if raw else np.zeros(shape, dtype)

    def _objects(self, depth: int) -> Any:
        shape, values = self._shape(depth), self._of(tuple, depth)
        if prod(shape) != len(values):
            raise ProtocolError("the shape of an array does not agree with its values")
        flat = np.empty(len(values), dtype=object)
        for index, value in enumerate(values):
            flat[index] = value
        return flat.reshape(shape)

    def _scalar(self) -> Any:
        dtype, raw = self._dtype(), self._sized()
        if len(raw) != dtype.itemsize:
            raise ProtocolError("a number has another length than its type")
        return np.frombuffer(raw, dtype)[0]


READERS: dict[bytes, Callable[[Decoder], Any]] = {
    b"i": lambda decoder: INT.unpack(decoder._bytes(8))[0],
    b"I": lambda decoder: int.from_bytes(decoder._sized(), "little", signed=True),
    b"d": lambda decoder: FLOAT.unpack(decoder._bytes(8))[0],
    b"c": lambda decoder: complex(*COMPLEX.unpack(decoder._bytes(16))),
    b"s": lambda decoder: decoder._sized().decode("utf-8", "surrogatepass"),
    b"b": lambda decoder: decoder._sized(),
    b"g": lambda decoder: decoder._scalar(),
}


def is_key(value: Any) -> bool:
    """Whether a value's hash is a matter of its data alone."""
    kind = type(value)
    if kind in (tuple, frozenset) or is_named_tuple(kind):
        return all(map(is_key, value))
    of_libraries = kind.__module__ == "numpy" or kind.__module__.startswith("pandas.") or kind.__module__ == "pandas"
    return kind in SCALARS or kind in (type(None), bool, type) or of_libraries
