"""The test's end of the wire: a border whose module answers over a conversation."""

from collections.abc import Collection, Iterator
from typing import Any, NoReturn

from bugforge.model import Outcome
from bugforge.runner.border import Border
from bugforge.runner.codec import Handle, Public, Stream, has_nan
from bugforge.runner.remote import trouble
from bugforge.runner.remote.packet import ProtocolError, Unsendable
from bugforge.runner.remote.talk import Message, Talk

PARTS = {"value": 3, "error": 4, "exit": 2, "stop": 2}  # of each answer
KINDS = {"module": Handle, "stream": Stream}  # what stands for an object of the module
LONGEST = 2000  # characters of a reason: a cell may claim anything
Ending = tuple[Outcome, str, str]  # outcome, exception, why


class CellEnded(BaseException):
    """The cell has ended in the middle of a test; no `except Exception` of a test keeps this."""


class Wired(Border):
    """A module behind the stubs that runs in another process and is not trusted: all it can do is to send data."""

    talk: Talk

    def __init__(self, name: str, members: Collection[str] | None = None) -> None:
        super().__init__(name, members)
        self.sent_values = 0
        self.filters: tuple[Any, ...] | None = None

    def forget(self) -> None:
        super().forget()
        self.callbacks: dict[int, Any] = {}

    # what handles ask

    def get(self, ref: object, name: str) -> Any:
        self.check_open()
        self.check_member(name)
        return self.ask("get", _plain(ref), name)

    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.check_open()
        return self.ask("call", _plain(ref), args, kwargs)

    def iterate(self, ref: object) -> Iterator[Any]:
        self.check_open()
        if self.ask("generates", _plain(ref)) is not True:
            self.refuse("__iter__")
        return self._items(_plain(ref))

    def _items(self, ref: int | str) -> Iterator[Any]:
        while (answer := self._exchange("next", ref))[0] != "stop":
            yield answer[1]

    def given(self, original: object) -> list[Any]:
        numbers = [number for seen, number in self.lent if seen is original]
        copies = self.ask("copies", numbers) if numbers else []
        return copies if type(copies) is list and len(copies) == len(numbers) else [None]

    def ask(self, *question: Any) -> Any:
        return self._exchange(*question)[1]

    def _exchange(self, *question: Any) -> Message:
        """The answer to a question. The module's warnings and errors are issued here, the end of its cell recorded."""
        if self.ended:
            raise CellEnded
        try:
            answer = _checked(self.talk.ask(*question, self._settings()))
            warnings = trouble.warnings_of(answer[-1]) if answer[0] != "exit" else []
            error = trouble.error_of(*answer[1:3]) if answer[0] == "error" else None
        except Unsendable as too_much:
            self.refuse(str(too_much))
        except EOFError:
            self.stop(self.ending())
        except TimeoutError:
            self.stop((Outcome.TIMED_OUT, "", "it did not answer in time"))
        except ProtocolError as broken:
            self.stop((Outcome.CRASHED, "", f"its process broke the protocol: {broken}"))
        if answer[0] == "exit":
            self.stop((Outcome.CRASHED, "", f"the module raised {answer[1]}"))
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

    def ending(self) -> Ending:
        """What became of a cell that has closed the conversation."""
        return Outcome.CRASHED, "", "its process has ended"

    def stop(self, ending: Ending) -> NoReturn:
        """Leave the test: there is nobody to talk to."""
        outcome, exception, why = ending
        self.ended = outcome, exception, why[:LONGEST]
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
            self.ended = self.ended or (Outcome.CRASHED, "", f"the module raised {type(error).__name__}")
            raise

    # what crosses

    def reference(self, value: object) -> tuple[str, int | str]:
        if isinstance(value, Handle):
            return "module", _plain(value._ref)
        self.callbacks[id(value)] = value
        return "test", id(value)

    def resolve(self, owner: str, ref: int | str) -> object:
        if owner in KINDS and type(ref) is int:
            return self.handle(ref, KINDS[owner])
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
