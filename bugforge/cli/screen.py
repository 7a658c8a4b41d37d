"""What commands share on the terminal: the console, progress, and help for misspelt names."""

import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Bar = Callable[..., None]
out = Console(highlight=False, markup=False, soft_wrap=True)


def warn(text: str) -> None:
    """A line on stderr."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"warning: {text}", style="yellow")


def warn_of_left_out(sentences: Iterable[str]) -> None:
    """Which mutators failed on which program; nothing else depends on them."""
    for sentence in sentences:
        warn(f"left out, {sentence}; `bugforge audit` proves the pack")


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Bar]:
    """A bar on stderr while the block runs, where stderr is a terminal; call it with `completed` or `title`."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=total)

        def update(**what: Any) -> None:
            bar.update(task, **what)

        yield update


def path(place: Path) -> str:
    """A path as a shell takes it."""
    return shlex.quote(str(place))


def plural(count: int, noun: str) -> str:
    """ "1 test", "3 tests", "2 classes"."""
    ending = "" if count == 1 else "es" if noun.endswith("s") else "s"
    return f"{count} {noun}{ending}"
