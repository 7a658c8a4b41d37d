"""What a candidate and an interviewer get: complete, applicable, and without a word too much."""

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bugforge.errors import UsageError
from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, prove
from bugforge.forge.sites import Sites
from bugforge.formats.answers import answers
from bugforge.formats.folder import folder
from bugforge.formats.text import public_names
from bugforge.formats.writing import write
from bugforge.gate import Gate
from bugforge.model import Difficulty
from bugforge.mutation.diff import changed_lines
from bugforge.pack import load_pack
from bugforge.pack.contract import contract_of
from bugforge.sheet import sheet_from, sheet_of
from bugforge.store import Store


@pytest.fixture(scope="module")
def sheets(standard, runner, store):
    """Of exercises of the standard pack: some with one bug, some with two, a hard one."""
    gate, sites, found = Gate(runner, store), Sites(standard, store), []
    for asked, seed, wanted in (
        (Asked(4), 2, Wanted()),
        (Asked(2), 3, Wanted(bug_count=2)),
        (Asked(1, Difficulty.EASY), 4, Wanted()),
    ):
        there = {sheet.id for sheet in found}
        proven = prove(addresses(sites, seed, wanted), asked, sites, gate, taken=there.__contains__)
        found += [sheet_of(exercise, standard, seed) for exercise in proven.exercises]
    return [*found, dataclasses.replace(found[0], id="0" * 12, difficulty=Difficulty.HARD)]


@pytest.fixture
def written(sheets, tmp_path):
    for sheet in sheets:
        assert write(sheet, tmp_path, tmp_path / "answers")
    return tmp_path


def test_a_folder_holds_what_is_needed(sheets, standard, written):
    for sheet in sheets:
        problem = standard.problems[sheet.about.name]
        contract = contract_of(problem, problem.implementations[sheet.about.implementation])
        expected = {sheet.program, "demo.py", *(name for name, _ in contract.tests)}
        expected |= {"README.md", "exercise.json", "requirements.txt", "conftest.py", "pytest.ini"}
        assert {path.name for path in (written / sheet.name).iterdir()} == expected


def test_nothing_in_a_folder_tells_the_bug(sheets, written):
    for sheet in sheets:
        here = written / sheet.name
        about = json.loads((here / "exercise.json").read_text())
        assert len(about["id"]) == 12
        assert about["bugs"] == sorted(about["bugs"])
        told = (here / "README.md").read_text().lower() + json.dumps(about)
        for bug in sheet.bugs:
            assert bug.bug_class.id not in told
            assert bug.bug_class.title.lower() not in told
            assert bug.site.split(":")[1] not in told
            shown = [symptom for symptom in bug.symptoms if symptom.lower() in told]
            assert shown == ([] if sheet.difficulty is Difficulty.HARD else [*bug.symptoms[:1]])
        assert not any(file.name.endswith(".json") and file.name != "exercise.json" for file in here.iterdir())
        assert str(written) not in "".join(path.read_text() for path in here.iterdir())
        assert len({path.stat().st_mode for path in here.iterdir()}) == 1


@pytest.mark.parametrize("command", [["git", "apply"], ["patch", "-p1", "-i"]], ids=["git", "patch"])
def test_the_patch_applies_inside_the_folder(sheets, written, tmp_path, command):
    for sheet in sheets:
        here = tmp_path / f"copy-{sheet.name}"
        shutil.copytree(written / sheet.name, here)
        patch = str(written / "answers" / f"{sheet.name}.patch")
        subprocess.run([*command, patch], cwd=here, check=True, capture_output=True)
        assert (here / sheet.program).read_text() == sheet.original


def test_the_key_is_the_sheet_and_its_page_names_lines_and_class(sheets, written):
    for sheet in sheets:
        files = {name: (written / "answers" / name).read_bytes() for name in answers(sheet)}
        assert sheet_from(files[f"{sheet.name}.json"]) == sheet
        changed = changed_lines(sheet.broken, sheet.original)
        assert sorted({line for bug in sheet.bugs for line in bug.lines}) == sorted(set(changed))
        page = files[f"{sheet.name}.md"].decode()
        assert files[f"{sheet.name}.patch"].decode().strip() in page
        for bug in sheet.bugs:
            assert f"`{bug.bug_class.id}`" in page
            assert ", ".join(map(str, bug.lines)) in page
            assert all(text in page for text in (bug.bug_class.title, *bug.bug_class.hints))


def test_every_format_is_made_of_the_sheet_alone(sheets):
    for sheet in sheets:
        again = sheet_from(json.dumps(json.loads(answers(sheet)[f"{sheet.name}.json"])).encode())
        assert folder(again) == folder(sheet)
        assert answers(again) == answers(sheet)


def test_pytest_in_the_parent_tests_each_exercise_by_itself(tiny, tmp_path, runner):
    """Of the same problem too, as an editor does that opens the parent."""
    pack, store = load_pack(tiny), Store()
    (exercise,) = prove(
        addresses(Sites(pack, store), 1, Wanted()), Asked(1), Sites(pack, store), Gate(runner, store)
    ).exercises
    sheet, out = sheet_of(exercise, pack), tmp_path / "out"
    for name in ("first", "second", "third"):
        write(dataclasses.replace(sheet, id=name), out, None)
    (out / "mean-second" / sheet.program).write_text(sheet.original)
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error"]
    told = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False).stdout
    failed = {line.split()[1].split("/")[0] for line in told.splitlines() if line.startswith("FAILED")}
    assert failed == {"mean-first", "mean-third"}
    each = len(exercise.observation.today)
    assert f"{2 * each} failed" in told


def test_a_folder_that_is_there_is_left_alone(sheets, written):
    here = written / sheets[0].name
    (here / "README.md").write_text("my notes")
    assert not write(sheets[0], written, written / "answers")
    assert (here / "README.md").read_text() == "my notes"


def test_who_is_faster_is_left_alone(sheets, tmp_path, monkeypatch):
    """Two processes write the same exercise: each file is whole, and nothing of the other's is taken away."""
    sheet, keys = sheets[0], tmp_path / "answers"
    assert write(sheet, tmp_path, keys)
    monkeypatch.setattr(Path, "exists", lambda path: False)  # as it looked a moment ago
    assert not write(sheet, tmp_path, keys)
    monkeypatch.undo()
    assert {path.name for path in keys.iterdir()} == {*answers(sheet)}
    assert not list(tmp_path.glob(".*"))


def test_a_disk_that_fills_up_leaves_nothing_half_made(sheets, tmp_path, monkeypatch):
    original = type(tmp_path).write_bytes

    def full(path, data):
        if path.name == "conftest.py":
            raise OSError(28, "No space left on device")
        return original(path, data)

    monkeypatch.setattr(type(tmp_path), "write_bytes", full)
    with pytest.raises(UsageError, match="No space left on device"):
        write(sheets[0], tmp_path, tmp_path / "answers")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_public_names_are_those_that_the_tests_use():
    source = (
        "def f(a, *b, c=1): ...\ndef _g(): ...\ndef helper(): ...\n"
        "class B:\n    def __init__(self, k=2): ...\n    def fit(self, X): ...\n    def _x(self): ...\n"
        "class M(B):\n    def other(self): ...\n"
    )
    assert public_names(source, "from m import M, f\nM(3).fit([f(1)])") == ["f(a, *b, c)", "M(k)", "M.fit(X)"]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [("a\nb\nc\n", "a\nB\nc\n", [2]), ("a\nc\n", "a\nb\nc\n", [1]), ("a\nb\nc\n", "a\nc\n", [2])],
)
def test_changed_lines(old, new, lines):
    assert changed_lines(old, new) == lines


def test_a_sheet_is_frozen(sheets):
    with pytest.raises(dataclasses.FrozenInstanceError):
        sheets[0].id = "other"
