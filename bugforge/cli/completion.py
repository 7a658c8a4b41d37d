"""What the shell completes: names of problems, topics and bug classes, of the pack that is named or of the standard."""

from collections.abc import Callable, Iterable

import click

from bugforge.errors import BugforgeError
from bugforge.pack import Pack, load_pack

Complete = Callable[[click.Context, click.Parameter, str], list[str]]


def _from_pack(names: Callable[[Pack], Iterable[str]]) -> Complete:
    def complete(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
        try:
            pack = load_pack(ctx.params.get("pack"))
        except (BugforgeError, OSError):
            return []  # a shell has no place for a message
        return sorted({name for name in names(pack) if name.startswith(begun)})

    return complete


problems = _from_pack(lambda pack: pack.problems)
topics = _from_pack(lambda pack: (problem.topic for problem in pack.problems.values()))
bug_classes = _from_pack(lambda pack: pack.bug_classes)
bugs = _from_pack(lambda pack: (*pack.bug_classes, *(bug.category for bug in pack.bug_classes.values())))
anything = _from_pack(lambda pack: (*pack.problems, *pack.bug_classes))
