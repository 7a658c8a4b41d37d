"""A terminal that is read key by key and drawn as a whole; on a pipe, plain lines."""

import contextlib
import os
import select
import shutil
import signal
import sys
import textwrap
from collections.abc import Iterator, Sequence
from types import FrameType

try:
    import termios
    import tty
except ImportError:  # Windows has neither
    termios = None  # type: ignore[assignment]

NARROWEST, WIDEST = 40, 100  # columns of a text
HOME, CLEAR_BELOW, CLEAR_LINE = "\x1b[H", "\x1b[J", "\x1b[K"
ALTERNATE, BACK = "\x1b[?1049h", "\x1b[?1049l"


class Terminal:
    """Use as a context manager: whatever happens, the terminal is as it was afterwards."""

    def __init__(self) -> None:
        self.is_live = sys.stdin.isatty() and sys.stdout.isatty() and termios is not None
        self.resized = False
        self._drawn: tuple[str, ...] = ()

    def __enter__(self) -> "Terminal":
        if self.is_live:
            self._cooked = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
            signal.signal(signal.SIGWINCH, self._on_resize)
            self._write(ALTERNATE)
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_live:
            with contextlib.suppress(OSError):  # a terminal that was closed
                self._write(BACK)
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._cooked)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        return tuple(shutil.get_terminal_size((80, 24)))  # type: ignore[return-value]

    @property
    def width(self) -> int:
        """Columns of a text."""
        return max(NARROWEST, min(self.size[0], WIDEST) - 1) if self.is_live else WIDEST

    def key(self, seconds: float) -> str:
        """The key that is pressed within so many seconds; empty where none is. Raises EOFError once it is closed."""
        if not self.is_live:
            select.select([], [], [], seconds)
            return ""
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        if not ready:
            return ""
        data = os.read(sys.stdin.fileno(), 64)
        if not data:
            raise EOFError
        return data.decode("utf-8", "ignore")[:1] if not data.startswith(b"\x1b") else ""

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines and no others; what does not fit at the bottom is left out."""
        columns, rows = self.size
        fitting = tuple(line[: columns - 1] for line in lines[: rows - 1])
        if fitting != self._drawn or self.resized:
            self._write(HOME + "".join(f"{line}{CLEAR_LINE}\n" for line in fitting) + CLEAR_BELOW)
            self._drawn, self.resized = fitting, False

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """An ordinary terminal, to ask and to print a longer text on."""
        if self.is_live:
            self._write(BACK)
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._cooked)
        try:
            yield
        finally:
            if self.is_live:
                tty.setcbreak(sys.stdin)
                self._write(ALTERNATE)
                self._drawn = ()

    @contextlib.contextmanager
    def resumed(self) -> Iterator[None]:
        """Live again for a while, within a pause."""
        tty.setcbreak(sys.stdin)
        self._write(ALTERNATE)
        self._drawn = ()
        try:
            yield
        finally:
            self._write(BACK)
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._cooked)

    def wrapped(self, text: str, indent: str = "") -> list[str]:
        """A text in lines that fit."""
        return [
            line
            for part in text.splitlines() or [""]
            for line in textwrap.wrap(part, self.width, initial_indent=indent, subsequent_indent=indent) or [""]
        ]

    def _on_resize(self, number: int, frame: FrameType | None) -> None:
        self.resized = True

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def ask(question: str) -> str:
    """One line of a person's; empty where nothing is said."""
    try:
        return input(f"{question} ").strip()
    except EOFError:
        return ""
