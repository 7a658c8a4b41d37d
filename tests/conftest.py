"""What tests share: the standard pack, a runner, and a tiny pack to break."""

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bugforge import generate
from bugforge.pack import Pack, load_pack
from bugforge.runner.pool import Runner
from bugforge.store import Store

ROOT = Path(__file__).resolve().parent.parent

PROBLEM = """
title = "Mean"
allowed = ["numpy"]
concepts = ["averages"]
talking_points = ["The mean is not robust."]
statement = "`mean(values)` is the arithmetic mean of a list of numbers, `spread(values)` the largest distance to it."

[signs.tests]
test_mean_of_two_numbers = "a metric by hand is missed"
test_mean_of_equal_numbers = "a metric by hand is missed"
test_spread_is_not_negative = "a metric by hand is missed"
test_one_number = "a single row is treated otherwise"

[signs.demo]
"mean of 1 and 4" = { changed = "a metric by hand is missed", higher = "score too high" }
"""
IMPLEMENTATION = '''
"""The mean.

    mean = sum / n
"""

import numpy as np


def mean(values):
    """Arithmetic mean; a number."""
    total = 0.0
    total += np.sum(values)  # over all
    return total / len(values)


def spread(values):
    """Largest distance to the mean; a number."""
    return np.max(np.abs(np.asarray(values) - mean(values)))
'''
CONTRACT = """
import numpy as np
import pytest

from mean import mean, spread


def test_mean_of_two_numbers():
    assert mean([1.0, 4.0]) == 2.5, "the mean of 1 and 4 is 2.5"


def test_mean_of_equal_numbers(rng):
    value = rng.normal()
    assert mean([value] * 3) == pytest.approx(value), "equal numbers are not their own mean"


def test_spread_is_not_negative():
    assert spread([0.0, 0.0, -3.0]) == 2.0, "the spread of 0, 0, -3 is 2"


@pytest.mark.edge_case
def test_one_number():
    assert spread([5.0]) == 0, "a single number has no spread"
"""
DEMO = '''
"""Numbers that can be averaged in the head."""

from mean import mean, spread

print("mean of 1 and 4:", mean([1.0, 4.0]))
print("spread of 0, 0, -3:", spread([0.0, 0.0, -3.0]))
'''
MUTATOR = '''
"""The sum is not divided."""

from bugforge import Example, Mutator, Rewrite, role


class MissingDivision(Mutator):
    """A sum is returned for a mean.

    A mean is a sum divided by the number of its terms, so that it stays where the terms are, however many these are.
    """

    symptoms = {
        "The average of one and four is not between them.": "a metric by hand is missed",
    }
    hints = ("Look.", "Look closer.", "Divide.")
    follow_ups = {"Why?": "Because.", "Always?": "For one term it is the same."}
    sources = ()
    rewrites = (Rewrite("$total / $n", "$total", n=role.COUNT),)
    examples = (Example("m = s / len(x)", "m = s"), Example("m = s / x.shape[0]", "m = s"))
    untouched = ("m = s / 2",)
'''


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Proofs, and what is remembered of packs, are the tests' own and start from nothing."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUGFORGE_CACHE", str(home / "cache"))
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("XDG_STATE_HOME", str(home / "state"))
        yield


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """What one test has proven, the next need not."""
    with Store() as shared:
        yield shared


@pytest.fixture(scope="session")
def standard() -> Pack:
    return load_pack()


@pytest.fixture(scope="session")
def runner() -> Iterator[Runner]:
    with Runner(jobs=2) as shared:
        yield shared


def write_tiny(root: Path) -> Path:
    """A pack with one problem and one mutator."""
    files = {
        "pack.toml": "standard = false\n",
        "reference_impls/basics/mean/problem.toml": PROBLEM,
        "reference_impls/basics/mean/plain.py": IMPLEMENTATION,
        "reference_impls/basics/mean/test_mean.py": CONTRACT,
        "reference_impls/basics/mean/demo.py": DEMO,
        "mutators/statistics/missing_division.py": MUTATOR,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"))
    return root


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The root of a small pack, to be added to or broken."""
    return write_tiny(tmp_path / "tiny")


@pytest.fixture
def write_mutator(tiny: Path) -> Callable[[str, str], Path]:
    """Adds a mutator to the tiny pack: the given file name, and the model's text with a piece replaced."""

    def write(name: str, rewrites: str) -> Path:
        path = tiny / "mutators" / "statistics" / f"{name}.py"
        text = MUTATOR.lstrip("\n").replace('(Rewrite("$total / $n", "$total", n=role.COUNT),)', rewrites)
        path.write_text(textwrap.dedent(text).replace(", role", "") if "role." not in rewrites else text)
        return path

    return write


@pytest.fixture(scope="session")
def sheet(tmp_path_factory):
    """The one exercise of the tiny pack."""
    (found,) = generate(1, seed=1, pack=load_pack(write_tiny(tmp_path_factory.mktemp("pack") / "tiny")), loud=True)
    return found


@pytest.fixture(scope="session")
def vary(sheet):
    """Another exercise by number: the tiny one with other words about it."""

    def varied(number, topic="basics", minutes=5, bug_class="missing-division", **other):
        program = f"{sheet.broken}\n\nNUMBER = {number}\n"
        bug = replace(sheet.bugs[0], bug_class=replace(sheet.bugs[0].bug_class, id=bug_class))
        return replace(
            sheet,
            id=f"{number:012x}",
            about=replace(sheet.about, topic=topic),
            files={**sheet.files, sheet.program: program},
            original=f"{sheet.original}\n\nNUMBER = {number}\n",
            bugs=(bug,),
            minutes=minutes,
            **other,
        )

    return varied
