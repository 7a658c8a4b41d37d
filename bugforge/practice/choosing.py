"""Which drill is next: what is due for review, else what the day is for; never the same exercise twice."""

import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, prove
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.interviews import interviews
from bugforge.model import Difficulty
from bugforge.pack import Pack
from bugforge.practice.drill import Drill
from bugforge.practice.events import Begun, Why
from bugforge.practice.memory import Known, remembered
from bugforge.practice.plan import Day, Plan
from bugforge.sheet import Sheet, sheet_of

STEPS = ((2, Difficulty.EASY), (5, Difficulty.MEDIUM))  # drills on a group up to which they are so hard
LONG = 60  # minutes of an interview from which on there are two drills


@dataclass(frozen=True)
class Standing:
    """Where a practice stands on a day: all that the choice of the next drill follows from."""

    begun: Begun
    plan: Plan
    day: Day
    drills: Sequence[Drill]  # all that were ever opened
    today: Sequence[Drill]  # those opened on this day
    known: Mapping[str, Known]
    date: date

    @property
    def days_left(self) -> int:
        """With this one."""
        return max(1, len(self.plan.days) - self.day.number + 1)

    @property
    def due(self) -> list[Known]:
        """The classes to be reviewed, the longest due first."""
        late = [one for one in self.told if one.due <= self.date]
        return sorted(late, key=lambda one: (one.due, one.stability, one.bug_class))

    @property
    def told(self) -> list[Known]:
        """What may be spoken of: the class of a drill that is still open may not."""
        open_ones = {name for drill in self.drills if drill.ended is None for name in drill.opened.bug_classes}
        return [one for one in self.known.values() if one.bug_class not in open_ones]

    @property
    def minutes_left(self) -> int:
        """Of the day."""
        return self.begun.minutes - sum(drill.opened.minutes for drill in self.today)

    @property
    def has_room_for_review(self) -> bool:
        """At most half of a day's drills are reviews."""
        reviews = sum(drill.opened.why is Why.REVIEW for drill in self.today)
        return 2 * (reviews + 1) <= len(self.today) + 1


def standing(
    begun: Begun, since: datetime, plan: Plan, drills: Sequence[Drill], now: datetime, zone: tzinfo | None
) -> Standing:
    """Where a practice that was begun at some moment stands now. A day without a drill does not count."""
    today = now.astimezone(zone).date()
    of_plan = [drill for drill in drills if drill.at >= since and drill.opened.why in (Why.PLAN, Why.REVIEW)]
    practised = {drill.at.astimezone(zone).date() for drill in of_plan} - {today}
    return Standing(
        begun,
        plan,
        plan.day(len(practised) + 1),
        drills,
        [drill for drill in of_plan if drill.at.astimezone(zone).date() == today],
        remembered(drills, zone),
        today,
    )


def mock_sheets(interview: str, drills: Sequence[Drill], sites: Sites, gate: Gate, seed: int) -> list[Sheet]:
    """One exercise for a mock interview, or two where it is long: of its topics, none easy, none given before."""
    about, found = interviews()[interview], list[Sheet]()
    topics = {problem.topic for problem in sites.pack.problems.values()}
    asked = (about.topics & topics) or topics
    taken = {drill.name.rpartition("-")[2] for drill in drills}
    for level in (Difficulty.MEDIUM, Difficulty.HARD)[: 2 if about.minutes >= LONG else 1]:
        left = frozenset(asked - {sheet.about.topic for sheet in found}) or frozenset(asked)
        for wanted in (Wanted(topics=left, difficulty=level), Wanted(topics=left)):
            if sheet := fresh_sheet(wanted, sites, gate, seed, taken):
                found.append(sheet)
                taken.add(sheet.id)
                break
    return found


@dataclass(frozen=True)
class _Wish:
    why: Why
    wanted: Wanted
    loud: bool = False


def next_sheet(standing: Standing, sites: Sites, gate: Gate) -> tuple[Sheet, Why] | None:
    """A fresh exercise and why it is given; None where the pack has no more. The same one for the same standing."""
    number = len(standing.drills)
    seed = random.Random(f"{standing.begun.seed} {number}").getrandbits(31)
    taken = {drill.name.rpartition("-")[2] for drill in standing.drills}
    for wish in _wishes(standing, sites.pack, seed):
        if sheet := fresh_sheet(wish.wanted, sites, gate, seed, taken, loud=wish.loud):
            return sheet, wish.why
    return None


def fresh_sheet(
    wanted: Wanted, sites: Sites, gate: Gate, seed: int, taken: Collection[str], *, loud: bool = False
) -> Sheet | None:
    """An exercise of a kind whose id is not taken."""
    asked = Asked(1, wanted.difficulty, loud)
    found = prove(addresses(sites, seed, wanted), asked, sites, gate, taken=taken.__contains__).exercises
    return sheet_of(found[0], sites.pack, seed) if found else None


def _wishes(standing: Standing, pack: Pack, seed: int) -> Iterator[_Wish]:
    """What would be best, and what else would do, the best first."""
    if standing.has_room_for_review:
        for known in standing.due:
            if known.bug_class in pack.bug_classes:
                yield from _reviews(known.bug_class, standing, pack)
    yield from _planned(standing, pack, seed)
    yield _Wish(Why.PLAN, Wanted(topics=frozenset(standing.plan.topics)), loud=True)


def _reviews(bug_class: str, standing: Standing, pack: Pack) -> Iterator[_Wish]:
    """A class again: in another problem, else at another place."""
    wanted = Wanted(bug_classes=frozenset({bug_class}))
    met = {drill.opened.problem for drill in standing.drills if bug_class in drill.opened.bug_classes}
    others = frozenset(pack.problems) - met
    if others:
        yield _Wish(Why.REVIEW, replace(wanted, problems=others), loud=True)
    yield _Wish(Why.REVIEW, wanted, loud=True)


def _planned(standing: Standing, pack: Pack, seed: int) -> Iterator[_Wish]:
    """What the day is for: its topics in turn, classes that were not met, and harder ones later."""
    if standing.day.is_mixed:
        asked = interviews()[standing.begun.interview].topics & {problem.topic for problem in pack.problems.values()}
        anything = Wanted(topics=frozenset(asked or standing.plan.topics))
        yield _Wish(Why.PLAN, replace(anything, bug_classes=_unmet(standing, pack)), loud=False)
        yield _Wish(Why.PLAN, anything)
        return
    had = Counter(drill.opened.topic for drill in standing.drills if drill.opened.why is Why.PLAN)
    todays = Counter(drill.opened.topic for drill in standing.today)
    for topic in sorted(standing.day.topics, key=lambda topic: (todays[topic], had[topic])):
        group = next(group for group in standing.day.groups if topic in group)
        level = _level(sum(had[other] for other in group))
        wanted = Wanted(topics=frozenset({topic}))
        yield _Wish(Why.PLAN, replace(wanted, difficulty=level, bug_classes=_unmet(standing, pack)))
        yield _Wish(Why.PLAN, replace(wanted, bug_classes=_unmet(standing, pack)))
        yield _Wish(Why.PLAN, wanted)


def _level(drills: int) -> Difficulty:
    """How hard the next drill on a group should be after so many."""
    return next((level for most, level in STEPS if drills < most), Difficulty.HARD)


def _unmet(standing: Standing, pack: Pack) -> frozenset[str]:
    """The bug classes that no drill has had."""
    met = {name for drill in standing.drills for name in drill.opened.bug_classes}
    return frozenset(pack.bug_classes) - met
