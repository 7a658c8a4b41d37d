"""Processes are killed, stopped and lost in the middle of a run: it ends, tells so, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from bugforge.model import Outcome
from bugforge.pack.contract import COMPANIONS
from bugforge.runner import pool
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Contract, Task, Way
from tests.runner.test_runner import heed_interrupts, wait_for

LIMITS = Limits(cpu=30.0, wall=60.0)
TINY = Contract("demo", (("test_demo.py", "from demo import f\n\n\ndef test_it():\n    assert f() == 1\n"),))
CORRECT = "def f():\n    return 1\n"
ENDLESS = "def f():\n    while True: pass\n"
STOPS_ITSELF = "import os, signal\n\n\ndef f():\n    os.kill(os.getpid(), signal.SIGSTOP)\n"


def task(source=CORRECT, way=Way.REMOTE, limits=LIMITS, seeds=(0,)):
    return Task(TINY, (source,), seeds, way=way, limits=limits, companions=COMPANIONS if way is Way.PLAIN else ())


def results(runner, tasks):
    """The results of each task on the first seed."""
    return [report[0] for _, (report,) in sorted(runner.run(tasks), key=lambda pair: pair[0])]


def passes(runner, way=Way.REMOTE):
    return [result.outcome for result in results(runner, [task(way=way)])[0]] == [Outcome.PASSED]


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A runner of one's own, with a folder of its own for what is temporary; both are empty in the end."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = children()
    with Runner(1) as runner:
        yield runner
    assert list(tmp_path.iterdir()) == []
    assert children() <= before


def children(pid=None):
    try:
        found = psutil.Process(pid).children(recursive=True)
        return {child.pid for child in found if child.status() != psutil.STATUS_ZOMBIE}
    except psutil.NoSuchProcess:
        return set()


def worker_server():
    """The server of sandboxed workers of the runner that was started last."""
    found = [child for child in psutil.Process().children() if "runner.sandboxed" in " ".join(cmdline(child))]
    return max(found, key=psutil.Process.create_time).pid


def cmdline(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def busy(pid):
    """Whether a process of this family is computing, and not starting."""
    return any(time_of(child) > 0.2 for child in children(pid))


def time_of(pid):
    try:
        return psutil.Process(pid).cpu_times().user
    except psutil.NoSuchProcess:
        return 0.0


@contextmanager
def meanwhile(condition, action):
    """Do something as soon as a condition holds, beside the run that the block starts."""

    def wait_and_act():
        wait_for(condition)
        action()

    helper = threading.Thread(target=wait_and_act, daemon=True)
    helper.start()
    yield
    helper.join(timeout=30)
    assert not helper.is_alive()


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


# servers that end


def test_the_end_of_the_worker_server_is_no_verdict(own):
    """In mid-run: the result says that it was lost, and the next run has a new one."""
    assert passes(own)
    first = worker_server()
    with meanwhile(lambda: busy(first), lambda: kill(first)):
        ((result, *_),) = results(own, [task(ENDLESS)])
    assert result.outcome is Outcome.LOST
    assert passes(own)
    assert worker_server() != first


def test_workers_do_not_outlive_their_server(own):
    assert passes(own)
    server = worker_server()
    family = set()

    def strike():
        family.update(children(server))
        kill(server)

    with meanwhile(lambda: busy(server), strike):
        results(own, [task(ENDLESS)])
    assert family
    wait_for(lambda: not any(map(psutil.pid_exists, family)))


def test_a_worker_server_that_ends_between_two_runs_is_not_missed(own):
    assert passes(own)
    kill(worker_server())
    assert passes(own)


def test_other_ways_do_not_need_the_worker_server(own):
    assert passes(own)
    kill(worker_server())
    assert passes(own, Way.SERVICE)


def test_a_host_whose_worker_server_was_lost_is_not_used_again(tmp_path, monkeypatch):
    """It is at work when another task finds the server gone and starts a new one; what comes later uses the new one."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    def tasks():
        yield task(ENDLESS)
        wait_for(lambda: busy(server))
        (child,) = psutil.Process(two.hosts[0].pid).children()
        child.suspend()
        kill(server)
        yield task()
        child.resume()
        for _ in range(12):
            yield task()

    with Runner(2) as two:
        assert passes(two)
        server = worker_server()
        lost, *others = results(two, tasks())
    assert lost[0].outcome is Outcome.LOST
    assert [[(result.outcome, result.exception) for result in report] for report in others] == [
        [(Outcome.PASSED, "")]
    ] * 13


def test_the_end_of_the_host_server_ends_its_run(own):
    """It takes the contracts with it: the result says that it was lost, and the next run has a new one."""
    assert passes(own)
    with meanwhile(lambda: busy(worker_server()), lambda: kill(own.server.process.pid)):
        ((result, *_),) = results(own, [task(ENDLESS)])
    assert result.outcome is Outcome.LOST
    assert passes(own)


@pytest.mark.parametrize("way", Way)
def test_a_host_server_that_ends_between_two_runs_is_not_missed(own, way):
    assert passes(own)
    kill(own.server.process.pid)
    assert passes(own, way)


@pytest.mark.parametrize("way", [Way.SERVICE, Way.REMOTE])
def test_the_end_of_a_contracts_process_is_no_verdict(own, way):
    """Its host is killed while the module computes; the next run has a new host."""
    assert passes(own, way)
    host = own.hosts[0].pid
    working = own.server.process.pid if way is Way.SERVICE else worker_server()
    with meanwhile(lambda: busy(working), lambda: kill(host)):
        ((result, *_),) = results(own, [task(ENDLESS, way)])
    assert result.outcome is Outcome.LOST
    assert passes(own, way)


# workers that do not answer


def test_a_worker_that_stops_itself_has_used_up_its_time(own):
    limits = Limits(cpu=1.0, wall=1.5)
    (found,) = results(own, [task(STOPS_ITSELF, limits=limits)])
    assert [result.outcome for result in found] == [Outcome.TIMED_OUT]
    wait_for(lambda: children(worker_server()) == set())
    assert passes(own)


def test_a_module_that_stops_while_it_is_loaded_has_used_up_its_time(own):
    source = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n"
    (found,) = results(own, [task(source, limits=Limits(cpu=1.0, wall=1.5))])
    assert [result.outcome for result in found] == [Outcome.TIMED_OUT, Outcome.NOT_RUN]
    wait_for(lambda: children(worker_server()) == set())
    assert passes(own)


def test_a_thread_that_stays_behind_ends_with_the_test(own):
    source = "import threading\n\n\ndef loop():\n    while True: pass\n\n\ndef f():\n"
    source += "    threading.Thread(target=loop).start()\n    return 1\n"
    (found,) = results(own, [task(source)])
    assert [result.outcome for result in found] == [Outcome.PASSED]
    wait_for(lambda: children(worker_server()) == set())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_an_interrupted_run(tmp_path, how):
    """The process that asked is ended in the middle of a remote loop without end."""
    script = tmp_path / "ask.py"
    script.write_text(
        "from tests.runner.test_faults import *\n"
        "with Runner(1) as own:\n"
        "    passes(own)\n"
        "    print(own.server.process.pid, worker_server(), flush=True)\n"
        "    results(own, [task(ENDLESS)])\n"
    )
    folder = tmp_path / "temporary"
    folder.mkdir()
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(folder)},
        preexec_fn=heed_interrupts,
    ) as asking:
        servers = [int(pid) for pid in asking.stdout.readline().split()]
        wait_for(lambda: busy(servers[1]))
        family = [psutil.Process(pid) for pid in {*servers, *children(asking.pid)}]
        assert len(family) >= 5  # both servers, the contract's process, its child, the worker
        asking.send_signal(how)
        asking.wait(timeout=20)
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive
    assert [path for path in folder.rglob("*") if not path.is_dir()] == []
    assert how is not signal.SIGINT or list(folder.iterdir()) == []


# what grows


def descriptors(pid="self"):
    return len(os.listdir(f"/proc/{pid}/fd"))


def test_nothing_grows_with_the_number_of_runs(own):
    """Descriptors of the asking process, of both servers and of the contract's process, and living processes."""
    wrong, crashing = "def f():\n    return 2\n", "import os\n\n\ndef f():\n    os._exit(0)\n"
    kinds = [CORRECT, CORRECT, wrong, crashing, "1 / 0"]

    def state():
        wait_for(lambda: not children(worker_server()))
        pids = (os.getpid(), own.server.process.pid, worker_server(), own.hosts[0].pid)
        return {pid: descriptors(pid) for pid in pids}, len(children())

    assert len(results(own, [task(source) for source in kinds])) == len(kinds)
    (before, living) = state()
    found = results(own, [task(kinds[n % len(kinds)]) for n in range(200)])
    assert sum(result.outcome is Outcome.PASSED for report in found for result in report) == 80

    def nothing_has_grown():
        open_now, living_now = state()
        return living_now <= living and all(open_now[pid] <= count for pid, count in before.items())

    wait_for(nothing_has_grown)


@pytest.fixture
def few_idle_hosts(monkeypatch):
    """How many a runner keeps for each of its jobs; a small number shows the same sooner."""
    monkeypatch.setattr(pool, "IDLE_HOSTS", 2)
    return 2


def test_the_number_of_living_hosts_is_bounded(own, few_idle_hosts):
    """However many contracts are run; one whose host was let go is collected again, with the same results."""
    bound = (few_idle_hosts + 1) * own.jobs
    tasks = [task_of(number) for number in range(2 * bound)]
    for _ in range(2):
        for number, reports in own.run(tasks):
            seen = [[(r.name, r.outcome) for r in report[seed]] for report in reports for seed in (0, 1)]
            name = f"test_demo.py::test_{number}"
            assert seen == [[(name, Outcome.PASSED)]] * 2 + [[(name, Outcome.FAILED)]] * 2
            assert len(own.hosts) <= bound
    wait_for(lambda: len(children(own.server.process.pid)) == len(own.hosts) == bound)


def task_of(number):
    """A contract of its own, for a program that fulfils it and one that does not."""
    text = f"from demo import f\n\n\ndef test_{number}():\n    assert f() == {number}\n"
    sources = tuple(f"def f():\n    return {value}\n" for value in (number, -1))
    return Task(Contract("demo", (("test_demo.py", text),)), sources, (0, 1))


def test_the_hosts_that_were_used_last_are_kept(own, few_idle_hosts):
    def host_of(number):
        assert list(own.run([task_of(number)]))
        return own.hosts[-1].pid

    kept, gone = host_of(0), host_of(1)
    for number in range(2, few_idle_hosts + 3):
        host_of(number)
        assert host_of(0) == kept
    assert host_of(1) != gone


def test_nothing_grows_with_the_number_of_runners(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    def once():
        with Runner(2) as runner:
            assert passes(runner) and passes(runner, Way.SERVICE)

    once()
    before = descriptors(), children()
    for _ in range(2):
        once()
    wait_for(lambda: (descriptors(), children()) == before)  # the last worker's end is heard a moment later
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_left_early_leaves_nothing(tmp_path, monkeypatch):
    """Whoever takes one result and goes ends the others."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = descriptors(), children()
    with Runner(2) as runner:
        for _ in runner.run([task(), task(ENDLESS), task(ENDLESS)]):
            break
        family = children(runner.server.process.pid) | children(worker_server())
    assert family
    wait_for(lambda: not any(map(psutil.pid_exists, family)))
    assert (descriptors(), children()) == before
    assert list(tmp_path.iterdir()) == []


def test_closing_twice_does_no_harm():
    with Runner(1) as runner:
        assert passes(runner)
    runner.close()
