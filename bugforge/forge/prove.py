"""Proves: reads a stream of candidates in its order until as many as are wanted have passed the gate."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, tee

from bugforge.forge.addresses import MOST_BUGS
from bugforge.forge.difficulty import MINUTES_A_BUG, measured, minutes
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.gate.candidate import Candidate, identifier
from bugforge.gate.rules import Refusal
from bugforge.model import Difficulty, Exercise, Observation

LOUD_ONE_IN = 10  # exercises, unless loud ones are asked for
USUAL = 10  # exercises
TRIES = 8  # batches of which nothing fits into the time that is left
A_BUG = MINUTES_A_BUG[Difficulty.MEDIUM] + 1  # minutes, with the reading


@dataclass(frozen=True)
class Asked:
    """How many exercises, how hard, whether loud ones may be more than a tenth, and how many minutes they may fill."""

    count: int
    difficulty: Difficulty | None = None
    loud: bool = False
    minutes: int | None = None


@dataclass
class Proven:
    """Exercises in the order in which they were drawn, and why others were not taken."""

    exercises: list[Exercise] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    taken: int = 0  # of the candidates drawn, those that are there already
    loud: int = 0  # and those that were too many loud ones

    @property
    def minutes(self) -> int:
        return sum(exercise.minutes for exercise in self.exercises)


def prove(
    candidates: Iterator[Candidate],
    asked: Asked,
    sites: Sites,
    gate: Gate,
    *,
    secret: str = "",
    taken: Callable[[str], bool] = lambda _: False,
    progress: Callable[[int], None] = lambda _: None,
) -> Proven:
    """The first exercises of a stream that are what is asked; those whose id is `taken` are passed over.

    As many are judged at a time as are still wanted, so that what is proven, and in which order it is chosen, does not
    depend on how many processes do it.
    """
    proven, idle = Proven(), 0

    def is_free(candidate: Candidate) -> bool:
        there = taken(identifier(candidate.address, secret))
        proven.taken += there
        return not there

    free = filter(is_free, candidates)
    while wanted := _wanted(asked, proven):
        before, idle = len(proven.exercises), idle + 1
        batch, to_try = tee(islice(free, wanted))
        verdicts = gate.admit_silent(to_try) if asked.difficulty is Difficulty.HARD else gate.admit(to_try)
        if not verdicts:
            break
        for candidate, verdict in zip(batch, verdicts, strict=True):
            if isinstance(verdict, Refusal):
                proven.refusals[verdict.rule] += 1
            elif verdict:
                _take(_exercise(candidate, verdict, sites, secret), asked, proven)
        progress(len(proven.exercises))
        if len(proven.exercises) > before:
            idle = 0
        elif asked.minutes is not None and idle == TRIES:
            break  # what is left is too short for most
    return proven


def _wanted(asked: Asked, proven: Proven) -> int:
    """How many more to judge at a time."""
    wanted = asked.count - len(proven.exercises)
    if asked.minutes is None:
        return wanted
    left = asked.minutes - proven.minutes
    return min(wanted, -(-left // A_BUG))


def exercises_that_fill(minutes: int | None) -> int:
    """How many exercises are made if nobody says."""
    return USUAL if minutes is None else max(1, minutes // MINUTES_A_BUG[Difficulty.EASY] // 2)


def bugs_that_fill(minutes: int | None, count: int | None) -> int:
    """How many bugs each of so many exercises should have to fill the time."""
    return 1 if minutes is None or count is None else min(max(1, minutes // count // A_BUG), MOST_BUGS)


def _take(exercise: Exercise, asked: Asked, proven: Proven) -> None:
    """Add an exercise that is what is asked."""
    if asked.difficulty not in (None, exercise.difficulty):
        return
    if asked.minutes is not None and proven.minutes + exercise.minutes > asked.minutes:
        return
    loud = sum(other.observation.loud for other in proven.exercises)
    if exercise.observation.loud and not asked.loud and loud >= asked.count // LOUD_ONE_IN:
        proven.loud += 1
    else:
        proven.exercises.append(exercise)


def _exercise(candidate: Candidate, observation: Observation, sites: Sites, secret: str) -> Exercise:
    difficulty = measured(candidate, observation, sites)
    return Exercise(
        id=identifier(candidate.address, secret),
        address=candidate.address,
        plans=candidate.plans,
        lines=candidate.lines,
        fixes=sites.fixes(candidate),
        difficulty=difficulty,
        minutes=minutes(candidate.source, difficulty, len(candidate.plans)),
        observation=observation,
    )
