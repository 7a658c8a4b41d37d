"""What can truly be said of each bug of a program: how hard it is, what was seen, which sentences hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from bugforge.forge.difficulty import measured
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.model import Difficulty, Implementation, Observation, Problem
from bugforge.pack import Pack
from bugforge.symptoms import base_name, labels_of, true_sentences


@dataclass(frozen=True)
class Telling:
    """Of one mutant."""

    problem: str
    implementation: str
    bug_class: str
    site: str
    difficulty: Difficulty
    facts: tuple[str, ...]
    in_demo: bool  # whether the demo shows it
    sentences: tuple[str, ...]  # those of its class that are true of it


def tellings(problem: Problem, implementation: Implementation, sites: Sites, gate: Gate) -> list[Telling]:
    """Of the mutants that pass the gate."""
    candidates = sites.candidates(problem, implementation)
    found = []
    for candidate, seen in zip(candidates, gate.admit(candidates), strict=True):
        if isinstance(seen, Observation):
            (bug,) = candidate.address.bugs
            sentences = true_sentences(sites.pack.bug_classes[bug.mutator].symptoms, seen.facts)
            place = problem.name, implementation.name, bug.mutator, str(bug.site)
            found.append(
                Telling(*place, measured(candidate, seen, sites), seen.facts, seen.demo != seen.right_demo, sentences)
            )
    return found


def never_true(told: list[Telling], pack: Pack) -> Iterator[str]:
    """Sentences of the pack's own bug classes that are true of no mutant."""
    said = {(item.bug_class, sentence) for item in told for sentence in item.sentences}
    for name in sorted({item.bug_class for item in told} & pack.own):
        for sentence in pack.bug_classes[name].symptoms:
            if (name, sentence) not in said:
                yield f"{name}: {sentence!r} is true of no mutant; mend its facts, or leave it out"


def wrong_signs(problem: Problem, gate: Gate) -> Iterator[str]:
    """What problem.toml speaks of and is not there, and tests of which it does not speak."""
    known = [gate.reference(problem, implementation) for implementation in problem.implementations.values()]
    tests = {base_name(test) for reference in known for test in reference.tests}
    labels = {label for reference in known for label in labels_of(reference.demo.printed)}
    for test in sorted(tests ^ problem.signs.tests.keys()) if problem.signs.tests else ():
        what = "is no test of its contract" if test not in tests else "is not there; say what its failure shows, or []"
        yield f"{problem.name}: [signs.tests] {test} {what}"
    for label in sorted(problem.signs.demo.keys() - labels):
        yield f"{problem.name}: [signs.demo] {label!r} is no line of its demo"
