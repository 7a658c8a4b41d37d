"""The record of difficulties that stands in a pack: whether it says what was measured, and written anew."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bugforge.audit.telling import Telling
from bugforge.model import Difficulty, Measured, Problem
from bugforge.pack import Pack
from bugforge.pack.measured import write_measured


def other_measures(problem: Problem, told: Sequence[Telling]) -> Iterator[str]:
    """Where the record of a problem, if it has one, differs from what was measured."""
    recorded, seen = dict(_flat(problem.measured)), dict(_flat(_measured(problem, told)))
    differing = [place for place in recorded | seen if recorded.get(place) != seen.get(place)]
    if recorded and differing:
        yield (
            f"{problem.name}: measured.json says otherwise of {len(differing)} of its exercises ({differing[0]}); "
            "`bugforge audit --record` writes what was measured"
        )


def unmeasured(pack: Pack) -> Pack:
    """The pack without its record."""
    return replace(pack, problems={name: replace(problem, measured={}) for name, problem in pack.problems.items()})


def write_record(pack: Pack, told: Sequence[Telling]) -> None:
    """Write what was measured beside each problem."""
    for problem in pack.problems.values():
        write_measured(pack.root / "reference_impls" / problem.topic / problem.name, _measured(problem, told))


def _measured(problem: Problem, told: Sequence[Telling]) -> Measured:
    found: dict[str, dict[str, dict[str, Difficulty]]] = {}
    for item in told:
        if item.problem == problem.name:
            found.setdefault(item.implementation, {}).setdefault(item.bug_class, {})[item.site] = item.difficulty
    return found


def _flat(measured: Measured) -> Iterator[tuple[str, Difficulty]]:
    for implementation, classes in measured.items():
        for bug_class, sites in classes.items():
            for site, difficulty in sites.items():
                yield f"{bug_class} at {site} in {implementation}", difficulty
