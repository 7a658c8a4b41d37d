"""The service module: stubs that a contract is collected against, and the module under test behind them.

The stubs never change; `Service.load` points them at another module. So parametrize lists, default arguments and
class attributes that hold a stub always reach the module of the moment.
"""

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import Any

from bugforge.runner.codec import GENERATOR, Callback, Handle, Public, Refused, has_nan, nearest_exception, transfer


class Service:
    """One module under test in this process, and what happened at its border during the current test."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.module: types.ModuleType | None = None
        self.testing = False
        self.inside = _Inside(self)
        self.outside = _Outside(self)
        self.begin()
        self.testing = False
        self.guards = 0

    def install_stubs(self) -> None:
        """Make `import <name>` and `from <name> import anything` give stubs."""
        stubs = types.ModuleType(self.name)

        def stub(attribute: str) -> Handle:
            if attribute.startswith("_"):
                raise AttributeError(attribute)
            found = Handle(self, Public(attribute))
            setattr(stubs, attribute, found)
            return found

        stubs.__getattr__ = stub  # type: ignore[method-assign]
        sys.modules[self.name] = stubs

    def load(self, source: str) -> None:
        """Run a module's source and put it behind the stubs; whatever it raises is raised here."""
        self.module = None
        module = types.ModuleType(self.name)
        module.__file__ = f"{self.name}.py"
        exec(compile(source, module.__file__, "exec", dont_inherit=True), module.__dict__)
        self.module = module

    def begin(self) -> None:
        """Forget what the last test left at the border."""
        self.testing = True
        self.refusals: list[str] = []
        self.exit: str = ""
        self.nan = False
        self.objects: dict[int, object] = {}
        self.handles: dict[int, Handle] = {}
        self.generators: list[object] = []
        self.lent: list[tuple[object, object]] = []

    # what handles ask

    def get(self, ref: object, name: str) -> Any:
        target = self._target(ref)
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

    def _items(self, generator: Any) -> Iterator[Any]:
        while True:
            with self._border():
                try:
                    item = next(generator)
                except StopIteration:
                    return
            yield self.outward(item)

    def refuse(self, what: str) -> Any:
        """Record the refusal where no test can catch it, then raise."""
        self.refusals.append(what)
        raise Refused(f"{what} is not possible on an object of the module under test")

    def _target(self, ref: object) -> object:
        if not self.testing:
            self.refuse("a call or an attribute while the contract is imported")
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
            self.exit = type(error).__name__
            raise RuntimeError(f"the module raised {self.exit}") from None

    # what crosses

    def inward(self, value: object) -> Any:
        return transfer(value, self.inside)

    def outward(self, value: object) -> Any:
        self.nan = self.nan or has_nan(value)
        return transfer(value, self.outside)

    def lend(self, original: object, copy: object) -> None:
        if copy is None:
            if any(original is seen for seen in self.generators):
                self.refuse("passing the same random generator twice")
            self.generators.append(original)
        elif self.guards:
            self.lent.append((original, copy))

    def reference(self, value: object) -> Handle:
        self.objects[id(value)] = value
        return self.handles.setdefault(id(value), Handle(self, id(value)))


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
