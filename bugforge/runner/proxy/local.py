"""A module that runs in the process of its tests: for the engine's own mutants, where nothing is hostile."""

import contextlib
import types
from collections.abc import Collection, Iterator
from typing import Any

from bugforge.model import Outcome
from bugforge.runner.ending import Ending
from bugforge.runner.proxy.bits import Bits
from bugforge.runner.proxy.copies import has_nan, transfer
from bugforge.runner.proxy.data import GENERATOR, nearest_exception
from bugforge.runner.proxy.handle import Callback, GeneratorHandle, Handle, PublicName
from bugforge.runner.proxy.stubs import ModuleProxy


class LocalProxy(ModuleProxy):
    """A module behind the stubs, and its objects that a test holds handles of."""

    def __init__(self, name: str, members: Collection[str] | None = None) -> None:
        super().__init__(name, members)
        self.module: types.ModuleType | None = None
        self.module_side = _ModuleSide(self)
        self.test_side = _TestSide(self)

    def reset(self) -> None:
        super().reset()
        self.objects: dict[int, object] = {}
        self.seen = Bits()

    def load(self, source: str) -> None:
        self.module = None
        module = types.ModuleType(self.name)
        module.__file__ = f"{self.name}.py"
        exec(compile(source, module.__file__, "exec", dont_inherit=True), module.__dict__)
        self.module = module

    def get(self, ref: object, name: str) -> Any:
        target = self.target(ref)
        self.check_member(name)
        with self._module_running():
            value = getattr(target, name)
        return self.to_test(value)

    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        target: Any = self.target(ref)
        given = [self.to_module(arg) for arg in args], {key: self.to_module(arg) for key, arg in kwargs.items()}
        with self._module_running():
            result = target(*given[0], **given[1])
        return self.to_test(result)

    def iterate(self, ref: object) -> Iterator[Any]:
        target = self.target(ref)
        if type(target) is not GENERATOR:
            self.refuse("__iter__")
        return self._items(target)

    def copies_of(self, original: object) -> list[Any]:
        return [copy for seen, copy in self.arguments if seen is original]

    def _items(self, generator: Any) -> Iterator[Any]:
        while True:
            with self._module_running():
                try:
                    item = next(generator)
                except StopIteration:
                    return
            yield self.to_test(item)

    def target(self, ref: object) -> object:
        """The object that a handle's reference stands for."""
        self.check_testing()
        if isinstance(ref, PublicName):
            if self.module is None or not hasattr(self.module, ref.name):
                raise AttributeError(f"module {self.name!r} has no attribute {ref.name!r}")
            return getattr(self.module, ref.name)
        assert isinstance(ref, int)
        return self.objects[ref]

    @contextlib.contextmanager
    def _module_running(self) -> Iterator[None]:
        """Errors of the module leave it as their nearest common class; an exit of it is a crash."""
        try:
            yield
        except Exception as error:
            raise nearest_exception(error) from None
        except BaseException as error:
            name = type(error).__name__
            self.ended = Ending(Outcome.CRASHED, name, f"the module raised {name}")
            raise RuntimeError(self.ended.reason) from None

    def to_module(self, value: object) -> Any:
        return transfer(value, self.module_side)

    def to_test(self, value: object) -> Any:
        self.nan = self.nan or has_nan(value)
        self.seen.add(value)
        return transfer(value, self.test_side)

    def handle_of(self, value: object) -> Handle:
        self.objects[id(value)] = value
        return self.handle(id(value), GeneratorHandle if type(value) is GENERATOR else Handle)


class _ModuleSide:
    """Receives arguments: handles become the objects they stand for, objects of the test become callbacks."""

    def __init__(self, proxy: LocalProxy) -> None:
        self.proxy = proxy

    def foreign(self, value: object) -> object:
        if isinstance(value, Handle):
            return self.proxy.target(value._ref)
        return Callback(value, self.proxy.to_module, self.proxy.to_test)

    def copied(self, original: object, copy: object) -> None:
        self.proxy.note_argument(original, copy)


class _TestSide:
    """Receives results: callbacks become the objects they stand for, objects of the module become handles."""

    def __init__(self, proxy: LocalProxy) -> None:
        self.proxy = proxy

    def foreign(self, value: object) -> object:
        if isinstance(value, Callback):
            return value._value
        return self.proxy.handle_of(value)

    def copied(self, original: object, copy: object) -> None:
        """Nobody asks what the test does with its copies."""
