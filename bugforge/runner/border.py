"""The service module as a contract sees it: stubs that never change, and the border behind them.

A contract is collected against the stubs; which module stands behind them is the border's matter. So parametrize
lists, default arguments and class attributes that hold a stub always reach the module of the moment.
"""

import sys
import types
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from bugforge.model import Outcome
from bugforge.runner.codec import Handle, Public, Refused


class Border(ABC):
    """The test's side of the border, and what happened there during the current test."""

    def __init__(self, name: str, members: Collection[str] | None = None) -> None:
        self.name, self.members = name, members
        self.guards = 0  # `unchanged` blocks that are open
        self.forget()
        self.testing = False

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

    def begin(self) -> None:
        """Open the border for one test."""
        self.forget()

    def end(self) -> None:
        """Close it."""
        self.testing = False

    def forget(self) -> None:
        self.testing = True
        self.refusals: list[str] = []
        self.ended: tuple[Outcome, str, str] | None = None  # how the module ended: outcome, exception, why
        self.nan = False
        self.handles: dict[int, Handle] = {}
        self.generators: list[object] = []
        self.lent: list[tuple[object, Any]] = []  # what was passed while a guard was open, and its copy

    def refuse(self, what: str) -> Any:
        """Record the refusal where no test can catch it, then raise."""
        self.refusals.append(what)
        raise Refused(f"{what} is not possible on an object of the module under test")

    def check_open(self) -> None:
        if not self.testing:
            self.refuse("a call or an attribute while the contract is imported")

    def check_member(self, name: str) -> None:
        if self.members is not None and name not in self.members:
            self.refuse(f"the attribute {name} (the reference has none)")

    def lend(self, original: object, copy: Any) -> None:
        """Take note of what the module is given: a generator crosses once, and guarded values are asked for again."""
        if type(original) is np.random.Generator:
            if any(original is seen for seen in self.generators):
                self.refuse("passing the same random generator twice")
            self.generators.append(original)
        elif self.guards:
            self.lent.append((original, copy))

    def handle(self, number: int, kind: type[Handle] = Handle) -> Handle:
        """What stands for an object of the module: the same one for the same object."""
        return self.handles.setdefault(number, kind(self, number))

    @abstractmethod
    def load(self, source: str) -> None:
        """Put a module behind the stubs; what it raises is raised here."""

    @abstractmethod
    def get(self, ref: object, name: str) -> Any: ...

    @abstractmethod
    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any: ...

    @abstractmethod
    def iterate(self, ref: object) -> Iterator[Any]: ...

    @abstractmethod
    def given(self, original: object) -> list[Any]:
        """The copies of a guarded value that the module was given, as they are now."""
