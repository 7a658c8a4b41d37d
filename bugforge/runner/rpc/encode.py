"""Values as bytes: the specification of what may pass between a test and a module in another process.

    value   = tag payload                       one byte, then what the tag says; little-endian throughout
    count   = 4 bytes, unsigned; sized = count, then as many bytes
    N T F E = None, True, False, ...
    i d c   = int of 8 bytes, float, complex    I = a larger int, sized
    s b     = str (UTF-8, lone surrogates kept), bytes: sized
    t l e z = tuple, list, set, frozenset: count, then the values
    D J     = list of floats, list of ints of 8 bytes: sized
    m       = dict, or one of the standard library's kinds: count, then keys and values; a key is a scalar, or a tuple
              of keys
    a       = numpy array: dtype, shape (a tuple), raw bytes: sized    o = one of objects: shape, then a tuple of values
    g       = numpy scalar: dtype, raw bytes: sized
    r       = record: its kind as a str, its parts as a tuple (range, DataFrame, Generator, ...; see records.py)
    H       = an object that is not copied: whose it is as a str, its name or number in that process's object table

decode.py reads this, and believes nothing of it.
"""

import struct
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from bugforge.runner.proxy.data import CONTAINERS, DICTS, is_data
from bugforge.runner.rpc import records

MAX_DEPTH = 40  # values within values
COUNT, INT, FLOAT, COMPLEX = struct.Struct("<I"), struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<dd")
HALF = 1 << 63
TAG_OF_CONTAINER: dict[type, bytes] = {tuple: b"t", list: b"l", set: b"e", frozenset: b"z"}


class ProtocolError(Exception):
    """The bytes are no value or message of this protocol."""


class Unsendable(Exception):
    """A value is too deep, or too large, to be passed."""


class Owner(StrEnum):
    """Whose an object is that is not copied; a generator of the module is told apart, for it is iterated."""

    MODULE = "module"
    GENERATOR = "generator"
    TEST = "test"


class ObjectTable(Protocol):
    """What a process knows of objects that are not copied; it is told of every copy, in the same order at both ends."""

    def reference(self, value: object) -> tuple[str, str | int]: ...

    def resolve(self, owner: str, ref: str | int) -> object: ...

    def sent(self, value: object) -> None: ...

    def received(self, value: object) -> None: ...


def encode(value: object, objects: ObjectTable) -> bytes:
    """The bytes of a value. Raises Unsendable where it is nested too deeply."""
    encoder = Encoder(objects)
    encoder.put(value, 0)
    return bytes(encoder.out)


class Encoder:
    """Appends values to the bytes in `out`."""

    def __init__(self, objects: ObjectTable) -> None:
        self.objects = objects
        self.out = bytearray()

    def put(self, value: Any, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Unsendable("a value is nested too deeply to be passed")
        kind = type(value)
        if kind in (type(None), bool, type(...)):
            self.out += b"N" if value is None else b"E" if value is ... else b"T" if value else b"F"
        elif kind in SCALARS:
            self.out += SCALARS[kind](value)
        elif kind.__module__ == "numpy" and isinstance(value, np.generic) and is_data(value):
            dtype = np.asarray(value).dtype  # of an empty text too it has room for a character
            self.out += b"g" + sized(dtype.str.encode()) + sized(value.tobytes().ljust(dtype.itemsize, b"\0"))
        elif kind in CONTAINERS | DICTS or (kind is np.ndarray and is_data(value)):
            self._many(value, kind, depth + 1)
            self.objects.sent(value)
        elif (record := records.to_parts(value)) is not None:
            self.out += b"r" + text(record[0])
            self.put(record[1], depth + 1)
            self.objects.sent(value)
        else:
            owner, ref = self.objects.reference(value)
            self.out += b"H" + text(owner)
            self.put(ref, depth + 1)

    def _many(self, value: Any, kind: type, depth: int) -> None:
        if kind is np.ndarray and value.dtype.kind == "O":
            self.out += b"o"
            self.put(value.shape, depth)
            self.put(tuple(value.ravel()), depth)
        elif kind is np.ndarray:
            self.out += b"a" + sized(value.dtype.str.encode())
            self.put(value.shape, depth)
            self.out += sized(value.tobytes())
        elif kind in DICTS:
            self.out += b"m" + COUNT.pack(len(value))
            for key, item in value.items():
                self.put(key, depth)
                self.put(item, depth)
        elif kind is list and value and set(map(type, value)) == {float}:
            self.out += b"D" + sized(struct.pack(f"<{len(value)}d", *value))
        elif kind is list and value and set(map(type, value)) == {int} and -HALF <= min(value) <= max(value) < HALF:
            self.out += b"J" + sized(struct.pack(f"<{len(value)}q", *value))
        else:
            self.out += TAG_OF_CONTAINER[kind] + COUNT.pack(len(value))
            for item in value:
                self.put(item, depth)


def sized(data: bytes) -> bytes:
    return COUNT.pack(len(data)) + data


def text(value: str) -> bytes:
    return b"s" + sized(value.encode("utf-8", "surrogatepass"))


def _int(value: int) -> bytes:
    if -HALF <= value < HALF:
        return b"i" + INT.pack(value)
    return b"I" + sized(value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True))


SCALARS: dict[type, Callable[[Any], bytes]] = {
    int: _int,
    float: lambda value: b"d" + FLOAT.pack(value),
    complex: lambda value: b"c" + COMPLEX.pack(value.real, value.imag),
    str: text,
    bytes: lambda value: b"b" + sized(value),
}
