"""Values that are encoded as the name of a kind and its parts: ranges, types, generators, named tuples, pandas' own."""

import re
import sys
from collections import ChainMap
from collections.abc import Callable, Collection
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from bugforge.runner.proxy.data import BUILTIN_HOMES, OF_PANDAS, is_record, record

DTYPE = re.compile(r"[<>|]([biufcSU]\d{1,6}|[mM]8(\[([1-9]\d{0,5})?[a-zA-Z]{1,7}\])?)")  # no step of 0: it divides
BIT_GENERATORS = {"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"}
HIDDEN: dict[str, ModuleType] = {}
MODULES = ChainMap(sys.modules, HIDDEN)
Parts = tuple[Any, ...]


def hide(libraries: Collection[str]) -> None:
    """Keep libraries that are loaded from being imported: who may not read their files either does without them."""
    for name in [name for name in sys.modules if name.partition(".")[0] in libraries]:
        HIDDEN[name] = sys.modules.pop(name)


def to_parts(value: Any) -> tuple[str, Parts] | None:
    """The kind and the parts of a value; None where it is not passed so."""
    kind = type(value)
    try:
        if kind in TO_PARTS:
            return kind.__name__, TO_PARTS[kind](value)
        if is_record(value):
            return "namedtuple", (kind.__name__, kind._fields, tuple(value))
        if isinstance(value, type) and (home := home_of(value)):
            return "type", home
        if kind.__module__.startswith("pandas"):
            from bugforge.runner.rpc import pandas_values

            return pandas_values.to_parts(value)
    except LookupError:  # a part that is not passed
        pass
    return None


def from_parts(kind: str, parts: Parts) -> Any:
    """The value again; whatever is wrong with the parts is raised as a builtin error."""
    if kind in OF_PANDAS:
        from bugforge.runner.rpc import pandas_values

        return pandas_values.FROM_PARTS[kind](*parts)
    if kind not in FROM_PARTS:
        raise ValueError(f"there is no record {kind!r}")
    return FROM_PARTS[kind](*parts)


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


def _encode_generator(generator: Any) -> Parts:
    name = type(generator.bit_generator).__name__
    if name not in BIT_GENERATORS:
        raise LookupError(f"{name} is not passed")
    return name, generator.bit_generator.state


def _decode_generator(name: str, state: Any) -> Any:
    if name not in BIT_GENERATORS:
        raise ValueError(f"there is no bit generator {name!r}")
    bits = getattr(np.random, name)()
    bits.state = state
    inner = state["state"]
    if not 0 <= inner.get("pos", 0) <= 624 or not 0 <= state.get("buffer_pos", 0) <= 4:  # numpy does not look
        raise ValueError("a generator that reads beyond its state")
    return np.random.Generator(bits)


def _decode_record(name: str, fields: Any, values: Any) -> Any:
    made = record(name, fields)(*values)
    if not is_record(made):
        raise ValueError("a named tuple may hold nothing but data")
    return made


TO_PARTS: dict[type, Callable[[Any], Parts]] = {
    range: lambda value: (value.start, value.stop, value.step),
    slice: lambda value: (value.start, value.stop, value.step),
    np.random.Generator: _encode_generator,
}
FROM_PARTS: dict[str, Callable[..., Any]] = {
    "range": range,
    "slice": slice,
    "Generator": _decode_generator,
    "namedtuple": _decode_record,
    "type": partial(kind_at, object),
}
