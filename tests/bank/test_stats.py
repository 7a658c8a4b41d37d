"""Figures of simulated candidates whose ability is known, and people who are forgotten."""

import math
import random

import pytest

from bugforge.bank import Bank, Interview, Request
from bugforge.bank.answer_form import Answer
from bugforge.bank.grading import _json
from bugforge.errors import BankError
from bugforge.grading.verdict import Diagnosis, Nearness, Verdict
from bugforge.model import Grade

FAMILIES, EXERCISES, CANDIDATES = 6, 30, 300
COIN = 5  # the family whose answers are of chance
ROUND = Interview("any", 45)
SECRET_TEXT = "def mean(values): return 'text of one candidate alone'"


def hand_in(bank, label, fixed, minutes=4.0, right=True, month=None):
    """What a grading writes of one exercise."""
    near = Nearness.RIGHT if right else Nearness.WRONG
    verdict = Verdict("mean", Grade.FIXED if fixed else Grade.NOT_FIXED, "", diagnosis=(Diagnosis(near, None),))
    row = label, "2026-01-01T00:00:00+00:00", SECRET_TEXT, _json(Answer(minutes=minutes)), _json(verdict)
    with bank._database.writing() as connection:
        into = "insert into submissions (label, graded, program, answer, verdict) values (?, ?, ?, ?, ?)"
        connection.execute(into, row)
        if month:
            change = "update sets set drawn = ? where id = (select set_id from assignments where label = ?)"
            connection.execute(change, (f"{month}-15T00:00:00+00:00", label))


def labels(bank, name):
    """What was drawn for a candidate: label and number of the family."""
    with bank._database.reading() as connection:
        rows = connection.execute(
            "select label, exercise from assignments join sets on sets.id = set_id"
            " join candidates on candidates.id = candidate where name = ? order by position",
            (name,),
        )
        return [(label, int(exercise, 16) % FAMILIES) for label, exercise in rows]


def chance(ability, family):
    return 0.5 if family == COIN else 1 / (1 + math.exp(-2 * (ability - (family - 2))))


@pytest.fixture(scope="module")
def simulated(tmp_path_factory, vary):
    """Sets of four for many candidates; family n is the harder the larger n is."""
    dice = random.Random(7)
    with Bank.create(tmp_path_factory.mktemp("bank") / "bank.db") as bank:
        bank.add(vary(n, bug_class=f"class-{n % FAMILIES}", topic=f"topic-{n % 2}") for n in range(EXERCISES))
        for number in range(CANDIDATES):
            name, ability = f"candidate {number}", dice.gauss(0, 1.5)
            bank.draw(Request(name, ROUND, seed=number))
            for label, family in labels(bank, name):
                hand_in(bank, label, dice.random() < chance(ability, family), month=f"2026-{number % 3 + 1:02}")
        yield bank


def test_harder_families_are_fixed_less_often(simulated):
    families = {one.name: one for one in simulated.stats().families}
    facility = [families[f"mean: class-{n}"].facility.value for n in range(FAMILIES - 1)]
    assert facility == sorted(facility, reverse=True)
    for n in range(FAMILIES - 1):
        truth = sum(chance(random.Random(k).gauss(0, 1.5), n) for k in range(2000)) / 2000
        low, high = families[f"mean: class-{n}"].facility.interval
        assert low - 0.05 < truth < high + 0.05


def test_what_is_left_to_chance_does_not_tell_people_apart(simulated):
    told = {one.name: one.discrimination for one in simulated.stats().families}
    real = [told[f"mean: class-{n}"] for n in range(1, FAMILIES - 1)]
    assert min(real) > 0.2 > abs(told[f"mean: class-{COIN}"])


def test_every_kind_adds_up(simulated):
    found = simulated.stats()
    assert found.answers == sum(one.answers for one in found.families) == sum(one.answers for one in found.topics)
    assert {one.minutes for one in found.families} == {4.0}
    assert {one.diagnoses.value for one in found.classes} == {1.0}
    assert {month for one in found.families for month in one.months} == {"2026-01", "2026-02", "2026-03"}


def test_nothing_is_said_of_fewer_than_five(bank, vary):
    bank.add(vary(n, bug_class="class-0") for n in range(8))
    bank.draw(Request("ana", ROUND))
    for label, _ in labels(bank, "ana"):
        hand_in(bank, label, fixed=True)
    found = bank.stats()
    assert (found.answers, found.families, found.few, found.false_alarms) == (4, (), 1, None)
    assert found.classes == found.topics == found.difficulties == ()


def test_the_first_submission_is_told_from_the_best(bank, vary):
    bank.add(vary(n, bug_class="class-0") for n in range(8))
    for name in ("ana", "bob"):
        bank.draw(Request(name, ROUND))
        for label, _ in labels(bank, name):
            hand_in(bank, label, fixed=False, right=False)
            hand_in(bank, label, fixed=True)
            hand_in(bank, label, fixed=False)
    (family,) = bank.stats().families
    assert (family.answers, family.facility.value, family.first.value) == (8, 1.0, 0.0)
    assert family.diagnoses.value == 1.0


def test_hints_are_a_mean_of_what_interviewers_noted(bank, vary):
    bank.add(vary(n, bug_class="class-0") for n in range(8))
    for name in ("ana", "bob"):
        bank.draw(Request(name, ROUND))
        for label, _ in labels(bank, name):
            hand_in(bank, label, fixed=True)
    drawn = [label for name in ("ana", "bob") for label, _ in labels(bank, name)]
    for hints, label in enumerate(drawn[:4]):
        bank.score(label, {}, hints)
    assert bank.stats().families[0].hints is None
    bank.score(drawn[4], {}, 4)
    assert bank.stats().families[0].hints == 2.0
    with pytest.raises(BankError, match="0 to 99 hints, not -1"):
        bank.score(drawn[4], {}, -1)


def test_whoever_is_forgotten_is_nowhere_and_the_counts_stay(tmp_path, vary):
    path = tmp_path / "bank.db"
    with Bank.create(path) as bank:
        bank.add(vary(n, bug_class="class-0") for n in range(30))
        for name in ("ana@example.org", "bob@example.org", "cy@example.org"):
            bank.draw(Request(name, ROUND, group="spring"))
            for label, _ in labels(bank, name):
                hand_in(bank, label, fixed=name.startswith("ana"), month="2026-05")
        exercise = bank.find()[0].id
        for text in ("Ana@example.org found a second bug", "the name of Diana@example.org", "a good one"):
            bank.note(exercise, text)
        before, uses = bank.stats(), sum(item.uses for item in bank.find())
        bank.forget("ana@example.org")
        bank.forget("bob@example.org")
        (family,), (whole,) = bank.stats().families, before.families
        assert (family.facility, family.first, family.months) == (whole.facility, whole.first, whole.months)
        assert sum(item.uses for item in bank.find()) == uses
        with pytest.raises(BankError, match="knows no candidate"):
            bank.forget("ana@example.org")
        assert [text for _, text in bank.notes(exercise)] == ["the name of Diana@example.org", "a good one"]
        held = b"".join(p.read_bytes() for p in tmp_path.iterdir())
        assert b"ana@" not in held.replace(b"Diana", b"")
        assert b"cy@" in held
        assert bank.forget_older_than(30) == 1
        assert bank.forget_older_than(30) == 0
    held = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"@example.org" not in held.replace(b"Diana@example.org", b"")
    assert b"text of one candidate alone" not in held
