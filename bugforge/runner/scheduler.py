"""Many judgements at once: each is a generator that asks for tasks, is given their reports, and asks again or returns.

While processes run what one has asked for, others are begun and go on, so that nobody waits who could work.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

from bugforge.runner.task import Report, RunsTasks, Task

T = TypeVar("T")
Judgement = Generator[Sequence[Task], list[list[Report]], T]


@dataclass
class _Begun(Generic[T]):
    """A judgement on its way, and the tasks that it waits for."""

    number: int
    judgement: Judgement[T]
    asked: Sequence[Task] = ()


def together(runner: RunsTasks, judgements: Iterable[Judgement[T] | None]) -> Iterator[T]:
    """What each judgement returns, in their order, as soon as those before it have returned.

    One is taken from the iterable while there is nothing else to do; None in its place: not before another has
    returned. A task that several wait for at a time is run once.
    """
    return _Schedule(runner, judgements).results()


class _Schedule(Generic[T]):
    def __init__(self, runner: RunsTasks, judgements: Iterable[Judgement[T] | None]) -> None:
        self.runner, self.fresh, self.numbers = runner, iter(judgements), count()
        self.begun: list[_Begun[T]] = []
        self.ready: deque[Task] = deque()
        self.running: list[Task] = []  # by the number that the runner gives them
        self.reports: dict[Task, list[Report] | None] = {}  # of what somebody waits for; None until it is there
        self.returned: dict[int, T] = {}
        self.told = 0  # how many of them

    def results(self) -> Iterator[T]:
        while self.begun or self._begin():
            self.running = []
            for number, reports in self.runner.run(self._tasks(), meanwhile=self._begin):
                self.reports[self.running[number]] = reports
                while having := [b for b in self.begun if all(self.reports[task] is not None for task in b.asked)]:
                    for begun in having:
                        self._go_on(begun)
                wanted = {task for begun in self.begun for task in begun.asked}
                self.reports = {task: known for task, known in self.reports.items() if task in wanted}
                yield from self._in_order()
            yield from self._in_order()

    def _in_order(self) -> Iterator[T]:
        """What has been returned and is not told yet, up to the first that has not."""
        while self.told in self.returned:
            yield self.returned.pop(self.told)
            self.told += 1

    def _tasks(self) -> Iterator[Task | None]:
        while True:
            if self.ready:
                self.running.append(self.ready.popleft())
                yield self.running[-1]
            elif self.begun:
                yield None
            elif not self._begin():
                return

    def _begin(self) -> bool:
        """Whether another judgement could be begun."""
        fresh = next(self.fresh, None)
        if fresh:
            self.begun.append(_Begun(next(self.numbers), fresh))
            self._go_on(self.begun[-1])
        return fresh is not None

    def _go_on(self, begun: _Begun[T]) -> None:
        """Let a judgement have what it asked for; it asks for more, or returns."""
        known = [self.reports[task] or [] for task in begun.asked]
        try:
            begun.asked = begun.judgement.send(known) if begun.asked else next(begun.judgement)
        except StopIteration as end:
            self.begun.remove(begun)
            self.returned[begun.number] = end.value
            return
        for task in begun.asked:
            if task not in self.reports:
                self.reports[task] = None
                self.ready.append(task)
