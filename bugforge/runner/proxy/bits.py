"""A digest of values, bit by bit: two programs that give a test the same one compute the same."""

import hashlib
import struct
from typing import Any

import numpy as np

from bugforge.runner.proxy.data import is_record

LENGTH = 16  # hexadecimal digits


class Bits:
    """Of the values that a module returned in a test, in their order; an object of the module counts as its class."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, value: Any) -> None:
        kind = type(value)
        self._hash.update(kind.__name__.encode())
        if kind is float:
            self._hash.update(struct.pack("=d", value))
        elif kind is np.ndarray and value.dtype.kind != "O":
            self._hash.update(f"{value.dtype}{value.shape}".encode() + value.tobytes())
        elif kind is np.ndarray:
            self.add(value.tolist())
        elif isinstance(value, np.generic):
            self._hash.update(value.tobytes())
        elif isinstance(value, dict):
            self.add([*value.items()])
        elif kind in (list, tuple) or is_record(value):
            self._hash.update(str(len(value)).encode())
            for item in value:
                self.add(item)
        elif kind in (int, bool, str, bytes, complex, type(None), range, slice):
            self._hash.update(repr(value).encode("utf-8", "surrogatepass"))
        elif kind.__module__.startswith("pandas"):
            self._add_table(value)

    def _add_table(self, value: Any) -> None:
        """A table by its columns, a column or an index by its values, anything else of pandas by its text."""
        if hasattr(value, "columns"):
            self.add([*value.columns])
            self.add(value.index.to_numpy())
            for column in range(value.shape[1]):
                self.add(value.iloc[:, column].to_numpy())
        elif hasattr(value, "to_numpy"):
            self.add(value.to_numpy())
        else:
            self._hash.update(str(value).encode())

    def __str__(self) -> str:
        return self._hash.hexdigest()[:LENGTH]
