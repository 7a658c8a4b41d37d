"""How sure an estimate of a share is."""

from bugforge.share import Share


def test_the_interval_of_a_share_holds_it():
    for hits, drawn in ((0, 10), (5, 10), (10, 10), (30, 60)):
        low, high = Share(hits, drawn).interval
        assert -1e-12 <= low <= hits / drawn <= high <= 1 + 1e-12
    assert Share(30, 60).interval[0] > Share(5, 10).interval[0]
