"""Copies values between a test and a module in the same process: data by exact type, anything else as a stand-in.

The gate's modules see their arguments so, a test their results; what crosses between processes is the same
(see rpc/encode.py), so that both judge alike.
"""

import copy
from enum import Enum, auto
from typing import Any, Protocol

import numpy as np

from bugforge.runner.proxy.data import CONTAINERS, DICTS, PLAIN, is_data, is_known_type, is_record, record

IMMUTABLE = PLAIN | {range, slice}


class Pandas(Enum):
    """What a value of pandas is."""

    SCALAR = auto()
    TABLE = auto()


class Receiver(Protocol):
    """The side that values go to: how it sees an object that is not copied, and what it wants to know of a copy."""

    def foreign(self, value: object) -> object: ...

    def copied(self, original: object, copy: object) -> None: ...


def transfer(value: Any, receiver: Receiver) -> Any:
    """The value as the receiver sees it: a copy of data, a stand-in for anything else."""
    kind = type(value)
    if kind in IMMUTABLE or (kind.__module__ == "numpy" and isinstance(value, np.generic) and is_data(value)):
        return value
    of_pandas = _kind_of_pandas(kind)
    if of_pandas is Pandas.SCALAR:
        return value
    passed: Any
    if kind is np.ndarray and is_data(value):
        passed = value.copy() if value.dtype.kind != "O" else _objects(value, receiver)
    elif kind in DICTS:
        passed = {transfer(key, receiver): transfer(item, receiver) for key, item in value.items()}
    elif kind in CONTAINERS:
        passed = kind(transfer(item, receiver) for item in value)
    elif of_pandas is Pandas.TABLE:
        passed = value.copy(deep=True)
    elif kind is np.random.Generator:
        receiver.copied(value, None)
        return copy.deepcopy(value)
    elif is_record(value):
        passed = record(kind.__name__, kind._fields)(*(transfer(item, receiver) for item in value))
    elif is_known_type(value):
        return value
    else:
        return receiver.foreign(value)
    receiver.copied(value, passed)
    return passed


def _kind_of_pandas(kind: type) -> Pandas | None:
    if not kind.__module__.startswith("pandas"):
        return None
    from bugforge.runner.proxy import tables

    return Pandas.SCALAR if kind in tables.SCALARS else Pandas.TABLE if kind in tables.FRAMES else None


def _objects(array: Any, receiver: Receiver) -> Any:
    passed = np.empty(array.shape, dtype=object)
    for index, item in np.ndenumerate(array):
        passed[index] = transfer(item, receiver)
    return passed


def has_nan(value: Any) -> bool:
    """Whether a number or an array of numbers holds a NaN."""
    if isinstance(value, (float, np.floating)):
        return bool(value != value)
    return type(value) is np.ndarray and value.dtype.kind == "f" and bool(np.isnan(value).any())
