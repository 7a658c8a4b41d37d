"""A process that is killed at any moment leaves a bank that opens: nothing is lost, twice, or there by halves.

Ten moments are drawn here; `python -m tests.bank.test_killed 100` draws as many as it is told.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType

import pytest

from bugforge import bank as room
from bugforge import load_pack
from bugforge.bank import Bank, Interview, Request
from tests.conftest import write_tiny

MOMENTS, SEED = 10, 5
ROUND = Interview("any", 12)
ROOM = str(Path(room.__file__).parent)


class Countdown:
    """Kills its own process at a line of the bank's code: the n-th that is reached."""

    def __init__(self, lines: int) -> None:
        self.left = lines

    def __call__(self, frame: FrameType, event: str, _: object) -> "Countdown | None":
        if not frame.f_code.co_filename.startswith(ROOM):
            return None
        self.left -= event == "line"
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self


def fill(place):
    with Bank(place / "bank.db") as bank:
        bank.fill(until=1, pack=load_pack(place / "tiny"), loud=True, seed=1, jobs=1)


def draw(place):
    with Bank(place / "bank.db") as bank:
        bank.draw(Request("ana", ROUND))


def hand_out(place):
    with Bank(place / "bank.db") as bank:
        if not (place / "out").exists():
            bank.hand_out("ana", place / "out")


def grade(place):
    with Bank(place / "bank.db") as bank:
        bank.grade(place / "out", seeds=[3], jobs=1)


STEPS = (fill, draw, hand_out, grade)


def run(step, place, lines=sys.maxsize):
    """Take a step in a process of its own, which is killed after so many lines; how many it came to, None if killed."""
    pid = os.fork()
    if pid == 0:
        code, countdown = 1, Countdown(lines)
        try:
            sys.settrace(countdown)
            step(place)
            sys.settrace(None)
            (place / "lines").write_text(str(lines - countdown.left))
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return None if os.WIFSIGNALED(status) else int((place / "lines").read_text())


def new_place(folder):
    """A folder with a tiny pack and an empty bank."""
    write_tiny(folder / "tiny")
    Bank.create(folder / "bank.db").close()
    return folder


def check(place, done):
    """The bank is whole, and holds what earlier steps have put in."""
    with Bank(place / "bank.db") as bank:
        with bank._database.reading() as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            assert connection.execute("pragma foreign_key_check").fetchone() is None
            counts = {
                table: connection.execute(f"select count(*) from {table}").fetchone()[0]
                for table in ("exercises", "sets", "assignments", "submissions")
            }
        for item in bank.find():
            assert bank.sheet(item.id).id == item.id
    assert counts["exercises"] == (fill in done) or not done
    assert counts["sets"] == counts["assignments"] >= (draw in done)
    assert counts["submissions"] >= (grade in done)
    if (place / "out").exists():
        assert {p.name for p in (place / "out").iterdir()} > {"README.md", "answers.toml", "requirements.txt"}


def kill_at_moments(folder, moments):
    """Take every step, and kill one of them on the way; then it is taken again, and the whole goes on to its end."""
    dice = random.Random(SEED)
    lengths = [run(step, place) for place in [new_place(folder / "whole")] for step in STEPS]
    for number in range(moments):
        place, done = new_place(folder / str(number)), []
        for step, length in zip(STEPS, lengths, strict=True):
            if step is STEPS[number % len(STEPS)]:
                assert run(step, place, dice.randrange(1, length)) is None
                check(place, done)
            assert run(step, place)
            done.append(step)
            check(place, done)
        assert not [*place.glob(".*")]  # a draft
        shutil.rmtree(place)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of forks of a process with threads
def test_killed_at_any_moment(tmp_path):
    kill_at_moments(tmp_path, MOMENTS)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        kill_at_moments(Path(here), int(sys.argv[1]))
    print(f"killed {sys.argv[1]} times; nothing lost, nothing twice")
