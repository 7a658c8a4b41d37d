"""Bundles: what a candidate gets says nothing of where it comes from, and is the same whenever it is written."""

import os
import subprocess
import sys
import tomllib
import zipfile

import pytest

from bugforge.bank import GivenTests, Interview, Request
from bugforge.errors import BankError
from bugforge.mutation.diff import changed_lines

ROUND = Interview("any", 12)


@pytest.fixture
def drawn(bank, sheet):
    """A bank in which the tiny exercise was drawn for a candidate."""
    bank.add([sheet])
    bank.draw(Request("ana@example.org", ROUND, group="spring"))
    return bank


def contents(path):
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob("*") if p.is_file()}


def test_a_bundle_holds_exercise_rules_and_form(drawn, sheet, tmp_path):
    written = drawn.hand_out("ana@example.org", tmp_path / "bundle", variants=False)
    ((folder, exercise),) = written.labels.items()
    files = contents(tmp_path / "bundle")
    assert exercise == sheet.id
    assert files[f"{folder}/mean.py"].decode() == sheet.broken
    assert b"12 minutes for one exercise" in files["README.md"]
    assert tomllib.loads(files["answers.toml"].decode()).keys() == {folder}
    assert {*files} == {
        "README.md",
        "answers.toml",
        "requirements.txt",
        *(f"{folder}/{name}" for name in ("README.md", *sheet.files) if name != "requirements.txt"),
    }


def test_a_bundle_is_the_same_whenever_and_however_it_is_written(drawn, tmp_path):
    for name in ("one.zip", "two.zip", "folder"):
        drawn.hand_out("ana@example.org", tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert contents(tmp_path / "one.zip") == contents(tmp_path / "folder")
    assert {os.stat(p).st_mtime for p in (tmp_path / "folder").rglob("*")} == {315532800.0}


@pytest.mark.parametrize("tests", GivenTests)
def test_nothing_in_a_bundle_tells_where_it_comes_from(bank, sheet, tmp_path, tests):
    bank.add([sheet])
    bank.draw(Request("ana@example.org", ROUND, group="spring", tests=tests))
    ((folder, _),) = bank.hand_out("ana@example.org", tmp_path / "bundle").labels.items()
    data = b"\n".join(contents(tmp_path / "bundle").values())
    varied = bank.sheet(folder)
    made = sheet.provenance
    bug = sheet.bugs[0].bug_class
    lines = [
        one.original.splitlines()[number - 1].strip()
        for one in (sheet, varied)
        for number in changed_lines(one.original, one.broken)
    ]
    traces = [
        sheet.id,
        sheet.difficulty,
        made.pack_digest,
        sheet.bugs[0].digest,
        bug.id,
        bug.title,
        *lines,
        (tmp_path / "bank.db.secret").read_text().strip(),
        "ana@",
        "spring",
    ]
    assert not [trace for trace in (*traces, str(tmp_path), "2026") if trace.encode() in data]


def test_with_quiet_tests_nothing_says_that_there_is_a_bug(bank, sheet, tmp_path):
    bank.add([sheet])
    bank.draw(Request("ana", ROUND, tests=GivenTests.QUIET))
    ((folder, _),) = bank.hand_out("ana", tmp_path / "bundle", variants=False).labels.items()
    page = (tmp_path / "bundle" / folder / "README.md").read_text()
    assert "there may be a bug in it, or none" in page
    assert not [word for word in ("fail", "prints today", sheet.bugs[0].symptoms[0]) if word in page]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"],
        cwd=tmp_path / "bundle" / folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    assert "1 passed" in ended.stdout


def test_without_tests_there_are_none(bank, sheet, tmp_path):
    bank.add([sheet])
    bank.draw(Request("ana", ROUND, tests=GivenTests.NONE))
    ((folder, _),) = bank.hand_out("ana", tmp_path / "bundle", variants=False).labels.items()
    assert {p.name for p in (tmp_path / "bundle" / folder).iterdir()} == {"README.md", "mean.py", "demo.py"}


def test_what_cannot_be_handed_out_is_told_and_nothing_is_left(drawn, tmp_path):
    with pytest.raises(BankError, match="knows no candidate 'bob'"):
        drawn.hand_out("bob", tmp_path / "out")
    with pytest.raises(BankError, match=r"set 7 was not drawn for 'ana@example\.org'"):
        drawn.hand_out("ana@example.org", tmp_path / "out", 7)
    with pytest.raises(BankError, match="cannot be written"):
        drawn.hand_out("ana@example.org", tmp_path / "nowhere" / "out", variants=False)
    (tmp_path / "out.zip").write_text("mine")
    with pytest.raises(BankError, match="is there already"):
        drawn.hand_out("ana@example.org", tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_text() == "mine"
    assert {p.name for p in tmp_path.iterdir()} <= {
        *(f"bank.db{end}" for end in ("", "-wal", "-shm", ".secret")),
        "out.zip",
    }
