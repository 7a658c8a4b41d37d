"""The module's end: a locked-down process that loads one submission and answers calls. It knows no test."""

import random
import socket
import sys
import types
import warnings
from typing import Any

import numpy as np

from bugforge.runner.data import GENERATOR
from bugforge.runner.remote import trouble
from bugforge.runner.remote.talk import Message, Talk

FOR_STRANGERS = ("get", "call", "generates", "next", "copies")


class Asked:
    """An object of the test: it can be called, and its public attributes read; the test's process does either."""

    def __init__(self, cell: "Cell", ref: int) -> None:
        self._cell, self._ref = cell, ref

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._cell.question("call", self._ref, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return self._cell.question("get", self._ref, name)


class Cell:
    """One module, and its objects that the other side holds handles of."""

    def __init__(self, sock: socket.socket, *neighbours: socket.socket) -> None:
        self.neighbours = neighbours
        self.talk = Talk(sock, self, self.answer)
        self.module = types.ModuleType("")
        self.objects: dict[int, object] = {}  # by a number of their own: an address would tell of the program's size
        self.numbers: dict[int, int] = {}
        self.asked: dict[int, Asked] = {}
        self.copies: list[object] = []
        self.filters: tuple[Any, ...] = ()
        self.sublet = False  # whether a stranger asks, and not the grader
        np.random.seed()  # the zygote's state is every cell's
        random.seed()

    def answer(self, message: Message) -> Message:
        """Do what is asked under the asker's settings; what goes wrong is an answer too."""
        kind, *parts, (errors, filters) = message
        if filters is not None:
            self.filters = filters
        try:
            with np.errstate(**errors), warnings.catch_warnings(record=True) as log:
                trouble.apply_filters(self.filters)
                try:
                    if self.sublet and kind not in FOR_STRANGERS:
                        raise PermissionError(f"{kind} is not for a test")
                    answer = getattr(self, f"do_{kind}")(*parts)
                except Exception as error:
                    answer = ("error", *trouble.told(error))
            return (*answer, trouble.noted(log))
        except BaseException as error:
            return "exit", type(error).__name__

    def do_load(self, name: str, source: str) -> Message:
        self.module = types.ModuleType(name)
        self.module.__file__ = f"{name}.py"
        self.copies = []
        sys.modules[name] = self.module
        exec(compile(source, f"{name}.py", "exec", dont_inherit=True), self.module.__dict__)
        return "value", None

    def do_sublet(self) -> Message:
        """From now on a stranger asks, of the module's own objects alone: those of libraries can be made to tell its
        text."""
        self.sublet = True
        self.copies = []  # who asks from here on counts from here on
        return "value", None

    def do_trial(self, name: str, file: str, seed: int) -> Message:
        from bugforge.runner.remote import tester  # pytest is imported where it is needed alone

        return "value", tester.run(name, self.neighbours[0], file, seed)

    def do_get(self, ref: int | str, name: str) -> Message:
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return "value", getattr(self._asked_of(ref), name)

    def do_call(self, ref: int | str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Message:
        target: Any = self._asked_of(ref)
        return "value", target(*args, **kwargs)

    def do_generates(self, ref: int | str) -> Message:
        return "value", type(self._target(ref)) is GENERATOR

    def do_next(self, ref: int | str) -> Message:
        generator: Any = self._target(ref)
        try:
            return "value", next(generator)
        except StopIteration:
            return ("stop",)

    def do_copies(self, numbers: list[int]) -> Message:
        return "value", [self.copies[number] for number in numbers]

    def _asked_of(self, ref: int | str) -> object:
        target = self._target(ref)
        if self.sublet and getattr(target, "__module__", None) != self.module.__name__:
            raise PermissionError("this is no object of the module's own")
        return target

    def _target(self, ref: int | str) -> object:
        if isinstance(ref, int):
            return self.objects[ref]
        if ref.startswith("_") or not hasattr(self.module, ref):
            raise AttributeError(f"module {self.module.__name__!r} has no attribute {ref!r}")
        return getattr(self.module, ref)

    def question(self, *question: Any) -> Any:
        """Ask the test's process of one of its objects."""
        answer = self.talk.ask(*question)
        if answer[0] == "error":
            raise trouble.error_of(*answer[1:3])
        if answer[0] == "exit":
            raise RuntimeError(answer[1])
        return answer[1]

    # what crosses

    def reference(self, value: object) -> tuple[str, int | str]:
        if isinstance(value, Asked):
            return "test", value._ref
        number = self.numbers.setdefault(id(value), len(self.numbers))
        self.objects[number] = value  # which keeps its address from being another's
        return "stream" if type(value) is GENERATOR else "module", number

    def resolve(self, owner: str, ref: int | str) -> object:
        if owner == "module":
            return self._target(ref)
        assert isinstance(ref, int)
        return self.asked.setdefault(ref, Asked(self, ref))

    def sent(self, value: object) -> None:
        """Nobody asks what the test does with its copies."""

    def received(self, value: object) -> None:
        self.copies.append(value)
