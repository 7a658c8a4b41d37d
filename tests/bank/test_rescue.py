"""A damaged bank: what can be read of it is in a new one, and the old one is as it was."""

import pytest

from bugforge.bank import Bank, Interview, Request
from bugforge.errors import BankError, SheetError


@pytest.fixture
def full(tmp_path, vary):
    with Bank.create(tmp_path / "bank.db") as bank:
        bank.add(vary(n, bug_class=f"class-{n % 8}") for n in range(60))
        bank.note("000000000001", "a note")
        bank.draw(Request("ana", Interview("any", 45)))
    return tmp_path / "bank.db"


def test_a_whole_bank_is_copied(full, tmp_path):
    found = Bank.rescue(full, tmp_path / "new.db")
    assert all(one.whole and not one.refused for one in found)
    with Bank(full) as old, Bank(tmp_path / "new.db") as new:
        assert new.find() == old.find()
        assert [new.sheet(item.id) for item in new.find()] == [old.sheet(item.id) for item in old.find()]
        assert new.notes("000000000001") == old.notes("000000000001")
    assert (tmp_path / "new.db.secret").read_bytes() == (tmp_path / "bank.db.secret").read_bytes()


@pytest.mark.parametrize("page", [10, 30, 50, 80])
def test_of_a_damaged_bank_the_rest_is_saved(full, tmp_path, page):
    data = bytearray(full.read_bytes())
    assert page * 4096 < len(data)
    data[page * 4096 : page * 4096 + 4096] = b"\xff" * 4096
    full.write_bytes(data)
    found = {one.table: one for one in Bank.rescue(full, tmp_path / "new.db")}
    assert full.read_bytes() == bytes(data)
    with Bank(tmp_path / "new.db") as new:
        items = new.find()
        assert 40 <= len(items) == found["exercises"].kept <= 60
        for item in items:
            assert new.sheet(item.id).id == item.id
        with new._database.reading() as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            assert connection.execute("pragma foreign_key_check").fetchone() is None


def test_a_sheet_that_was_changed_is_not_believed(full, tmp_path):
    with Bank(full) as bank:
        with bank._database.writing() as connection:
            connection.execute("update exercises set sheet = x'00' where id = '000000000002'")
        with pytest.raises(SheetError, match="is damaged"):
            bank.sheet("000000000002")
    found = {one.table: one for one in Bank.rescue(full, tmp_path / "new.db")}
    assert (found["exercises"].kept, found["exercises"].refused) == (59, 1)


def test_where_nothing_can_be_read_that_is_told(tmp_path):
    (tmp_path / "no.db").write_bytes(b"\xff" * 9000)
    with pytest.raises(BankError, match=r"nothing of .*no.db can be read"):
        Bank.rescue(tmp_path / "no.db", tmp_path / "new.db")
    with pytest.raises(BankError, match="there is no"):
        Bank.rescue(tmp_path / "nowhere.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
