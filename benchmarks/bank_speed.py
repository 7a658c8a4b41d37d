"""What a large bank costs: a draw and a list with two filters, a hand-out, and filling beside the gate's own rate.

    python benchmarks/bank_speed.py [--exercises 10000] [--candidates 1000] [--fill 40]

The exercises of the large bank are copies of one proven exercise under other names; what is measured beside each other
runs in turn, in one process, on the same machine.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bugforge import generate, load_pack
from bugforge.bank import Bank, Filter, Interview, Request
from bugforge.model import Difficulty
from bugforge.sheet import Sheet

ROUNDS = 7
TOPICS, CLASSES = 20, 200


def copies(sheet: Sheet, count: int) -> list[Sheet]:
    """The exercise under other ids, topics and classes, and different by a constant."""
    (bug,) = sheet.bugs
    return [
        replace(
            sheet,
            id=f"{number:012x}",
            about=replace(sheet.about, topic=f"topic-{number % TOPICS}"),
            files={**sheet.files, sheet.program: f"{sheet.broken}\n\nNUMBER = {number}\n"},
            bugs=(replace(bug, bug_class=replace(bug.bug_class, id=f"class-{number % CLASSES}")),),
        )
        for number in range(count)
    ]


def median(work: Callable[[int], object]) -> float:
    """Seconds, in the middle of several rounds."""
    spent = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        work(number)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def large(place: Path, exercises: int, candidates: int) -> None:
    """Draw, list and hand out of a large bank with many candidates."""
    (sheet,) = generate(1, seed=1, bugs=["missing-bias"])
    with Bank.create(place / "large.db") as bank:
        bank.add(copies(sheet, exercises))
        interview = Interview("any", 45)
        for number in range(candidates):
            bank.draw(Request(f"candidate-{number}", interview, group=f"group-{number % 50}"))
        drawn = median(lambda n: bank.draw(Request(f"new-{n}", interview, group="group-1")))
        wanted = Filter(topics=frozenset({"topic-3"}), difficulty=Difficulty(sheet.difficulty))
        listed = median(lambda _: bank.find(wanted))
        handed = median(lambda n: bank.hand_out(f"new-{n}", place / f"out-{n}"))
        size = (place / "large.db").stat().st_size
    print(f"{exercises} exercises, {candidates} candidates, {size / 1e6:.0f} MB")
    print(f"draw        {1000 * drawn:7.1f} ms")
    print(f"list        {1000 * listed:7.1f} ms (two filters)")
    print(f"hand-out    {1000 * handed:7.1f} ms (a set for 45 minutes)")


def filling(place: Path, count: int) -> None:
    """How many exercises a second are put in, and how many the gate proves, both from nothing."""
    pack = load_pack()
    began = time.perf_counter()
    generate(count, seed=7, pack=pack)
    gate = count / (time.perf_counter() - began)
    with Bank.create(place / "filled.db") as bank:
        began = time.perf_counter()
        added = bank.fill(count, seed=8, pack=pack).added
        rate = added / (time.perf_counter() - began)
    print(f"gate        {gate:7.2f} exercises a second")
    print(f"fill        {rate:7.2f} exercises a second: {rate / gate:.2f} of the gate's rate")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exercises", type=int, default=10_000)
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--fill", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large(Path(folder), asked.exercises, asked.candidates)
        filling(Path(folder), asked.fill)


if __name__ == "__main__":
    main()
