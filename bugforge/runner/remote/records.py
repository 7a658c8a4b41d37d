"""Values that cross as a kind and its parts: ranges, types, generators' states, named tuples, and what pandas has."""

import re
import sys
from collections import ChainMap
from collections.abc import Callable, Collection
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from bugforge.runner.data import BUILTIN_HOMES, OF_PANDAS, is_record, record

DTYPE = re.compile(r"[<>|]([biufcSU]\d{1,6}|[mM]8(\[([1-9]\d{0,5})?[a-zA-Z]{1,7}\])?)")  # no step of 0: it divides
BIT_GENERATORS = {"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"}
CONCEALED: dict[str, ModuleType] = {}
MODULES = ChainMap(sys.modules, CONCEALED)
Parts = tuple[Any, ...]


def conceal(libraries: Collection[str]) -> None:
    """Keep libraries that are loaded from being imported: who may not read their files either does without them."""
    for name in [name for name in sys.modules if name.partition(".")[0] in libraries]:
        CONCEALED[name] = sys.modules.pop(name)


def taken_apart(value: Any) -> tuple[str, Parts] | None:
    """The kind and the parts of a value; None where it has none that may cross."""
    kind = type(value)
    try:
        if kind in TAKE:
            return kind.__name__, TAKE[kind](value)
        if is_record(value):
            return "namedtuple", (kind.__name__, kind._fields, tuple(value))
        if isinstance(value, type) and (home := home_of(value)):
            return "type", home
        if kind.__module__.startswith("pandas"):
            from bugforge.runner.remote import tables

            return tables.taken_apart(value)
    except LookupError:  # a part that cannot cross
        pass
    return None


def put_together(kind: str, parts: Parts) -> Any:
    """The value again; whatever is wrong with the parts is raised as a builtin error."""
    if kind in OF_PANDAS:
        from bugforge.runner.remote import tables

        return tables.PUT[kind](*parts)
    if kind not in PUT:
        raise ValueError(f"there is no record {kind!r}")
    return PUT[kind](*parts)


def home_of(kind: type) -> tuple[str, str] | None:
    """Module and name of a builtin, numpy or pandas class; None for any other."""
    module, name = kind.__module__, kind.__qualname__
    if module.split(".")[0] not in BUILTIN_HOMES or getattr(MODULES.get(module), name, None) is not kind:
        return None
    return module, name


def dtype_of(name: str) -> Any:
    """The type of numbers, times or texts of that name. Raises ValueError for any other."""
    if type(name) is str and DTYPE.fullmatch(name):
        return np.dtype(name)
    raise ValueError("this is no type of a number, a time or a text")


def kind_at(base: type, module: str, name: str) -> Any:
    """The class of that home. Raises ValueError where there is none, or it is none of `base`."""
    known = type(module) is type(name) is str and module.split(".")[0] in BUILTIN_HOMES
    found = getattr(MODULES[module], name, None) if known and module in MODULES else None
    if not isinstance(found, type) or not issubclass(found, base):
        raise ValueError("there is no such class")
    return found


def _generator(generator: Any) -> Parts:
    name = type(generator.bit_generator).__name__
    if name not in BIT_GENERATORS:
        raise LookupError(f"{name} does not cross")
    return name, generator.bit_generator.state


def _ungenerator(name: str, state: Any) -> Any:
    if name not in BIT_GENERATORS:
        raise ValueError(f"there is no bit generator {name!r}")
    bits = getattr(np.random, name)()
    bits.state = state
    inner = state["state"]
    if not 0 <= inner.get("pos", 0) <= 624 or not 0 <= state.get("buffer_pos", 0) <= 4:  # numpy does not look
        raise ValueError("a generator that reads beyond its state")
    return np.random.Generator(bits)


def _unrecord(name: str, fields: Any, values: Any) -> Any:
    made = record(name, fields)(*values)
    if not is_record(made):
        raise ValueError("a named tuple may hold data alone")
    return made


TAKE: dict[type, Callable[[Any], Parts]] = {
    range: lambda value: (value.start, value.stop, value.step),
    slice: lambda value: (value.start, value.stop, value.step),
    np.random.Generator: _generator,
}
PUT: dict[str, Callable[..., Any]] = {
    "range": range,
    "slice": slice,
    "Generator": _ungenerator,
    "namedtuple": _unrecord,
    "type": partial(kind_at, object),
}
