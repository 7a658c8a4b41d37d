"""The test's end: stubs whose module lives in a cell, a fresh one for every test."""

import socket
import time
from collections.abc import Iterator
from typing import Any

from bugforge.model import Outcome
from bugforge.runner.border import Border
from bugforge.runner.codec import Handle, Public, has_nan
from bugforge.runner.limits import Limits
from bugforge.runner.remote import trouble
from bugforge.runner.remote.packet import ProtocolError
from bugforge.runner.remote.talk import Message, Talk
from bugforge.runner.remote.tenant import CellRequest, Lost, Tenant
from bugforge.runner.task import LOST

PATIENCE = 0.9  # of the time that the test has; its own clock ends its process and tells nothing
PARTS = {"value": 3, "error": 4, "exit": 2, "stop": 2}  # of each answer


class CellEnded(BaseException):
    """The cell has ended in the middle of a test; no `except Exception` of a test keeps this."""


class Remote(Border):
    """A module behind the stubs that runs in another process and is not trusted: all it can do is to send data."""

    def __init__(self, name: str, control: socket.socket) -> None:
        super().__init__(name)
        self.control, self.request = control, CellRequest(Limits())
        self.tenant: Tenant | None = None
        self.unused = False  # whether a cell has loaded the module and no test has used it yet

    def forget(self) -> None:
        super().forget()
        self.callbacks: dict[int, Any] = {}

    def load(self, source: str) -> None:
        self.source = source
        self._move_in()
        self._ask("load", self.name, self.source)
        self.unused = True

    def begin(self) -> None:
        super().begin()
        if not self.unused:
            self._move_in()
            self._ask("load", self.name, self.source)
        self.unused = False

    def end(self) -> None:
        super().end()
        self._move_out()

    def layers(self) -> tuple[str, ...]:
        """The walls that hold around a new cell, each tried from inside."""
        self._move_in()
        found = self._ask("layers")
        self._move_out()
        return tuple(found)

    def _move_in(self) -> None:
        self._move_out()
        self.ended = None
        self.sent_values = 0
        self.filters: tuple[Any, ...] | None = None
        try:
            self.tenant = Tenant(self.control, self.request)
        except Lost as error:
            self._end(Outcome.NOT_RUN, LOST, str(error))
        else:
            self.talk = Talk(
                self.tenant.sock, self, self.answer, time.monotonic() + PATIENCE * self.request.limits.wall
            )

    def _move_out(self) -> None:
        if self.tenant:
            self.tenant.close()
        self.tenant = None

    # what handles ask

    def get(self, ref: object, name: str) -> Any:
        self.check_open()
        return self._ask("get", _plain(ref), name)

    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.check_open()
        return self._ask("call", _plain(ref), args, kwargs)

    def iterate(self, ref: object) -> Iterator[Any]:
        self.check_open()
        if self._ask("generates", _plain(ref)) is not True:
            self.refuse("__iter__")
        return self._items(_plain(ref))

    def _items(self, ref: int | str) -> Iterator[Any]:
        while (answer := self._exchange("next", ref))[0] != "stop":
            yield answer[1]

    def given(self, original: object) -> list[Any]:
        numbers = [number for seen, number in self.lent if seen is original]
        copies = self._ask("copies", numbers) if numbers else []
        return copies if type(copies) is list and len(copies) == len(numbers) else [None]

    def _ask(self, *question: Any) -> Any:
        return self._exchange(*question)[1]

    def _exchange(self, *question: Any) -> Message:
        """The answer to a question. The module's warnings and errors are issued here, the end of its cell recorded."""
        if self.ended:
            raise CellEnded
        try:
            answer = _checked(self.talk.ask(*question, self._settings()))
            warnings = trouble.warnings_of(answer[-1]) if answer[0] != "exit" else []
            error = trouble.error_of(*answer[1:3]) if answer[0] == "error" else None
        except EOFError:
            self._end(*self.tenant.ending() if self.tenant else (Outcome.CRASHED, "", "its process has ended"))
        except TimeoutError:
            self._end(Outcome.TIMED_OUT, "", f"it did not answer within {self.request.limits.wall:g} s")
        except ProtocolError as broken:
            self._end(Outcome.CRASHED, "", f"its process broke the protocol: {broken}")
        if answer[0] == "exit":
            self._end(Outcome.CRASHED, "", f"the module raised {answer[1]}")
        trouble.issue(warnings, self.name)
        if error:
            raise error
        self.nan = self.nan or has_nan(answer[1])
        return answer

    def _settings(self) -> tuple[dict[str, str], tuple[Any, ...] | None]:
        """numpy's error state and the warning filters, these only when they have changed."""
        errors, filters = trouble.settings()
        news = None if filters == self.filters else filters
        self.filters = filters
        return errors, news

    def _end(self, outcome: Outcome, exception: str, why: str) -> None:
        self.ended = outcome, exception, why
        self._move_out()
        raise CellEnded

    def answer(self, message: Message) -> Message:
        """The module's question about an object that the test has passed to it: a call, or a public attribute."""
        try:
            kind, ref, *parts = message
            target = self.callbacks[ref]
            if kind == "call":
                args, kwargs = parts
                return "value", target(*args, **kwargs)
            (name,) = parts
            if kind != "get" or name.startswith("_"):
                raise AttributeError(f"{name} is not public")
            return "value", getattr(target, name)
        except Exception as error:
            return "error", *trouble.told(error)
        except BaseException as error:
            self.ended = Outcome.CRASHED, "", f"the module raised {type(error).__name__}"
            raise

    # what crosses

    def reference(self, value: object) -> tuple[str, int | str]:
        if isinstance(value, Handle):
            return "module", _plain(value._ref)
        self.callbacks[id(value)] = value
        return "test", id(value)

    def resolve(self, owner: str, ref: int | str) -> object:
        if owner == "module" and type(ref) is int:
            return self.handle(ref)
        if owner == "test" and type(ref) is int and ref in self.callbacks:
            return self.callbacks[ref]
        raise ProtocolError("there is no such object")

    def sent(self, value: object) -> None:
        self.lend(value, self.sent_values)
        self.sent_values += 1

    def received(self, value: object) -> None:
        """Nobody asks what the test does with its copies."""


def _plain(ref: object) -> int | str:
    """How a message names an object of the module: a public name, or a number."""
    if isinstance(ref, Public):
        return ref.name
    assert isinstance(ref, int)
    return ref


def _checked(answer: Message) -> Message:
    if len(answer) != PARTS[answer[0]]:
        raise ProtocolError("this is no answer")
    return answer
