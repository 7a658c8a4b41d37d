"""The record of what was measured that stands in a pack (measured.json): whether it holds, and written anew."""

from collections.abc import Iterator, Sequence

from bugforge.audit.telling import Telling
from bugforge.model import Difficulty
from bugforge.pack import Pack
from bugforge.pack.measured import FILE, Levels, write_measured


def stale_record(pack: Pack, told: Sequence[Telling]) -> Iterator[str]:
    """Whether the record, where a pack has one, is of other texts, or says something else than was measured now."""
    recorded, seen = dict(_flat(pack.measured)), dict(_flat(_levels(told)))
    differing = [place for place in recorded | seen if recorded.get(place) != seen.get(place)]
    if (pack.root / FILE).exists() and differing:
        what = (
            f"says otherwise of {len(differing)} of the exercises ({differing[0]})" if recorded else "is of other texts"
        )
        yield f"{FILE} {what}; `bugforge audit --record` writes what is measured"


def write_record(pack: Pack, told: Sequence[Telling]) -> None:
    write_measured(pack.root, pack.texts, _levels(told))


def _levels(told: Sequence[Telling]) -> Levels:
    found: dict[str, dict[str, dict[str, Difficulty]]] = {}
    for item in told:
        classes = found.setdefault(f"{item.problem}/{item.implementation}", {})
        classes.setdefault(item.bug_class, {})[item.site] = item.difficulty
    return found


def _flat(levels: Levels) -> Iterator[tuple[str, Difficulty]]:
    for program, classes in levels.items():
        for bug_class, sites in classes.items():
            for site, difficulty in sites.items():
                yield f"{bug_class} at {site} in {program}", difficulty
