"""What was put is found again; a store that cannot be used is told in one sentence, and done without."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bugforge import store as module
from bugforge.store import FILE, Store

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def opened(folder, told=None, **options):
    return Store(folder, (told if told is not None else []).append, **options)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(), max_size=3), JSON.filter(lambda value: value is not None))
def test_what_was_put_is_found_again(key, value):
    with Store() as store:
        store.put("kind", key, value)
        assert store.get("kind", key) == value
        assert store.get("other", key) is None
        assert store.get("kind", [*key, ""]) is None


def test_parts_of_a_key_do_not_run_together(folder):
    with opened(folder) as store:
        store.put("kind", ["ab", "c"], 1)
        assert store.get("kind", ["a", "bc"]) is None


def test_it_outlives_its_process(folder):
    with opened(folder) as store:
        store.put("kind", ["key"], [1, 2])
    told = []
    with opened(folder, told) as store:
        assert store.get("kind", ["key"]) == [1, 2]
        assert store.counts() == {"kind": 1}
        store.clear()
        assert store.get("kind", ["key"]) is None
    assert told == []
    assert folder.stat().st_mode & 0o777 == 0o700


def test_anew_believes_nothing_of_others_and_keeps_its_own(folder):
    with opened(folder) as store:
        store.put("kind", ["key"], "old")
    with opened(folder, anew=True) as store:
        assert store.get("kind", ["key"]) is None
        store.put("kind", ["key"], "new")
        assert store.get("kind", ["key"]) == "new"
    with opened(folder) as store:
        assert store.get("kind", ["key"]) == "new"


def test_other_circumstances_have_other_proofs(folder, monkeypatch):
    with opened(folder) as store:
        store.put("kind", ["key"], 1)
        monkeypatch.setattr(module, "_circumstances", lambda: "another numpy")
        assert opened(folder).get("kind", ["key"]) is None


@pytest.mark.parametrize("value", ["""'"false"'""", "x'74727565'", "3"], ids=["text", "bytes", "number"])
def test_a_value_that_was_damaged_is_not_believed(folder, value):
    with opened(folder) as store:
        store.put("kind", ["key"], "true")
    with sqlite3.connect(folder / FILE) as file:
        file.execute(f"update proofs set value = {value}")
    with opened(folder) as store:
        assert store.get("kind", ["key"]) is None


def newer(path):
    with sqlite3.connect(path) as file:
        file.execute("pragma user_version = 99")


UNUSABLE = {
    "damaged": (lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 5000), "malformed|not a database"),
    "no store": (lambda path: path.write_text("my notes, which I need"), "not a database"),
    "newer": (newer, "a newer bugforge made it"),
    "a folder": (lambda path: path.mkdir(), "unable to open"),
    "open to others": (lambda path: path.parent.chmod(0o755), "others may enter its folder"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_cannot_be_used_is_told_once_and_left_alone(folder, name):
    spoil, why = UNUSABLE[name]
    folder.mkdir(mode=0o700)
    spoil(folder / FILE)
    before = (folder / FILE).read_bytes() if (folder / FILE).is_file() else None
    told = []
    with opened(folder, told) as store:
        store.put("kind", ["key"], 1)
        assert store.get("kind", ["key"]) == 1, "it goes on in memory"
    assert len(told) == 1
    assert re.search(why, told[0])
    helps = name in ("damaged", "no store")
    assert ("`bugforge cache --clear` makes it anew" in told[0]) is helps
    assert ("name another BUGFORGE_CACHE" in told[0]) is not helps
    if before is not None:
        assert (folder / FILE).read_bytes() == before


def test_a_folder_of_somebody_else_is_not_used(folder, monkeypatch):
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(module.os, "getuid", lambda: os.stat(folder).st_uid + 1)
    told = []
    with opened(folder, told) as store:
        store.put("kind", ["key"], 1)
    assert "belongs to somebody else" in told[0]
    assert list(folder.iterdir()) == []


def test_a_file_that_is_removed_or_full_in_mid_run_ends_nothing(folder):
    told = []
    with opened(folder, told) as store:
        store.put("kind", ["a"], 1)
        store._file.execute("pragma max_page_count = 1")
        for n in range(200):
            store.put("kind", [str(n)], "x" * 1000)
        assert store.get("kind", ["a"]) == 1
    assert len(told) == 1
    assert "full" in told[0]
    with opened(folder, told) as store:
        for path in folder.iterdir():
            path.unlink()
        store.put("kind", ["b"], 2)
        assert store.get("kind", ["b"]) == 2


def test_it_stays_bounded(folder, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 100_000)
    with opened(folder) as store:
        for n in range(300):
            store.put("kind", [str(n)], "x" * 1000)
    assert (folder / FILE).stat().st_size < 250_000
    with opened(folder) as store:
        assert 0 < store.counts()["kind"] < 300


WRITER = """
import sys
from pathlib import Path
from bugforge.store import Store
with Store(Path(sys.argv[1]), print) as store:
    for n in range(int(sys.argv[2]), int(sys.argv[2]) + 100):
        store.put("kind", [str(n)], n)
        assert store.get("kind", [str(n)]) == n
"""


def test_two_processes_share_it(folder):
    root = Path(__file__).resolve().parent.parent
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(first)], cwd=root, stdout=subprocess.PIPE, text=True
        )
        for first in (0, 50)
    ]
    assert [writer.communicate(timeout=60)[0] for writer in writers] == ["", ""]
    with opened(folder) as store:
        assert store.counts() == {"kind": 150}
        assert [store.get("kind", [str(n)]) for n in range(150)] == list(range(150))


def test_a_killed_writer_leaves_it_usable(folder):
    """In the middle of its writing."""
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-c", WRITER.replace("+ 100", "+ 10**6"), str(folder), "0"]
    with subprocess.Popen(command, cwd=root) as writer:
        while not (folder / FILE).exists() or not opened(folder).counts():
            assert writer.poll() is None
        writer.kill()
    told = []
    with opened(folder, told) as store:
        count = store.counts()["kind"]
        assert [store.get("kind", [str(n)]) for n in range(count)] == list(range(count))
    assert told == []
