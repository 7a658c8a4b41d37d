"""Ids are frozen: an exercise that somebody was handed keeps its name in every later version.

`ids.txt` lists every exercise with one bug that the standard pack has had; new ones are added to it.
"""

from pathlib import Path

from bugforge.forge.sites import Sites
from bugforge.gate.candidate import identifier

IDS = Path(__file__).with_name("ids.txt").read_text(encoding="utf-8").splitlines()


def test_every_exercise_keeps_its_id(standard, store):
    sites = Sites(standard, store)
    made = {
        f"{identifier(c.address)} {problem.name}/{implementation.name} {c.address.bugs[0].mutator}"
        for problem in standard.problems.values()
        for implementation in problem.implementations.values()
        for c in sites.candidates(problem, implementation)
    }
    assert not [line for line in IDS if line not in made]
