"""A drill as its events make it: a state machine from open to explained or given up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bugforge import prices
from bugforge.errors import PracticeError
from bugforge.model import Grade
from bugforge.practice.events import (
    Begun,
    Checked,
    Event,
    GivenUp,
    Hinted,
    Interviewed,
    Looked,
    OfDrill,
    Opened,
    Said,
    Step,
    Tried,
    Worked,
)


class State(StrEnum):
    OPEN = "open"
    DIAGNOSED = "diagnosed"
    HINTED = "hinted"
    CHECKED = "checked"
    FIXED = "fixed"
    EXPLAINED = "explained"
    GIVEN_UP = "given up"


AT_WORK = frozenset({State.OPEN, State.DIAGNOSED, State.HINTED, State.CHECKED})
OVER = frozenset({State.FIXED, State.EXPLAINED, State.GIVEN_UP})


@dataclass(frozen=True)
class Drill:
    """One drill so far; times in UTC."""

    opened: Opened
    at: datetime
    state: State = State.OPEN
    hints: int = 0
    looks: int = 0
    checks: int = 0
    seconds: float = 0.0  # that somebody sat at it
    diagnosed: bool | None = None  # rightly or wrongly, by the last verdict on a suspicion
    own_test: str = ""  # what one's own test was worth
    said: tuple[tuple[Step, Said], ...] = ()  # the last word on each step, in the steps' order
    ended: datetime | None = None  # when it was fixed, or given up

    @property
    def name(self) -> str:
        """Of its folder."""
        return self.opened.drill

    @property
    def fixed(self) -> bool:
        return self.state in (State.FIXED, State.EXPLAINED)

    @property
    def minutes(self) -> float:
        """That it took: those at the screen, or where nobody counted them those until it ended."""
        if self.seconds or self.ended is None:
            return self.seconds / 60
        return (self.ended - self.at).total_seconds() / 60

    @property
    def communication(self) -> float:
        """The points that help has left."""
        return prices.communication(self.hints, self.looks, len(self.opened.bug_classes))


def after(drill: Drill, event: OfDrill, at: datetime) -> Drill:
    """The drill once more has happened. What comes when it is over changes its words and nothing else."""
    over = drill.state in OVER
    match event:
        case Said():
            words = {**dict(drill.said), event.step: event}
            said = tuple((step, words[step]) for step in Step if step in words)
            state = drill.state
            if event.step is Step.REASON and drill.state is State.FIXED:
                state = State.EXPLAINED
            elif event.step is Step.SUSPECTED and drill.state is State.OPEN:
                state = State.DIAGNOSED
            return replace(drill, said=said, state=state)
        case Worked():
            return drill if over else replace(drill, seconds=drill.seconds + event.seconds)
        case Tried():
            return replace(drill, own_test=event.worth)
        case _ if over:
            return drill
        case Hinted():
            return replace(drill, hints=drill.hints + 1, state=State.HINTED)
        case Looked():
            return replace(drill, looks=drill.looks + 1)
        case Checked():
            fixed = event.grade is Grade.FIXED
            seen = replace(drill, checks=drill.checks + 1, state=State.FIXED if fixed else State.CHECKED)
            return replace(seen, diagnosed=event.diagnosed, ended=at if fixed else None)
        case GivenUp():
            return replace(drill, state=State.GIVEN_UP, ended=at)
        case _:
            raise PracticeError(f"{drill.name} was opened twice; the journal is not of one practice")


def drills(events: Iterable[tuple[datetime, Event]]) -> dict[str, Drill]:
    """By name, in the order in which they were opened. What speaks of no drill is passed over."""
    found = dict[str, Drill]()
    for at, event in events:
        match event:
            case Begun() | Interviewed():
                pass
            case Opened() if event.drill not in found:
                found[event.drill] = Drill(event, at)
            case _ if event.drill in found:
                found[event.drill] = after(found[event.drill], event, at)
    return found
