"""Damaged banks: what can be read is kept, what is lost is counted, and the damaged file stays as it was."""

import shutil
import sqlite3

import pytest
from click.testing import CliRunner

from bugforge.bank import Bank, Criterion, Interview, Request
from bugforge.bank.grading import grade
from bugforge.bank.variants.secret import secret_path
from bugforge.cli import main
from bugforge.errors import BankError
from bugforge.grading.verdict import Verdict
from bugforge.model import Grade

ROUND = Interview("any", 45)
EXERCISES = 40


class NothingFixed:
    """Takes the place of the grader."""

    runner, seeds = None, (3,)

    def grade(self, submissions):
        return enumerate(Verdict(one.name, Grade.NOT_FIXED, "by simulation") for one in submissions)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, vary):
    """A bank in which everything is used; closed, so that its file is all there is."""
    place = tmp_path_factory.mktemp("whole")
    with Bank.create(place / "bank.db") as bank:
        bank.add(vary(n, topic=f"topic{n % 4}", bug_class=f"class-{n % 8}") for n in range(EXERCISES))
        for number in range(20):
            bank.tag(f"{number:012x}", ["good"])
            bank.note(f"{number:012x}", f"Note {number}. " + "Ask about the edges. " * 40)
        for name in ("ana", "bob", "cy"):
            number = bank.draw(Request(name, ROUND)).number
            labels = bank.hand_out(name, place / name, number, variants=False).labels
            grade(bank._database, place / name, NothingFixed())
            bank.score(next(iter(labels)), {Criterion.UNDERSTANDING: 20})
    return place / "bank.db"


@pytest.fixture
def damaged(whole, tmp_path):
    """A copy to be damaged."""
    return shutil.copy(whole, tmp_path / "damaged.db")


def pages_of(path, table):
    """The numbers of the pages that a table's rows lie on, and the size of a page."""
    with sqlite3.connect(path) as connection:
        (root,) = connection.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()
        (size,) = connection.execute("pragma page_size").fetchone()
    data, waiting, leaves = path.read_bytes(), [root], []
    while waiting:
        start = (waiting.pop() - 1) * size
        page = data[start : start + size]
        if page[0] in (0x0D, 0x0A):
            leaves.append(start // size + 1)
        else:
            cells = int.from_bytes(page[3:5], "big")
            at = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(cells)]
            children = [int.from_bytes(page[place : place + 4], "big") for place in at]
            waiting += reversed([*children, int.from_bytes(page[8:12], "big")])
    return leaves, size


def spoil(path, page, size):
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)


def test_a_bank_that_is_whole_is_copied_whole_with_its_secret(whole, tmp_path):
    rescued = Bank.rescue(whole, tmp_path / "new.db")
    assert secret_path(tmp_path / "new.db").read_bytes() == secret_path(whole).read_bytes()
    assert secret_path(tmp_path / "new.db").stat().st_mode & 0o777 == 0o600
    assert {*rescued.lost.values()} == {0}
    assert rescued.kept["exercises"] == EXERCISES
    assert (rescued.kept["candidates"], rescued.kept["submissions"], rescued.kept["notes"]) == (3, 12, 20)
    with Bank(whole) as old, Bank(tmp_path / "new.db") as new:
        assert new.find() == old.find()
        tables = ("bugs", "tags", "notes", "sets", "assignments", "submissions", "scores")
        for question in (f"select * from {table} order by 1, 2" for table in tables):
            rows = [bank._database.connection.execute(question).fetchall() for bank in (old, new)]
            assert rows[0] == rows[1]


def test_a_bank_of_an_older_version_is_rescued_as_it_is(damaged, tmp_path):
    with sqlite3.connect(damaged) as connection:
        connection.execute("alter table submissions drop column found")
        connection.execute("alter table assignments drop column hints")
        connection.execute("pragma user_version = 1")
    rescued = Bank.rescue(damaged, tmp_path / "new.db")
    assert {*rescued.lost.values()} == {0}
    assert rescued.kept["submissions"] == 12
    with Bank(tmp_path / "new.db") as new:
        assert "Submission" in new.score_sheet("ana")


@pytest.mark.parametrize("where", [0, 1, -1])
def test_a_page_that_is_lost_takes_only_its_rows_with_it(damaged, tmp_path, where):
    leaves, size = pages_of(damaged, "notes")
    assert len(leaves) > 3
    spoil(damaged, leaves[where], size)
    before = damaged.read_bytes()
    rescued = Bank.rescue(damaged, tmp_path / "new.db")
    assert damaged.read_bytes() == before
    assert rescued.kept["notes"] + rescued.lost["notes"] == 20
    assert 0 < rescued.lost["notes"] <= 8
    assert {rescued.lost[table] for table in rescued.lost if table != "notes"} == {0}


def test_an_exercise_whose_sheet_is_harmed_is_lost_with_what_refers_to_it(damaged, tmp_path):
    with sqlite3.connect(damaged) as connection:
        (used,) = connection.execute("select exercise from assignments limit 1").fetchone()
        connection.execute("update exercises set sheet = substr(sheet, 1, 100) where id = ?", (used,))
    rescued = Bank.rescue(damaged, tmp_path / "new.db")
    assert (rescued.kept["exercises"], rescued.lost["exercises"]) == (EXERCISES - 1, 1)
    assert rescued.lost["assignments"] == rescued.lost["submissions"] >= 1
    with Bank(tmp_path / "new.db") as new:
        assert len(new.find()) == EXERCISES - 1
        assert new.sheet(new.find()[0].id).bugs


@pytest.mark.parametrize("tidied", [False, True])
def test_the_first_page_is_made_again(damaged, tmp_path, tidied):
    if tidied:
        with Bank(damaged) as bank:
            bank.forget("cy")
    data = bytearray(damaged.read_bytes())
    data[100:4000] = b"\xff" * 3900
    damaged.write_bytes(data)
    with pytest.raises(BankError, match="is damaged; `bugforge bank rescue`"):
        Bank(damaged)
    rescued = Bank.rescue(damaged, tmp_path / "new.db")
    assert rescued.kept["exercises"] == EXERCISES
    assert rescued.kept["submissions"] == (8 if tidied else 12)
    with Bank(tmp_path / "new.db") as new:
        assert len(new.draw(Request("dan", ROUND)).items) == 4


def test_what_lies_in_the_log_is_rescued_too(damaged, tmp_path, vary):
    with Bank(damaged) as bank:
        bank.add([vary(99)])
        rescued = Bank.rescue(damaged, tmp_path / "new.db")
    assert rescued.kept["exercises"] == EXERCISES + 1


def test_the_command_says_what_was_lost(damaged, tmp_path):
    leaves, size = pages_of(damaged, "notes")
    spoil(damaged, leaves[1], size)
    told = CliRunner().invoke(main, ["bank", "rescue", "--bank", str(damaged), "--out", str(tmp_path / "new.db")])
    assert told.exit_code == 0, told.output
    assert f"exercises: {EXERCISES} kept, 0 lost" in told.output
    assert "notes: 1" in told.output
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_rescued_is_told_and_nothing_is_left(damaged, tmp_path):
    before = {*tmp_path.iterdir()}
    with pytest.raises(BankError, match="there is no bank"):
        Bank.rescue(tmp_path / "nothing.db", tmp_path / "new.db")
    with pytest.raises(BankError, match="is there already; choose another --out"):
        Bank.rescue(damaged, damaged)
    with pytest.raises(BankError, match="choose another --out"):
        Bank.rescue(damaged, tmp_path / "nowhere" / "new.db")
    data = damaged.read_bytes()
    damaged.write_bytes(data[:100] + b"\xff" * (len(data) - 100))
    with pytest.raises(BankError, match="nothing can be read of"):
        Bank.rescue(damaged, tmp_path / "new.db")
    damaged.write_text("Dear diary, " * 100)
    with pytest.raises(BankError, match="is no bank"):
        Bank.rescue(damaged, tmp_path / "new.db")
    assert {*tmp_path.iterdir()} == before
