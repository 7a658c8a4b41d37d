"""What grading costs: `python benchmarks/grading_speed.py [--endurance N]`.

One fix from the shell, beside `python -m pytest` in its folder; submissions a second in bulk, with a fresh worker for
every test; and where the time of one test goes. Medians of five rounds, in turn. With `--endurance N`, N submissions in
one run, and what the graders hold after each tenth of them: memory, descriptors, processes, temporary files.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil

from bugforge.grading.exercises import Exercises
from bugforge.grading.grader import LIMITS, Grader
from bugforge.grading.subject import Subject, Submission, subject_from
from bugforge.pack import load_pack
from bugforge.runner.pool import Runner
from bugforge.runner.proxy.handle import PublicName
from bugforge.runner.sandbox import LAYERS
from bugforge.runner.sandboxed.proxy import SandboxedProxy
from bugforge.runner.sandboxed.session import WorkerRequest
from bugforge.runner.task import Task, Way
from bugforge.store import Store

ROUNDS, JOBS, SEEDS = 5, os.cpu_count() or 1, 4
PROBLEM = 'title = "Mean"\nallowed = ["numpy"]\nconcepts = ["a"]\ntalking_points = ["a"]\nstatement = "a"\n'
PROGRAM = '"""The mean."""\n\n\ndef mean(values):\n    """A number."""\n    return sum(values) / len(values)\n'
CONTRACT = "import pytest\nfrom mean import mean\n\n\n" + "\n\n".join(
    f"def test_mean_{i}(rng):\n    x = rng.normal(size=20).tolist()\n    assert mean([v + {i} for v in x]) == "
    f"pytest.approx(mean(x) + {i})\n"
    for i in range(10)
)
BROKEN = PROGRAM.replace(" / len(values)", "")


def light_pack(folder: Path):
    """A pack with one problem, whose contract has ten light tests."""
    home = folder / "reference_impls" / "basics" / "mean"
    home.mkdir(parents=True)
    (folder / "mutators").mkdir()
    for name, text in {"problem.toml": PROBLEM, "plain.py": PROGRAM, "test_mean.py": CONTRACT}.items():
        (home / name).write_text(text)
    return load_pack(folder)


def subject_of(pack) -> Subject:
    problem = pack.problems["mean"]
    return replace(subject_from(problem, problem.implementations["plain"], 0), broken=BROKEN)


def seconds(*command: str, cwd: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-B", *command], cwd=cwd, capture_output=True, check=False)
    return time.perf_counter() - began


def from_the_shell() -> None:
    """One fix of a real exercise: red to green by the key's own patch."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make = ["-m", "bugforge", "generate", "--count", "1", "--seed", "7"]
        seconds(*make, cwd=folder)
        (patch,) = (folder / "generated" / "answers").glob("*.patch")
        exercise = folder / "generated" / patch.stem
        with patch.open() as text:
            subprocess.run(["patch", "-s", "-p1"], cwd=exercise, stdin=text, check=True)
        subject = Exercises(Store()).submission(exercise).subject
        with Runner(JOBS) as runner:
            task = Task(subject.contract, (subject.original,), (0,))
            ((_, (report,)),) = runner.run([task])
        tests = len(report[0])
        rows = [
            (seconds("-m", "pytest", "-q", cwd=exercise), seconds("-m", "bugforge", "check", ".", cwd=exercise))
            for _ in range(ROUNDS)
        ]
        plain, own = (statistics.median(column) for column in zip(*rows, strict=True))
        bound = plain + 0.5 + 0.016 * tests * SEEDS / JOBS
        print(f"one fix of {subject.problem}: {tests} tests, {SEEDS} seeds, {JOBS} cores")
        print(f"  python -m pytest   {plain:6.2f} s")
        print(f"  bugforge check     {own:6.2f} s   bound {bound:.2f}, {own / bound:.2f} of it")


def in_bulk(subject: Subject) -> None:
    count = 12
    with Runner(JOBS) as runner:
        grader = Grader(runner, range(101, 100 + SEEDS))
        fixes = [Submission(str(i), f"{PROGRAM}# {i}\n", subject) for i in range(count)]
        list(grader.grade(fixes[:JOBS]))
        rates = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            assert all(verdict.grade == "fixed" for _, verdict in grader.grade(fixes))
            rates.append(count / (time.perf_counter() - began))
    rate = statistics.median(rates)
    print(f"in bulk, 10 light tests, {SEEDS} seeds, a worker for every test, {JOBS} cores")
    print(f"  submissions a second {rate:.2f} ({min(rates):.2f} to {max(rates):.2f})")
    print(f"  milliseconds a test, on one core: {1000 * JOBS / (rate * 10 * SEEDS):.1f}")


def split(subject: Subject) -> None:
    """Where the time of one test goes, in one process: medians of 60."""
    with Runner(1) as walled, Runner(1, without=frozenset(layer.name for layer in LAYERS)) as bare:
        task = Task(subject.contract, (PROGRAM,), (0,), way=Way.REMOTE, limits=LIMITS)
        for runner in (walled, bare):  # let every process finish its imports
            list(runner.run([task]))
        whole = statistics.median(timed(lambda: list(walled.run([task]))) for _ in range(10)) / 10
        fork, locked, loaded, call = workers(bare, None), workers(walled, None), workers(walled, PROGRAM), calls(walled)
    print("one test, milliseconds on one core")
    parts = {"fork, first answer, end": fork, "layers": locked - fork, "load": loaded - locked, "two calls": 2 * call}
    for name, cost in {**parts, "pytest and the rest": whole - sum(parts.values()), "all": whole}.items():
        print(f"  {name:24} {1000 * cost:6.2f}")
    per_seed = (loaded - call) / 10 + whole - loaded
    print(f"  one worker a seed would cost {1000 * per_seed:.2f} a test")


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def workers(runner: Runner, source: str | None) -> float:
    """Seconds for a worker to be forked, to answer one question, and to be ended."""
    remote = SandboxedProxy("mean", runner._launcher(("numpy",)).control)
    remote.request = WorkerRequest(LIMITS, ("numpy",))

    def one() -> None:
        remote._open_session()
        remote.ask("load", "mean", source or "")
        remote._close_session()

    one()
    return statistics.median(timed(one) for _ in range(60))


def calls(runner: Runner) -> float:
    remote = SandboxedProxy("mean", runner._launcher(("numpy",)).control)
    remote.request = WorkerRequest(LIMITS, ("numpy",))
    remote.load(PROGRAM)
    remote.begin()
    values = [float(i) for i in range(20)]
    cost = statistics.median(timed(lambda: remote.call(PublicName("mean"), (values,), {})) for _ in range(200))
    remote.end()
    return cost


def holdings(process: psutil.Process) -> tuple[int, int] | None:
    """Bytes of memory of its own, and descriptors; None for a worker that has ended meanwhile."""
    try:
        return process.memory_full_info().uss, process.num_fds()
    except psutil.NoSuchProcess:
        return None


def endurance(subject: Subject, count: int) -> None:
    """Many wrong submissions in one run: a tenth at a time."""

    def submissions() -> Iterator[Submission]:
        for i in range(count):
            yield Submission(str(i), f"{BROKEN}# {i}\n", subject)

    own = psutil.Process()
    print(f"{count} submissions: after, seconds, MB of all processes, descriptors, processes, temporary files")
    began = time.perf_counter()
    with Runner(JOBS) as runner:
        for done, _ in enumerate(Grader(runner, (101, 102, 103)).grade(submissions()), 1):
            if done % (count // 10) == 0:
                held = [found for p in (own, *own.children(recursive=True)) if (found := holdings(p))]
                memory, files = (sum(column) for column in zip(*held, strict=True))
                temporary = len(list(Path(tempfile.gettempdir()).glob("bugforge-*/*")))
                took = time.perf_counter() - began
                print(f"  {done:6} {took:8.1f} {memory / 1e6:8.1f} {files:5} {len(held):3} {temporary:3}", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subject = subject_of(light_pack(Path(folder)))
        if "--endurance" in sys.argv:
            endurance(subject, int(sys.argv[sys.argv.index("--endurance") + 1]))
            return
        from_the_shell()
        in_bulk(subject)
        split(subject)


if __name__ == "__main__":
    main()
