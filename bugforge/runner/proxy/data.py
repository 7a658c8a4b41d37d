"""What counts as data, which is copied between a test and the module under test; anything else stays where it is.

pandas is not imported here: a process that has it takes five times as long to fork, and every test of a submission
forks one.
"""

import types
from collections import Counter, OrderedDict, defaultdict, namedtuple
from functools import lru_cache
from typing import Any

import numpy as np

PLAIN: frozenset[type] = frozenset({type(None), bool, int, float, complex, str, bytes, type(...)})
CONTAINERS: frozenset[type] = frozenset({list, tuple, set, frozenset})
DICTS: frozenset[type] = frozenset({dict, OrderedDict, defaultdict, Counter})  # which are copied as a dict
DATA_KINDS = "biufcmMSUO"  # kinds of numpy types whose values are data: no structures, no memory of others
BUILTIN_HOMES = ("builtins", "numpy", "pandas")
OF_PANDAS = {"DataFrame", "Series", "Index", "Timestamp", "Timedelta", "NaTType", "NAType"}
GENERATOR = types.GeneratorType


def is_data(value: np.generic | np.ndarray[Any, Any]) -> bool:
    """Whether a numpy array or scalar is of a type that is copied."""
    return value.dtype.kind in DATA_KINDS


def is_known_type(value: Any) -> bool:
    """Whether it is a class of Python, numpy or pandas. A dtype is none: it equals every number of its type."""
    return isinstance(value, type) and value.__module__.split(".")[0] in BUILTIN_HOMES


def is_named_tuple(kind: type) -> bool:
    return kind.__bases__ == (tuple,) and isinstance(getattr(kind, "_fields", None), tuple)


def is_record(value: Any) -> bool:
    """Whether it is a named tuple of data. One that holds anything else could answer in the place of data's methods:
    a field `equals` that is a function, or a class.
    """
    return is_named_tuple(type(value)) and all(map(_is_value, value))


def _is_value(item: Any) -> bool:
    kind = type(item)
    known = kind in PLAIN | CONTAINERS | DICTS or kind in (range, slice, np.ndarray, np.random.Generator)
    table = kind.__module__.startswith("pandas") and (kind.__name__ in OF_PANDAS or kind.__name__.endswith("Index"))
    return known or table or isinstance(item, np.generic) or is_record(item)


@lru_cache(maxsize=256)
def record(name: str, fields: tuple[str, ...]) -> Any:
    """The named tuple type of a name and fields; the same one every time."""
    return namedtuple(name, fields)


def nearest_exception(error: Exception) -> Exception:
    """The error as its nearest builtin, numpy or pandas class, with its text: the module's own classes stay home."""
    if isinstance(error, StopIteration):  # which would end a loop of the test's, and nobody would see it
        return RuntimeError(f"the module raised StopIteration {error}".rstrip())
    args = error.args if all(type(arg) in PLAIN for arg in error.args) else (str(error),)
    for kind in type(error).__mro__:
        if kind.__module__.split(".")[0] in BUILTIN_HOMES and issubclass(kind, Exception):
            try:
                near = kind(*args)
            except TypeError:
                continue
            return near
    return Exception(str(error))
