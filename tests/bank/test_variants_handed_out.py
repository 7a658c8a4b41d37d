"""Each candidate gets a variant of their own, is graded by it, and whose variant came back is told."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace

import pytest

from bugforge.bank import Bank, Interview, Request, handing_out
from bugforge.errors import BankError
from bugforge.model import Grade

ROUND = Interview("any", 12)
MORE = '''

def _grow(part, depth):
    """Unused, and full of names."""
    kept = [hits for hits in part if hits > depth]
    ratio = len(kept) / 2
    return ratio, kept
'''


@pytest.fixture(autouse=True)
def same_secret(bank, tmp_path):
    """One under which the two candidates' variants differ in enough names."""
    (tmp_path / "bank.db.secret").write_text("5" * 64)


@pytest.fixture
def rich(sheet):
    """The tiny exercise with more names in its program."""
    broken = {**sheet.files, sheet.program: sheet.broken + MORE}
    return replace(sheet, id="0" * 12, original=sheet.original + MORE, files=broken)


def given(bank, candidate, out, **how):
    bank.draw(Request(candidate, ROUND))
    written = bank.hand_out(candidate, out, jobs=1, **how)
    ((folder, _),) = written.labels.items()
    return written, out / folder


def only(bank, path):
    (graded,), notes = bank.grade(path, seeds=[3], jobs=1)
    assert notes == []
    return graded


def test_two_candidates_get_two_variants_and_a_copy_shows(bank, rich, tmp_path):
    bank.add([rich])
    (_, ana), (written, bob) = (given(bank, name, tmp_path / name) for name in ("ana", "bob"))
    mine, theirs = bank.sheet(ana.name), bank.sheet(bob.name)
    assert (ana / "mean.py").read_text() == mine.broken
    assert len({rich.broken, mine.broken, theirs.broken}) == 3
    assert bank.sheet(rich.id) == rich and bank.item(ana.name).id == rich.id
    assert not written.unchanged and not written.alike

    (ana / "mean.py").write_text(mine.original)
    (ana.parent / "answers.toml").write_text(f"[{ana.name}]\nline = {mine.bugs[0].lines[0]}\n")
    own = only(bank, tmp_path / "ana")
    assert (own.verdict.grade, own.verdict.diagnosis[0].line) == (Grade.FIXED, "right")
    assert (own.findings.needed, own.verdict.lines_changed, own.marks.carried) == ((1, 1), 1, 0)

    (ana / "mean.py").write_text(theirs.original)
    copied = only(bank, tmp_path / "ana")
    assert copied.verdict.grade is Grade.FIXED
    assert (copied.marks.candidate, copied.marks.known) == ("bob", True)
    assert copied.marks.carried == copied.marks.of >= 3


def test_variants_with_too_few_names_are_told(bank, sheet, tmp_path):
    """The tiny program has one name that may be another."""
    bank.add([sheet])
    given(bank, "ana", tmp_path / "ana")
    written, bob = given(bank, "bob", tmp_path / "bob")
    assert written.alike == {bob.name: ["ana"]}
    marks = only(bank, tmp_path / "ana").marks
    assert (marks.candidate, marks.known) == ("bob", False)


def test_the_secret_is_its_owners_and_without_it_all_else_goes_on(bank, rich, tmp_path):
    secret = tmp_path / "bank.db.secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    bank.add([rich])
    given(bank, "ana", tmp_path / "ana")
    secret.unlink()
    assert only(bank, tmp_path / "ana").verdict.grade is Grade.NOT_FIXED
    bank.hand_out("ana", tmp_path / "again.zip")  # what was handed out is stored
    with pytest.raises(BankError, match=r"bank\.db\.secret, by which variants are made, cannot be read .*--no-variant"):
        given(bank, "bob", tmp_path / "bob")
    bank.hand_out("bob", tmp_path / "bob", variants=False)
    bank.hand_out("bob", tmp_path / "once more")
    for name in ("bob", "once more"):
        (program,) = (tmp_path / name).glob("*/mean.py")
        assert program.read_text() == rich.broken
    secret.write_text("abc")
    bank.draw(Request("cy", ROUND))
    with pytest.raises(BankError, match="does not hold the secret"):
        bank.hand_out("cy", tmp_path / "cy")
    secret.with_name("other.db.secret").write_text("abc")
    with pytest.raises(BankError, match="is no secret of a bank; move it away"):
        Bank.create(tmp_path / "other.db")
    assert not (tmp_path / "other.db").exists()


def test_a_secret_that_is_there_is_kept(bank, tmp_path):
    before = (tmp_path / "bank.db.secret").read_text()
    bank.close()
    os.remove(tmp_path / "bank.db")
    Bank.create(tmp_path / "bank.db").close()
    assert (tmp_path / "bank.db.secret").read_text() == before


def test_a_variant_that_does_something_else_is_not_handed_out(bank, rich, tmp_path, monkeypatch):
    monkeypatch.setattr(handing_out, "variant", lambda sheet, key: replace(sheet, original=sheet.broken))
    bank.add([rich])
    written, folder = given(bank, "ana", tmp_path / "ana")
    assert "does not pass test_mean.py::test_mean_of_two" in written.unchanged[folder.name]
    assert (folder / "mean.py").read_text() == rich.broken
    assert bank.sheet(folder.name) == rich


def test_a_set_that_another_process_hands_out_meanwhile(bank, rich, tmp_path, monkeypatch):
    def meanwhile(pairs, runner):
        with Bank(tmp_path / "bank.db") as other:
            other.hand_out("ana", tmp_path / "other", variants=False)
        return ["" for _ in pairs]

    monkeypatch.setattr(handing_out, "proven", meanwhile)
    bank.add([rich])
    with pytest.raises(BankError, match="was handed out by another process meanwhile; hand it out again"):
        given(bank, "ana", tmp_path / "ana")
    assert not (tmp_path / "ana").exists()


def bugforge(*arguments, cwd, code=0):
    ended = subprocess.run(
        [sys.executable, "-m", "bugforge", "bank", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout


def test_what_the_commands_say(bank, sheet, rich, tmp_path):
    bank.add([sheet])
    bank.draw(Request("ana", ROUND))
    bank.draw(Request("bob", ROUND))
    bugforge("hand-out", "--candidate", "ana", "--out", "ana", "--jobs", "1", cwd=tmp_path)
    said = bugforge("hand-out", "--candidate", "bob", "--out", "bob", "--jobs", "1", cwd=tmp_path)
    assert "cannot be told apart from the variant of ana: too few names differ" in said
    told = json.loads(bugforge("hand-out", "--candidate", "bob", "--out", "b.zip", "--json", cwd=tmp_path))
    (folder,) = told["exercises"]
    assert (told["unchanged"], told["alike"]) == ({}, {folder: ["ana"]})
    assert "marks of another candidate's variant: unknown" in bugforge("grade", "bob", cwd=tmp_path, code=1)
    assert bank.sheet(folder).broken.splitlines()[bank.sheet(folder).bugs[0].lines[0] - 1].strip() in bugforge(
        "show", folder, cwd=tmp_path
    )
