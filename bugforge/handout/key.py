"""The answer key of an exercise: everything its page and its patch are rendered from."""

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from bugforge.handout.text import render
from bugforge.model import Exercise, Planted
from bugforge.mutation.diff import changed_lines, patch
from bugforge.pack import Pack


def build(exercise: Exercise, pack: Pack) -> dict[str, Any]:
    """The key as plain data; `.json` is this, `.md` and `.patch` are rendered from it."""
    address, observation = exercise.mutant.address, exercise.observation
    problem = pack.problems[address.problem]
    pairs = zip(address.bugs, exercise.repaired, strict=True)
    bugs = [_bug(planted, pack, changed_lines(exercise.mutant.source, repaired)) for planted, repaired in pairs]
    return {
        "id": exercise.id,
        "pack": pack.name,
        "pack_digest": pack.digest,
        "difficulty": exercise.difficulty,
        "problem": {
            "name": problem.name,
            "title": problem.title,
            "minutes": problem.minutes,
            "implementation": address.implementation,
            "talking_points": problem.talking_points,
        },
        "bugs": bugs,
        "patch": patch(exercise.mutant.source, exercise.original, f"{problem.name}.py"),
        "observation": dataclasses.asdict(observation),
        "score_sheet": score_sheet(exercise, bugs, problem.concepts),
    }


def _bug(planted: Planted, pack: Pack, lines: list[int]) -> dict[str, Any]:
    mutator = pack.mutators[planted.mutator]
    return {
        "id": mutator.id,
        "category": mutator.category,
        "site": str(planted.site),
        "lines": lines,
        "title": mutator.title,
        "why": mutator.why,
        "symptom": mutator.symptom,
        "hints": mutator.hints,
        "follow_ups": dict(mutator.follow_ups),
        "sources": mutator.sources,
    }


def score_sheet(exercise: Exercise, bugs: Sequence[dict[str, Any]], concepts: Sequence[str]) -> list[dict[str, Any]]:
    """The rubric of an ML coding round, filled from what the gate saw of this exercise."""
    observation = exercise.observation
    edges = set(observation.failing_edge_cases)
    ordinary = [name for name in observation.failing if name not in edges]
    lines = changed_lines(exercise.mutant.source, exercise.original)
    look_for = {
        ("correctness", 30): [
            f"{_counted(ordinary, 'failing test')} pass now" if ordinary else "the failing edge cases pass",
            f"none of the {len(observation.passing)} passing tests breaks",
        ],
        ("ML understanding", 25): [f"explains in own words: {bug['title'].rstrip('.')}" for bug in bugs]
        + [f"can speak about {', '.join(concepts)}"],
        ("code quality", 20): [f"{_counted(lines, 'changed line')} would do", "names and signatures are kept"],
        ("edge cases", 15): [f"{name.rpartition('::')[2]} passes" for name in observation.failing_edge_cases]
        or ["names an input that could still break it"],
        ("communication", 10): ["said what the code should do before changing it", "full points without hints"],
    }
    return [{"criterion": name, "weight": weight, "look_for": items} for (name, weight), items in look_for.items()]


def _counted(items: Sequence[object], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"


def as_json(key: dict[str, Any]) -> str:
    return json.dumps(key, indent=2, ensure_ascii=False) + "\n"


SHOWS = {
    "crashes": "it raises an error",
    "NaN": "it shows as NaN",
    "warns": "it shows as a warning",
    "silent": "it is silent",
}


def as_markdown(key: dict[str, Any]) -> str:
    return render("key.md.j2", **key, shows=SHOWS[key["observation"]["shows"]])
