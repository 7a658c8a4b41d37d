"""Runs a drill's tests again and again as its program changes, in a process that stays warm."""

import time
from collections.abc import Callable, Iterator, Sequence

from bugforge.model import Outcome, TestResult
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import IMPORTING, Task
from bugforge.sheet import Sheet

LIMITS = Limits(cpu=10.0, wall=30.0)
STEP = 0.005  # seconds between two looks at whether to stop


class Interrupted(Exception):
    """The program has changed, or there is something else to do."""


class Trying:
    """The tests of one exercise. Use as a context manager, which ends every process that was started."""

    def __init__(self, sheet: Sheet) -> None:
        seen = sheet.observation
        self.sheet = sheet
        self.tests = (
            *seen.today,
            *(name for name in (*seen.failing, *seen.passing, *seen.unsteady) if name not in seen.today),
        )
        self._runner = Runner()

    def __enter__(self) -> "Trying":
        self._runner.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.close()

    def run(
        self, program: str, first: Sequence[str] = (), interrupted: Callable[[float], bool] = lambda _: False
    ) -> Iterator[TestResult]:
        """What each test does, those named `first` before all others, each as soon as it has ended.

        `interrupted` is asked again and again, and may take so many seconds; with its True the run ends in Interrupted.
        A program that cannot be loaded has one result, that of IMPORTING.
        """
        early = [name for name in first if name in self.tests]
        late = [name for name in self.tests if name not in early]
        for only in [*((name,) for name in early), *([tuple(late)] if late else [])]:
            results = self._results(program, only, interrupted)
            yield from results
            if any(result.name == IMPORTING for result in results):
                return

    def _results(self, program: str, only: tuple[str, ...], interrupted: Callable[[float], bool]) -> list[TestResult]:
        def meanwhile() -> bool:
            if interrupted(STEP):
                raise Interrupted
            return True

        task = Task(self.sheet.contract, (program,), (self.sheet.provenance.public_seed,), only=only, limits=LIMITS)
        try:
            ((_, (report,)),) = self._runner.run([task], meanwhile)
        except BaseException:
            self._runner.stop()
            raise
        found = [result for results in report.values() for result in results]
        return [one for one in found if one.name in (*only, IMPORTING) and one.outcome is not Outcome.NOT_RUN]


def wait(seconds: float) -> bool:
    """An `interrupted` for whoever has nothing else to do."""
    time.sleep(seconds)
    return False
