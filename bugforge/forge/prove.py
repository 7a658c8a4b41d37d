"""Proves: reads a stream of candidates in its order until as many as are wanted have passed the gate."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bugforge.forge.addresses import MOST_BUGS
from bugforge.forge.difficulty import MINUTES_A_BUG, measured, minutes
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.gate.candidate import Candidate, identifier
from bugforge.gate.rules import Refusal
from bugforge.model import Difficulty, Exercise, Observation
from bugforge.runner.scheduler import Judgement, together

LOUD_ONE_IN = 10  # exercises, unless loud ones are asked for
USUAL = 10  # exercises
TRIES = 30  # candidates in a row that do not fit into the time that is left
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
    """Exercises, easy ones before hard ones, otherwise as they were drawn; and why others were not taken."""

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

    No more are on their way at a time than are still wanted. They are taken in the order of the stream, so that what is
    proven does not depend on how many processes do it.
    """
    proving = _Proving(candidates, asked, sites, gate, secret, taken)
    for _ in proving.exercises(progress):
        pass
    proving.found.exercises.sort(key=lambda exercise: list(Difficulty).index(exercise.difficulty))
    return proving.found


def exercises(
    candidates: Iterator[Candidate], asked: Asked, sites: Sites, gate: Gate, *, taken: Callable[[str], bool]
) -> Iterator[Exercise]:
    """The same one by one, as soon as each is proven, in the order of the stream."""
    return _Proving(candidates, asked, sites, gate, "", taken).exercises()


@dataclass
class _Proving:
    candidates: Iterator[Candidate]
    asked: Asked
    sites: Sites
    gate: Gate
    secret: str
    taken: Callable[[str], bool]
    found: Proven = field(default_factory=Proven)
    open: int = 0  # candidates on their way that may still be what is asked
    idle: int = 0  # candidates in a row that did not fit into the time that is left

    def exercises(self, progress: Callable[[int], None] = lambda _: None) -> Iterator[Exercise]:
        """Those that are what is asked, as they are proven."""
        for candidate, verdict in together(self.gate.runner, self._judgements()):
            known = len(self.found.exercises)
            if isinstance(verdict, Refusal):
                self.found.refusals[verdict.rule] += 1
            else:
                self._take(candidate, verdict)
            yield from self.found.exercises[known:]
            progress(len(self.found.exercises))

    def _judgements(self) -> Iterator[Judgement[tuple[Candidate, Observation | Refusal]] | None]:
        """One for each candidate that is not there already; None while as many are on their way as are wanted."""
        while wanted := self._wanted():
            if self.open >= wanted:
                yield None
            elif candidate := next(self.candidates, None):
                if self.taken(identifier(candidate.address, self.secret)):
                    self.found.taken += 1
                else:
                    self.open += 1
                    yield self._judgement(candidate)
            else:
                return

    def _judgement(self, candidate: Candidate) -> Judgement[tuple[Candidate, Observation | Refusal]]:
        verdict = yield from self.gate.judge(candidate)
        self.open -= not isinstance(verdict, Observation)
        return candidate, verdict

    def _wanted(self) -> int:
        """How many more to have on their way at a time."""
        wanted, left = self.asked.count - len(self.found.exercises), self.asked.minutes
        if left is None:
            return wanted
        if self.idle == TRIES:
            return 0  # what is left is too short for most
        return min(wanted, -(-(left - self.found.minutes) // A_BUG))

    def _take(self, candidate: Candidate, seen: Observation) -> None:
        """Add an exercise that is what is asked."""
        self.open -= 1
        if not self._wanted():
            return
        difficulty = measured(candidate, seen, self.sites)
        needed = minutes(candidate.source, difficulty, len(candidate.plans))
        if self.asked.difficulty not in (None, difficulty):
            return
        if self.asked.minutes is not None and self.found.minutes + needed > self.asked.minutes:
            self.idle += 1
            return
        loud = sum(other.observation.loud for other in self.found.exercises)
        if seen.loud and not self.asked.loud and loud >= self.asked.count // LOUD_ONE_IN:
            self.found.loud += 1
            return
        self.idle = 0
        self.found.exercises.append(
            Exercise(
                id=identifier(candidate.address, self.secret),
                address=candidate.address,
                plans=candidate.plans,
                lines=candidate.lines,
                fixes=self.sites.fixes(candidate),
                difficulty=difficulty,
                minutes=needed,
                observation=seen,
            )
        )


def exercises_that_fill(minutes: int | None) -> int:
    """How many exercises are made if nobody says."""
    return USUAL if minutes is None else max(1, minutes // MINUTES_A_BUG[Difficulty.EASY] // 2)


def bugs_that_fill(minutes: int | None, count: int | None) -> int:
    """How many bugs each of so many exercises should have to fill the time."""
    return 1 if minutes is None or count is None else min(max(1, minutes // count // A_BUG), MOST_BUGS)
