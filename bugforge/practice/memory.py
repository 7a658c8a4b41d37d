"""What is remembered of a bug class, and when it should come back: FSRS, a card a class."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from fsrs import Card, Rating, Scheduler

from bugforge.practice.drill import AT_WORK, Drill

KNOWN = 3  # days of stability from which a class counts as known


@dataclass(frozen=True)
class Known:
    """A bug class that was met: when it is due, on a local day, and for how many days it will be remembered."""

    bug_class: str
    due: date
    stability: float
    times: int
    last: Rating

    @property
    def is_known(self) -> bool:
        return self.last is not Rating.Again and self.stability >= KNOWN


def rating(drill: Drill) -> Rating:
    """How well a drill went: not fixed, fixed with help, fixed, fixed soon and with the right word."""
    if not drill.fixed:
        return Rating.Again
    if drill.hints:
        return Rating.Hard
    if drill.minutes < drill.opened.minutes / 2 and drill.diagnosed:
        return Rating.Easy
    return Rating.Good


def remembered(drills: Iterable[Drill], zone: tzinfo | None = None) -> dict[str, Known]:
    """By class, from all drills that are over, or were left for another.

    An interval is never longer than the days that were left when the drill was given.
    """
    found, cards = dict[str, Known](), dict[str, Card]()
    listed = list(drills)
    for drill, following in sorted(_rated(listed), key=lambda pair: pair[1]):
        scheduler = Scheduler(
            learning_steps=(),
            relearning_steps=(),
            enable_fuzzing=False,
            maximum_interval=max(1, drill.opened.days_left),
        )
        given = rating(drill)
        for bug_class in drill.opened.bug_classes:
            card, _ = scheduler.review_card(cards.get(bug_class, Card(card_id=1)), given, following)
            cards[bug_class] = card
            times = found[bug_class].times + 1 if bug_class in found else 1
            due = card.due.astimezone(zone).date()
            found[bug_class] = Known(bug_class, due, card.stability or 0.0, times, given)
    return found


def _rated(drills: list[Drill]) -> Iterable[tuple[Drill, datetime]]:
    """Each drill that counts, and since when: its end, or where it was left the opening of the next."""
    for number, drill in enumerate(drills):
        if drill.ended:
            yield drill, drill.ended
        elif drill.state in AT_WORK and number + 1 < len(drills):
            yield drill, drills[number + 1].at
