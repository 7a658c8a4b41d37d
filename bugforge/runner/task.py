"""What the runner is asked, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bugforge.model import TestResult
from bugforge.runner.limits import Limits

LOADING = -1  # the number of the test that stands for running the module itself
IMPORTING = "import"  # the name of the test that stands for running the module itself


@dataclass(frozen=True)
class Contract:
    """The pytest files that judge a module, by file name, and the name under which they import it."""

    module: str
    tests: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Task:
    """Modules to run under one contract, in one child, on the given seeds.

    `stop` ends a module at its first test that does not pass and tells of no other; `costs`, the CPU seconds of each
    test, help to get there soon. `plain` runs one module as a file beside the tests and the given `companions`
    (conftest.py, pytest.ini), without a service between.
    """

    contract: Contract
    modules: tuple[str, ...]
    seeds: tuple[int, ...]
    stop: bool = False
    costs: tuple[float, ...] = ()
    plain: bool = False
    companions: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)


Report = Mapping[int, tuple[TestResult, ...]]  # by seed
