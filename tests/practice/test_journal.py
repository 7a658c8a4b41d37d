"""The journal: events in their order, which nobody changes; what cannot be read is moved aside and named."""

import os
import signal
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bugforge.errors import PracticeError
from bugforge.model import Difficulty
from bugforge.practice.events import Begun, GivenUp, Hinted, Opened, Why
from bugforge.practice.journal import Journal, journal_path

THEN = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
BEGUN = Begun("two-weeks", "any", 45, 7)


@pytest.fixture
def path(tmp_path):
    return journal_path("me", tmp_path / "data")


def opened(sheet):
    return Opened(sheet.name, "/x", Why.PLAN, "mean", "basics", ("missing-division",), Difficulty.EASY, 3, 14)


def test_what_was_written_is_read_again(path, sheet):
    journal = Journal(path)
    journal.append(BEGUN, THEN)
    journal.append(opened(sheet), THEN, sheet)
    journal.close()
    again = Journal(path)
    assert again.events() == [(THEN, BEGUN), (THEN, opened(sheet))]
    assert again.sheet(sheet.name) == sheet
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(PracticeError, match="is no drill of this practice"):
        again.sheet("other-0")


def test_nobody_changes_or_deletes_an_event(path):
    Journal(path).append(BEGUN, THEN)
    with sqlite3.connect(path) as connection:
        for statement in ("update events set at = ''", "delete from events"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(statement)


def test_time_is_utc_and_does_not_go_back(path):
    journal = Journal(path)
    journal.append(BEGUN, THEN.astimezone(timezone(timedelta(hours=9))))
    journal.append(Hinted("a"), THEN - timedelta(hours=3))
    assert [at for at, _ in journal.events()] == [THEN, THEN]


@pytest.mark.parametrize("harm", ["text", "cut", "event"])
def test_a_damaged_one_is_moved_aside_and_a_new_one_begun(path, harm):
    journal = Journal(path)
    for _ in range(500):
        journal.append(BEGUN, THEN)
    journal.close()
    if harm == "text":
        path.write_text("no database at all" * 100)
    elif harm == "cut":
        os.truncate(path, path.stat().st_size // 2)
    else:
        with sqlite3.connect(path) as connection:
            connection.execute("insert into events (at, event) values ('2026-11-02T00:00:00+00:00', '{}')")
    damaged, said = path.read_bytes(), []
    assert Journal(path, said.append).events() == []
    (kept,) = path.parent.glob("me.damaged-1.db")
    assert kept.read_bytes() == damaged
    assert len(said) == 1 and "is now me.damaged-1.db; a new practice was begun" in said[0]


def test_one_of_a_newer_version_is_left_alone(path):
    Journal(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 9")
    before = path.read_bytes()
    with pytest.raises(PracticeError, match=r"by a newer bugforge \(version 9\); update bugforge"):
        Journal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "../me", "a/b", "ä", "x" * 41])
def test_a_profile_has_a_plain_name(tmp_path, name):
    with pytest.raises(PracticeError, match="no name of a profile"):
        journal_path(name, tmp_path)


def test_several_processes_write_at_once(path):
    Journal(path).close()

    def write():
        journal = Journal(path)
        for _ in range(20):
            journal.append(BEGUN, THEN)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Journal(path).events()) == 80


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of forks of a process with threads
def test_what_was_written_outlasts_a_kill(path):
    Journal(path).close()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        journal = Journal(path)
        number = 0
        while True:
            journal.append(GivenUp(str(number)), THEN)
            os.write(writer, number.to_bytes(4, "big"))
            number += 1
    seen = b"".join(os.read(reader, 4) for _ in range(30))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    last = int.from_bytes(seen[-4:], "big")
    assert [event.drill for _, event in Journal(path).events()][: last + 1] == [str(n) for n in range(last + 1)]
