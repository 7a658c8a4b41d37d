"""The bank's file: whose it is, who may write it, and what is said where it cannot be used."""

import sqlite3
import stat
import threading

import pytest

from bugforge.bank import Bank, database
from bugforge.errors import BankError


def test_only_its_owner_reads_it_and_none_is_written_over(tmp_path):
    path = tmp_path / "bank.db"
    Bank.create(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(BankError, match="is there already; choose another --bank"):
        Bank.create(path)


def other_program(path):
    with sqlite3.connect(path) as connection:
        connection.execute("create table pages (text)")


def newer(path):
    Bank.create(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")


def damaged(path):
    Bank.create(path).close()
    data = bytearray(path.read_bytes())
    data[100:4000] = b"\xff" * 3900
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "there is no bank .*`bugforge bank init --bank"),
        (lambda path: path.mkdir(), "there is no bank"),
        (lambda path: path.write_text("Dear diary, " * 100), "is no bank; name the file"),
        (other_program, "is another program's database"),
        (newer, r"was made by a newer bugforge \(version 99\); update bugforge"),
        (damaged, "is damaged; `bugforge bank rescue`"),
    ],
)
def test_what_is_no_bank_is_told_and_left_alone(tmp_path, make, told):
    path = tmp_path / "bank.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BankError, match=told):
        Bank(path)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_network_folder_is_refused(tmp_path, monkeypatch):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:1 / / rw - ext4 /dev/x rw\n2 1 0:2 / {tmp_path} rw shared:1 - nfs4 server:/x rw\n")
    monkeypatch.setattr(database, "MOUNTS", mounts)
    with pytest.raises(BankError, match=r"lies on a network \(nfs4\)"):
        Bank.create(tmp_path / "bank.db")
    assert not (tmp_path / "bank.db").exists()


def test_a_full_disk_keeps_nothing_of_the_step(bank, vary):
    bank._database.connection.execute("pragma max_page_count = 40")
    with pytest.raises(BankError, match="the disk is full; nothing of this step was kept"):
        bank.add(vary(number) for number in range(100))
    assert bank.find() == []


def test_several_writers_lose_nothing(bank, vary, tmp_path):
    """Two threads with a connection each put in the same exercises."""

    def write():
        with Bank(tmp_path / "bank.db") as mine:
            for number in range(12):
                mine.add([vary(number)])

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bank.find()) == 12


def test_what_a_reader_keeps_from_being_wiped_is_told(bank, vary, tmp_path):
    bank.add([vary(1)])
    bank._database.connection.execute("pragma busy_timeout = 1")
    with Bank(tmp_path / "bank.db") as other, other._database.reading() as connection:
        connection.execute("select * from exercises").fetchone()
        with pytest.raises(BankError, match="its bytes are still in the file; when that has ended"):
            bank.forget_older_than(1)
    assert bank.forget_older_than(1) == 0
    assert (tmp_path / "bank.db-wal").stat().st_size == 0
