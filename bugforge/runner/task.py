"""What the runner is asked, and what it answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bugforge.model import TestResult
from bugforge.runner.limits import Limits

LOADING = -1  # the number of the test that stands for running the module itself
IMPORTING = "import"  # the name of the test that stands for running the module itself


class Way(StrEnum):
    """Where the module under test lives; Task tells what each means."""

    SERVICE = "service"
    PLAIN = "plain"
    REMOTE = "remote"


@dataclass(frozen=True)
class Contract:
    """The pytest files that judge a module, by file name, and the name under which they import it.

    `members` are the attributes that an object of the module may be asked for: those that the reference's classes have,
    for data's own methods (`equals`, `all`, `sum`) are not for the module to answer. None: any that is public.
    """

    module: str
    tests: tuple[tuple[str, str], ...]
    members: tuple[str, ...] | None = None

    @property
    def needs_pandas(self) -> bool:
        return any("pandas" in text for _, text in self.tests)


@dataclass(frozen=True)
class Task:
    """Modules to run under one contract, in one child, on the given seeds.

    `only` are the names of the tests to run, where it is not all of them; the others do not run.

    `stop` ends a module at its first test that does not pass and tells of no other; `costs`, the CPU seconds of each
    test, help to get there soon. With `look` a failing test of a remote run brings what was seen in the last call into
    the module. `way` says where the module lives:

    service  behind stubs, in the process of the tests;
    plain    as a file beside the tests and the `companions` (conftest.py, pytest.ini): one module, without stubs;
    remote   behind stubs, in a sandboxed process for each test, which may import the `allowed` libraries. Such a run
             ends after the first seed on which a test does not pass.
    """

    contract: Contract
    modules: tuple[str, ...]
    seeds: tuple[int, ...]
    only: tuple[str, ...] = ()
    stop: bool = False
    costs: tuple[float, ...] = ()
    way: Way = Way.SERVICE
    allowed: tuple[str, ...] = ()
    companions: tuple[tuple[str, str], ...] = ()
    look: bool = False
    limits: Limits = field(default_factory=Limits)


Report = Mapping[int, tuple[TestResult, ...]]  # by seed


class RunsTasks(Protocol):
    """A runner: of this machine (pool.py), or of a cluster."""

    def run(
        self, tasks: Iterable[Task | None], meanwhile: Callable[[], bool] = ...
    ) -> Iterator[tuple[int, list[Report]]]: ...
