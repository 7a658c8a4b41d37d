"""What `bugforge generate --count 10` costs with nothing cached: `python benchmarks/generate_speed.py [--jobs N]`.

Medians of five seeds. The bound is twice the time of importing the packages it stands on, plus 1.3 times the CPU time
that contracts and libcst metadata took, over the jobs. Both sides are measured in the same run, in turn; the CPU times
come from a second, instrumented run of the same seed. And `bugforge --help` beside an empty click program.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bugforge.forge import Forge, Order
from bugforge.gate import Gate
from bugforge.mutation.program import Program
from bugforge.pack import load
from bugforge.runner.pool import Runner

JOBS = int(sys.argv[sys.argv.index("--jobs") + 1]) if "--jobs" in sys.argv else 2
ROUNDS = 5
IMPORTS = "import numpy, pandas, libcst, pytest"
EMPTY = "import click\n@click.group()\ndef main(): pass\n@main.command()\ndef x(): pass\nmain(['--help'])"


def seconds(*command: str, cwd: Path | None = None) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=cwd, check=True, capture_output=True)
    return time.perf_counter() - began


def generate(seed: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return seconds(
            "-m", "bugforge", "generate", "--count", "10", "--seed", str(seed), "--jobs", str(JOBS), cwd=Path(folder)
        )


class Counted(Runner):
    """Adds up the CPU time of every test that ran."""

    spent = 0.0

    def run(self, tasks):
        for number, reports in super().run(tasks):
            self.spent += sum(t.cpu for report in reports for results in report.values() for t in results)
            yield number, reports


def parts(seed: int) -> tuple[float, float]:
    """CPU seconds of the contracts and of libcst's parsing and metadata, for one seed."""
    metadata = 0.0
    original = Program.__init__

    def timed(self, source):
        nonlocal metadata
        began = time.process_time()
        original(self, source)
        metadata += time.process_time() - began

    Program.__init__ = timed
    try:
        with Counted(JOBS) as runner:
            pack = load()
            Forge(pack).make(Order(10, seed), Gate(runner), lambda _: False)
            return runner.spent, metadata
    finally:
        Program.__init__ = original


def main() -> None:
    seconds("-c", IMPORTS)
    generate(0)
    rows = []
    for seed in range(1, ROUNDS + 1):
        imports, whole = seconds("-c", IMPORTS), generate(seed)
        contracts, metadata = parts(seed)
        bound = 2 * imports + 1.3 * (contracts + metadata) / JOBS
        rows.append((imports, contracts, metadata, whole, bound, whole / bound))
    print(f"bugforge generate --count 10, {JOBS} jobs, medians of {ROUNDS} seeds")
    names = ("imports", "contracts (CPU)", "libcst (CPU)", "generate", "bound", "generate / bound")
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        print(f"{name:18} {statistics.median(column):8.3f}   ({min(column):.3f} to {max(column):.3f})")
    helps = [(seconds("-c", EMPTY), seconds("-c", "from bugforge.cli import main; main(['--help'])")) for _ in range(9)]
    ratio = statistics.median(own / empty for empty, own in helps)
    print(f"{'empty click':18} {statistics.median(e for e, _ in helps):8.3f}")
    print(f"{'bugforge --help':18} {statistics.median(o for _, o in helps):8.3f}   {ratio:.2f} times")


if __name__ == "__main__":
    main()
