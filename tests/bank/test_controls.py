"""Controls: programs without a bug that nothing but the program tells from one with a bug."""

import random
import subprocess
import sys
from dataclasses import replace

import pytest

from bugforge.bank import GivenTests, Interview, Request
from bugforge.bank.controls import control_of, is_same
from bugforge.bank.decoys import DECOYS, decoyed
from bugforge.errors import BankError
from bugforge.model import Grade
from bugforge.mutation.code import Code

ROUND = Interview("any", 12)


@pytest.fixture
def quiet(bank, sheet, tmp_path):
    """Two candidates have the same exercise with quiet tests, the second its control; the folders of both."""
    bank.add([sheet])
    for name, controls in (("ana", 0), ("bob", 1)):
        bank.draw(Request(name, ROUND, tests=GivenTests.QUIET, controls=controls))
        bank.hand_out(name, tmp_path / name, variants=False)
    return [next((tmp_path / name).glob("mean-*")) for name in ("ana", "bob")]


def test_nothing_but_the_program_tells_a_control_from_a_bug(quiet):
    with_bug, control = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in quiet)
    assert with_bug.keys() == control.keys()
    assert [name for name in with_bug if with_bug[name] != control[name]] == ["mean.py"]
    for folder in quiet:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0
        assert "1 passed" in ended.stdout


def answered(bank, folder, line):
    """What becomes of an answer on one exercise."""
    (folder.parent / "answers.toml").write_text(f"[{folder.name}]\n{line}\n")
    (graded,), _ = bank.grade(folder.parent, seeds=[3], jobs=1)
    return graded


def test_saying_so_is_right_and_anything_else_a_false_alarm(bank, quiet):
    _, control = quiet
    said = answered(bank, control, "no_bug = true")
    assert (said.false_alarm, said.missed, said.points["correctness"]) == (False, False, (30, True))
    said = answered(bank, control, "line = 3")
    assert (said.verdict.grade, said.false_alarm, said.points["correctness"]) == (Grade.FIXED, True, (0, True))
    said = answered(bank, control, "")
    assert (said.false_alarm, said.points["correctness"]) == (False, (0, True))
    (control / "mean.py").write_text("def mean(values):\n    return 0\n")
    assert answered(bank, control, "").false_alarm


def test_no_bug_is_wrong_where_there_is_one(bank, quiet):
    said = answered(bank, quiet[0], "no_bug = true")
    assert (said.false_alarm, said.missed) == (False, True)


def test_with_all_tests_there_are_no_controls(bank, sheet):
    bank.add([sheet])
    with pytest.raises(BankError, match="give --tests quiet or none with --controls"):
        bank.draw(Request("ana", ROUND, controls=1))
    with pytest.raises(BankError, match="1 of 3 controls can be made of this set"):
        bank.draw(Request("ana", ROUND, tests=GivenTests.QUIET, controls=3))
    assert bank.item(sheet.id).uses == 0


PROGRAM = """
import numpy as np


def f(x, c):
    y = np.sqrt(x) + np.abs(x) + 2 * x + np.zeros(3) + np.ones(3) + np.clip(x, 0, 1)
    z = 1 - c if c < 2 else c
    w = x.mean(axis=0) + np.mean(x) + x.std(axis=0) + np.sum(x)
    u = np.where(x > 0, y, z) + 0.5 * x + x / 2 + x**2 + np.argmax(x)
    t = x.T[:, None]
    return [-np.mean(x), t, u, w, z <= c, range(3)]
"""


def test_every_decoy_has_a_place_in_some_program():
    assert {decoy.id for decoy, _ in decoyed(PROGRAM)} == {decoy.id for decoy in DECOYS}
    assert len(DECOYS) >= 12


def test_what_changes_a_bit_is_no_decoy(sheet, runner):
    assert is_same(sheet, sheet.original.replace("def spread", "UNIT = 1\n\n\ndef spread"), runner)
    assert not is_same(
        sheet, sheet.original.replace("total / len(values)", "total / len(values) * (1 + 2e-16)"), runner
    )
    assert not is_same(sheet, sheet.broken, runner)


def test_a_control_is_the_right_program_with_a_decoy(sheet, runner):
    control, decoy = control_of(sheet, runner, random.Random(1))
    assert control.bugs == ()
    assert control.files["mean.py"] == control.original
    assert control.original in [*decoy.programs(Code(sheet.original))]
    assert control_of(replace(sheet, original="def mean(values):\n    return 0\n"), runner, random.Random(1)) is None
