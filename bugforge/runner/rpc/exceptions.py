"""Exceptions, warnings and the settings that govern them, as parts of a message between two processes."""

import re
import warnings
from collections.abc import Iterable
from typing import Any

import numpy as np

from bugforge.runner.proxy.data import nearest_exception
from bugforge.runner.rpc.encode import ProtocolError
from bugforge.runner.rpc.records import home_of, kind_at

MAX_WARNINGS = 50
MODES = ("ignore", "warn", "raise")  # of numpy's error state; the others are for a terminal
Settings = tuple[dict[str, str], tuple[tuple[Any, ...], ...]]


def encode_exception(error: Exception) -> tuple[Any, ...]:
    """An error as its nearest common class and its arguments."""
    near = nearest_exception(error)
    return home_of(type(near)) or ("builtins", "Exception"), near.args


def decode_exception(home: Any, args: Any) -> Exception:
    """The exception of a class and arguments. Raises ProtocolError where there is none."""
    try:
        made: Exception = kind_at(Exception, *home)(*args)
    except (TypeError, ValueError) as error:
        raise ProtocolError(f"this is no error ({error})") from None
    return made


def settings() -> Settings:
    """numpy's error state and the warning filters of this thread."""
    errors = {kind: mode if mode in MODES else "ignore" for kind, mode in np.geterr().items()}
    filters = []
    for action, message, category, module, line in warnings.filters:
        if isinstance(category, type) and (home := home_of(category)):
            filters.append((action, _pattern(message), home, _pattern(module), line))
    return errors, tuple(filters)


def _pattern(pattern: Any) -> Any:
    return getattr(pattern, "pattern", pattern)


def set_filters(filters: Iterable[tuple[Any, ...]]) -> None:
    """Set the warning filters of this thread."""
    warnings.resetwarnings()
    made: Any = warnings.filters
    for action, message, home, module, line in filters:
        matcher = re.compile(message, re.IGNORECASE) if message else None
        made.append((action, matcher, kind_at(Warning, *home), re.compile(module) if module else None, line))


def encode_warnings(log: Iterable[warnings.WarningMessage]) -> tuple[Any, ...]:
    """Warnings as their nearest common class and their text."""
    found = []
    for item, _ in zip(log, range(MAX_WARNINGS), strict=False):
        kind = next((k for k in item.category.__mro__ if home_of(k) and issubclass(k, Warning)), Warning)
        found.append((home_of(kind), str(item.message)))
    return tuple(found)


def decode_warnings(encoded: Any) -> list[Warning]:
    """The warnings of a message. Raises ProtocolError where they are none."""
    if type(encoded) is not tuple:
        raise ProtocolError("warnings are no tuple")
    try:
        return [kind_at(Warning, *home)(text) for home, text in encoded[:MAX_WARNINGS]]
    except (TypeError, ValueError) as error:
        raise ProtocolError(f"this is no warning ({error})") from None


def issue_warnings(received: Iterable[Warning], module: str) -> None:
    """Warn again of what the module warned of."""
    for warning in received:
        warnings.warn_explicit(warning, None, f"{module}.py", 1)
