"""The bare floor of verdict_speed.py: test functions called directly on one mutant after the other, nothing else.

Usage: floor.py FOLDER MUTANTS TESTS ORDER. Collects the tests once with pytest to learn their parameters, then for each
line on standard input runs every mutant up to its first failing test, in the given order, and answers with a line.
"""

import contextlib
import os
import sys
import types
from pathlib import Path

import numpy as np
import pytest


class Collected:
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = list(session.items)


@contextlib.contextmanager
def unchanged(*values: object):
    yield


def passes(item: pytest.Item) -> bool:
    given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    try:
        item.function(
            **{name: given[name] if name in given else fixture(item, name) for name in arguments(item.function)}
        )
    except Exception:
        return False
    return True


def fixture(item: pytest.Item, name: str) -> object:
    """The value of a fixture, made by calling its function."""
    if name in FIXTURES:
        return FIXTURES[name]()
    function = item._fixtureinfo.name2fixturedefs[name][-1].func
    return function(*(fixture(item, needed) for needed in arguments(function)))


def arguments(function: types.FunctionType) -> tuple[str, ...]:
    return function.__code__.co_varnames[: function.__code__.co_argcount]


FIXTURES = {"rng": lambda: np.random.default_rng(0), "unchanged": lambda: unchanged}


def run(source: str, items: list[pytest.Item], name: str) -> None:
    module = types.ModuleType(name)
    try:
        exec(compile(source, f"{name}.py", "exec", dont_inherit=True), module.__dict__)
    except Exception:
        return
    for tests in {item.module for item in items}:
        for attribute in vars(tests).keys() & vars(module).keys():
            if getattr(vars(tests)[attribute], "__module__", None) == name:
                setattr(tests, attribute, vars(module)[attribute])
    for item in items:
        if not passes(item):
            return


def main() -> None:
    folder, mutants = Path(sys.argv[1]), sorted(Path(sys.argv[2]).iterdir())
    os.chdir(folder)
    found = Collected()
    pytest.main(["--collect-only", "--assert=plain", "-p", "no:terminal", *sys.argv[3].split(",")], plugins=[found])
    items = [found.items[int(i)] for i in sys.argv[4].split(",")]
    sources = [path.read_text() for path in mutants]
    name = next(path.stem for path in folder.glob("*.py") if not path.name.startswith(("test_", "conftest")))
    print("ready", flush=True)
    with open(os.devnull, "w") as null, np.errstate(all="ignore"):
        for _ in sys.stdin:
            with contextlib.redirect_stderr(null):
                for source in sources:
                    run(source, items, name)
            print("done", flush=True)


if __name__ == "__main__":
    main()
