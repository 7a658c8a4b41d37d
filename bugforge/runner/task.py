"""What the runner is asked, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bugforge.model import TestResult
from bugforge.runner.limits import Limits

IMPORTING = "import"  # the name of the test that stands for running the module itself


@dataclass(frozen=True)
class Contract:
    """The pytest files that judge a module, by file name, and the name under which they import it."""

    module: str
    tests: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Task:
    """Modules to run under one contract, in one child, on the given seeds.

    `stop` ends a module at its first test that does not pass; `order` says which tests come first, by number, so that
    this is soon. `plain` runs one module as a file beside the tests
    and the given `companions` (conftest.py, pytest.ini), without a service between.
    """

    contract: Contract
    modules: tuple[str, ...]
    seeds: tuple[int, ...]
    stop: bool = False
    order: tuple[int, ...] = ()
    plain: bool = False
    companions: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)


Report = Mapping[int, tuple[TestResult, ...]]  # by seed
