"""The module that a contract imports: stubs that never change, and the proxy through which they reach a module.

A contract is collected against the stubs once; which module the proxy has loaded changes. So parametrize lists, default
arguments and class attributes that hold a stub always reach the module of the moment.
"""

import sys
import types
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from typing import Any

import numpy as np

from bugforge.runner.ending import Ending
from bugforge.runner.proxy.handle import Handle, PublicName, Refused


class ModuleProxy(ABC):
    """Passes a test's operations on to the module under test, and records what happened during the current test.

    `members` are the attributes that an object of the module may be asked for; None: any that is public.
    """

    def __init__(self, name: str, members: Collection[str] | None = None) -> None:
        self.name, self.members = name, members
        self.guards = 0  # `unchanged` blocks that are open
        self.reset()
        self.testing = False

    def install_stubs(self) -> None:
        """Make `import <name>` and `from <name> import anything` give stubs."""
        stubs = types.ModuleType(self.name)

        def stub(attribute: str) -> Handle:
            if attribute.startswith("_"):
                raise AttributeError(attribute)
            found = Handle(self, PublicName(attribute))
            setattr(stubs, attribute, found)
            return found

        stubs.__getattr__ = stub  # type: ignore[method-assign]
        sys.modules[self.name] = stubs

    def begin(self) -> None:
        """Let one test use the module."""
        self.reset()

    def end(self) -> None:
        """The test is over."""
        self.testing = False

    def reset(self) -> None:
        self.testing = True
        self.refusals: list[str] = []
        self.ended: Ending | None = None  # how the module ended, where it ended in the middle of the test
        self.nan = False
        self.handles: dict[int, Handle] = {}
        self.generators: list[object] = []
        self.arguments: list[tuple[object, Any]] = []  # what was passed while a guard was open, and its copy

    def refuse(self, what: str) -> Any:
        """Record the refusal where no test can catch it, then raise."""
        self.refusals.append(what)
        raise Refused(f"{what} is not possible on an object of the module under test")

    def check_testing(self) -> None:
        if not self.testing:
            self.refuse("a call or an attribute while the contract is imported")

    def check_member(self, name: str) -> None:
        if self.members is not None and name not in self.members:
            self.refuse(f"the attribute {name} (the reference has none)")

    def note_argument(self, original: object, copy: Any) -> None:
        """Remember what the module is given: a generator is passed once, and guarded values are compared again."""
        if type(original) is np.random.Generator:
            if any(original is seen for seen in self.generators):
                self.refuse("passing the same random generator twice")
            self.generators.append(original)
        elif self.guards:
            self.arguments.append((original, copy))

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
    def copies_of(self, original: object) -> list[Any]:
        """The copies of a guarded value that the module was given, as they are now."""
