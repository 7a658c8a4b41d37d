"""The worker behind the sandbox: loads one submission and answers calls into it. It knows no test."""

import random
import socket
import sys
import types
import warnings
from typing import Any

import numpy as np

from bugforge.runner.proxy.data import GENERATOR
from bugforge.runner.rpc import exceptions
from bugforge.runner.rpc.connection import Answer, Connection, Message, Question
from bugforge.runner.rpc.encode import Owner
from bugforge.runner.sandboxed.tracing import Tracer

WHEN_RESTRICTED = (
    Question.GET,
    Question.CALL,
    Question.IS_GENERATOR,
    Question.NEXT,
    Question.COPIES,
)  # the questions that are answered then


class RemoteCallback:
    """An object of the test: it can be called and its public attributes read, in the test's process."""

    def __init__(self, worker: "Worker", ref: int) -> None:
        self._worker, self._ref = worker, ref

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._worker.ask(Question.CALL, self._ref, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return self._worker.ask(Question.GET, self._ref, name)


class Worker:
    """One module, and its objects that the other side holds handles of."""

    def __init__(self, sock: socket.socket, *sockets: socket.socket) -> None:
        """`sockets`: what it inherits besides, for `do_run_test_file`."""
        self.sockets = sockets
        self.connection = Connection(sock, self, self.answer)
        self.module = types.ModuleType("")
        self.objects: dict[int, object] = {}  # by a number of their own: an address would tell of the program's size
        self.numbers: dict[int, int] = {}
        self.callbacks: dict[int, RemoteCallback] = {}
        self.copies: list[object] = []
        self.filters: tuple[Any, ...] = ()
        self.tracer: Tracer | None = None
        self.restricted = False  # whether a candidate's own test asks, and not the grader
        np.random.seed()  # every worker inherits the server's state
        random.seed()

    def answer(self, message: Message) -> Message:
        """Do what is asked under the asker's settings; what goes wrong is an answer too."""
        kind, *parts, (errors, filters) = message
        if filters is not None:
            self.filters = filters
        try:
            with np.errstate(**errors), warnings.catch_warnings(record=True) as log:
                exceptions.set_filters(self.filters)
                try:
                    if self.restricted and kind not in WHEN_RESTRICTED:
                        raise PermissionError(f"{kind} is not for a test")
                    answer = getattr(self, f"do_{kind}")(*parts)
                except Exception as error:
                    answer = (Answer.ERROR, *exceptions.encode_exception(error))
            return (*answer, exceptions.encode_warnings(log))
        except BaseException as error:
            return Answer.EXIT, type(error).__name__

    def do_load(self, name: str, source: str) -> Message:
        self.module = types.ModuleType(name)
        self.module.__file__ = f"{name}.py"
        self.copies = []
        sys.modules[name] = self.module
        exec(compile(source, f"{name}.py", "exec", dont_inherit=True), self.module.__dict__)
        return Answer.VALUE, None

    def do_restrict(self) -> Message:
        """From now on a candidate's own test asks, and only of the module's own objects: those of
        libraries can be made to tell its text."""
        self.restricted = True
        self.copies = []  # who asks from here on counts from here on
        return Answer.VALUE, None

    def do_run_test_file(self, name: str, file: str, seed: int) -> Message:
        from bugforge.runner.sandboxed import own_test_worker  # which imports pytest

        return Answer.VALUE, own_test_worker.run(name, self.sockets[0], file, seed)

    def do_get(self, ref: int | str, name: str) -> Message:
        if name.startswith("_"):
            raise AttributeError(f"{name} is not public")
        return Answer.VALUE, getattr(self._permitted(ref), name)

    def do_call(self, ref: int | str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Message:
        target: Any = self._permitted(ref)
        if self.tracer:
            return Answer.VALUE, self.tracer.run(lambda: target(*args, **kwargs))
        return Answer.VALUE, target(*args, **kwargs)

    def do_trace(self) -> Message:
        """From now on it is looked on while the module runs."""
        self.tracer = Tracer(self.module.__name__)
        return Answer.VALUE, None

    def do_look(self) -> Message:
        """What was seen in the last call, as JSON."""
        return Answer.VALUE, self.tracer.as_json() if self.tracer else ""

    def do_is_generator(self, ref: int | str) -> Message:
        return Answer.VALUE, type(self._target(ref)) is GENERATOR

    def do_next(self, ref: int | str) -> Message:
        generator: Any = self._target(ref)
        try:
            return Answer.VALUE, next(generator)
        except StopIteration:
            return (Answer.STOP,)

    def do_copies(self, numbers: list[int]) -> Message:
        return Answer.VALUE, [self.copies[number] for number in numbers]

    def _permitted(self, ref: int | str) -> object:
        target = self._target(ref)
        if self.restricted and getattr(target, "__module__", None) != self.module.__name__:
            raise PermissionError("this is no object of the module's own")
        return target

    def _target(self, ref: int | str) -> object:
        if isinstance(ref, int):
            return self.objects[ref]
        if ref.startswith("_") or not hasattr(self.module, ref):
            raise AttributeError(f"module {self.module.__name__!r} has no attribute {ref!r}")
        return getattr(self.module, ref)

    def ask(self, *question: Any) -> Any:
        """Ask the test's process of one of its objects."""
        answer = self.connection.ask(*question)
        if answer[0] is Answer.ERROR:
            raise exceptions.decode_exception(*answer[1:3])
        if answer[0] is Answer.EXIT:
            raise RuntimeError(answer[1])
        return answer[1]

    # the object table (see encode.py)

    def reference(self, value: object) -> tuple[str, int | str]:
        if isinstance(value, RemoteCallback):
            return Owner.TEST, value._ref
        number = self.numbers.setdefault(id(value), len(self.numbers))
        self.objects[number] = value  # which keeps its address from being another's
        return Owner.GENERATOR if type(value) is GENERATOR else Owner.MODULE, number

    def resolve(self, owner: str, ref: int | str) -> object:
        if owner == Owner.MODULE:
            return self._target(ref)
        assert isinstance(ref, int)
        return self.callbacks.setdefault(ref, RemoteCallback(self, ref))

    def sent(self, value: object) -> None:
        """Nobody asks what the test does with its copies."""

    def received(self, value: object) -> None:
        self.copies.append(value)
