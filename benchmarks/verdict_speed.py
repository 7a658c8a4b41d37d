"""Milliseconds a verdict, side by side: `python benchmarks/verdict_speed.py [PROBLEM/IMPLEMENTATION]`.

The same implementation, contract and machine, two jobs, everything stopping at a mutant's first failing test, medians
of five rounds in which the four take turns:

    screening   bugforge's own: collected once, a fork for a batch of mutants
    floor       the same mutants, test functions called directly, no fork, no codec, in two processes
    sorted      the floor again, with the tests that are cheapest on the correct program first
    mutmut      mutmut 3 on its own mutants of the same file, by the rate that it prints
    pytest      one `python -m pytest -x -q` process a mutant

Mutants that hang under the screening are left out everywhere.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bugforge.forge.sites import Sites
from bugforge.gate import Gate, batched
from bugforge.model import Implementation, Outcome, Problem
from bugforge.pack import load_pack
from bugforge.pack.contract import COMPANIONS, contract_of
from bugforge.runner.pool import Runner
from bugforge.runner.spawn import clean_environment
from bugforge.runner.task import Task
from bugforge.store import Store

JOBS, ROUNDS = 2, 5
FLOOR = Path(__file__).with_name("floor.py")


def screening(runner: Runner, tasks: list[Task], count: int) -> float:
    began = time.perf_counter()
    verdicts = sum(len(reports) for _, reports in runner.run(tasks))
    assert verdicts == count
    return (time.perf_counter() - began) / count * 1000


class Floor:
    """Two processes that have imported everything and hold half of the mutants each."""

    def __init__(self, folder: Path, sources: list[str], tests: list[str], order: list[int]) -> None:
        self.count = len(sources)
        self.processes = []
        for part in range(JOBS):
            own = Path(tempfile.mkdtemp(prefix="floor-", dir=folder))
            for i, source in enumerate(sources[part::JOBS]):
                (own / f"{i:03}.txt").write_text(source)
            where = [str(folder / "tests"), str(own), ",".join(tests), ",".join(map(str, order))]
            command = [sys.executable, "-B", str(FLOOR), *where]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.processes.append(subprocess.Popen(command, text=True, env=clean_environment(), **pipes))
        for process in self.processes:
            process.stdout.readline()

    def round(self) -> float:
        began = time.perf_counter()
        for process in self.processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in self.processes:
            process.stdout.readline()
        return (time.perf_counter() - began) / self.count * 1000

    def close(self) -> None:
        for process in self.processes:
            process.communicate()


def mutmut(folder: Path) -> float:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(JOBS)]
    (folder / "mutants").exists() and subprocess.run(["rm", "-r", str(folder / "mutants")], check=True)
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=clean_environment(), check=False)
    rates = re.findall(r"([\d.]+) mutations/second", ended.stdout)
    if not rates:
        raise SystemExit(f"mutmut did not run: {ended.stdout[-500:]}{ended.stderr[-500:]}")
    return 1000 / float(rates[-1])


def pytest_processes(folders: list[Path]) -> float:
    def one(folder: Path) -> None:
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        subprocess.run(command, cwd=folder, capture_output=True, env=clean_environment(), check=False)

    began = time.perf_counter()
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(one, folders))
    return (time.perf_counter() - began) / len(folders) * 1000


def lay_out(folder: Path, problem: Problem, implementation: Implementation, sources: list[str]) -> list[Path]:
    """Folders for the three others: tests with the correct program, a mutmut project, one folder a mutant."""
    tests = dict(contract_of(problem, implementation).tests) | dict(COMPANIONS)
    module = f"{problem.name}.py"
    mutmut_files = {f"tests/{name}": text for name, text in tests.items() if name != "pytest.ini"}
    settings = (
        '[tool.mutmut]\nsource_paths = ["src"]\n[tool.pytest.ini_options]\npythonpath = ["src"]\n'
        'testpaths = ["tests"]\naddopts = "-p no:cacheprovider"\nmarkers = ["edge_case: degenerate or extreme input"]\n'
    )
    write(folder / "tests", {**tests, module: implementation.source})
    write(folder / "mutmut", {**mutmut_files, f"src/{module}": implementation.source, "pyproject.toml": settings})
    for i, source in enumerate(sources):
        write(folder / "pytest" / str(i), {**tests, module: source})
    return sorted((folder / "pytest").iterdir())


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def main() -> None:
    pack, store = load_pack(), Store()
    name = sys.argv[1] if len(sys.argv) > 1 else "linear_regression/gradient_descent"
    problem = pack.problems[name.partition("/")[0]]
    implementation = problem.implementations[name.partition("/")[2]]
    candidates = Sites(pack, store).candidates(problem, implementation)
    mutants = [candidate.source for candidate in candidates]
    with Runner(JOBS) as runner, tempfile.TemporaryDirectory() as temporary:
        gate = Gate(runner, store)
        gate.prove([(problem, implementation)])

        def tasks(sources: list[str]) -> list[Task]:
            return [gate.screening(problem, implementation, part) for part in batched(sources)]

        singly = [gate.screening(problem, implementation, [mutant]) for mutant in mutants]
        reports = dict(runner.run(singly))
        hangs = [n for n, (r,) in reports.items() if any(t.outcome is Outcome.TIMED_OUT for t in r[0])]
        sources = [source for n, source in enumerate(mutants) if n not in hangs]
        tests = len(reports[0][0][0])
        folder = Path(temporary)
        folders = lay_out(folder, problem, implementation, sources)
        costs = gate.reference(problem, implementation).costs
        files = [name for name, _ in contract_of(problem, implementation).tests]
        orders = {"floor": range(len(costs)), "sorted": sorted(range(len(costs)), key=costs.__getitem__)}
        floors = {label: Floor(folder, sources, files, list(order)) for label, order in orders.items()}
        rows: dict[str, list[float]] = {"screening": [], **{label: [] for label in floors}, "mutmut": [], "pytest": []}
        screening(runner, tasks(sources), len(sources))
        for floor in floors.values():
            floor.round()
        for _ in range(ROUNDS):
            rows["screening"].append(screening(runner, tasks(sources), len(sources)))
            for label, floor in floors.items():
                rows[label].append(floor.round())
            rows["mutmut"].append(mutmut(folder / "mutmut"))
            rows["pytest"].append(pytest_processes(folders))
        for floor in floors.values():
            floor.close()
    print(f"{name}: {tests} tests, {len(sources)} mutants ({len(hangs)} hang), {JOBS} jobs, medians of {ROUNDS}")
    print(f"{'':10} {'ms a verdict':>12} {'min':>8} {'max':>8} {'to screening':>13}")
    own = statistics.median(rows["screening"])
    for label, times in rows.items():
        median = statistics.median(times)
        print(f"{label:10} {median:12.2f} {min(times):8.2f} {max(times):8.2f} {median / own:12.1f}x")


if __name__ == "__main__":
    main()
