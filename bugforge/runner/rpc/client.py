"""A module that runs in another process: the proxy that asks it over a connection, and believes nothing it answers."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, NoReturn

from bugforge.model import Outcome
from bugforge.runner.ending import Ending
from bugforge.runner.proxy.copies import has_nan
from bugforge.runner.proxy.handle import GeneratorHandle, Handle, PublicName
from bugforge.runner.proxy.stubs import ModuleProxy
from bugforge.runner.rpc import exceptions
from bugforge.runner.rpc.connection import Answer, Connection, Message, Question
from bugforge.runner.rpc.encode import Owner, ProtocolError, Unsendable

LENGTHS = {Answer.VALUE: 3, Answer.ERROR: 4, Answer.STOP: 2, Answer.EXIT: 2}  # parts, the kind among them
HANDLES: dict[str, type[Handle]] = {Owner.MODULE: Handle, Owner.GENERATOR: GeneratorHandle}
MAX_REASON = 2000  # characters of a reason: the other process may claim anything


class WorkerEnded(BaseException):
    """The module's process has ended in the middle of a test; no `except Exception` of a test catches this."""


class RemoteProxy(ModuleProxy):
    """A module behind the stubs that runs in a process that is not trusted: it can send data and do nothing else."""

    connection: Connection

    def __init__(self, name: str, members: Collection[str] | None = None) -> None:
        super().__init__(name, members)
        self.sent_values = 0
        self.filters: tuple[Any, ...] | None = None

    def reset(self) -> None:
        super().reset()
        self.callbacks: dict[int, Any] = {}

    # operations of handles

    def get(self, ref: object, name: str) -> Any:
        self.check_testing()
        self.check_member(name)
        return self.ask(Question.GET, _name_of(ref), name)

    def call(self, ref: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self.check_testing()
        return self.ask(Question.CALL, _name_of(ref), args, kwargs)

    def iterate(self, ref: object) -> Iterator[Any]:
        self.check_testing()
        if self.ask(Question.IS_GENERATOR, _name_of(ref)) is not True:
            self.refuse("__iter__")
        return self._items(_name_of(ref))

    def _items(self, ref: int | str) -> Iterator[Any]:
        while (answer := self._exchange(Question.NEXT, ref))[0] is not Answer.STOP:
            yield answer[1]

    def copies_of(self, original: object) -> list[Any]:
        numbers = [number for seen, number in self.arguments if seen is original]
        copies = self.ask(Question.COPIES, numbers) if numbers else []
        return copies if type(copies) is list and len(copies) == len(numbers) else [None]

    def ask(self, *question: Any) -> Any:
        """The value that the worker answers with; an error that it answers with is raised."""
        return self._exchange(*question)[1]

    def _exchange(self, *question: Any) -> Message:
        """The answer to a question. The module's warnings are issued again; that its process ended is recorded."""
        if self.ended:
            raise WorkerEnded
        try:
            answer = _checked(self.connection.ask(*question, self._settings()))
            warnings = exceptions.decode_warnings(answer[-1]) if answer[0] is not Answer.EXIT else []
            error = exceptions.decode_exception(*answer[1:3]) if answer[0] is Answer.ERROR else None
        except Unsendable as too_much:
            self.refuse(str(too_much))
        except EOFError:
            self.stop(self.ending())
        except TimeoutError:
            self.stop(Ending(Outcome.TIMED_OUT, reason="it did not answer in time"))
        except ProtocolError as broken:
            self.stop(Ending(Outcome.CRASHED, reason=f"its process broke the protocol: {broken}"))
        if answer[0] is Answer.EXIT:
            self.stop(Ending(Outcome.CRASHED, reason=f"the module raised {answer[1]}"))
        exceptions.issue_warnings(warnings, self.name)
        if error:
            raise error
        self.nan = self.nan or has_nan(answer[1])
        return answer

    def _settings(self) -> tuple[dict[str, str], tuple[Any, ...] | None]:
        """numpy's error state and the warning filters, these only when they have changed."""
        errors, filters = exceptions.settings()
        changed = None if filters == self.filters else filters
        self.filters = filters
        return errors, changed

    def ending(self) -> Ending:
        """What became of a process that has closed the connection."""
        return Ending(Outcome.CRASHED, reason="its process has ended")

    def stop(self, ending: Ending) -> NoReturn:
        """Leave the test: nobody answers any more."""
        self.ended = replace(ending, reason=ending.reason[:MAX_REASON])
        raise WorkerEnded

    def answer(self, message: Message) -> Message:
        """The module's question about an object that the test has passed to it: a call, or a public attribute."""
        try:
            kind, ref, *parts = message
            target = self.callbacks[ref]
            if kind is Question.CALL:
                args, kwargs = parts
                return Answer.VALUE, target(*args, **kwargs)
            (name,) = parts
            if kind is not Question.GET or name.startswith("_"):
                raise AttributeError(f"{name} is not public")
            return Answer.VALUE, getattr(target, name)
        except Exception as error:
            return Answer.ERROR, *exceptions.encode_exception(error)
        except BaseException as error:
            self.ended = self.ended or Ending(Outcome.CRASHED, reason=f"the module raised {type(error).__name__}")
            raise

    # the object table (see encode.py)

    def reference(self, value: object) -> tuple[str, int | str]:
        if isinstance(value, Handle):
            return Owner.MODULE, _name_of(value._ref)
        self.callbacks[id(value)] = value
        return Owner.TEST, id(value)

    def resolve(self, owner: str, ref: int | str) -> object:
        if owner in HANDLES and type(ref) is int:
            return self.handle(ref, HANDLES[owner])
        if owner == Owner.TEST and type(ref) is int and ref in self.callbacks:
            return self.callbacks[ref]
        raise ProtocolError("there is no such object")

    def sent(self, value: object) -> None:
        self.note_argument(value, self.sent_values)
        self.sent_values += 1

    def received(self, value: object) -> None:
        """Nobody asks what the test does with its copies."""


def _name_of(ref: object) -> int | str:
    """How a message names an object of the module: a public name, or a number."""
    if isinstance(ref, PublicName):
        return ref.name
    assert isinstance(ref, int)
    return ref


def _checked(answer: Message) -> Message:
    if len(answer) != LENGTHS[answer[0]]:
        raise ProtocolError("this is no answer")
    return answer
