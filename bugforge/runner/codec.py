"""What may pass between a test and the module under test: data by exact type, as copies.

Nothing else crosses. An object of the module becomes a `Handle` on the test's side, an object of the test a
`Callback` on the module's side; each lets public attributes be read and calls be made, and nothing more. In the same
process (the gate) or behind a socket (grading) both sides see the same values.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from bugforge.runner.data import CONTAINERS, DICTS, PLAIN, is_data, is_known_type, is_record, record

IMMUTABLE = PLAIN | {range, slice, pd.Timestamp, pd.Timedelta, type(pd.NaT), type(pd.NA)}
INDEXES = {pd.Index, pd.RangeIndex, pd.DatetimeIndex, pd.TimedeltaIndex, pd.CategoricalIndex, pd.MultiIndex}
FRAMES: frozenset[type] = frozenset({pd.DataFrame, pd.Series} | INDEXES)


class Side(Protocol):
    """Where values go: how that side sees a foreign object, and what it wants to know of a copy."""

    def foreign(self, value: object) -> object: ...

    def copied(self, original: object, copy: object) -> None: ...


def transfer(value: Any, side: Side) -> Any:
    """The value as the other side sees it: a copy of data, a stand-in for anything else."""
    kind = type(value)
    if kind in IMMUTABLE or (kind.__module__ == "numpy" and isinstance(value, np.generic) and is_data(value)):
        return value
    passed: Any
    if kind is np.ndarray and is_data(value):
        passed = value.copy() if value.dtype.kind != "O" else _objects(value, side)
    elif kind in DICTS:
        passed = {transfer(key, side): transfer(item, side) for key, item in value.items()}
    elif kind in CONTAINERS:
        passed = kind(transfer(item, side) for item in value)
    elif kind in FRAMES:
        passed = value.copy(deep=True)
    elif kind is np.random.Generator:
        side.copied(value, None)
        return copy.deepcopy(value)
    elif is_record(value):
        passed = record(kind.__name__, kind._fields)(*(transfer(item, side) for item in value))
    elif is_known_type(value):
        return value
    else:
        return side.foreign(value)
    side.copied(value, passed)
    return passed


def _objects(array: Any, side: Side) -> Any:
    passed = np.empty(array.shape, dtype=object)
    for index, item in np.ndenumerate(array):
        passed[index] = transfer(item, side)
    return passed


def has_nan(value: Any) -> bool:
    """Whether a number or an array of numbers holds a NaN."""
    if isinstance(value, (float, np.floating)):
        return bool(value != value)
    return type(value) is np.ndarray and value.dtype.kind == "f" and bool(np.isnan(value).any())


class Refused(Exception):
    """A test asked something of a foreign object that only data can answer."""


@dataclass(frozen=True)
class Public:
    """The module's public attribute of a name, whichever module that is at the moment."""

    name: str


class Handle:
    """An object of the module, seen from a test: public attributes, calls, and lazy iteration of a generator."""

    __slots__ = ("_ask", "_ref")

    def __init__(self, ask: "Desk", ref: object) -> None:
        object.__setattr__(self, "_ask", ask)
        object.__setattr__(self, "_ref", ref)

    def __getattr__(self, name: str) -> Any:
        if name == "__name__" and isinstance(self._ref, Public):
            return self._ref.name  # so that parametrized tests are called as they are with the function itself
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return self._ask.get(self._ref, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask.call(self._ref, args, kwargs)

    def __iter__(self) -> Iterator[Any]:
        items: Iterator[Any] = self._ask.iterate(self._ref)
        return items

    def __repr__(self) -> str:
        return "<object of the module under test>"

    def __setattr__(self, name: str, value: object) -> None:
        self._ask.refuse(f"setting the attribute {name}")


class Stream(Handle):
    """A generator of the module: `list` and `sorted` ask for a length first, and take it that there is none."""

    __slots__ = ()
    __len__ = None


class Desk(Protocol):
    """Who answers for handles."""

    def get(self, ref: object, name: str) -> Any: ...

    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    def iterate(self, ref: object) -> Iterator[Any]: ...

    def refuse(self, what: str) -> Any: ...


def _refusing(operation: str) -> Callable[..., Any]:
    def refuse(self: Handle, *_: object) -> Any:
        return self._ask.refuse(operation)

    return refuse


for _operation in (
    "eq ne lt le gt ge bool len contains getitem setitem delitem hash array array_ufunc array_function float int "
    "index complex add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul "
    "neg pos abs invert and rand or ror xor rxor round enter exit delattr instancecheck"
).split():
    setattr(Handle, f"__{_operation}__", _refusing(f"__{_operation}__"))


class Callback:
    """An object of the test, seen from the module: it can be called, and its public attributes read."""

    __slots__ = ("_inward", "_outward", "_value")

    def __init__(self, value: object, inward: Callable[[Any], Any], outward: Callable[[Any], Any]) -> None:
        self._value, self._inward, self._outward = value, inward, outward

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        target: Any = self._value
        given = {key: self._outward(item) for key, item in kwargs.items()}
        return self._inward(target(*map(self._outward, args), **given))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return self._inward(getattr(self._value, name))
