"""A look at a failing test: what a person would print, from the sandbox and never from the contract."""

import json

import pytest

from bugforge.practice.looking import look
from bugforge.runner.sandboxed.tracing import Tracer, described

TEST = "test_mean.py::test_mean_of_two_numbers"
ODD = """
class Odd:
    def __repr__(self):
        raise SystemExit


def mean(values):
    odd = Odd()
    return odd
"""


def test_the_last_call_is_told(sheet):
    seen = look(sheet, sheet.broken, TEST)
    assert (seen.function, seen.returned, seen.raised) == ("mean", "5", False)
    assert dict(seen.arguments) == {"values": "list: 1, 4"}
    assert dict(seen.locals)["total"] == "5"
    assert "2.5" in seen.message
    assert look(sheet, sheet.original, TEST) is None


def test_an_error_is_told_where_it_arose(sheet):
    program = sheet.original.replace("total = 0.0", "total = values[9]")
    seen = look(sheet, program, TEST)
    assert (seen.raised, seen.function) == (True, "mean")
    assert seen.line == program[: program.index("values[9]")].count("\n") + 1


def test_the_first_nan_is_told_with_its_line(sheet):
    bad = "    bad = np.array([0.0]) / 0\n    total += np.sum(values) + bad[0]"
    program = sheet.original.replace("    total += np.sum(values)", bad)
    seen = look(sheet, program, TEST)
    assert seen.first_bad == ("mean", program[: program.index("bad = ")].count("\n") + 1, "bad")
    assert seen.warned


@pytest.mark.parametrize(
    "program",
    [
        "def mean(values):\n    import os\n    os._exit(0)\n",
        "def mean(values):\n    while True:\n        pass\n",
        "import sys\n\n\ndef mean(values):\n    sys.settrace(None)\n    return 1\n",
        "raise ValueError\n",
        ODD,
        "def mean(values):\n    text = '\\x1b[31m' * 100_000\n    many = [text] * 50\n    return 1\n",
    ],
)
def test_whatever_the_program_does_there_is_an_answer(sheet, program, monkeypatch):
    monkeypatch.setattr("bugforge.practice.looking.LIMITS", type(look.__globals__["LIMITS"])(cpu=1.0, wall=5.0))
    seen = look(sheet, program, TEST)
    assert seen is not None
    assert all(len(text) <= 300 for _, text in (*seen.arguments, *seen.locals))


def test_what_a_process_says_is_data(sheet, monkeypatch):
    """A process that has been taken over says whatever it likes."""
    from bugforge.model import Outcome, TestResult
    from bugforge.practice.looking import _look_of

    for said in ("no json", "[]", json.dumps({"function": 5}), json.dumps({"locals": [["a", "b", "c"]]})):
        assert _look_of(TestResult(TEST, False, Outcome.FAILED, look=said)).function == ""
    much = json.dumps({"function": "f" * 9000, "locals": [["n", "t" * 9000]] * 900})
    seen = _look_of(TestResult(TEST, False, Outcome.FAILED, look=much))
    assert (len(seen.function), len(seen.locals), len(seen.locals[0][1])) == (300, 60, 300)


def test_values_are_described_by_their_exact_type():
    import numpy as np
    import pandas as pd

    class Liar(list):
        def __len__(self):
            raise SystemExit

    assert described(None) == "None"
    assert described(0.123456) == "0.1235"
    assert described(10**40) == "a huge int"
    assert described("x" * 100) == repr("x" * 60)
    assert described(np.arange(3)) == "int64 (3,): [0, 1, 2]"
    assert described(np.linspace(0, 1, 11)) == "float64 (11,), 0 to 1, mean 0.5"
    assert described(np.array([1.0] * 9 + [np.nan])) == "float64 (10,), 1 to 1, mean 1, 1 of 10 are NaN or infinite"
    assert described(np.float32(0.5)) == "0.5"
    assert described([1.0 / n for n in range(1, 30)]).startswith("list of 29: 1 ... 0.03448 █▃")
    assert described(pd.DataFrame({"a": [1, None]})) == "DataFrame (2, 1), 1 missing; a"
    assert described(Liar()) == "a Liar"
    assert described({1: 2}) == "dict of 1"


def test_only_the_module_itself_is_watched():
    code = compile("def f(x):\n    y = g(x)\n    return y\n", "m.py", "exec")
    space = {"g": lambda x: x + 1, "__name__": "m"}
    exec(code, space)
    tracer = Tracer("m")
    assert tracer.run(lambda: space["f"](1)) == 2
    assert tracer.told["function"] == "f"
    assert tracer.told["locals"] == [("x", "1"), ("y", "2")]
