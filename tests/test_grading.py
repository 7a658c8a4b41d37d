"""Verdicts: fixed only when every test passed, on the public seed and on fresh ones."""

import os
from dataclasses import replace

import pytest

from bugforge.grading.diagnosis import Claim, diagnose
from bugforge.grading.exercises import closest
from bugforge.grading.grader import Grader
from bugforge.grading.imports import forbidden
from bugforge.grading.recognised import recognised
from bugforge.grading.subject import KnownBug, Subject, Submission, subject_from
from bugforge.grading.submission import LARGEST, Unreadable, read
from bugforge.grading.verdict import Diagnosis
from bugforge.model import Alternative, BugClass, Edit, Fixes, Grade, Outcome
from bugforge.mutation.diff import changed_lines, lines_between
from bugforge.pack import load_pack
from bugforge.runner.limits import Limits
from bugforge.runner.task import Contract


@pytest.fixture
def subject(tiny):
    problem = load_pack(tiny).problems["mean"]
    implementation = problem.implementations["plain"]
    broken = implementation.source.replace("total / len(values)", "total")
    return replace(subject_from(problem, implementation, 0), broken=broken)


def judged(subject, runner, source, seeds=(5, 6), **limits):
    ((_, verdict),) = Grader(runner, seeds, **limits).grade([Submission("demo", source, subject)])
    return verdict


def test_the_reference_is_a_fix(subject, runner):
    verdict = judged(subject, runner, subject.original)
    assert verdict.grade is Grade.FIXED
    assert verdict.seeds == (0, 5, 6)
    assert {test.outcome for test in verdict.tests} == {Outcome.PASSED}
    assert (verdict.lines_changed, verdict.lines_minimal) == (1, 1)


def test_another_algorithm_behind_the_same_names_is_a_fix(subject, runner):
    other = "def mean(values):\n    import statistics\n    return statistics.fmean(values)\n\n\n"
    other += "def spread(values):\n    m = mean(values)\n    return max(abs(v - m) for v in values)\n"
    assert judged(subject, runner, other).grade is Grade.FIXED


def test_the_broken_program_is_no_fix(subject, runner):
    verdict = judged(subject, runner, subject.broken)
    assert verdict.grade is Grade.NOT_FIXED
    assert verdict.reason == "test_mean_of_two_numbers: the mean of 1 and 4 is 2.5"
    assert verdict.seeds == (0,)
    assert (verdict.lines_changed, verdict.newly_broken) == (0, ())


def test_what_newly_broke_is_told(subject, runner):
    verdict = judged(subject, runner, subject.broken.replace("np.max(", "3 + np.max("))
    assert [name.rpartition("::")[2] for name in verdict.newly_broken] == ["test_one_number"]


def test_what_never_ran_is_not_said_to_be_broken(subject, runner):
    verdict = judged(subject, runner, "raise MemoryError\n")
    assert verdict.reason == "the program cannot be imported: MemoryError"
    assert verdict.newly_broken == ()
    assert len(verdict.tests) == 4


def test_a_table_of_the_public_answers_is_no_fix(subject, runner):
    """Right on the public seed, wrong on fresh ones."""
    cheat = subject.original.replace(
        "return total / len(values)",
        "if len(values) == 3 and values[0] == values[1] != 0 and abs(values[0] - 0.12573022) > 1e-6:\n"
        "        return 0.0\n    return total / len(values)",
    )
    verdict = judged(subject, runner, cheat)
    assert verdict.grade is Grade.NOT_FIXED
    assert verdict.reason.startswith("on the hidden seed 5 (again: bugforge check with --seeds 5), test_mean_of_equal")
    assert [test.outcome for test in verdict.tests].count(Outcome.PASSED) == 3, "what did not run later is not failed"
    assert verdict.seeds == (0, 5, 6)
    assert "equal numbers are not their own mean" in verdict.reason


def test_an_import_that_is_not_allowed_is_no_fix(subject, runner):
    verdict = judged(subject, runner, f"import sklearn\n{subject.original}")
    assert verdict.grade is Grade.NOT_FIXED
    assert "it imports sklearn, which this problem does not allow" in verdict.reason


BAD = [
    ("def mean(values:\n", "it is not a Python program ('(' was never closed (mean.py, line 1))"),
    ("while True: pass\n", "did not end within"),
    ("import sys; sys.exit(0)\n", "the program cannot be imported"),
    ("import os; os._exit(0)\n", "the program cannot be imported"),
    ("while True: print('x' * 1000)\n", "did not end within"),
    ("x = [0] * 10 ** 11\n", "MemoryError"),
    ("x = 1\n", "it defines nothing of mean"),
    ("(" * 300 + ")" * 300 + "\n", "it is"),
]


@pytest.mark.parametrize(("source", "told"), BAD)
def test_programs_that_cannot_pass(subject, runner, source, told):
    verdict = judged(subject, runner, source, limits=Limits(cpu=0.3))
    assert verdict.grade is Grade.NOT_FIXED
    assert told in verdict.reason


def test_a_contract_that_fails_the_reference_cannot_grade(tiny, runner):
    contract = tiny / "reference_impls" / "basics" / "mean" / "test_mean.py"
    extra = (
        "\n\ndef test_luck(rng):\n    import os\n\n"
        "    assert os.environ['BUGFORGE_SEED'] == '0', 'bad luck'\n    mean([1.0])\n"
    )
    contract.write_text(contract.read_text() + extra)
    problem = load_pack(tiny).problems["mean"]
    subject = subject_from(problem, problem.implementations["plain"], 0)
    verdict = judged(subject, runner, subject.original)
    assert verdict.grade is Grade.COULD_NOT_GRADE
    assert "the reference fails the contract on seed 5" in verdict.reason


IMPORTS = [
    ("import numpy as np\nfrom math import sqrt\n", ()),
    ("import sklearn.linear_model\n", ("sklearn",)),
    ("from sklearn import metrics\nimport torch\n", ("sklearn", "torch")),
    ("def f():\n    m = __import__('sklearn')\n", ("sklearn",)),
    ("import importlib\nm = importlib.import_module('scipy.special')\n", ("scipy",)),
    ("import (", ()),
    ("if TYPE_CHECKING:\n    import torch\nif typing.TYPE_CHECKING:\n    import sklearn\n", ()),
    ("if TYPE_CHECKING:\n    pass\nelse:\n    import torch\n", ("torch",)),
    ("if __name__ == '__main__':\n    import pytest\n    pytest.main()\n", ()),
    ("if __name__ != '__main__':\n    import torch\n", ("torch",)),
    (f"if 0x{'f' * 5000}:\n    import torch\n", ("torch",)),
    (f"if {'1 + ' * 900}1:\n    import torch\n", ("torch",)),
    (f"import torch{'.a' * 50_000}\n", None),  # takes memory by the square
]


@pytest.mark.parametrize(("source", "found"), IMPORTS)
def test_forbidden_imports(source, found):
    assert forbidden(source, ["numpy"]) == found


def test_a_bare_file_is_held_against_the_implementation_whose_names_it_has(standard):
    linear, logistic = standard.problems["linear_regression"], standard.problems["logistic_regression"]
    descent = linear.implementations["gradient_descent"]
    assert closest(linear, "class LinearRegression:\n    pass\n").name == "normal_equations"
    assert closest(linear, descent.source) is descent
    assert closest(logistic, "class LogisticRegression:\n    pass\n").own_tests is None, (
        "its tests would ask for others"
    )


def test_lines_between():
    assert lines_between("a\nb\nc\n", "a\nx\ny\nc\n") == 2
    assert lines_between("a\nb\n", "a\nb\n") == 0


def test_only_small_regular_text_files_are_read(tmp_path):
    good = tmp_path / "good.py"
    good.write_bytes(b"\xef\xbb\xbfx = 1\r\n")
    assert read(good) == "x = 1\n"
    cases = {"empty.py": b"  \n", "binary.py": b"\xff\xfe\x00", "nul.py": b"x = '\0'", "big.py": b"#" * (LARGEST + 1)}
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "link.py").symlink_to(good)
    (tmp_path / "folder.py").mkdir()
    for name in (*cases, "pipe.py", "link.py", "folder.py", "missing.py"):
        with pytest.raises(Unreadable, match=name):
            read(tmp_path / name)


@pytest.fixture
def known(subject, tiny):
    (line,) = changed_lines(subject.broken, subject.original)
    bug = KnownBug(load_pack(tiny).bug_classes["missing-division"], (line,), subject.broken, Fixes())
    return replace(subject, bugs=(bug,))


@pytest.mark.parametrize(("line", "near"), [(0, "right"), (2, "near"), (-2, "near"), (3, "wrong"), (-3, "wrong")])
def test_a_line_is_judged(known, line, near):
    ((planted,),) = (bug.lines for bug in known.bugs)
    assert diagnose(Claim((planted + line,)), known, {}) == (Diagnosis(near, None),)


@pytest.mark.parametrize(("bug", "near"), [("missing-division", "right"), ("ddof-mixup", "near"), ("no-exp", "wrong")])
def test_a_class_is_judged(known, bug, near):
    categories = {"missing-division": "statistics", "ddof-mixup": "statistics", "no-exp": "numerical-stability"}
    assert diagnose(Claim(bug_classes=(bug,)), known, categories) == (Diagnosis(None, near),)


def test_that_there_is_no_bug_is_judged(known):
    said = Claim(no_bug=True)
    assert diagnose(said, known, {}) == (Diagnosis(None, None, "wrong"),)
    control = replace(known, broken=known.original, bugs=())
    assert diagnose(said, control, {}) == (Diagnosis(None, None, "right"),)
    assert diagnose(said, replace(control, broken=None), {}) == ()


def test_each_of_two_bugs_is_named_once(known):
    (bug,) = known.bugs
    both = replace(known, bugs=(bug, replace(bug, lines=(20, 21))))
    said = diagnose(Claim((21, 20, bug.lines[0] + 1), ("missing-division",)), both, {"missing-division": "statistics"})
    assert [(d.line, d.bug) for d in said] == [("right", "right"), ("wrong", None), ("near", None)]


def with_alternatives(known):
    (bug,), start = known.bugs, known.broken.index("return total\n")
    right = Alternative("An average by numpy is one.", (Edit(start, start + 12, "return np.average(values)"),))
    wrong = Alternative("Half is no mean of three.", (Edit(start, start + 12, "return total / 2"),))
    return replace(known, bugs=(replace(bug, fixes=Fixes((right,), (wrong,))),))


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("return np.average( values )  # as numpy does it", ("an honest fix: An average by numpy is one.",)),
        ("return total / 2", ("this treats the symptom: Half is no mean of three.",)),
        ("return total / len(values)", ()),
        ("return total / (", ()),
    ],
)
def test_a_known_change_is_named(known, line, note):
    assert recognised(known.broken.replace("return total\n", f"{line}\n"), with_alternatives(known)) == note


def test_half_of_what_was_done_is_not_all_of_it():
    """A bug in two functions, both mended: the change that mends one of them is not what was made."""
    right = "def fit(x):\n    return x + 1\n\n\ndef predict(x):\n    return x + 1\n"
    broken, at = right.replace(" + 1", ""), len("def fit(x):\n    return x")
    wrong = Alternative("One of two.", (Edit(at, at, " + 1"),))
    bug = KnownBug(BugClass(*[""] * 4, {}, (), {}, (), ()), (2, 6), broken, Fixes((), (wrong,)))
    subject = Subject("m", "", Contract("m", ()), (), right, 0, broken, (bug,))
    assert recognised(right, subject) == ()
    assert recognised(right[: at + 4] + broken[at:], subject) == ("this treats the symptom: One of two.",)


def test_what_is_recognised_does_not_sway_a_verdict(known, runner):
    source = known.broken.replace("return total\n", "return total / 2\n")
    verdict = judged(with_alternatives(known), runner, source)
    assert verdict.grade is judged(known, runner, source).grade is Grade.NOT_FIXED
    assert verdict.notes == ("this treats the symptom: Half is no mean of three.",)


def test_of_two_bugs_one_is_fixed(known, runner):
    (bug,) = known.bugs
    small = known.original.replace("np.max(", "3 + np.max(")
    both = replace(
        known, broken=known.broken.replace("np.max(", "3 + np.max("), bugs=(bug, replace(bug, alone=small, lines=(14,)))
    )
    assert judged(both, runner, known.original).grade is Grade.FIXED
    assert judged(both, runner, small).reason.startswith("1 of 2 bugs is fixed; test_spread_is_not_negative: ")
    assert judged(both, runner, known.broken).reason.startswith("1 of 2 bugs is fixed; test_mean_of_two_numbers: ")
    assert judged(both, runner, both.broken).reason.startswith("test_mean_of_two_numbers: ")


def test_without_the_bug_nothing_can_be_said_of_a_diagnosis(subject):
    assert diagnose(Claim((3,)), subject, {}) == ()
