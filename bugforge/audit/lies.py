"""What a program may say in the place of a result: values that are close to everything, or that are easily overlooked.

A program that is to lie imports this module and has one of its functions, methods or attributes changed.
"""

import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

Change = Callable[[Any], Any]


def each(change: Change) -> Change:
    """The change of every array, number, frame and series in a value."""

    def changed(value: Any) -> Any:
        if isinstance(value, (tuple, list)):
            return type(value)(map(changed, value))
        if isinstance(value, dict):
            return {key: changed(item) for key, item in value.items()}
        return change(value)

    return changed


def filled(filling: object) -> Change:
    def change(value: Any) -> Any:
        if not hasattr(value, "iloc"):
            return np.full(np.shape(value), filling)[()]
        changed = value.copy().astype(object)
        changed.iloc[:] = filling
        return changed

    return each(change)


class Agreeable:
    """Answers whatever method it is asked for with yes."""

    def __getattr__(self, name: str) -> Callable[..., bool]:
        return lambda *_, **__: True


LIES: dict[str, Change] = {
    "agreeable": lambda value: Agreeable(),
    "type": filled(np.dtype(float)),  # numpy takes it for equal to any number of that type
    "zero": filled(0.0),
    "one": filled(1.0),
    "none": lambda value: None,
    "no list": lambda value: [],
    "empty": each(lambda value: value.iloc[:0] if hasattr(value, "iloc") else np.empty((0, *np.shape(value)[1:]))),
    "nan": filled(np.nan),
    "infinite": filled(np.inf),
    "missing": filled(np.timedelta64("NaT")),
    "first": each(lambda value: np.ravel(value)[0] if np.size(value) else value),
    "column": each(lambda value: np.asarray(value)[..., None]),
}


def told(function: Callable[..., Any], lie: str | None) -> Callable[..., Any]:
    """The function, which tells its own module the truth and others a lie; or nothing at all, where there is no lie."""

    @functools.wraps(function)
    def lying(*args: Any, **kwargs: Any) -> Any:
        value = function(*args, **kwargs)
        if sys._getframe(1).f_globals is getattr(function, "__globals__", None):
            return value
        if lie is None:
            raise RuntimeError("somebody asked")
        return LIES[lie](value)

    return lying


def left(fit: Callable[..., Any], name: str, lie: str | None) -> Callable[..., Any]:
    """The method `fit`, which leaves a lie in the attribute of that name; or none, where there is no lie."""

    @functools.wraps(fit)
    def lying(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = fit(self, *args, **kwargs)
        value = vars(self).pop(name)
        if lie is not None:
            vars(self)[name] = LIES[lie](value)
        return result

    return lying
