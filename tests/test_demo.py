"""Demos: what is made of their output, and what becomes of them in exercises, the audit and a pack."""

import subprocess
import sys

import pytest

from bugforge.forge.sites import Sites
from bugforge.formats.text import changed_demo_lines
from bugforge.gate import Gate, plain
from bugforge.gate.demo import DEMO_TEST, demo_of, legible, with_demo
from bugforge.model import Demo, Observation
from bugforge.pack import load_pack
from bugforge.pack.contract import contract_of
from bugforge.runner.limits import Limits
from bugforge.store import Store


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("loss: 0.693147", "loss: 0.693"),
        ("loss: 0.5, 0.000, 12.0", "loss: 0.5, 0.000, 12.0"),
        ("weights [1234567.5 -2e+09]", "weights [huge -huge]"),
        ("shape (3, 1000000000) of 1234", "shape (3, huge) of 1234"),
        ("gap 3.1e-17", "gap 0"),
        ("nan inf x_1 v1.2345 1.5.2", "nan inf x_1 v1.2345 1.5.2"),
        ("trailing 1.0  \n\n", "trailing 1.0"),
    ],
)
def test_numbers_are_made_legible(printed, shown):
    assert legible(printed) == shown


def shown(runner, tiny, *changes):
    problem = load_pack(tiny).problems["mean"]
    implementation = problem.implementations["plain"]
    source = implementation.source
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    contract = with_demo(contract_of(problem, implementation), problem.demo)
    ((_, (report,)),) = runner.run([plain(contract, source, (0,), Limits(cpu=1.0))])
    return next((demo_of(result) for result in report[0] if result.name == DEMO_TEST), None)


def test_a_demo_is_what_a_candidate_sees(runner, tiny, tmp_path):
    """Beside the tests it prints what `python demo.py` prints beside the program."""
    problem = load_pack(tiny).problems["mean"]
    (tmp_path / "demo.py").write_text(problem.demo)
    (tmp_path / "mean.py").write_text(problem.implementations["plain"].source)
    plainly = subprocess.run(
        [sys.executable, "-B", "demo.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert shown(runner, tiny) == Demo(legible(plainly.stdout))


def test_an_error_ends_it_with_the_last_line_of_its_traceback(runner, tiny):
    found = shown(runner, tiny, ("np.max(", "np.max(1 / 0 + "))
    assert found == Demo("mean of 1 and 4: 2.5", "ZeroDivisionError: division by zero")


def test_what_differs_from_run_to_run_is_not_told_as_a_number(runner, tiny):
    found = shown(runner, tiny, ("np.max(", "np.random.default_rng().random() + np.max("))
    assert found.printed.splitlines()[1] == "spread of 0, 0, -3: (another number in each run)"


def test_a_demo_without_end_is_none(runner, tiny):
    assert shown(runner, tiny, ("total = ", "while True: pass\n    total = ")) is None


def test_lines_that_the_bug_changes():
    before, after = Demo("a: 1\nb: 2\nc: 3"), Demo("a: 1\nb: 4", "ValueError: no")
    assert changed_demo_lines(before, after) == ["b: 4", "ValueError: no"]


def test_the_gate_keeps_both_demos(tiny, runner):
    pack, store = load_pack(tiny), Store()
    problem = pack.problems["mean"]
    (candidate,) = Sites(pack, store).candidates(problem, problem.implementations["plain"])
    (seen,) = Gate(runner, store).admit([candidate])
    assert isinstance(seen, Observation)
    assert seen.demo.printed.splitlines()[0] == "mean of 1 and 4: 5.0"
    assert seen.right_demo.printed.splitlines()[0] == "mean of 1 and 4: 2.5"


@pytest.mark.parametrize(
    ("demo", "flaw"),
    [
        ("from mean import mean\n\nprint(mean([]))\nmean(3)\n", "demo.py does not come to its end: TypeError"),
        ("x = 1\n", "demo.py prints nothing"),
    ],
)
def test_a_demo_that_fails_is_a_flaw_of_the_implementation(tiny, runner, demo, flaw):
    path = tiny / "reference_impls" / "basics" / "mean" / "demo.py"
    path.write_text(demo)
    problem = load_pack(tiny).problems["mean"]
    gate = Gate(runner, Store())
    gate.prove([(problem, problem.implementations["plain"])])
    assert gate.reference(problem, problem.implementations["plain"]).flaw.startswith(flaw)
