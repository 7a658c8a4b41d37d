"""Bundles with one trace each: every one is found, and in an honest bundle there is none."""

import os
import zipfile
from dataclasses import replace

import pytest

from bugforge.bank import Interview, Request, inspecting
from bugforge.bank.attack import Match, matches
from bugforge.bank.handing_out import TIME, zipped
from bugforge.bank.inspecting import Trace
from bugforge.errors import BankError
from bugforge.sheet import as_json


@pytest.fixture(autouse=True)
def no_pack(monkeypatch):
    """Nothing is compared with the packs of this machine, which takes longest."""
    monkeypatch.setattr(inspecting, "installed", list)


@pytest.fixture
def bundle(bank, sheet, tmp_path):
    """A bundle of the tiny exercise, of a seed that tells something."""
    bank.add([sheet])
    bank.draw(Request("ana@example.org", Interview("any", 12), group="spring-2026"))
    bank.hand_out("ana@example.org", tmp_path / "bundle")
    return tmp_path / "bundle"


def program(bundle):
    (found,) = bundle.glob("mean-*/mean.py")
    return found


def says(text):
    """A bundle whose page says something."""

    def spoil(bundle, sheet):
        page = bundle / "README.md"
        page.write_text(page.read_text() + text.format(sheet=sheet, bug=sheet.bugs[0]) + "\n")

    return spoil


def holds(name, text="x\n"):
    """A bundle with one more file."""

    def spoil(bundle, sheet):
        (program(bundle).parent / name).write_text(as_json(sheet).decode() if text is None else text)

    return spoil


def has_the_fix(bundle, sheet):
    (program(bundle).parent / "README.md").write_text(sheet.original)


def has_an_attribute(bundle, sheet):
    try:
        os.setxattr(bundle / "README.md", "user.author", b"ana")
    except OSError:
        pytest.skip("this file system has no extended attributes")


def has_rights(bundle, sheet):
    (bundle / "README.md").chmod(0o777)


def has_a_link(bundle, sheet):
    (bundle / "more").symlink_to("/etc")


def has_a_time(bundle, sheet):
    os.utime(bundle / "answers.toml", (TIME + 9, TIME + 9))


SPOILT = [
    (holds("mean-0123456789ab.json", None), Trace.FILE),
    (holds("mean.patch"), Trace.FILE),
    (holds("exercise.json"), Trace.FILE),
    (holds(".hints", "1"), Trace.FILE),
    (holds("mean.py.orig"), Trace.FILE),
    (has_a_link, Trace.FILE),
    (holds("notes.py", "--- a/mean.py\n+++ b/mean.py\n"), Trace.PATCH),
    (holds("notes.py", "@@ -9 +9 @@\n"), Trace.PATCH),
    (says("missing-division"), Trace.BUG_CLASS),
    (holds("missing_division.py"), Trace.BUG_CLASS),
    (has_the_fix, Trace.ORIGINAL),
    (says("from the pack {sheet.provenance.pack}"), Trace.PACK),
    (says("pack_digest {sheet.provenance.pack_digest}"), Trace.PACK),
    (says("{sheet.id}"), Trace.EXERCISE),
    (says("{bug.digest}"), Trace.EXERCISE),
    (says("| 5 minutes | all | \n| Easy | |"), Trace.DIFFICULTY),
    (says("for ana@example.org"), Trace.CANDIDATE),
    (says("group: spring-2026"), Trace.CANDIDATE),
    (says("made on 2026-03-01"), Trace.DATE),
    (says("see /home/ada/bank.db"), Trace.PATH),
    (says("see C:\\Users"), Trace.PATH),
    (has_a_time, Trace.TIME),
    (has_rights, Trace.MODE),
    (has_an_attribute, Trace.ATTRIBUTE),
]


@pytest.mark.parametrize(("spoil", "trace"), SPOILT)
def test_each_trace_is_found(bank, sheet, bundle, spoil, trace):
    times = {path: path.stat().st_mtime for path in bundle.rglob("*")}
    spoil(bundle, sheet)
    for path in (bundle, *bundle.rglob("*")):
        if trace is not Trace.TIME and not path.is_symlink():
            os.utime(path, (times.get(path, TIME), times.get(path, TIME)))
    assert trace in {found.trace for found in bank.inspect(bundle).traces}


def test_an_honest_bundle_has_none(bank, bundle, tmp_path):
    bank.hand_out("ana@example.org", tmp_path / "bundle.zip")
    for path in (bundle, tmp_path / "bundle.zip"):
        assert bank.inspect(path).traces == ()


def test_a_seed_that_tells_something_is_found(bank, vary, tmp_path, sheet):
    bank.add([replace(sheet, provenance=replace(sheet.provenance, seed=98_765_432))])
    bank.draw(Request("ana", Interview("any", 12)))
    bank.hand_out("ana", tmp_path / "bundle")
    holds("notes.py", "SEED = 98765432\n")(tmp_path / "bundle", sheet)
    assert Trace.SEED in {found.trace for found in bank.inspect(tmp_path / "bundle").traces}


def comment(archive, entry):
    archive.comment = b"made by ana"


def comment_of_an_entry(archive, entry):
    entry.comment = b"the bug is in line 9"


def extra(archive, entry):
    entry.extra = b"ux\x0b\x00\x01\x04\xe8\x03\x00\x00\x04\xe8\x03\x00\x00"


def time(archive, entry):
    entry.date_time = (2026, 3, 1, 12, 0, 0)


@pytest.mark.parametrize(
    ("spoil", "trace"),
    [
        (comment, Trace.COMMENT),
        (comment_of_an_entry, Trace.COMMENT),
        (extra, Trace.EXTRA),
        (time, Trace.TIME),
    ],
)
def test_each_trace_of_a_zip_is_found(bank, tmp_path, spoil, trace):
    (tmp_path / "honest.zip").write_bytes(zipped({"README.md": b"hello"}))
    with zipfile.ZipFile(tmp_path / "honest.zip") as honest, zipfile.ZipFile(tmp_path / "spoilt.zip", "w") as archive:
        (entry,) = honest.infolist()
        spoil(archive, entry)
        archive.writestr(entry, b"hello")
    assert bank.inspect(tmp_path / "honest.zip").traces == ()
    assert {found.trace for found in bank.inspect(tmp_path / "spoilt.zip").traces} == {trace}


def test_whoever_has_the_pack_finds_the_bug(bank, bundle, standard, monkeypatch):
    source = standard.problems["mse_rmse"].implementations["plain_python"].source
    renamed = source.replace("total", "running").replace("0.0", "1.0")
    assert [*matches(renamed, [standard])] == [Match("standard", "mse_rmse/plain_python", 1)]
    monkeypatch.setattr(inspecting, "installed", lambda: [standard])
    assert [*bank.inspect(bundle).matches.values()] == [()]  # the tiny pack's program is not in it
    assert [*matches("def f(x):\n    return x\n", [standard])] == [*matches("no program", [standard])] == []


def test_what_is_no_bundle_is_told(bank, tmp_path):
    (tmp_path / "no.zip").write_text("no zip")
    for path, told in ((tmp_path / "no.zip", "is no zip that can be read"), (tmp_path / "nothing", "there is no")):
        with pytest.raises(BankError, match=told):
            bank.inspect(path)
