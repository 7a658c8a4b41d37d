"""What commands cost, in units of importing what they stand on: `command_speed.py [--before PYTHON] [--rounds N]`.

    imports         python -c "import numpy, pandas, libcst, pytest"
    generate        ten drills, two jobs, nothing cached; then again
    check           one fix with its key
    audit --core    nothing cached; then `audit` whole, and again

Medians of wall and of CPU seconds of the whole family of processes, every command in turn in each round. With --before
the Python of another checkout does the same in turn (without a cache and --core where it has none).
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

IMPORTS = "import numpy, pandas, libcst, pytest"


def timed(python: str, *arguments: str, cwd: Path, cache: Path) -> tuple[float, float] | None:
    """Wall and CPU seconds; None where the command is not known there."""
    environment = {**os.environ, "BUGFORGE_CACHE": str(cache), "XDG_DATA_HOME": str(cache.parent / "data")}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ended = subprocess.run([python, *arguments], cwd=cwd, env=environment, capture_output=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode == 2:
        return None
    if ended.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed: {ended.stdout.decode()[-500:]}{ended.stderr.decode()[-500:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def round_of(python: str, seed: int, audits: bool) -> Iterator[tuple[str, tuple[float, float] | None]]:
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        bugforge = "-m", "bugforge"
        make = *bugforge, "generate", "--count", "10", "--seed", str(seed), "--jobs", "2", "--out"
        timed(python, "-c", IMPORTS, cwd=here, cache=here / "none")  # the other checkout's files were read last
        yield "imports", timed(python, "-c", IMPORTS, cwd=here, cache=here / "none")
        yield "generate", timed(python, *make, "generated", cwd=here, cache=here / "cache")
        yield "generate again", timed(python, *make, "again", cwd=here, cache=here / "cache")
        patch = min((here / "generated" / "answers").glob("*.patch"))
        exercise = here / "generated" / patch.stem
        subprocess.run(["patch", "-s", "-p1", "-i", str(patch)], cwd=exercise, check=True)
        yield "check", timed(python, *bugforge, "check", str(exercise), cwd=here, cache=here / "cache")
        if audits:
            core = timed(python, *bugforge, "audit", "--core", "--jobs", "2", cwd=here, cache=here / "core")
            yield "audit --core", core
            yield "audit", timed(python, *bugforge, "audit", "--jobs", "2", cwd=here, cache=here / "whole")
            yield "audit again", timed(python, *bugforge, "audit", "--jobs", "2", cwd=here, cache=here / "whole")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", metavar="PYTHON", help="of another checkout")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-audit", action="store_true")
    asked = parser.parse_args()
    pythons = {"after": sys.executable, **({"before": asked.before} if asked.before else {})}
    seen: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number in range(asked.rounds):
        for which, python in pythons.items():
            for name, took in round_of(python, number, not asked.no_audit and number == 0):
                if took:
                    seen.setdefault((which, name), []).append(took)
    print(f"{'':8}{'':16}{'wall':>8}{'CPU':>8}{'wall / imports':>16}")
    for (which, name), rows in seen.items():
        wall, cpu = (statistics.median(column) for column in zip(*rows, strict=True))
        imports = statistics.median(wall for wall, _ in seen[which, "imports"])
        print(f"{which:8}{name:16}{wall:8.2f}{cpu:8.2f}{wall / imports:16.2f}")


if __name__ == "__main__":
    main()
