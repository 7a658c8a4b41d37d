"""The module under test in the process of its tests: for the engine's own mutants, where nothing is hostile."""

import contextlib
import types
from collections.abc import Collection, Iterator
from typing import Any

from bugforge.model import Outcome
from bugforge.runner.border import Border
from bugforge.runner.codec import Callback, Handle, Public, Stream, has_nan, transfer
from bugforge.runner.data import GENERATOR, nearest_exception


class Service(Border):
    """A module behind the stubs, and its objects that a test holds handles of."""

    def __init__(self, name: str, members: Collection[str] | None = None) -> None:
        super().__init__(name, members)
        self.module: types.ModuleType | None = None
        self.inside = _Inside(self)
        self.outside = _Outside(self)

    def forget(self) -> None:
        super().forget()
        self.objects: dict[int, object] = {}

    def load(self, source: str) -> None:
        self.module = None
        module = types.ModuleType(self.name)
        module.__file__ = f"{self.name}.py"
        exec(compile(source, module.__file__, "exec", dont_inherit=True), module.__dict__)
        self.module = module

    def get(self, ref: object, name: str) -> Any:
        target = self._target(ref)
        self.check_member(name)
        with self._border():
            value = getattr(target, name)
        return self.outward(value)

    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        target: Any = self._target(ref)
        given = [self.inward(arg) for arg in args], {key: self.inward(arg) for key, arg in kwargs.items()}
        with self._border():
            result = target(*given[0], **given[1])
        return self.outward(result)

    def iterate(self, ref: object) -> Iterator[Any]:
        target = self._target(ref)
        if type(target) is not GENERATOR:
            self.refuse("__iter__")
        return self._items(target)

    def given(self, original: object) -> list[Any]:
        return [copy for seen, copy in self.lent if seen is original]

    def _items(self, generator: Any) -> Iterator[Any]:
        while True:
            with self._border():
                try:
                    item = next(generator)
                except StopIteration:
                    return
            yield self.outward(item)

    def _target(self, ref: object) -> object:
        self.check_open()
        if isinstance(ref, Public):
            if self.module is None or not hasattr(self.module, ref.name):
                raise AttributeError(f"module {self.name!r} has no attribute {ref.name!r}")
            return getattr(self.module, ref.name)
        assert isinstance(ref, int)
        return self.objects[ref]

    @contextlib.contextmanager
    def _border(self) -> Iterator[None]:
        """Errors of the module leave it as their nearest common class; an exit of it is a crash."""
        try:
            yield
        except Exception as error:
            raise nearest_exception(error) from None
        except BaseException as error:
            self.ended = Outcome.CRASHED, type(error).__name__, f"the module raised {type(error).__name__}"
            raise RuntimeError(self.ended[2]) from None

    # what crosses

    def inward(self, value: object) -> Any:
        return transfer(value, self.inside)

    def outward(self, value: object) -> Any:
        self.nan = self.nan or has_nan(value)
        return transfer(value, self.outside)

    def reference(self, value: object) -> Handle:
        self.objects[id(value)] = value
        return self.handle(id(value), Stream if type(value) is GENERATOR else Handle)


class _Inside:
    """The module's side: handles become the objects they stand for, objects of the test become callbacks."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def foreign(self, value: object) -> object:
        if isinstance(value, Handle):
            return self.service._target(value._ref)
        return Callback(value, self.service.inward, self.service.outward)

    def copied(self, original: object, copy: object) -> None:
        self.service.lend(original, copy)


class _Outside:
    """The test's side: callbacks become the objects they stand for, objects of the module become handles."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def foreign(self, value: object) -> object:
        if isinstance(value, Callback):
            return value._value
        return self.service.reference(value)

    def copied(self, original: object, copy: object) -> None:
        """Nobody asks what the test does with its copies."""
