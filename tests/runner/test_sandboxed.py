"""A module in a process of its own answers as one that is imported would: values, objects, errors, warnings, calls."""

import textwrap

import pytest

from bugforge.model import Outcome
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Contract, Task, Way
from tests.runner.test_runner import CONTRACT, CORRECT

LIMITS = Limits(cpu=2.0, wall=20.0)
IMPORTS = "import itertools, math, random, time, warnings\nimport numpy as np\nimport pandas as pd\nimport pytest\n"


def task(source, text, way=Way.REMOTE, **options):
    options = {"seeds": (0,), "limits": LIMITS, "allowed": ("pandas",), **options}
    contract = Contract("demo", (("test_demo.py", IMPORTS + "import demo\n" + textwrap.dedent(text)),))
    return Task(contract, (textwrap.dedent(source),), way=way, **options)


def results(runner, source, text, seed=0, **options):
    ((_, (report,)),) = runner.run([task(source, text, **options)])
    return {result.name.rpartition("::")[2]: result for result in report[seed]}


def outcomes(runner, source, text, **options):
    return {name: result.outcome for name, result in results(runner, source, text, **options).items()}


def body(*lines):
    """A contract of one test."""
    return "def test_it(rng, unchanged):\n" + textwrap.indent(textwrap.dedent("\n".join(lines)), "    ") + "\n"


def the_only(runner, source, *lines, **options):
    found = results(runner, source, body(*lines), **options)
    assert "test_it" in found
    return found.get("import") or found["test_it"]


MODULE = """
import dataclasses
import pickle
import sys
import warnings
from collections import namedtuple
from enum import Enum

import numpy as np
import pandas as pd

Point = namedtuple("Point", "x y")
calls = 0


class Color(Enum):
    RED = 1


@dataclasses.dataclass(frozen=True)
class Pair:
    left: int
    right: list = dataclasses.field(default_factory=list)


class OwnError(KeyError):
    pass


class Model:
    classes = np.array(["a", "b"])

    def __init__(self, rate=0.1, *, steps=1):
        self.rate, self.steps, self.self = rate, steps, self

    def fit(self, X, y=None):
        self.mean_ = np.asarray(X).mean(axis=0)
        self._hidden = 1
        return self

    def same(self, other):
        return other is self

    def __len__(self):
        return 3

    def __eq__(self, other):
        return True

    def __bool__(self):
        return True

    def __getitem__(self, key):
        return 1

    def __iter__(self):
        return iter([1, 2])

    def __float__(self):
        return 1.0

    def __array__(self, *_, **__):
        return np.ones(3)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return True


def echo(*args, **kwargs):
    return (args, kwargs) if kwargs else args[0] if len(args) == 1 else args


def kind(value):
    return type(value).__name__


def apply(function, *args, **kwargs):
    return function(*args, **kwargs)


def attribute(thing, name):
    return getattr(thing, name)


def guarded(function):
    try:
        return function()
    except LookupError as error:
        return type(error).__name__, str(error)


def adder(n):
    return lambda x: x + n


def count(stop=None):
    n = 0
    while stop is None or n < stop:
        global calls
        calls += 1
        yield [n]
        n += 1


def how_often():
    return calls


def fail(name, *args):
    raise {**vars(__builtins__ if not isinstance(__builtins__, dict) else sys), **globals()}[name](*args)


def own_error():
    raise OwnError("the key")


def singular():
    return np.linalg.inv(np.zeros((2, 2)))


def merge():
    raise pd.errors.MergeError("no common columns")


def warn(text="careful", category=UserWarning):
    warnings.warn(text, category)
    return 1


def divide(a, b):
    return a / b


def double_in_place(X):
    X *= 2
    return X


def sort(values):
    values.sort()


def keep(value):
    keep.kept = value


def spoil():
    keep.kept[0] = 99


def draw(rng):
    return rng.random(3)
"""


@pytest.fixture(scope="module")
def ask(runner):
    """Runs tests of one line or more against MODULE, all in one go: the outcome and the rest of each."""

    def asked(*lines, source=MODULE, **options):
        return the_only(runner, source, *lines, **options)

    return asked


# values and objects

PASSING = {
    "values are equal": "assert demo.echo([1, (2, {'a': None})], b'x') == ([1, (2, {'a': None})], b'x')",
    "types are exact": "assert [demo.kind(v) for v in (True, 1, 1.0, np.float32(1), (1,), [1])] == "
    "['bool', 'int', 'float', 'float32', 'tuple', 'list']",
    "arrays come back as arrays": "X = rng.normal(size=(3, 2))\nassert np.array_equal(demo.echo(X), X)\n"
    "assert type(demo.echo(X)) is np.ndarray",
    "frames come back as frames": "frame = pd.DataFrame({'a': [1, None], 'b': ['x', 'y']}, index=[3, 3])\n"
    "pd.testing.assert_frame_equal(demo.echo(frame), frame)",
    "keyword arguments have their names": "assert demo.echo(1, b=[2]) == ((1,), {'b': [2]})",
    "keyword-only arguments have their names": "assert demo.Model(steps=5).steps == 5",
    "the same object is the same handle": "m = demo.Model()\nassert m.fit([[1.0]]) is m\nassert m.self is m.self is m",
    "an object is passed back as itself": "m = demo.Model()\nassert m.same(m) is True\n"
    "assert m.same(demo.Model()) is False",
    "objects in containers are handles": "m, (n,) = demo.Model(), demo.echo([demo.Model()])\n"
    "assert n is not m\nassert demo.echo({'a': [m]})['a'][0] is m",
    "public attributes are read": "assert demo.Model(0.5).fit([[1.0], [3.0]]).mean_.tolist() == [2.0]",
    "class attributes are read": "assert demo.Model.classes.tolist() == ['a', 'b']",
    "bound methods are handles": "fit = demo.Model().fit\nassert fit([[1.0], [3.0]]).mean_.tolist() == [2.0]",
    "functions that are returned are called": "assert demo.adder(3)(4) == 7",
    "dataclasses have their fields": "p = demo.Pair(1, right=[2])\nassert (p.left, p.right) == (1, [2])",
    "members of an enum have their value": "red = demo.Color.RED\nassert red.value == 1 and red is demo.Color.RED",
    "named tuples have their fields": "p = demo.Point(1, [2])\nassert (p.x, p.y) == (1, [2]) == tuple(p)",
    "what is not there is an AttributeError": "with pytest.raises(AttributeError, match='nothing'):\n"
    "    demo.nothing()\nwith pytest.raises(AttributeError):\n    demo.Model().nothing",
    "what is private is an AttributeError": "m = demo.Model().fit([[1.0]])\n"
    "with pytest.raises(AttributeError, match='not public'):\n    m._hidden\n"
    "with pytest.raises(AttributeError):\n    demo._hidden",
    "hasattr tells what is there": "assert hasattr(demo.Model(), 'rate')\nassert not hasattr(demo.Model(), 'mean_')",
    "functions of the test are called": "assert demo.apply(lambda x, y=1: [x, y], 3, y=4) == [3, 4]",
    "functions of numpy are called": "assert demo.apply(np.mean, np.array([1.0, 3.0])) == 2.0",
    "attributes of the test's objects are read": "class Thing:\n    size = 3\n"
    "assert demo.attribute(Thing(), 'size') == 3\nwith pytest.raises(AttributeError, match='not public'):\n"
    "    demo.attribute(Thing(), '__class_getitem__')",
    "methods of the test's objects are called": "class World:\n    at = 0\n    def step(self, by):\n"
    "        self.at += by\n        return self.at, False\nw = World()\n"
    "assert demo.apply(demo.attribute(w, 'step'), 2) == (2, False)\nassert w.at == 2",
    "the test's object comes back as itself": "f = lambda: 1\nassert demo.echo(f) is f\nassert demo.echo([f])[0] is f",
    "a callback may ask a handle": "m = demo.Model(0.5)\nassert demo.apply(lambda: m.rate + demo.adder(1)(1)) == 2.5",
    "a callback within a callback within a callback": "def f(n):\n"
    "    return n if n > 5 else demo.apply(f, n + 1) + 10\nassert demo.apply(f, 0) == 66",
    "a handle passes through a callback": "m = demo.Model()\nassert demo.apply(lambda x: x, m) is m",
    "errors of callbacks cross both ways": "def f():\n    raise ZeroDivisionError('own text')\n"
    "with pytest.raises(ZeroDivisionError, match='own text'):\n    demo.apply(f)",
    "errors of callbacks are caught in the module": "def f():\n    raise KeyError('k')\n"
    "assert demo.guarded(f) == ('KeyError', \"'k'\")",
    "the test's own errors are their nearest class": "class Own(IndexError):\n    pass\ndef f():\n"
    "    raise Own('text')\nassert demo.guarded(f) == ('IndexError', 'text')",
    "generators are iterated lazily": "assert list(itertools.islice(demo.count(), 3)) == [[0], [1], [2]]\n"
    "assert demo.how_often() == 3",
    "generators end": "assert [x for x in demo.count(2)] == [[0], [1]]\nassert [x for x in demo.count(0)] == []",
    "generators are listed": "assert list(demo.count(2)) == [[0], [1]] == [*demo.count(2)]",
    "two generators are iterated in turn": "a, b = demo.count(), demo.count()\n"
    "assert [x for pair in itertools.islice(zip(a, b), 2) for x in pair] == [[0], [0], [1], [1]]",
    "own errors are their nearest class": "with pytest.raises(KeyError, match='the key') as caught:\n"
    "    demo.own_error()\nassert type(caught.value) is KeyError",
    "numpy's errors are their own class": "with pytest.raises(np.linalg.LinAlgError, match='Singular'):\n"
    "    demo.singular()",
    "pandas' errors are their own class": "with pytest.raises(pd.errors.MergeError, match='no common'):\n"
    "    demo.merge()",
    "warnings are issued again": "with pytest.warns(UserWarning, match='careful'):\n    assert demo.warn() == 1",
    "warnings of numpy are issued again": "with pytest.warns(RuntimeWarning, match='divide by zero'):\n"
    "    assert demo.divide(np.ones(1), np.zeros(1)) == np.inf",
    "warnings that are errors are raised in the module": "with warnings.catch_warnings():\n"
    "    warnings.simplefilter('error')\n    with pytest.raises(UserWarning, match='careful'):\n        demo.warn()\n"
    "assert demo.warn() == 1",
    "warnings are chosen by text and class": "with warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n"
    "    warnings.filterwarnings('error', message='care', category=UserWarning)\n"
    "    assert demo.warn('another') == 1\n    with pytest.raises(UserWarning):\n        demo.warn('careful')\n"
    "    assert demo.warn('careful', DeprecationWarning) == 1",
    "ignored warnings are not heard": "with warnings.catch_warnings(record=True) as log:\n"
    "    warnings.simplefilter('ignore')\n    demo.warn()\nassert log == []",
    "numpy's error state reaches the module": "with np.errstate(all='raise'), pytest.raises(FloatingPointError):\n"
    "    demo.divide(np.ones(1), np.zeros(1))\n"
    "with np.errstate(all='ignore'), warnings.catch_warnings():\n    warnings.simplefilter('error')\n"
    "    assert demo.divide(np.ones(1), np.zeros(1)) == np.inf",
    "data that is not changed is unchanged": "X, Y = rng.normal(size=3), [1, 2]\nwith unchanged(X, Y):\n"
    "    demo.echo(X)\n    demo.echo([X, Y])",
    "data is copied": "X = np.ones(3)\nassert demo.double_in_place(X).tolist() == [2, 2, 2]\n"
    "assert X.tolist() == [1, 1, 1]",
    "what is returned is a copy": "m = demo.Model()\nm.classes[:] = 'z'\nassert m.classes.tolist() == ['a', 'b']",
    "a generator of random numbers draws the same": "assert demo.draw(np.random.default_rng(5)).tolist() == "
    "np.random.default_rng(5).random(3).tolist()",
    "a generator of random numbers is not drawn from": "demo.draw(rng)\n"
    "assert rng.random() == np.random.default_rng(0).random()",
}


@pytest.fixture(scope="module")
def passing(runner):
    """Every test of PASSING, run in one contract."""
    names = [f"test_{i}" for i in range(len(PASSING))]
    tests = [body(text).replace("test_it", name) for name, text in zip(names, PASSING.values(), strict=True)]
    found = results(runner, MODULE, "\n\n".join(tests))
    return dict(zip(PASSING, [found[name] for name in names], strict=True))


@pytest.mark.parametrize("name", PASSING)
def test_a_remote_module_answers_as_an_imported_one(passing, name):
    assert passing[name].outcome is Outcome.PASSED, (passing[name].exception, passing[name].message)


REFUSED = {
    "truth": "assert m",
    "equality": "assert m == 1",
    "inequality": "assert m != 1",
    "length": "assert len(m) == 3",
    "membership": "assert 1 in m",
    "items": "m[0]",
    "iteration": "list(m)",
    "arrays": "np.asarray(m)",
    "functions of numpy": "np.mean(m)",
    "closeness": "np.testing.assert_allclose(m, 1)",
    "numbers": "float(m)",
    "arithmetic": "m + 1",
    "hash": "{m: 1}",
    "order": "sorted([m, m])",
    "setting": "m.rate = 3",
    "deleting": "del m.rate",
    "instances": "isinstance(1, m)",
    "contexts": "with m:\n    pass",
    "absolute value": "abs(m)",
    "reversal": "list(reversed(m))",
    "approximate equality": "assert m == pytest.approx(1.0)",
}
CAUGHT = "try:\n{}\nexcept Exception:\n    pass"
EXPECTED = "with pytest.raises(Exception):\n{}"


@pytest.fixture(scope="module")
def refused(runner):
    """Every operation as it is, with its error caught, and with its error expected."""
    tests = {}
    for name, operation in REFUSED.items():
        inner = textwrap.indent(operation, "    ")
        for n, text in enumerate((operation, CAUGHT.format(inner), EXPECTED.format(inner))):
            tests[name, n] = text
    names = [f"test_{i}" for i in range(len(tests))]
    texts = [
        body("m = demo.Model()", text).replace("test_it", name)
        for name, text in zip(names, tests.values(), strict=True)
    ]
    found = results(runner, MODULE, "\n\n".join(texts))
    return dict(zip(tests, [found[name] for name in names], strict=True))


@pytest.mark.parametrize("n", range(3), ids=["raised", "caught", "expected"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_only_data_can_answer_is_no_pass(refused, name, n):
    assert refused[name, n].outcome is not Outcome.PASSED


def test_a_refusal_says_what_was_asked(ask):
    result = ask("try:\n    len(demo.Model())\nexcept TypeError:\n    pass\nexcept Exception:\n    pass")
    assert (result.outcome, result.exception) == (Outcome.ERRORED, "Refused")
    assert "__len__" in result.message


def test_the_same_random_generator_is_not_passed_twice(ask):
    result = ask("demo.draw(rng)", "with pytest.raises(Exception):\n    demo.draw(rng)")
    assert result.outcome is Outcome.ERRORED
    assert "the same random generator twice" in result.message


CHANGES = [
    "X = np.ones(3)\nwith unchanged(X):\n    demo.double_in_place(X)",
    "X = [3, 1, 2]\nwith unchanged(X):\n    demo.sort(X)",
    "X = [3, 1, 2]\nwith unchanged(X):\n    demo.keep(X)\n    demo.spoil()",
    "X = np.ones(3)\nwith unchanged(X):\n    demo.echo(X)\n    demo.echo({'a': [X]})\n    demo.double_in_place(X)",
    "X = pd.DataFrame({'a': [1, 2]})\nwith unchanged(X):\n    demo.double_in_place(X)",
    "X = np.ones(3)\nwith unchanged(X):\n    demo.apply(lambda: demo.double_in_place(X))",
]


@pytest.mark.parametrize("lines", CHANGES)
def test_changing_the_callers_data_is_seen(ask, lines):
    result = ask(lines)
    assert (result.outcome, result.message) == (Outcome.FAILED, "the call changed its caller's data")


@pytest.mark.parametrize("after", ["X[0]", "np.asarray(X)", "len(X)"])
def test_a_guard_that_stands_open_changes_nothing_else(ask, after):
    assert ask(f"X = np.ones(3)\nwith unchanged(X):\n    demo.echo(X)\n{after}").outcome is Outcome.PASSED


# endings

ENDINGS = {
    "sys.exit(0)": Outcome.CRASHED,
    "raise SystemExit": Outcome.CRASHED,
    "raise KeyboardInterrupt": Outcome.CRASHED,
    "raise BaseException('x')": Outcome.CRASHED,
    "raise GeneratorExit": Outcome.CRASHED,
    "import os; os._exit(0)": Outcome.CRASHED,
    "import ctypes; ctypes.string_at(0)": Outcome.CRASHED,
    "import os; os.closerange(3, 64)": Outcome.CRASHED,
    "while True: pass": Outcome.TIMED_OUT,
    "7 ** 7 ** 9": Outcome.TIMED_OUT,
    "import time; time.sleep(100)": Outcome.TIMED_OUT,
}
SHORT = Limits(cpu=0.3)  # what computes runs out of CPU time, on a busy machine too
WAITING = Limits(wall=1.5)


@pytest.mark.parametrize("how", ENDINGS)
@pytest.mark.parametrize(
    "test",
    [
        "assert demo.f() is None",
        "try:\n    demo.f()\nexcept BaseException:\n    pass",
        "with pytest.raises(BaseException):\n    demo.f()",
        "demo.apply(demo.f)",
    ],
    ids=["plainly", "caught", "expected", "through another"],
)
def test_the_end_of_a_module_is_no_pass(runner, how, test):
    source = f"import sys\n\n\ndef f():\n    {how}\n\n\ndef apply(f):\n    f()\n"
    assert the_only(runner, source, test, limits=WAITING if "sleep" in how else SHORT).outcome is ENDINGS[how]


@pytest.mark.parametrize("how", ["while True: pass", "import os; os._exit(0)"])
def test_an_end_inside_a_callback_is_told_as_it_was(runner, how):
    source = f"def f():\n    {how}\n\n\ndef apply(f):\n    return f()\n"
    directly = the_only(runner, source, "demo.f()", limits=SHORT)
    nested = the_only(runner, source, "demo.apply(lambda: demo.f())", limits=SHORT)
    assert (nested.outcome, nested.message) == (directly.outcome, directly.message)


@pytest.mark.parametrize("how", ["while True: pass", "import os; os._exit(0)", "raise SystemExit", "1 +", "1 / 0"])
def test_a_module_that_ends_while_it_is_loaded_passes_nothing(runner, how):
    found = outcomes(runner, how, body("pass"), limits=SHORT)
    assert found["test_it"] is Outcome.NOT_RUN
    assert found["import"] is not Outcome.PASSED


def test_a_test_after_the_end_has_a_module_again(runner):
    source = "import os\ndef f():\n    os._exit(0)\ndef g():\n    return 1\n"
    text = "def test_a():\n    demo.f()\n\n\ndef test_b():\n    assert demo.g() == 1\n"
    assert outcomes(runner, source, text) == {"test_a": Outcome.CRASHED, "test_b": Outcome.PASSED}


@pytest.mark.parametrize("value", ["nest(60)", "bytes(70 << 20)", "dict.fromkeys(range(6000))"])
def test_a_value_beyond_all_bounds_is_no_pass(runner, value):
    source = f"def nest(n):\n    return [nest(n - 1)] if n else []\n\n\ndef f():\n    return {value}\n"
    for test in ("demo.f()", "try:\n    demo.f()\nexcept Exception:\n    pass"):
        result = the_only(runner, source, test)
        assert (result.outcome, result.exception) == (Outcome.CRASHED, "")


# a process for each test

TWO_TESTS = "def test_first():\n    {0}\n\n\ndef test_second():\n    {0}\n"


def test_nothing_survives_from_test_to_test(runner):
    source = (
        "import sys\nimport numpy as np\nseen = []\n\n\ndef f():\n    seen.append(1)\n    np.seen = sys.seen = 1\n    "
    )
    source += "return len(seen)\n\n\ndef g():\n    return hasattr(np, 'seen') or hasattr(sys, 'seen')\n"
    text = TWO_TESTS.format("assert not demo.g()\n    assert demo.f() == 1\n    assert demo.f() == 2")
    assert set(outcomes(runner, source, text, seeds=(0,)).values()) == {Outcome.PASSED}


def test_every_test_has_a_process_of_its_own(runner):
    source = "import os\n\n\ndef f():\n    return os.getpid()\n"
    found = results(runner, source, TWO_TESTS.format("assert False, demo.f()"))
    assert len({found[name].message for name in ("test_first", "test_second")}) == 2


@pytest.mark.parametrize("draw", ["np.random.rand()", "random.random()", "np.random.default_rng().random()"])
def test_what_is_drawn_without_a_seed_differs_between_processes(runner, draw):
    source = f"import random\nimport numpy as np\n\n\ndef f():\n    return {draw}\n"
    found = results(runner, source, TWO_TESTS.format("assert False, demo.f()"))
    assert len({found[name].message for name in ("test_first", "test_second")}) == 2


def test_the_module_is_loaded_under_its_own_name(runner):
    source = (
        "import pickle, sys\nfrom dataclasses import dataclass\n\n\n@dataclass\nclass A:\n    x: int = 1\n\n\n"
        "def f():\n    return pickle.loads(pickle.dumps(A(3))).x, __name__, sys.modules[__name__].A is A\n\n\n"
        "if __name__ == '__main__':\n    raise SystemExit\n"
    )
    assert the_only(runner, source, "assert demo.f() == (3, 'demo', True)").outcome is Outcome.PASSED


# the contract

REMOTE = {"way": Way.REMOTE, "limits": LIMITS}


@pytest.mark.parametrize("source", [CORRECT, CORRECT.replace("2 * x", "3 * x")], ids=["correct", "wrong"])
def test_however_a_contract_holds_a_function_it_reaches_the_module(runner, source):
    contract = Contract("demo", (("test_demo.py", CONTRACT),))
    served, remote = Task(contract, (source,), (0,)), Task(contract, (source,), (0,), **REMOTE)
    reports = {number: report for number, (report,) in runner.run([served, remote])}
    ours, theirs = ([(r.name, r.outcome, r.message) for r in reports[n][0]] for n in range(2))
    assert ours == theirs
    assert {outcome for _, outcome, _ in ours} >= ({Outcome.PASSED} if source == CORRECT else {Outcome.FAILED})


def test_each_module_of_a_task_is_its_own(runner):
    contract = Contract("demo", (("test_demo.py", CONTRACT),))
    modules = (CORRECT, CORRECT.replace("2 * x", "3 * x"), CORRECT)
    ((_, reports),) = runner.run([Task(contract, modules, (0,), **REMOTE)])
    assert [all(r.outcome is Outcome.PASSED for r in report[0]) for report in reports] == [True, False, True]


def test_seeds_reach_the_test_and_not_the_module(runner):
    source = "import os\n\n\ndef f():\n    return os.environ.get('BUGFORGE_SEED')\n"
    text = body("import os", "assert demo.f() is None", "assert os.environ['BUGFORGE_SEED'] in '57'")
    ((_, (report,)),) = runner.run([task(source, text, seeds=(5, 7))])
    assert [result.outcome for seed in (5, 7) for result in report[seed]] == [Outcome.PASSED] * 2


def test_a_run_ends_after_the_first_seed_that_fails(runner):
    text = body("import os", "assert os.environ['BUGFORGE_SEED'] != '5'")
    ((_, (report,)),) = runner.run([task("", text, seeds=(1, 5, 7))])
    assert [report[seed][0].outcome for seed in (1, 5, 7)] == [Outcome.PASSED, Outcome.FAILED, Outcome.NOT_RUN]


def test_what_the_module_prints_goes_nowhere(runner, capfd):
    source = "import sys, os\nprint('7 passed')\n\n\ndef f():\n    print('x' * 10**7)\n    os.write(2, b'y' * 10**6)\n"
    assert the_only(runner, source, "assert demo.f() is None").outcome is Outcome.PASSED
    assert capfd.readouterr() == ("", "")


def test_a_nan_that_is_returned_is_noted(runner):
    source = "import numpy as np\n\n\ndef f():\n    return np.array([1.0, np.nan])\n"
    assert the_only(runner, source, "demo.f()").nan is True
    assert the_only(runner, source.replace("np.nan", "2.0"), "demo.f()").nan is False


def test_a_warning_of_the_module_is_noted(runner):
    source = "import numpy as np\n\n\ndef f():\n    return np.log(np.zeros(1))\n"
    assert the_only(runner, source, "demo.f()").warned is True


def test_allowed_libraries_are_read_and_others_are_not(runner):
    source = "import {0}\n\n\ndef f():\n    return {0}.__name__\n"
    for library, allowed, outcome in [
        ("numpy", (), Outcome.ERRORED),
        ("numpy", ("numpy",), Outcome.PASSED),
        ("pandas", ("numpy",), Outcome.ERRORED),
        ("pandas", ("pandas",), Outcome.PASSED),
        ("scipy.stats", ("numpy",), Outcome.ERRORED),
        ("scipy.stats", ("scipy",), Outcome.PASSED),
    ]:
        found = the_only(runner, source.format(library), f"assert demo.f() == {library!r}", allowed=allowed)
        assert found.outcome is outcome, (library, found.message)
        refused = f"ModuleNotFoundError: this problem does not allow {library.partition('.')[0]}"
        assert outcome is Outcome.PASSED or f"{found.exception}: {found.message}" == refused


def test_nothing_is_asked_while_the_contract_is_imported():
    from bugforge.errors import RunnerError

    with Runner(1) as own, pytest.raises(RunnerError, match="while the contract is imported"):
        list(own.run([task("def f(): return 1\n", "x = demo.f()\n\n\ndef test_it(): pass\n")]))
