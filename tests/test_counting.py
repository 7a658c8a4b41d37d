"""How many exercises a pack makes."""

from bugforge.audit.counting import count
from bugforge.model import Difficulty
from bugforge.pack import load_pack
from bugforge.store import Store


def test_exercises_are_counted(tiny, runner):
    found = count(load_pack(tiny), runner, Store())
    assert found.by_problem["mean"] == {Difficulty.EASY: 1, "loud": 0}
    assert found.by_class == {"missing-division": 1}
    assert (found.pairs, found.two_bugs.drawn) == (0, 0)
