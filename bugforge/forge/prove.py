"""Proves: reads a stream of candidates in its order until as many as are wanted have passed the gate."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, tee

from bugforge.gate import Gate
from bugforge.gate.candidate import Candidate, identifier
from bugforge.gate.rules import Refusal
from bugforge.model import Difficulty, Exercise, Observation
from bugforge.pack import Pack


@dataclass
class Proven:
    """Exercises in the order in which they were drawn, and why others were refused."""

    exercises: list[Exercise] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    taken: int = 0  # of the candidates drawn, those that were passed over


def prove(
    candidates: Iterator[Candidate],
    count: int,
    pack: Pack,
    gate: Gate,
    *,
    secret: str = "",
    taken: Callable[[str], bool] = lambda _: False,
    progress: Callable[[int], None] = lambda _: None,
) -> Proven:
    """The first `count` exercises of a stream; those whose id is `taken` are passed over.

    As many are judged at a time as are still wanted, so that what is proven, and in which order it is chosen, does not
    depend on how many processes do it.
    """
    proven = Proven()

    def is_free(candidate: Candidate) -> bool:
        there = taken(identifier(candidate.address, secret))
        proven.taken += there
        return not there

    free = filter(is_free, candidates)
    while wanted := count - len(proven.exercises):
        batch, to_try = tee(islice(free, wanted))
        verdicts = gate.admit(to_try)
        if not verdicts:
            break
        for candidate, verdict in zip(batch, verdicts, strict=True):
            if isinstance(verdict, Refusal):
                proven.refusals[verdict.rule] += 1
            else:
                proven.exercises.append(_exercise(candidate, verdict, pack, secret))
        progress(len(proven.exercises))
    return proven


def _exercise(candidate: Candidate, observation: Observation, pack: Pack, secret: str) -> Exercise:
    levels = [pack.bug_classes[bug.mutator].difficulty for bug in candidate.address.bugs]
    return Exercise(
        id=identifier(candidate.address, secret),
        address=candidate.address,
        plans=candidate.plans,
        difficulty=max(levels, key=list(Difficulty).index),
        observation=observation,
    )
