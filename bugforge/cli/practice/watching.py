"""`bugforge watch`: the user's own editor, with the tests run at every save."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from bugforge.cli import options, screen
from bugforge.cli.drill import put_aside
from bugforge.cli.practice.after import explain
from bugforge.cli.practice.asking import ask_all, ask_suspicion
from bugforge.cli.practice.file import LOOK, WatchedFile
from bugforge.cli.practice.looks import shown
from bugforge.cli.practice.screen_of_drill import HELP, Results, Shown, lines, name_of, said_by
from bugforge.cli.practice.shared import drill_at, profile_option
from bugforge.cli.practice.terminal import Terminal, ask
from bugforge.cli.verdicts import show
from bugforge.errors import BugforgeError, PracticeError
from bugforge.grading.hints import HintsGiven
from bugforge.grading.submission import Unreadable, read
from bugforge.pack import load_pack
from bugforge.practice import Practice
from bugforge.practice.ahead import prepared_ahead
from bugforge.practice.drill import OVER, Drill
from bugforge.practice.events import Worked
from bugforge.practice.trying import Interrupted, Trying
from bugforge.prices import HINT

IDLE = 300  # seconds without a save or a key after which the clock stands still
OWN_TEST = "my_test.py"
ALL_KEYS = "pdhectrn?"


@click.command("watch")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@profile_option
@options.pack_option
@options.jobs_option
def watch_command(folder: Path | None, profile: str, pack: Path | None, jobs: int) -> None:
    """Run a drill's tests whenever you save its program: the open drill, or that in FOLDER.

    Write in an editor of your own. Keys: d diagnose, h hint, c check, t judge my own test, p the procedure, r reset,
    n next, ? keys, q quit.
    """
    with Practice(profile, pack=load_pack(pack), say=screen.warn, jobs=jobs) as practice:
        drill: Drill | None = drill_at(practice, folder)
        with Terminal() as terminal:
            while drill is not None:
                with watched_alone(Path(drill.opened.folder)), Trying(practice.sheet(drill)) as trying:
                    drill = Watch(practice, drill, terminal, trying).run()


@contextlib.contextmanager
def watched_alone(folder: Path) -> Iterator[None]:
    """Nobody else watches the folder meanwhile. Raises PracticeError where somebody does, or there is none."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise PracticeError(f"{folder} cannot be opened ({error.strerror}); `bugforge next` gives another") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise PracticeError(f"{folder} is being watched already; go on there, or quit that one") from None
    finally:
        os.close(descriptor)


class Watch:
    """One drill being watched. `run` gives the drill to go on with, or None."""

    def __init__(
        self,
        practice: Practice,
        drill: Drill,
        terminal: Terminal,
        trying: Trying,
        *,
        keys: str = ALL_KEYS,
        minutes: float | None = None,
    ) -> None:
        """With `keys` only these do something, beside q; `minutes` are to be shown in the place of the drill's own."""
        self.keys, self.minutes = keys, drill.opened.minutes if minutes is None else minutes
        self.practice, self.drill, self.terminal, self.trying = practice, drill, terminal, trying
        self.folder = Path(drill.opened.folder)
        self.file = WatchedFile(self.folder / f"{drill.opened.problem}.py")
        self.results = Results(trying.tests)
        self.program, self.message, self.key, self.told = "", "", "", ""
        self.worked, self.ticked = 0.0, time.monotonic()
        self.active = self.ticked
        self.following: Drill | None = None

    def run(self) -> Drill | None:
        ahead = "n" in self.keys
        prepared = prepared_ahead(self.practice.profile, self.practice.pack.root) if ahead else contextlib.nullcontext()
        with contextlib.suppress(EOFError), prepared:
            try:
                while self.key != "q" and self.following is None:
                    self._try()
                    while not self.key and not self.file.has_changed():
                        self._something_happens(LOOK)
                    if self.key:
                        self._act()
            finally:
                self._note_work()
        return self.following

    def _try(self) -> None:
        """Run the tests, those that failed last before all others, until something happens."""
        if not self.file.has_changed() and self.results.is_whole and self.results.found:
            return
        before = [one.name for one in self.results.failing]
        self.results = Results(self.trying.tests, running=True)
        try:
            self.program = self.file.read()
            for result in self.trying.run(self.program, before, self._something_happens):
                self.results.found[result.name] = result
                self._draw()
            self.results.running = False
        except Interrupted:
            pass  # the run is not whole, and is taken up again
        except (Unreadable, BugforgeError) as error:
            self.results = Results(self.trying.tests, note=str(error))
        self._draw()

    def _something_happens(self, seconds: float) -> bool:
        """Whether a key is pressed, or the file saved, within so many seconds."""
        self.key = self.terminal.key(seconds)
        now = time.monotonic()
        if self.key or self.file.has_changed():
            self.active = now
        if now - self.active < IDLE:
            self.worked += now - self.ticked
        self.ticked = now
        self._draw()
        return bool(self.key) or self.file.has_changed()

    def _draw(self) -> None:
        if self.terminal.is_live:
            self.terminal.draw(lines(self._shown(), self.terminal.wrapped))
        elif not self.results.running:
            first = self.results.failing[:1]
            told = "\n".join([self.results.headline(), *(f"  {name_of(one)}: {said_by(one)}" for one in first)])
            if told != self.told:
                screen.out.print(told)
                self.told = told

    def _shown(self) -> Shown:
        seconds = self.drill.seconds + self.worked
        return Shown(self.drill, self.results, seconds, self.minutes, self.message, "c" in self.keys)

    def _act(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "p": self._procedure,
            "d": self._diagnose,
            "h": self._hint,
            "e": self._look,
            "c": self._check,
            "t": self._own_test,
            "r": self._reset,
            "n": self._next,
            "?": self._help,
        }
        key, self.key, self.message = self.key, "q" if self.key == "q" else "", ""
        if key in acts and key in self.keys:
            try:
                acts[key]()
            except (Unreadable, BugforgeError) as error:
                self.message = str(error)
        self.ticked = self.active = time.monotonic()

    def _procedure(self) -> None:
        with self.terminal.paused():
            self.drill = ask_all(self.practice, self.drill)

    def _diagnose(self) -> None:
        if self.drill.state in OVER:
            self.message = "This drill is over; n gives the next."
            return
        with self.terminal.paused():
            self.drill = ask_suspicion(self.practice, self.drill)

    def _hint(self) -> None:
        hint = self.practice.hint(self.drill)
        if hint is None:
            self.message = f"There are no more hints; `bugforge solve {self.folder.name}` shows the key."
            return
        self.drill = self.practice.drill(self.drill.name)
        with contextlib.suppress(BugforgeError, OSError):
            HintsGiven(self.folder).add()
        cost = f"{HINT / len(self.drill.opened.bug_classes):g} points"
        self.message = f"Hint {self.drill.hints} ({cost}): {hint}"

    def _look(self) -> None:
        failing = self.results.failing
        seen = self.practice.look(self.drill, self.program, failing[0].name) if failing else None
        if seen is None:
            self.message = "There is no failing test to look at."
            return
        self.drill = self.practice.drill(self.drill.name)
        with self.terminal.paused():
            screen.out.print("\n".join(line for told in shown(seen) for line in self.terminal.wrapped(told)))
            ask("\nEnter goes back.")

    def _check(self) -> None:
        self._note_work()
        with self.terminal.paused():
            screen.out.print("The judge runs all tests, on other data too ...")
            verdict = self.practice.check(self.drill)
            self.drill = self.practice.drill(self.drill.name)
            show(verdict, explained=False)
            if self.drill.state in OVER:
                self.drill = explain(self.practice, self.drill, self.program, self.terminal.wrapped)
            ask("\nEnter goes back.")
        self.message = "It is fixed; n gives the next drill." if self.drill.fixed else ""

    def _own_test(self) -> None:
        path = self.folder / OWN_TEST
        if not path.exists():
            self.message = f"Write a test as {path}, which imports {self.drill.opened.problem}, and press t again."
            return
        self.message = f"{OWN_TEST}: {self.practice.try_test(self.drill, read(path))}."

    def _reset(self) -> None:
        kept = put_aside(self.file.path)
        self.file.path.write_text(self.practice.sheet(self.drill).broken, encoding="utf-8")
        self.message = "The program is as it was handed out" + (f"; yours is {kept.name}." if kept else ".")

    def _next(self) -> None:
        self._note_work()
        self.following = self.practice.next(self.folder.parent)

    def _help(self) -> None:
        self.message = "\n".join(f"{key}  {what}" for key, what in HELP.items() if key in (*self.keys, "q"))

    def _note_work(self) -> None:
        if self.worked and self.drill.state not in OVER:
            self.drill = self.practice.send(Worked(self.drill.name, round(self.worked, 1)))
        self.worked = 0.0
