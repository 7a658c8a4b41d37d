"""What commands share on the terminal: the console, progress, and help for misspelt names."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bugforge.errors import UsageError

FEW = 12  # names that fit into a sentence
Bar = Callable[..., None]
out = Console(highlight=False, markup=False, soft_wrap=True)


def warn(text: str) -> None:
    """A line on stderr."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"warning: {text}", style="yellow")


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


def plural(count: int, noun: str) -> str:
    """ "1 test", "3 tests", "2 classes"."""
    ending = "" if count == 1 else "es" if noun.endswith("s") else "s"
    return f"{count} {noun}{ending}"


def unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """The error for a name that does not exist, with the nearest one that does."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        hint = f"did you mean {' or '.join(near)}?"
    elif len(names) <= FEW:
        hint = f"there are: {', '.join(names)}"
    else:
        hint = "`bugforge list bugs` and `bugforge list problems` name them all"
    return UsageError(f"there is no {kind} {name!r}; {hint}")
