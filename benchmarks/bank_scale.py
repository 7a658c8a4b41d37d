"""What a cluster brings: filling with two local workers beside `--jobs 2`, and a million exercises by arithmetic.

    python benchmarks/bank_scale.py [--count 60] [--rounds 3]

Both ways fill an empty bank from nothing, in turn, with the same seed, and must put in the same. The arithmetic counts
what was measured in this run: what workers spend on an exercise with two bugs, what the one process spends that draws,
checks and writes, and what a variant of one exercise takes.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from distributed import LocalCluster

from bugforge.bank import Bank, Cluster, Interview, Request
from bugforge.pack import load_pack
from bugforge.store import Store

CORES, WORKERS, MILLION = 2, 100, 1_000_000


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fill(place: Path, count: int, bug_count: int, cluster: Cluster | None) -> list[str]:
    """Fill a new bank from nothing; the ids of what is in it."""
    place.mkdir()
    with Bank.create(place / "bank.db") as bank:
        bank.fill(count, pack=load_pack(), seed=5, bug_count=bug_count, store=Store(), jobs=2, cluster=cluster)
        return sorted(item.id for item in bank.find())


def beside(place: Path, local: LocalCluster, count: int, rounds: int) -> None:
    """Print how fast the two ways are, in turn, each round with the other one first."""
    found, spent = set(), {"--jobs 2": [], "two workers": []}
    for number in range(rounds):
        for way in sorted(spent, reverse=bool(number % 2)):
            here = place / f"{way} {number}"

            def work(here: Path = here, way: str = way) -> None:
                cluster = Cluster(local.scheduler_address) if way == "two workers" else None
                found.add(tuple(fill(here, count, 1, cluster)))

            spent[way].append(seconds(work))
    rates = {way: count / statistics.median(each) for way, each in spent.items()}
    for way, rate in rates.items():
        print(f"{way:12} {rate:6.2f} exercises a second")
    print(f"ratio        {rates['two workers'] / rates['--jobs 2']:6.2f}, {len(found)} different result(s)")


def arithmetic(place: Path, local: LocalCluster, count: int) -> None:
    """Print what a million exercises take.

    The workers' share of an exercise is what is left of both cores' time without that of this process: at most so much,
    for a core may have been idle. What this process does once, for many exercises, is shared by few here.
    """
    own, began = time.process_time(), time.perf_counter()
    made = len(fill(place / "two bugs", count, 2, Cluster(local.scheduler_address)))
    own, spent = (time.process_time() - own) / made, (time.perf_counter() - began) / made
    work = CORES * spent - own
    with Bank(place / "two bugs" / "bank.db") as bank:
        drawn = bank.draw(Request("a candidate", Interview("any", 90)))
        varied = seconds(lambda: bank.hand_out("a candidate", place / "out", jobs=1)) / len(drawn.items)
    print(f"an exercise with two bugs: at most {work:.2f} s of a worker, {own:.2f} s of the process with the bank")
    print(f"a variant: {varied:.2f} s of one process")
    for what, hours in (
        (f"{WORKERS} workers prove", MILLION * work / WORKERS / 3600),
        ("the process with the bank works", MILLION * own / 3600),
        (f"{WORKERS} processes make a variant of each", MILLION * varied / WORKERS / 3600),
    ):
        print(f"a million: {what} for {hours:.1f} hours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as place,
        LocalCluster(2, threads_per_worker=1, dashboard_address=":0", silence_logs=50) as local,
    ):
        beside(Path(place), local, asked.count, asked.rounds)
        arithmetic(Path(place), local, asked.count)


if __name__ == "__main__":
    main()
