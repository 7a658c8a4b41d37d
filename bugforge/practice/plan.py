"""The plan: which topics a day is for, from easy to hard, and timed practice on anything at the end (plans.toml)."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from bugforge.errors import PracticeError
from bugforge.interviews import ANY, interviews

Group = tuple[str, ...]  # of topics


@dataclass(frozen=True)
class Day:
    """What one day of a plan is for. No topics: anything, as an interview would have it."""

    number: int  # from 1 on
    groups: tuple[Group, ...]

    @property
    def is_mixed(self) -> bool:
        return not self.groups

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(topic for group in self.groups for topic in group)


@dataclass(frozen=True)
class Plan:
    """Days in their order, and the topics of the plan that the pack has nothing of."""

    name: str
    interview: str
    days: tuple[Day, ...]
    topics: tuple[str, ...]
    skipped: tuple[str, ...]

    def day(self, number: int) -> Day:
        """That of a number; beyond the last day all days are as that."""
        return self.days[min(number, len(self.days)) - 1]


def plan_names() -> list[str]:
    return list(_file()["days"])


def plan(name: str, interview: str, in_pack: Iterable[str]) -> Plan:
    """A plan for an interview of that kind, by its name. Raises PracticeError for an unknown one."""
    days = _file()["days"].get(name)
    if days is None:
        raise PracticeError(f"there is no plan {name!r}; there are: {', '.join(plan_names())}")
    if interview not in interviews():
        raise PracticeError(f"there is no interview {interview!r}; there are: {', '.join(interviews())}")
    wanted, there = _groups(interview), set(in_pack)
    kept = [group for whole in wanted if (group := tuple(topic for topic in whole if topic in there))]
    skipped = tuple(topic for group in wanted for topic in group if topic not in there)
    if not kept:
        raise PracticeError(f"the pack has none of the topics of this plan: {', '.join(skipped)}; take another pack")
    spread = _spread([*kept, ()], days)
    plan_days = (Day(n + 1, tuple(group for group in groups if group)) for n, groups in enumerate(spread))
    return Plan(name, interview, tuple(plan_days), tuple(topic for group in kept for topic in group), skipped)


def _groups(interview: str) -> list[Group]:
    """The groups of the plan that an interviewer asks for, with what else they ask beside its neighbour."""
    asked = interviews()[interview].topics
    order: list[Group] = [tuple(group) for group in _file()["order"]]
    if interview == ANY:
        return order
    beside = _file()["beside"]
    groups = []
    for group in order:
        others = tuple(topic for topic, neighbour in beside.items() if neighbour in group)
        if found := tuple(topic for topic in (*group, *others) if topic in asked):
            groups.append(found)
    return groups


def _spread(groups: list[Group], days: int) -> list[tuple[Group, ...]]:
    """Groups over days in their order: as many days for each, or as many of them each day."""
    count = len(groups)
    firsts = [day * count // days for day in range(days + 1)]
    return [tuple(groups[first : max(last, first + 1)]) for first, last in pairwise(firsts)]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("plans.toml").read_text(encoding="utf-8"))
