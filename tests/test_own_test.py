"""A candidate's own test is worth something when it passes on the correct program and fails on the broken one."""

import warnings
from dataclasses import replace

import pytest

from bugforge.grading.own_test import Worth, try_own_test
from bugforge.grading.subject import KnownBug, subject_from
from bugforge.grading.submission import Unreadable
from bugforge.model import Fixes
from bugforge.pack import load_pack

HEAD = "import pytest\nfrom mean import mean\n\n\n"
BODIES = [
    ("assert mean([1.0, 4.0]) == 2.5", Worth.GOOD),
    ("assert mean([3.0]) == 3.0", Worth.BLIND),
    ("assert mean([1.0, 4.0]) == 5", Worth.WRONG),
    ("x = rng.normal(size=3).tolist()\n    with unchanged(x): assert mean(x) == pytest.approx(sum(x) / 3)", Worth.GOOD),
    ("with pytest.raises(ZeroDivisionError): mean([])", Worth.WRONG),
    ("assert mean", Worth.WRONG),  # a handle answers no question itself
    ("raise ValueError(repr(mean.__globals__))", Worth.WRONG),
    ("import os; os._exit(0)", Worth.CRASHED),
    ("pytest.skip()", Worth.EMPTY),  # a test that skips itself tries nothing
    ("raise KeyboardInterrupt", Worth.WRONG),
    ("pytest.exit('done', 0)", Worth.EMPTY),
    ("import mean as m; assert m.np.abs(-1) == 1", Worth.WRONG),  # libraries could be made to tell the program's text
    ("mean._owner.ask('load', 'mean', 'def mean(x): return 2.5'); assert mean([1.0, 4.0]) == 2.5", Worth.WRONG),
    ("mean._owner.ask('run_test_file', 'mean', __file__, 0)", Worth.WRONG),
]
TESTS = [(f"{HEAD}def test_it(rng, unchanged):\n    {body}\n", worth) for body, worth in BODIES]
UNITTEST = "import unittest\nfrom mean import mean\n\n\nclass Mean(unittest.TestCase):\n    def test_it(self):\n"
TESTS += [(f"{UNITTEST}        self.assertEqual(mean([1.0, 4.0]), 2.5)\n", Worth.GOOD)]
TESTS += [("x = 1\n", Worth.EMPTY), (f"{HEAD}mean([1.0])\n", Worth.WRONG)]


@pytest.fixture
def subject(tiny):
    problem = load_pack(tiny).problems["mean"]
    implementation = problem.implementations["plain"]
    subject = subject_from(problem, implementation, 0)
    broken = implementation.source.replace("total / len(values)", "total")
    bug = KnownBug(load_pack(tiny).bug_classes["missing-division"], (9,), broken, Fixes())
    return replace(subject, broken=broken, bugs=(bug,))


@pytest.mark.parametrize(("text", "worth"), TESTS)
def test_its_worth(subject, runner, text, worth):
    assert try_own_test(text, subject, runner, (5, 6)).worth is worth


def test_what_it_warns_of_is_not_heard(subject, runner):
    text = f"{HEAD}import warnings\n\n\ndef test_it():\n    warnings.warn('loot')\n    assert mean([1.0, 4.0]) == 2.5\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert try_own_test(text, subject, runner, ()).worth is Worth.GOOD


def test_an_answer_of_more_than_two_numbers_is_not_read(subject, runner):
    forge = "import gc\nfrom bugforge.runner.sandboxed.worker import Worker\n\n\ndef test_it():\n"
    forge += "    (worker,) = [thing for thing in gc.get_objects() if type(thing) is Worker]\n"
    forge += "    worker.connection.send(('value', [set()] * 1000, ()))\n"
    assert try_own_test(forge, subject, runner, ()).worth is Worth.CRASHED


def test_what_cannot_be_tried(subject, runner):
    with pytest.raises(Unreadable, match="is not a Python program"):
        try_own_test("def test_it(:\n", subject, runner, ())
    unknown = replace(subject, broken=None, bugs=())
    with pytest.raises(Unreadable, match="is not known"):
        try_own_test("def test_it(): pass\n", unknown, runner, ())
