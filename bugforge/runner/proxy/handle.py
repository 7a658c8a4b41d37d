"""Stand-ins for objects that are not copied.

A test holds a Handle of an object of the module, the module a Callback of an object of the test. Either can be called
and its public attributes read; nothing else reaches the object. So an object of the module cannot answer a comparison,
a conversion or a length in the place of data.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol


class Refused(Exception):
    """A test asked something of an object of the module that only data can answer."""


@dataclass(frozen=True)
class PublicName:
    """A reference to the module's public attribute of a name, whichever module is loaded at the moment."""

    name: str


class Owner(Protocol):
    """What a handle passes its operations on to."""

    def get(self, ref: object, name: str) -> Any: ...

    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    def iterate(self, ref: object) -> Iterator[Any]: ...

    def refuse(self, what: str) -> Any: ...


class Handle:
    """An object of the module, seen from a test: public attributes, calls, and lazy iteration of a generator."""

    __slots__ = ("_owner", "_ref")

    def __init__(self, owner: Owner, ref: object) -> None:
        object.__setattr__(self, "_owner", owner)
        object.__setattr__(self, "_ref", ref)

    def __getattr__(self, name: str) -> Any:
        if name == "__name__" and isinstance(self._ref, PublicName):
            return self._ref.name  # so that parametrized tests are called as they are with the function itself
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return self._owner.get(self._ref, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._owner.call(self._ref, args, kwargs)

    def __iter__(self) -> Iterator[Any]:
        items: Iterator[Any] = self._owner.iterate(self._ref)
        return items

    def __repr__(self) -> str:
        return "<object of the module under test>"

    def __setattr__(self, name: str, value: object) -> None:
        self._owner.refuse(f"setting the attribute {name}")


class GeneratorHandle(Handle):
    """A generator of the module: `list` and `sorted` ask for a length first, and take it that there is none."""

    __slots__ = ()
    __len__ = None


def _refusing(operation: str) -> Callable[..., Any]:
    def refuse(self: Handle, *_: object) -> Any:
        return self._owner.refuse(operation)

    return refuse


for _operation in (
    "eq ne lt le gt ge bool len contains getitem setitem delitem hash array array_ufunc array_function float int "
    "index complex add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul "
    "neg pos abs invert and rand or ror xor rxor round enter exit delattr instancecheck"
).split():
    setattr(Handle, f"__{_operation}__", _refusing(f"__{_operation}__"))


class Callback:
    """An object of the test, seen from a module in the same process."""

    __slots__ = ("_to_module", "_to_test", "_value")

    def __init__(self, value: object, to_module: Callable[[Any], Any], to_test: Callable[[Any], Any]) -> None:
        self._value, self._to_module, self._to_test = value, to_module, to_test

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        target: Any = self._value
        given = {key: self._to_test(item) for key, item in kwargs.items()}
        return self._to_module(target(*map(self._to_test, args), **given))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return self._to_module(getattr(self._value, name))
