"""A practice day by day: what is given, what comes back, and whose midnight counts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bugforge import load_pack
from bugforge.errors import PracticeError
from bugforge.model import Difficulty, Grade
from bugforge.practice import Practice
from bugforge.practice.events import Checked, Opened, Why

BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")


class Clock:
    def __init__(self, *then, zone=UTC):
        self.moment = datetime(*then, tzinfo=zone)

    def __call__(self):
        return self.moment

    def later(self, **much):
        self.moment += timedelta(**much)


@pytest.fixture
def clock():
    return Clock(2026, 11, 2, 18)


@pytest.fixture
def practice(standard, tmp_path, clock):
    with Practice(pack=standard, folder=tmp_path, zone=UTC, now=clock, jobs=2) as made:
        yield made


def given(practice, name, grade=Grade.FIXED, why=Why.PLAN):
    """A drill that was given and checked, without one being made."""
    opened = Opened(name, "/x", why, "kmeans", "clustering", (f"class-of-{name}",), Difficulty.EASY, 3, 14)
    practice._journal.append(opened, practice.now())
    practice.send(Checked(name, grade))


def test_two_days_of_the_plan(practice, clock, tmp_path):
    practice.begin()
    seen = []
    for day in range(2):
        for number in range(3):
            drill = practice.next(tmp_path / "out")
            assert (tmp_path / "out" / drill.name / "README.md").exists()
            assert practice.sheet(drill).name == drill.name
            seen.append(drill)
            clock.later(minutes=4)
            practice.send(Checked(drill.name, Grade.NOT_FIXED if (day, number) == (0, 0) else Grade.FIXED))
        clock.later(days=1)
    first, second = seen[:3], seen[3:]
    assert {drill.opened.topic for drill in first} == {"linear_models"}
    assert [drill.opened.difficulty for drill in first] == [Difficulty.EASY, Difficulty.EASY, Difficulty.MEDIUM]
    assert sum(drill.opened.why is Why.REVIEW for drill in second) <= 1
    assert len({drill.name for drill in seen}) == 6
    planned = [drill.opened.bug_classes for drill in seen if drill.opened.why is Why.PLAN]
    assert len(set(planned)) == len(planned)
    assert practice.standing().day.number == 3
    assert practice.standing().day.topics == ("trees",)


def test_what_is_due_comes_back_in_another_problem(practice, clock, tmp_path):
    practice.begin()
    met = {"kmeans", "knn"}
    for problem in met:
        opened = Opened(
            f"{problem}-1", "/x", Why.PLAN, problem, "clustering", ("missing-bias",), Difficulty.EASY, 3, 14
        )
        practice._journal.append(opened, clock())
        practice.send(Checked(opened.drill, Grade.NOT_FIXED))
        practice.send(Checked(opened.drill, Grade.FIXED))
    clock.later(days=5)
    given(practice, "today-1")
    drill = practice.next(tmp_path / "out")
    assert (drill.opened.why, drill.opened.bug_classes) == (Why.REVIEW, ("missing-bias",))
    assert drill.opened.problem not in met
    assert "missing-bias" not in {one.bug_class for one in practice.standing().due}  # while it is open


def test_the_same_standing_gives_the_same_drill(practice, standard, tmp_path, clock):
    practice.begin()
    practice.prepare()
    first = practice.next(tmp_path / "a")
    with Practice("another", pack=standard, folder=tmp_path, zone=UTC, now=clock) as other:
        other._journal.append(practice._journal.events()[0][1], clock())
        assert other.next(tmp_path / "b").name == first.name


def test_a_day_missed_moves_on(practice, clock):
    practice.begin()
    given(practice, "a-1")
    clock.later(days=4)
    assert practice.standing().day.number == 2
    assert practice.standing().days_left == 13
    given(practice, "a-2")
    assert practice.standing().day.number == 2
    clock.later(days=1)
    assert practice.standing().day.number == 3


def test_half_of_a_days_drills_are_reviews_at_most(practice):
    practice.begin()
    wheres = []
    for number, why in enumerate((Why.PLAN, Why.REVIEW, Why.PLAN, Why.PLAN)):
        wheres.append(practice.standing().has_room_for_review)
        given(practice, f"a-{number}", why=why)
    assert wheres == [False, True, False, True]


def test_midnight_is_where_one_lives(standard, tmp_path):
    clock = Clock(2026, 11, 2, 11, 30)  # half past midnight in Auckland, of the next day
    for zone, number in ((AUCKLAND, 2), (UTC, 1)):
        with Practice(f"in-{number}", pack=standard, folder=tmp_path, zone=zone, now=clock) as practice:
            clock.later(hours=-2)
            practice.begin()
            given(practice, "a-1")
            clock.later(hours=2)
            assert practice.standing().day.number == number


def test_daylight_saving_makes_no_day(standard, tmp_path):
    """The night to the 25th of October 2026 has two hours from two to three in Berlin."""
    clock = Clock(2026, 10, 24, 23, 30, zone=BERLIN)
    clock.moment = clock.moment.astimezone(UTC)
    with Practice(pack=standard, folder=tmp_path, zone=BERLIN, now=clock) as practice:
        practice.begin()
        given(practice, "a-1")
        for hours, day in ((1, 2), (24, 2), (1, 3)):
            clock.later(hours=hours)
            assert practice.standing().day.number == day, clock.moment.astimezone(BERLIN)
            if hours == 1 and day == 2:
                given(practice, "a-2")


def test_a_clock_that_was_set_back_takes_nothing_back(practice, clock):
    practice.begin()
    given(practice, "a-1")
    clock.later(days=1)
    given(practice, "a-2")
    clock.later(days=-30)
    assert practice.standing().day.number == 2
    given(practice, "a-3")
    assert practice.standing().day.number == 2
    assert [drill.name for drill in practice.standing().today] == ["a-2", "a-3"]


def test_a_new_plan_keeps_what_was_learnt(practice, clock):
    practice.begin()
    given(practice, "a-1")
    clock.later(days=3)
    practice.begin("weekend", "netflix", 90)
    where = practice.standing()
    assert (where.day.number, len(where.plan.days), where.minutes_left) == (1, 2, 90)
    assert set(where.known) == {"class-of-a-1"}


def test_progress_adds_up(practice, clock):
    practice.begin()
    for number in range(3):
        given(practice, f"a-{number}", grade=Grade.FIXED if number else Grade.NOT_FIXED)
        clock.later(days=1)
    seen = practice.progress()
    assert (seen.drills, seen.fixed, seen.streak, seen.met) == (3, 2, 3, 3)
    assert [(one.drills, one.fixed) for one in seen.practised] == [(1, 0), (1, 1), (1, 1)]
    assert "class-of-a-0" not in {one.bug_class for one in seen.due}  # it is open still


def test_without_a_beginning_there_is_no_practice(practice, tmp_path):
    for act in (practice.standing, practice.progress, lambda: practice.next(tmp_path)):
        with pytest.raises(PracticeError, match="no practice was begun; `bugforge start` begins one"):
            act()
    with pytest.raises(PracticeError, match="has 5 minutes or more, not 2"):
        practice.begin(minutes=2)


def test_a_pack_without_the_topics_is_told(tmp_path, tiny, clock):
    told = pytest.raises(PracticeError, match="the pack has none of the topics of this plan")
    with Practice(pack=load_pack(tiny), folder=tmp_path, now=clock) as practice, told:
        practice.begin()
