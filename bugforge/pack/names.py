"""Names that a person writes, resolved: topics, problems, bug classes and their categories."""

import difflib
import re
from collections.abc import Iterable

from bugforge.errors import UsageError
from bugforge.pack import Pack

FEW = 12  # names that fit into a sentence


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


def topics(names: Iterable[str], pack: Pack) -> frozenset[str]:
    """The topics of these names. Raises UsageError for one that the pack does not have."""
    known = {problem.topic for problem in pack.problems.values()}
    return frozenset(_known("topic", name, known, pack) for name in names)


def problems(names: Iterable[str], pack: Pack) -> frozenset[str]:
    """The problems of these names. Raises UsageError for one that the pack does not have."""
    return frozenset(_known("problem", name, pack.problems, pack) for name in names)


def _known(kind: str, name: str, known: Iterable[str], pack: Pack) -> str:
    """The name as the pack writes it, however its case and hyphens."""
    written = re.sub(r"[-\s]+", "_", name.lower().strip())
    if written in known:
        return written
    for other, members in (("problem", pack.problems), ("topic", {p.topic for p in pack.problems.values()})):
        if written in members:
            raise UsageError(f"{written} is a {other}, not a {kind}; give --{other} {written}")
    raise unknown(kind, name, known)


def bug_classes(names: Iterable[str], pack: Pack) -> frozenset[str]:
    """Bug classes by their own names or by those of their categories. Raises UsageError for an unknown one."""
    chosen: set[str] = set()
    categories = {item.category for item in pack.bug_classes.values()}
    for name in (re.sub(r"[_\s]+", "-", name.lower().strip()) for name in names):
        if name in pack.bug_classes:
            chosen.add(name)
        elif name in categories:
            chosen |= {item.id for item in pack.bug_classes.values() if item.category == name}
        else:
            raise unknown("bug class or category", name, {*pack.bug_classes, *categories})
    return frozenset(chosen)
