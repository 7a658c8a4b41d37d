"""`bugforge watch` in a terminal of its own: every key, every kind of save, and everything that goes wrong."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import psutil
import pytest

from bugforge import load_pack
from bugforge.practice import Practice
from bugforge.practice.drill import State
from bugforge.practice.events import Step, Why

PATIENCE = 30  # seconds to wait for what should be there at once
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def drill(tiny, tmp_path, sheet):
    """A drill on the mean in a practice of its own."""
    profile = "p" + tmp_path.name[-30:].replace(".", "-")
    with Practice(profile, pack=load_pack(tiny), jobs=1) as practice:
        yield profile, practice, practice.open(sheet, Why.ASKED, tmp_path / "drills")


class Screen:
    """A terminal with a command in it."""

    def __init__(self, arguments, rows=30, columns=80):
        self.control, inside = pty.openpty()
        self.resize(rows, columns)
        environment = {**os.environ, "TERM": "dumb"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bugforge", *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=environment,
            preexec_fn=lambda: (os.setsid(), fcntl.ioctl(0, termios.TIOCSCTTY, 0)),
        )
        os.close(inside)
        self.text = ""

    def resize(self, rows, columns):
        fcntl.ioctl(self.control, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys):
        self.text = ""
        os.write(self.control, keys.encode())

    def wait_for(self, text, anew=False):
        """Until the text was shown; with `anew`, from now on."""
        if anew:
            self.text = ""
        until = time.monotonic() + PATIENCE
        while text not in self.text:
            ready, _, _ = select.select([self.control], [], [], 0.2)
            assert time.monotonic() < until, f"no {text!r} in {self.text!r}"
            try:
                data = os.read(self.control, 65536) if ready else b""
            except OSError:
                data = b""
            self.text += ESCAPES.sub("", data.decode("utf-8", "replace"))
            if ready and not data:
                assert text in self.text, f"ended without {text!r}: {self.text!r}"
        return self.text

    def ended(self):
        """Its exit code; nothing that it has started is left."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            select.select([self.control], [], [], 0.05)
            try:
                os.read(self.control, 65536)
            except OSError:
                break
        return self.process.wait(PATIENCE)

    def close(self):
        with_children = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        self.process.kill()
        self.process.wait()
        for child in with_children:
            child.kill() if child.is_running() else None
        os.close(self.control)


@pytest.fixture
def watch(drill, tiny):
    started = []

    def start(**size):
        profile, _, opened = drill
        screen = Screen(["watch", opened.opened.folder, "--profile", profile, "--pack", str(tiny)], **size)
        started.append(screen)
        screen.wait_for("tests fail.")
        return screen, Path(opened.opened.folder) / "mean.py"

    yield start
    for screen in started:
        screen.close()


def test_a_save_is_seen_however_it_is_made(watch, sheet):
    screen, file = watch()
    assert "the mean of 1 and 4 is 2.5" in screen.text
    file.write_text(sheet.original)
    screen.wait_for("All 4 tests pass. Press c")
    other = file.with_suffix(".tmp")
    other.write_text(sheet.broken)
    other.replace(file)
    screen.wait_for("tests fail.", anew=True)


def test_from_help_to_the_verdict(watch, drill, sheet):
    _, practice, opened = drill
    screen, file = watch()
    screen.press("h")
    screen.wait_for("Hint 1 (3 points): Look.")
    screen.press("?")
    screen.wait_for("judge a test of your own")
    screen.press("d")
    screen.wait_for("Which line do you suspect?")
    screen.press(f"{sheet.bugs[0].lines[0]}\n")
    screen.wait_for("Which kind of bug?")
    screen.press("division\n")
    screen.wait_for("Taken as missing-division.")
    screen.press("no n\n")
    screen.wait_for(f"You suspect: line {sheet.bugs[0].lines[0]}, missing-division. no n")
    file.write_text(sheet.original)
    screen.wait_for("All 4 tests pass", anew=True)
    screen.press("c")
    screen.wait_for("diagnosis: the line is right, the bug class is right")
    screen.wait_for("Why is that right?")
    screen.press("a mean has a count\n")
    screen.wait_for("The smallest fix")
    screen.wait_for("(say it aloud, then Enter)")
    screen.press("\n\n")
    screen.wait_for("Enter goes back")
    screen.press("\n")
    screen.wait_for("It is fixed; n gives the next drill.")
    screen.press("q")
    assert screen.ended() == 0
    seen = practice.drill(opened.name)
    assert (seen.state, seen.hints, seen.checks, seen.diagnosed) == (State.EXPLAINED, 1, 1, True)
    assert dict(seen.said)[Step.REASON].words == "a mean has a count"
    assert seen.seconds > 0


def test_reset_keeps_what_was_there_and_an_own_test_is_judged(watch, sheet):
    screen, file = watch()
    file.write_text("mine = 1\n")
    screen.wait_for("fail", anew=True)
    screen.press("r")
    screen.wait_for("as it was handed out; yours is mean.1.py.txt")
    assert file.read_text() == sheet.broken
    assert file.with_name("mean.1.py.txt").read_text() == "mine = 1\n"
    screen.press("t")
    screen.wait_for("Write a test as")
    file.with_name("my_test.py").write_text(
        "from mean import mean\n\n\ndef test_it():\n    assert mean([1, 4]) == 2.5\n"
    )
    screen.press("t")
    screen.wait_for("it passes on the correct program and fails on the broken one")


def test_what_cannot_be_run_is_told(watch, sheet):
    screen, file = watch()
    file.write_text("def mean(:\n")
    screen.wait_for("SyntaxError")
    file.unlink()
    screen.wait_for("mean.py is not there; save it again, or press r")
    file.write_bytes(b"")
    screen.wait_for("empty", anew=True)
    chatty = "print('x' * 10_000_000)\n    total += np.sum(values)"
    file.write_text(sheet.original.replace("total += np.sum(values)", chatty))
    screen.wait_for("All 4 tests pass", anew=True)


def test_a_save_ends_what_runs_for_ever(watch, sheet):
    screen, file = watch()
    file.write_text(sheet.original.replace("total = 0.0", "while True: pass"))
    screen.wait_for("tests run ...", anew=True)
    file.write_text(sheet.original)
    screen.wait_for("All 4 tests pass", anew=True)


def test_it_fits_a_narrow_terminal_and_one_that_changes(watch):
    screen, _ = watch(rows=24, columns=60)
    lines = screen.text.split("\n")
    assert max(len(line.rstrip("\r")) for line in lines) < 60
    screen.resize(10, 50)
    os.kill(screen.process.pid, signal.SIGWINCH)
    screen.wait_for("tests fail.", anew=True)


def test_a_second_watcher_is_sent_away(watch, drill, tiny):
    watch()
    profile, _, opened = drill
    again = Screen(["watch", opened.opened.folder, "--profile", profile, "--pack", str(tiny)])
    again.wait_for("is being watched already; go on there, or quit that one")
    assert again.ended() == 2
    again.close()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, "close"])
def test_nothing_is_left_running(watch, how, drill):
    screen, _ = watch()
    children = psutil.Process(screen.process.pid).children(recursive=True)
    assert children
    if how == "close":
        os.close(screen.control)
        screen.control = os.open(os.devnull, os.O_RDWR)
    else:
        screen.process.send_signal(how)
    screen.process.wait(PATIENCE)
    _, alive = psutil.wait_procs(children, PATIENCE)
    assert not alive
    assert drill[1].drill(drill[2].name).state is State.OPEN


def test_on_a_pipe_there_are_plain_lines(drill, tiny, sheet):
    profile, _, opened = drill
    file = Path(opened.opened.folder) / "mean.py"
    with subprocess.Popen(
        [sys.executable, "-m", "bugforge", "watch", "--profile", profile, "--pack", str(tiny)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        seen = [process.stdout.readline() for _ in range(2)]
        file.write_text(sheet.original)
        seen.append(process.stdout.readline())
        process.terminate()
    assert seen[0].endswith("of 4 tests fail.\n")
    assert "\x1b" not in "".join(seen)
    assert seen[2].startswith("All 4 tests pass.")


def test_what_there_is_not_is_told(tmp_path):
    def told(*arguments):
        command = [sys.executable, "-m", "bugforge", "watch", "--profile", "nobody", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        return done.stderr

    assert "no drill is open; `bugforge next` gives one" in told()
    assert "there is no " in told(str(tmp_path / "nothing"))
    (tmp_path / "folder").mkdir()
    assert "folder is no drill of this practice" in told(str(tmp_path / "folder"))


def test_a_folder_that_is_gone(drill, tiny):
    profile, _, opened = drill
    shutil.rmtree(opened.opened.folder)
    command = [sys.executable, "-m", "bugforge", "watch", "--profile", profile, "--pack", str(tiny)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "cannot be opened (No such file or directory); `bugforge next` gives another" in done.stderr
