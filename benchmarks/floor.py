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
    fixtures = {"rng": lambda: np.random.default_rng(0), "unchanged": lambda: unchanged}
    given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    wanted = item.function.__code__.co_varnames[: item.function.__code__.co_argcount]
    given |= {name: fixtures[name]() for name in wanted if name not in given}
    try:
        item.function(**given)
    except Exception:
        return False
    return True


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
