"""A drill's states, whatever happens in whatever order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from bugforge.model import Difficulty, Grade
from bugforge.practice.drill import AT_WORK, OVER, State, drills
from bugforge.practice.events import Checked, GivenUp, Hinted, Looked, Opened, Said, Step, Tried, Why, Worked
from bugforge.practice.memory import rating, remembered

THEN = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
OPENED = Opened("mean-1", "/x", Why.PLAN, "mean", "basics", ("a-class",), Difficulty.EASY, 4, 14)
FIXED, NOT_FIXED = Checked("mean-1", Grade.FIXED), Checked("mean-1", Grade.NOT_FIXED)
EVENTS = st.sampled_from(
    [
        FIXED,
        NOT_FIXED,
        Checked("mean-1", Grade.FIXED, True),
        GivenUp("mean-1"),
        Hinted("mean-1"),
        Looked("mean-1"),
        Tried("mean-1", "it holds no test"),
        Worked("mean-1", 30.0),
        *(Said("mean-1", step, "words") for step in Step),
        Hinted("another-2"),
    ]
)


def after(*events):
    times = (THEN + timedelta(minutes=number) for number in range(len(events) + 1))
    return drills(zip(times, (OPENED, *events), strict=True))["mean-1"]


def test_the_way_of_a_drill():
    assert after().state is State.OPEN
    assert after(Said("mean-1", Step.SUSPECTED, "", 3)).state is State.DIAGNOSED
    assert after(Hinted("mean-1")).state is State.HINTED
    assert after(NOT_FIXED).state is State.CHECKED
    assert after(NOT_FIXED, FIXED).state is State.FIXED
    assert after(FIXED, Said("mean-1", Step.REASON, "because")).state is State.EXPLAINED
    assert after(GivenUp("mean-1"), FIXED).state is State.GIVEN_UP


@given(st.lists(EVENTS, max_size=12))
def test_a_drill_that_is_over_stays_as_it_ended(events):
    seen = [after(*events[:number]) for number in range(len(events) + 1)]
    for before, now in pairwise(seen):
        if before.state in OVER:
            assert (now.hints, now.looks, now.checks) == (before.hints, before.looks, before.checks)
            assert (now.ended, now.fixed) == (before.ended, before.fixed)
    last = seen[-1]
    assert (last.ended is None) == (last.state in AT_WORK)
    assert last.fixed == any(isinstance(e, Checked) and e.grade is Grade.FIXED for e in _up_to_the_end(events))
    assert 0 <= last.communication <= 10


def _up_to_the_end(events):
    for event in events:
        yield event
        if isinstance(event, GivenUp) or (isinstance(event, Checked) and event.grade is Grade.FIXED):
            return


def test_help_costs_and_never_more_than_there_is():
    assert after(Hinted("mean-1"), Looked("mean-1")).communication == 6
    assert after(*[Hinted("mean-1")] * 5).communication == 0


def test_minutes_are_those_at_the_screen_where_they_were_counted():
    assert after(NOT_FIXED, FIXED).minutes == 2
    assert after(Worked("mean-1", 30.0), FIXED, Worked("mean-1", 600.0)).minutes == 0.5


def test_a_rating_comes_from_the_verdict():
    right = Checked("mean-1", Grade.FIXED, True)
    assert rating(after()) is rating(after(GivenUp("mean-1"))) is Rating.Again
    assert rating(after(Hinted("mean-1"), right)) is Rating.Hard
    assert rating(after(NOT_FIXED, NOT_FIXED, right)) is Rating.Good
    assert rating(after(FIXED)) is rating(after(Checked("mean-1", Grade.FIXED, False))) is Rating.Good
    assert rating(after(right)) is Rating.Easy


def test_a_drill_that_was_left_for_another_counts_as_not_fixed():
    assert remembered([after()]) == {}
    (known,) = remembered([after(), after(FIXED)]).values()
    assert (known.times, known.last) == (2, Rating.Good)


def test_nothing_comes_back_later_than_the_days_that_are_left():
    easy = after(Checked("mean-1", Grade.FIXED, True))
    (known,) = remembered([easy, easy, easy], UTC).values()
    assert timedelta(1) <= known.due - easy.ended.date() <= timedelta(14)
    assert known.is_known
