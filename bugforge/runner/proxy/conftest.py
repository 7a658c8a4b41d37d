"""Fixtures that a contract may use; this file stands beside every exercise."""

import contextlib
import copy
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

STEP = 1e-6


def of_one_kind(expected: Any, actual: Any) -> bool:
    """Whether both are numbers, or both are not."""
    if isinstance(expected, np.ndarray) and expected.ndim:
        return not np.isscalar(actual)
    of_libraries = type(actual).__module__.partition(".")[0] in ("numpy", "pandas")
    return not (of_libraries and np.ndim(actual))


def stricter(equals: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """pytest's own comparison, for which `array([]) == approx(1.0)` and `1.0 == approx(array([]))` are true."""
    return lambda self, actual: of_one_kind(self.expected, actual) and equals(self, actual)


for approximation in (type(pytest.approx(0.0)), type(pytest.approx(np.zeros(1)))):
    approximation.__eq__ = stricter(approximation.__eq__)  # type: ignore[method-assign]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "edge_case: degenerate or extreme input")


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """In a run over several folders the tests of each import the files beside them, not another folder's namesakes."""
    for path in module_path.parent.glob("*.py"):
        file = getattr(sys.modules.get(path.stem), "__file__", None)
        if file and path.name == Path(file).name != "conftest.py" and path.parent != Path(file).parent:
            del sys.modules[path.stem]


@pytest.fixture
def rng() -> np.random.Generator:
    """Fresh `numpy.random.Generator`, seeded from BUGFORGE_SEED (default 0)."""
    return np.random.default_rng(seed())


def seed() -> int:
    return int(os.environ.get("BUGFORGE_SEED", "0"))


@pytest.fixture
def generator() -> Callable[[int], np.random.Generator]:
    """`generator(k)`: a fresh generator for a call under test, seeded from BUGFORGE_SEED and k; never that of `rng`."""
    return lambda k: np.random.default_rng(np.random.SeedSequence(seed(), spawn_key=(k,)))


@pytest.fixture
def slopes() -> Callable[[Callable[[np.ndarray], float], ArrayLike], np.ndarray]:
    """`slopes(f, x)`: central differences of the scalar f at the array x, in the shape of x, which is not changed."""

    def slopes(f: Callable[[np.ndarray], float], x: ArrayLike) -> np.ndarray:
        at = np.asarray(x, dtype=float)
        found = np.empty(at.shape)
        for index in np.ndindex(at.shape):
            step = np.zeros(at.shape)
            step[index] = STEP
            rise = f(at + step) - f(at - step)
            shape = np.shape(rise)
            assert shape == (), f"a function that should give a number gives an array of shape {shape}"
            found[index] = rise / (2 * STEP)
        return found

    return slopes


@pytest.fixture
def unchanged() -> Callable[..., contextlib.AbstractContextManager[None]]:
    """Context manager: the given arrays, frames or lists are the same after the block as before."""

    @contextlib.contextmanager
    def guard(*values: Any) -> Iterator[None]:
        before = copy.deepcopy(values)
        yield
        for old, new in zip(before, values, strict=True):
            assert same(old, new), "the call changed its caller's data"

    return guard


def same(old: Any, new: Any) -> bool:
    """Equal in type, shape, labels and every value; NaN equals NaN."""
    if hasattr(old, "equals"):
        return bool(old.equals(new)) and all(map(same, getattr(old, "axes", ()), getattr(new, "axes", ())))
    if isinstance(old, np.ndarray):
        return old.dtype == new.dtype and np.array_equal(old, new, equal_nan=old.dtype.kind in "fc")
    if isinstance(old, (list, tuple)):
        return len(old) == len(new) and all(map(same, old, new))
    return bool(old == new or (old != old and new != new))
