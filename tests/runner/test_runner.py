"""Contracts run in processes of their own: what comes out, and what cannot get in."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from bugforge.errors import RunnerError
from bugforge.model import Outcome
from bugforge.pack.contract import COMPANIONS
from bugforge.runner.contract.ranking import Ranking
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Contract, Task, Way

QUICK = Limits(cpu=0.3)
CONTRACT = """
import numpy as np
import pytest
from demo import Model, double

TABLE = {"double": double}


@pytest.mark.parametrize("function", [double, TABLE["double"]])
def test_in_parameters(function):
    assert function(2) == 4, "twice 2 is 4"


def test_as_a_default(function=double):
    assert function(3) == 6, "twice 3 is 6"


class TestAttribute:
    function = double

    def test_of_a_class(self):
        assert TestAttribute.function(4) == 8, "twice 4 is 8"


def test_imported_late():
    import demo

    assert demo.double(5) == 10, "twice 5 is 10"


def test_of_an_object(rng, unchanged):
    X = rng.normal(size=3)
    with unchanged(X):
        assert Model(2.0).scaled(X) == pytest.approx(2 * X), "scaling by 2 does not double"


@pytest.mark.edge_case
def test_of_nothing():
    with pytest.raises(ValueError):
        double(None)
"""
CORRECT = """
def double(x):
    if x is None:
        raise ValueError("nothing to double")
    return 2 * x


class Model:
    def __init__(self, factor):
        self.factor = factor

    def scaled(self, X):
        return self.factor * X
"""


def contract(text=CONTRACT, module="demo"):
    return Contract(module, ((f"test_{module}.py", textwrap.dedent(text)),))


def run(runner, *sources, seeds=(0,), text=CONTRACT, **options):
    ((_, reports),) = runner.run([Task(contract(text), sources, seeds, **options)])
    return reports


def outcomes(report, seed=0):
    return {result.name.rpartition("::")[2]: result.outcome for result in report[seed]}


def test_a_correct_module_passes_everything(runner):
    (report,) = run(runner, CORRECT, seeds=(0, 5))
    assert {r.outcome for s in (0, 5) for r in report[s]} == {Outcome.PASSED}
    assert [r.edge_case for r in report[0]].count(True) == 1


def test_the_swapped_module_is_the_one_tested(runner):
    """However a contract holds the function, after a swap it reaches the new module, and then the old again."""
    wrong = CORRECT.replace("2 * x", "3 * x").replace("self.factor * X", "X")
    right, other, again = run(runner, CORRECT, wrong, CORRECT)
    assert set(outcomes(right).values()) == {Outcome.PASSED} == set(outcomes(again).values())
    failed = {name for name, outcome in outcomes(other).items() if outcome is Outcome.FAILED}
    assert len(failed) == 6
    assert outcomes(other)["test_of_nothing"] is Outcome.PASSED


def test_messages_are_as_the_contract_wrote_them(runner):
    (report,) = run(runner, CORRECT.replace("2 * x", "3 * x"))
    assert report[0][0].message == "twice 2 is 4"
    assert report[0][0].exception == "AssertionError"


def test_plain_and_served_runs_agree(runner):
    wrong = CORRECT.replace("2 * x", "2 + x")
    (served,) = run(runner, wrong)
    (plain,) = run(runner, wrong, way=Way.PLAIN, companions=COMPANIONS)
    assert outcomes(served) == outcomes(plain)


def test_changing_the_callers_data_is_seen_both_ways(runner):
    wrong = CORRECT.replace("return self.factor * X", "X *= self.factor\n        return X")
    for options in ({}, {"way": Way.PLAIN, "companions": COMPANIONS}):
        (report,) = run(runner, wrong, **options)
        assert outcomes(report)["test_of_an_object"] is Outcome.FAILED


ENDINGS = [
    ("while True: pass", Outcome.TIMED_OUT),
    ("x = 7 ** 7 ** 9", Outcome.TIMED_OUT),
    ("import os; os._exit(0)", Outcome.CRASHED),
    ("raise SystemExit(0)", Outcome.CRASHED),
    ("raise KeyboardInterrupt", Outcome.CRASHED),
    ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", Outcome.CRASHED),
    ("x = [0] * 10 ** 11", Outcome.ERRORED),
    ("1 +", Outcome.ERRORED),
    ("import nowhere_to_be_found", Outcome.ERRORED),
]


@pytest.mark.parametrize(("source", "outcome"), ENDINGS)
def test_a_module_that_ends_badly_takes_no_other_with_it(runner, source, outcome):
    before, bad, after = run(runner, CORRECT, source, CORRECT, limits=QUICK)
    assert set(outcomes(before).values()) == {Outcome.PASSED} == set(outcomes(after).values())
    assert outcomes(bad)["import"] is outcome
    assert set(outcomes(bad).values()) == {outcome, Outcome.NOT_RUN}


CALLS = [
    ("while True: pass", Outcome.TIMED_OUT),
    ("import signal; signal.raise_signal(signal.SIGALRM)", Outcome.TIMED_OUT),  # what the wall clock does to a sleep
    ("import os; os._exit(0)", Outcome.CRASHED),
    ("import sys; sys.exit()", Outcome.CRASHED),
]


@pytest.mark.parametrize(("body", "outcome"), CALLS)
def test_a_call_that_ends_badly_is_told_apart_from_a_failure(runner, body, outcome):
    source = CORRECT.replace("    return 2 * x", f"    if x == 3:\n        {body}\n    return 2 * x")
    (report,) = run(runner, source, limits=QUICK)
    got = outcomes(report)
    assert got["test_as_a_default"] is outcome
    assert got["test_in_parameters[double0]"] is Outcome.PASSED


def test_an_exception_that_swallows_everything_does_not_outlive_its_time(runner):
    loop = "    while x == 2:\n        try:\n            while True: pass\n        except BaseException: pass\n"
    (report,) = run(runner, CORRECT.replace("    return 2 * x", f"{loop}    return 2 * x"), limits=QUICK)
    assert outcomes(report)["test_in_parameters[double0]"] is Outcome.TIMED_OUT


def test_stopping_at_the_first_failure(runner):
    wrong = CORRECT.replace("2 * x", "x + 2")
    good, bad = run(runner, CORRECT, wrong, stop=True)
    assert set(outcomes(good).values()) == {Outcome.PASSED}
    assert sorted(outcomes(bad).values())[:2] == [Outcome.FAILED, Outcome.NOT_RUN]
    assert set(outcomes(bad).values()) == {Outcome.FAILED, Outcome.NOT_RUN}


def test_the_test_that_costs_least_for_a_kill_comes_first():
    ranking = Ranking([0.1, 0.2, 0.3])
    assert ranking.order() == [0, 1, 2]
    ranking.learn(0, 0.1, killed=False)
    ranking.learn(1, 0.2, killed=True)
    assert ranking.order() == [1, 0, 2]


def test_a_skipped_test_is_no_pass(runner):
    text = "import pytest\nfrom demo import double\n\ndef test_it():\n    pytest.skip('later')\n"
    (report,) = run(runner, CORRECT, text=text)
    assert outcomes(report)["test_it"] is Outcome.NOT_RUN


def test_a_refused_operation_is_no_pass_even_when_it_is_caught(runner):
    body = "    with pytest.raises(Exception):\n        len(Model(1))\n"
    (report,) = run(runner, CORRECT, text=f"import pytest\nfrom demo import Model\n\n\ndef test_it():\n{body}")
    assert outcomes(report)["test_it"] is Outcome.ERRORED


def test_a_contract_that_cannot_be_collected_is_an_error(runner):
    with pytest.raises(RunnerError, match="contract of demo cannot be run"):
        run(runner, CORRECT, text="from demo import double\nx = 1 / 0\n")
    with pytest.raises(RunnerError, match="while the contract is imported"):
        run(runner, CORRECT, text="from demo import double\nx = double(2)\n\ndef test_it(): pass\n")


def test_surroundings_change_nothing(tmp_path, monkeypatch):
    """PYTEST_ADDOPTS, a parent's pytest.ini, a conftest.py above and plugins would each fail or deselect tests."""
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -k nothing_at_all\npython_functions = never_*\n")
    (tmp_path / "conftest.py").write_text("import pytest\n@pytest.fixture(autouse=True)\ndef spoil(): assert False\n")
    (tmp_path / "spoiler.py").write_text("def pytest_collection_modifyitems(items): items.clear()\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing -p spoiler")
    monkeypatch.setenv("PYTEST_PLUGINS", "spoiler")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("BUGFORGE_SEED", "77")
    monkeypatch.setenv("PYTHONWARNINGS", "error")
    with Runner(1) as own:
        (served,) = run(own, CORRECT)
        (plain,) = run(own, CORRECT, way=Way.PLAIN, companions=COMPANIONS)
    for report in (served, plain):
        assert len(report[0]) == 7
        assert set(outcomes(report).values()) == {Outcome.PASSED}


def test_jobs_and_batches_do_not_change_results(runner):
    sources = [CORRECT, CORRECT.replace("2 * x", "x"), "1 +", CORRECT.replace("self.factor * X", "X")]
    tasks = [Task(contract(), (source,), (0, 1)) for source in sources]
    one_by_one = {n: [outcomes(r, s) for (r,) in [reports] for s in (0, 1)] for n, reports in runner.run(tasks)}
    ((_, reports),) = runner.run([Task(contract(), tuple(sources), (0, 1))])
    assert [[outcomes(r, s) for s in (0, 1)] for r in reports] == [one_by_one[n] for n in range(4)]


def test_a_program_that_forgets_its_seed_is_judged_alike(runner):
    text = (
        "from demo import draw\n\n\ndef test_it():\n    first, second = draw(), draw()\n"
        "    assert first == second, f'{first} {second}'\n"
    )
    source = (
        "import random\nimport numpy as np\n\n\n"
        "def draw():\n    return np.random.default_rng().random(), np.random.rand(), random.random()\n"
    )
    messages = set()
    for _ in range(2):
        with Runner(1) as own:
            messages |= {report[0][0].message for report in run(own, source, source, text=text)}
    assert len(messages) == 1
    assert len(set(messages.pop().split())) == 6


def test_leaving_the_block_ends_every_process(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Runner(2) as own:
        run(own, CORRECT)
        group = own.server.process.pid
        assert psutil.pid_exists(group)
        family = psutil.Process(group).children(recursive=True)
        assert family
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not alive
    assert not psutil.pid_exists(group)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_an_interrupted_run(tmp_path, how):
    """Whatever ends the process that asked, in the middle of a test that never ends, ends the test as well."""
    script = tmp_path / "ask.py"
    script.write_text(
        "from tests.runner.test_runner import *\n"
        "with Runner(1) as own:\n"
        "    own.start()\n"
        "    print(own.server.process.pid, flush=True)\n"
        "    run(own, 'while True: pass', limits=Limits(cpu=100))\n"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        preexec_fn=heed_interrupts,
    ) as asking:
        server = psutil.Process(int(asking.stdout.readline()))
        wait_for(lambda: len(server.children(recursive=True)) >= 2)
        family = server.children(recursive=True)
        asking.send_signal(how)
        asking.wait(timeout=20)
    _, alive = psutil.wait_procs([server, *family], timeout=20)
    assert not alive


def heed_interrupts():
    """Undo what a shell does to processes in its background, which ignore SIGINT and pass that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(condition, patience=30.0):
    """Come back as soon as the condition holds."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "the condition never came true"
        os.sched_yield()


def test_where_processes_cannot_fork_it_says_so(monkeypatch):
    monkeypatch.delattr(os, "fork")
    with Runner() as own, pytest.raises(RunnerError, match="use Linux or macOS"):
        run(own, CORRECT)


def test_a_runner_that_is_not_used_starts_nothing():
    before = psutil.Process().children()
    with Runner(2) as own:
        assert list(own.run([])) == []
        assert psutil.Process().children() == before


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("stop", [False, True])
def test_only_some_tests_are_run(runner, way, stop):
    """The others are told as not run, whether the run goes on to its end or stops at a failure."""
    text = "from m import one\n\n\n" + "\n\n".join(f"def test_{i}():\n    assert one() == {i}\n" for i in range(4))
    only = ("test_m.py::test_1", "test_m.py::test_3")
    task = Task(
        Contract("m", (("test_m.py", text),)),
        ("def one():\n    return 1\n",),
        (0, 1),
        only=only,
        stop=stop,
        way=way,
        companions=COMPANIONS,
    )
    ((_, (report,)),) = runner.run([task])
    outcomes = [[result.outcome for result in results] for results in report.values()]
    expected = [Outcome.NOT_RUN, Outcome.PASSED, Outcome.NOT_RUN, Outcome.FAILED]
    if stop:
        expected[1] = outcomes[0][1]
        assert expected[1] in (Outcome.PASSED, Outcome.NOT_RUN), "a stopping run tells of its first failure alone"
    first_only = stop or way is Way.REMOTE
    assert outcomes == [expected, [Outcome.NOT_RUN] * 4 if first_only else expected]
