"""Exercises in a bank: whole, found by what they are, never twice."""

import shutil
from dataclasses import replace

import pytest

from bugforge import load_pack
from bugforge.bank import Bank, Filter
from bugforge.bank.fingerprint import fingerprint
from bugforge.errors import BankError
from bugforge.model import Difficulty
from tests.conftest import write_tiny


def test_a_sheet_comes_back_as_it_was_put_in(bank, sheet):
    assert bank.add([sheet]) == 1
    assert bank.sheet(sheet.id) == bank.sheet(sheet.name) == sheet


def test_an_exercise_that_differs_in_local_names_only_is_put_in_once(bank, sheet):
    renamed = sheet.broken.replace("total", "sum_of_all")
    alike = replace(sheet, id="0" * 12, files={**sheet.files, sheet.program: renamed})
    assert bank.add([sheet, alike]) == 1


def test_fingerprints():
    first = fingerprint('def f(x):\n    "Adds."\n    y = x + 1\n    return y\n')
    assert first == fingerprint("def f(a):  # other names and words\n    b = a + 1\n    return (b)\n")
    assert first != fingerprint("def f(a):\n    b = a + 1\n    return a\n")
    assert first != fingerprint("def f(a):\n    b = a + 2\n    return b\n")
    nested = "def f(x):\n    def {0}(y):\n        return x + y\n    return {0}\n"
    assert fingerprint(nested.format("inner")) == fingerprint(nested.format("add"))
    assert fingerprint(nested.format("inner")) != fingerprint(nested.format("inner").replace("x + y", "y + x"))


def test_filters(bank, vary):
    bank.add(
        [
            vary(1, topic="trees"),
            vary(2, minutes=9, difficulty=Difficulty.HARD),
            vary(3, bug_class="missing-bias"),
        ]
    )
    bank.tag("mean-000000000001", ["good", "short"])
    bank.retire("000000000003", "seen on a forum")

    def found(**wanted):
        return [int(item.id, 16) for item in bank.find(Filter(**wanted))]

    assert found() == [1, 2]
    assert found(topics=frozenset({"trees", "metrics"})) == [1]
    assert found(difficulty=Difficulty.HARD) == found(loud=False, minutes=9, difficulty=Difficulty.HARD) == [2]
    assert found(minutes=8) == found(tags=frozenset({"good"})) == [1]
    assert found(bug_classes=frozenset({"missing-bias"}), retired=True) == [3]
    assert found(categories=frozenset({"statistics"}), bug_count=1) == [1, 2]
    assert found(bug_count=2) == found(used_by="nobody") == []


def test_what_is_said_of_an_exercise_is_kept(bank, sheet):
    bank.add([sheet])
    bank.tag(sheet.id, ["good"])
    bank.note(sheet.id, "Ask for the median.")
    bank.retire(sheet.id, "leaked")
    item = bank.item(sheet.id)
    assert (item.tags, item.reason, [text for _, text in bank.notes(sheet.id)]) == (
        ("good",),
        "leaked",
        ["Ask for the median."],
    )
    bank.untag(sheet.id, ["good"])
    bank.restore(sheet.id)
    assert (bank.item(sheet.id).tags, bank.item(sheet.id).retired) == ((), None)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda bank: bank.sheet("kmeans-0123456789ab"), "has no exercise 'kmeans-0123456789ab'"),
        (lambda bank: bank.retire("'; drop table exercises; --"), "has no exercise"),
        (lambda bank: bank.tag("000000000001", ["two words"]), "is no tag"),
        (lambda bank: bank.note("000000000001", " "), "a note has between 1 and 10,000 characters"),
    ],
)
def test_bad_requests_are_told(bank, vary, ask, told):
    bank.add([vary(1)])
    with pytest.raises(BankError, match=told):
        ask(bank)
    assert len(bank.find()) == 1


def test_a_bank_is_filled_and_outlives_its_pack(tmp_path):
    root = write_tiny(tmp_path / "tiny")
    with Bank.create(tmp_path / "bank.db") as bank:
        filled = bank.fill(2, pack=load_pack(root), loud=True, seed=1)
        assert (filled.added, filled.total, filled.exhausted) == (1, 1, True)
        assert bank.fill(until=1, pack=load_pack(root), seed=2).added == 0
        shutil.rmtree(root)
        (item,) = bank.find()
        assert bank.sheet(item.id).about.name == "mean"
