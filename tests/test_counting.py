"""How many exercises a pack makes, and how sure an estimate is."""

from bugforge.audit.counting import Share, count
from bugforge.model import Difficulty
from bugforge.pack import load_pack
from bugforge.store import Store


def test_exercises_are_counted(tiny, runner):
    found = count(load_pack(tiny), runner, Store())
    assert found.by_problem["mean"] == {Difficulty.EASY: 1, "loud": 0}
    assert found.by_class == {"missing-division": 1}
    assert (found.pairs, found.two_bugs.drawn) == (0, 0)


def test_the_interval_of_a_share_holds_it():
    for hits, drawn in ((0, 10), (5, 10), (10, 10), (30, 60)):
        low, high = Share(hits, drawn).interval
        assert -1e-12 <= low <= hits / drawn <= high <= 1 + 1e-12
    assert Share(30, 60).interval[0] > Share(5, 10).interval[0]
