"""Sets for interviews: they fill the time, and nobody gets what they, or lately their group, have had."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bugforge.bank import Bank, Filter, Interview, Request, interviews
from bugforge.errors import BankError
from bugforge.pack import load_pack

ROUND = Interview("any", 45)


@pytest.fixture
def full(bank, vary):
    """Forty exercises of five minutes, of four topics and eight classes."""
    bank.add(vary(n, topic=f"topic{n % 4}", bug_class=f"class-{n % 8}") for n in range(40))
    return bank


def drawn(bank, candidate, **asked):
    return [item.id for item in bank.draw(Request(candidate, **{"interview": ROUND, **asked})).items]


def test_a_set_fills_the_time_with_different_things(full):
    found = full.draw(Request("ana", ROUND)).items
    assert len(found) == 4
    assert len({item.topic for item in found}) == len({item.bugs for item in found}) == 4


def test_nobody_has_an_exercise_twice_and_the_same_is_true_of_a_group(full):
    had = [id_ for _ in range(3) for id_ in drawn(full, "ana", group="spring")]
    had += [id_ for name in ("bob", "cy") for id_ in drawn(full, name, group="spring")]
    assert len(set(had)) == len(had) == 20
    assert len(full.find(Filter(used_by="ana"))) == 12


def test_a_group_forgets_after_its_window_and_a_person_never(full):
    first = drawn(full, "ana", group="spring", seed=1)
    assert drawn(full, "bob", group="spring", window=0, seed=1) == first
    with full._database.writing() as connection:
        connection.execute("update sets set drawn = '2020-01-01T00:00:00+00:00'")
    assert drawn(full, "cy", group="spring", seed=1) == first
    assert not {*drawn(full, "ana", group="spring", seed=1)} & {*first}


def test_what_is_missing_is_said_and_nothing_is_recorded(full):
    for name in ("ana", "bob"):
        drawn(full, name, group="spring", interview=Interview("any", 200))
    with pytest.raises(BankError) as told:
        drawn(full, "ana", group="spring", interview=Interview("any", 30, topics=frozenset({"topic1"})))
    assert "only 0 of 30 minutes can be filled: 0 exercises are left that fit; " in str(told.value)
    assert "this candidate has had and" in str(told.value)
    assert "bugforge bank fill --topic topic1" in str(told.value)
    assert len(full.find(Filter(used_by="ana"))) == 20


def test_a_sibling_has_the_same_bug_elsewhere(full):
    (model, *_) = drawn(full, "ana")
    (sibling,) = drawn(full, "ana", like=model)
    assert sibling != model
    assert full.item(sibling).bugs == full.item(model).bugs
    for _ in range(3):
        drawn(full, "ana", like=model)
    with pytest.raises(BankError, match=r"there is no other .* exercise with class-"):
        drawn(full, "ana", like=model)


def test_the_same_seed_draws_the_same(full, tmp_path):
    assert drawn(full, "ana", seed=7) == drawn(full, "bob", seed=7)
    assert drawn(full, "dan", seed=7) != drawn(full, "eve", seed=8)


@pytest.mark.parametrize("name", ["", " ", "x" * 10_000, "line\nbreak", "\x1b[31m"])
def test_what_is_no_id_is_refused(full, name):
    with pytest.raises(BankError, match="a candidate's id"):
        drawn(full, name)


@pytest.mark.parametrize("name", ["a/b/../c", "O'Hara; --", '"', "=1+1", "Zoë 🙂", "-n"])
def test_any_other_text_is_an_id(full, name):
    assert len(drawn(full, name)) == len(full.find(Filter(used_by=name))) == 4


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=20), st.integers(10, 90), st.integers(0, 1000))
def test_a_set_never_exceeds_its_time(tmp_path_factory, vary, minutes, length, seed):
    with Bank.create(tmp_path_factory.mktemp("bank") / "bank.db") as bank:
        bank.add(vary(number, minutes=needed) for number, needed in enumerate(minutes))
        try:
            found = bank.draw(Request("ana", Interview("any", length), seed=seed))
        except BankError:
            return
        assert sum(item.minutes + 5 for item in found.items) == found.minutes <= length
        assert len({item.id for item in found.items}) == len(found.items)


def test_the_formats_speak_of_topics_that_there_are():
    topics = {problem.topic for problem in load_pack().problems.values()}
    for interview in interviews().values():
        assert interview.topics <= topics
