"""Plans: topics in their order, anything at the end, and what the pack has not."""

import pytest

from bugforge.errors import PracticeError
from bugforge.interviews import interviews
from bugforge.practice.plan import plan, plan_names


def topics_of(standard):
    return {problem.topic for problem in standard.problems.values()}


def test_the_two_weeks_are_those_of_the_interview(standard):
    found = plan("two-weeks", "any", topics_of(standard))
    assert [day.topics for day in found.days[::2]] == [
        ("linear_models",),
        ("trees",),
        ("clustering", "nearest_neighbors"),
        ("neural_networks",),
        ("data_processing", "feature_engineering"),
        ("metrics",),
        (),
    ]
    assert [day.topics for day in found.days[::2]] == [day.topics for day in found.days[1::2]]
    assert found.skipped == ()


@pytest.mark.parametrize("interview", interviews())
@pytest.mark.parametrize("name", plan_names())
def test_every_topic_has_its_day(standard, name, interview):
    found = plan(name, interview, topics_of(standard))
    taught = [topic for day in found.days for topic in day.topics]
    assert set(taught) == set(found.topics)
    assert not found.days[-1].topics or name == "weekend"
    order = [topic for n, topic in enumerate(taught) if topic not in taught[:n]]
    assert order == list(found.topics)
    if interview != "any":
        assert set(taught) | set(found.skipped) == interviews()[interview].topics


def test_what_the_pack_has_not_is_named_and_skipped():
    found = plan("one-week", "any", {"trees", "metrics"})
    assert found.topics == ("trees", "metrics")
    assert "linear_models" in found.skipped
    assert [day.topics for day in found.days] == [("trees",)] * 3 + [("metrics",)] * 2 + [()] * 2
    assert found.day(12) == found.days[-1]


def test_what_there_is_not_is_told():
    with pytest.raises(PracticeError, match="there is no plan 'month'; there are: two-weeks, one-week, weekend"):
        plan("month", "any", {"trees"})
    with pytest.raises(PracticeError, match="there is no interview 'ibm'"):
        plan("weekend", "ibm", {"trees"})
    with pytest.raises(PracticeError, match="the pack has none of the topics of this plan"):
        plan("weekend", "any", {"basics"})
