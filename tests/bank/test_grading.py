"""What comes back is graded whatever is in it, and nothing of it is believed."""

import io
import os
import shutil
import stat
import zipfile

import pytest

from bugforge.bank import Bank, Criterion, Interview, Request
from bugforge.errors import BankError
from bugforge.grading.own_test import Worth
from bugforge.model import Grade

ROUND = Interview("any", 12)
TEST = "from mean import mean\\n\\n\\ndef test_mean():\\n    assert mean([1.0, 4.0]) == 2.5\\n"


@pytest.fixture
def handed_out(bank, sheet, tmp_path):
    """A bundle that was handed out, and the folder of its exercise."""
    bank.add([sheet])
    bank.draw(Request("ana", ROUND))
    ((folder, _),) = bank.hand_out("ana", tmp_path / "bundle", variants=False).labels.items()
    return tmp_path / "bundle", tmp_path / "bundle" / folder


def only(bank, path):
    (graded,), notes = bank.grade(path, seeds=[3], jobs=1)
    return graded, notes


def test_a_fix_with_a_diagnosis_and_a_test(bank, sheet, handed_out):
    bundle, folder = handed_out
    (folder / "mean.py").write_text(sheet.original)
    line = sheet.bugs[0].lines[0]
    text = f'[{folder.name}]\nline = {line}\nbug = "Missing division"\nwhy = "no n"\nminutes = 3.5\ntest = "{TEST}"\n'
    (bundle / "answers.toml").write_text(text)
    graded, notes = only(bank, bundle)
    assert (graded.verdict.grade, graded.findings.own_test, notes) == (Grade.FIXED, Worth.GOOD, [])
    assert [(d.line, d.bug) for d in graded.verdict.diagnosis] == [("right", "right")]
    assert (graded.answer.why, graded.answer.minutes, graded.assigned.candidate) == ("no n", 3.5, "ana")
    assert graded.points[Criterion.CORRECTNESS] == (30, True)
    assert graded.points[Criterion.QUALITY] == (20, True)


def test_changes_that_the_fix_does_not_need_cost_quality(bank, sheet, handed_out):
    bundle, folder = handed_out
    (folder / "mean.py").write_text(f"{sheet.original}\n\nUNIT = 1\n")
    graded, _ = only(bank, bundle)
    assert (graded.verdict.grade, graded.findings.needed) == (Grade.FIXED, (1, 2))
    assert graded.points[Criterion.QUALITY] == (10, True)


def test_what_a_linter_says_anew_costs_quality(bank, sheet, handed_out):
    bundle, folder = handed_out
    (folder / "mean.py").write_text(sheet.original + "\n\nimport os\n")
    (bundle / "answers.toml").write_text(f'[{folder.name}]\ntest = "{TEST}"\n')
    graded, _ = only(bank, bundle)
    assert graded.findings.lint == ("'os' imported but unused",)
    needed, changed = graded.findings.needed
    assert graded.points[Criterion.QUALITY] == (20 * needed / changed - 2, True)
    page = bank.score_sheet("ana")
    assert "a linter says: &#39;os&#39; imported but unused" in page
    assert f"own test: {Worth.GOOD}" in page
    assert f"{needed} of {changed} changes are needed" in page


def test_what_is_left_as_it_was_is_not_fixed(bank, handed_out):
    graded, _ = only(bank, handed_out[0])
    assert graded.verdict.grade is Grade.NOT_FIXED
    assert graded.points[Criterion.CORRECTNESS] == (0, True)


def test_an_interviewers_points_outlast_another_grading(bank, sheet, handed_out):
    bundle, folder = handed_out
    only(bank, bundle)
    bank.score(folder.name, {Criterion.UNDERSTANDING: 20, Criterion.CORRECTNESS: 5})
    (folder / "mean.py").write_text(sheet.original)
    graded, _ = only(bank, bundle)
    assert graded.points[Criterion.CORRECTNESS] == (5, False)
    assert graded.points[Criterion.UNDERSTANDING] == (20, False)
    with pytest.raises(BankError, match="understanding has 0 to 25 points, not 26"):
        bank.score(folder.name, {Criterion.UNDERSTANDING: 26})
    with pytest.raises(BankError, match="nothing was handed out as 'feedbeef'"):
        bank.score("mean-feedbeef", {Criterion.UNDERSTANDING: 2})


def test_the_pack_need_not_be_there(bank, sheet, handed_out, tmp_path):
    """Nothing but the bank's file is needed: it is opened anew, elsewhere."""
    bundle, folder = handed_out
    (folder / "mean.py").write_text(sheet.original)
    bank.close()
    (tmp_path / "bank.db").rename(tmp_path / "moved.db")
    with Bank(tmp_path / "moved.db") as moved:
        assert only(moved, bundle)[0].verdict.grade is Grade.FIXED


def removed(folder):
    (folder / "mean.py").unlink()


def linked(folder):
    removed(folder)
    (folder / "mean.py").symlink_to("/etc/passwd")


def piped(folder):
    removed(folder)
    os.mkfifo(folder / "mean.py")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (removed, "there is no mean.py"),
        (linked, "it is a link"),
        (piped, "is no regular file"),
        (lambda folder: (folder / "mean.py").write_bytes(b"\xff\xfe\xfa"), "is not UTF-8 text"),
        (lambda folder: (folder / "mean.py").write_bytes(b"x" * 10_000_000), "more than the 131,072 bytes"),
    ],
)
def test_a_program_that_cannot_be_read_is_told(bank, handed_out, spoil, told):
    spoil(handed_out[1])
    graded, _ = only(bank, handed_out[0])
    assert graded.verdict.grade is Grade.COULD_NOT_GRADE
    assert told in graded.verdict.reason


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("this is no TOML", "answers.toml cannot be read"),
        ("x = [" * 2000, "answers.toml cannot be read"),
        ("#" * 10_000_000, "more than the 262,144 bytes"),
        ('[kmeans]\nline = 3\n"\\u001b[31m" = 1\n', "speaks of 'kmeans', which is no exercise"),
        ("[mean-00000000]\nline = true\nminutes = -1\nwhy = 3\nage = 1\n", "'age' that cannot be used"),
    ],
)
def test_a_form_that_cannot_be_used_is_told_and_the_program_graded(bank, handed_out, form, told):
    (handed_out[0] / "answers.toml").write_text(form)
    graded, notes = only(bank, handed_out[0])
    assert graded.verdict.grade is Grade.NOT_FIXED
    assert any(told in note for note in notes)
    assert "\x1b" not in "".join(notes)


def test_bundles_of_others_and_of_nobody(bank, handed_out, tmp_path):
    _, folder = handed_out
    folder.rename(folder.with_name("mean-00000000"))
    graded, notes = bank.grade(handed_out[0], seeds=[3])
    assert graded == []
    assert notes[0] == "00000000 was not handed out by this bank"
    (tmp_path / "empty").mkdir()
    assert bank.grade(tmp_path / "empty")[0] == []
    with pytest.raises(BankError, match=r"there is no .*nothing; name the folder or the zip"):
        bank.grade(tmp_path / "nothing")
    (tmp_path / "no.zip").write_text("no zip")
    with pytest.raises(BankError, match="is no zip that can be read"):
        bank.grade(tmp_path / "no.zip")


def zip_of(path, files):
    """Of files by name; those given as ZipInfo keep what is odd about them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return path


def test_a_zip_is_read_and_not_unpacked(bank, sheet, handed_out, tmp_path):
    name = handed_out[1].name
    files = [(f"../../{name}/mean.py", sheet.original), ("../escaped.py", "x"), ("/tmp/absolute.py", "x")]
    before = {*tmp_path.iterdir()}
    graded, _ = only(bank, zip_of(tmp_path / "back.zip", files))
    assert graded.verdict.grade is Grade.FIXED
    assert {*tmp_path.iterdir()} - before == {tmp_path / "back.zip"}


def test_zips_that_harm(bank, handed_out, tmp_path):
    name = handed_out[1].name
    link = zipfile.ZipInfo(f"{name}/mean.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    graded, _ = only(bank, zip_of(tmp_path / "link.zip", [(link, "/etc/passwd")]))
    assert "mean.py is a link" in graded.verdict.reason
    bomb = zip_of(tmp_path / "bomb.zip", [(f"{name}/mean.py", b"\0" * 50_000_000)])
    assert "more than the" in only(bank, bomb)[0].verdict.reason
    data = bytearray(zip_of(tmp_path / "whole.zip", [(f"{name}/mean.py", "def mean(): pass\n" * 50)]).read_bytes())
    data[60:70] = b"\0" * 10
    (tmp_path / "cut.zip").write_bytes(data)
    assert "cannot be unpacked" in only(bank, tmp_path / "cut.zip")[0].verdict.reason
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(5_001):
            archive.writestr(str(number), "")
    (tmp_path / "many.zip").write_bytes(many.getvalue())
    with pytest.raises(BankError, match="more than 5,000 files"):
        bank.grade(tmp_path / "many.zip")


def test_several_bundles_in_one_folder(bank, sheet, vary, tmp_path):
    """As folders and zips, of several candidates; what was not handed in is named."""
    bank.add([sheet, vary(1), vary(2)])
    back = tmp_path / "back"
    back.mkdir()
    labels = {}
    for name, out in (("ana", "ana.zip"), ("bob", "bob")):
        bank.draw(Request(name, Interview("any", 20), group="spring" if name == "ana" else ""))
        labels[name] = bank.hand_out(name, back / out, variants=False).labels
    first = next(iter(labels["bob"]))
    shutil.rmtree(back / "bob" / first)
    graded, _ = bank.grade(back, seeds=[3])
    assert [g.assigned.candidate for g in graded].count("ana") == len(labels["ana"])
    missing = [g for g in graded if g.verdict.reason == "it was not handed in"]
    assert [g.assigned.folder for g in missing] == [first]
