"""What a candidate and an interviewer get: complete, applicable, and without a word too much."""

import json
import shutil
import subprocess

import pytest

from bugforge.errors import UsageError
from bugforge.forge import Forge, Order
from bugforge.gate import Gate
from bugforge.handout import folder, key
from bugforge.handout.text import public_names
from bugforge.model import Difficulty
from bugforge.mutation.diff import changed_lines


@pytest.fixture(scope="module")
def exercises(standard, runner):
    one = Forge(standard).make(Order(8, seed=2), Gate(runner), lambda _: False).exercises
    two = Forge(standard).make(Order(2, seed=3, bug_count=2), Gate(runner), lambda _: False).exercises
    hard = Forge(standard).make(Order(1, seed=4, difficulty=Difficulty.HARD), Gate(runner), lambda _: False).exercises
    return [*one, *two, *hard]


@pytest.fixture
def written(exercises, standard, tmp_path):
    for exercise in exercises:
        assert folder.write(exercise, standard, tmp_path, tmp_path / "answers")
    return tmp_path


def test_a_folder_holds_what_is_needed(exercises, standard, written):
    for exercise in exercises:
        address = exercise.mutant.address
        own = standard.problems[address.problem].implementations[address.implementation].own_tests
        names = {path.name for path in (written / folder.folder_name(exercise)).iterdir()}
        expected = {"README.md", "exercise.json", "conftest.py", "pytest.ini", f"{address.problem}.py"}
        expected |= {f"test_{address.problem}.py"} | ({f"test_{address.implementation}.py"} if own else set())
        assert names == expected


def test_nothing_in_a_folder_tells_the_bug(exercises, standard, written):
    for exercise in exercises:
        here = written / folder.folder_name(exercise)
        about = json.loads((here / "exercise.json").read_text())
        assert "bug" not in json.dumps(about).replace('"bugs": ', "").replace('"bugforge"', "")
        told = (here / "README.md").read_text().lower() + json.dumps(about)
        for bug in exercise.mutant.address.bugs:
            mutator = standard.mutators[bug.mutator]
            assert bug.mutator not in told
            assert mutator.title.lower() not in told
            assert bug.site.digest not in told
            if exercise.difficulty is Difficulty.HARD:
                assert mutator.symptom.lower() not in told
            else:
                assert mutator.symptom.lower() in told
        stamps = {path.stat().st_mode for path in here.iterdir()}
        assert len(stamps) == 1


@pytest.mark.parametrize("command", [["git", "apply"], ["patch", "-p1", "-i"]], ids=["git", "patch"])
def test_the_patch_applies_inside_the_folder(exercises, written, tmp_path, command):
    for exercise in exercises:
        name = folder.folder_name(exercise)
        here = tmp_path / f"copy-{name}"
        shutil.copytree(written / name, here)
        subprocess.run(
            [*command, str(written / "answers" / f"{name}.patch")], cwd=here, check=True, capture_output=True
        )
        assert (here / f"{exercise.mutant.address.problem}.py").read_text() == exercise.original


def test_the_key_names_lines_and_class(exercises, standard, written):
    for exercise in exercises:
        told = json.loads((written / "answers" / f"{folder.folder_name(exercise)}.json").read_text())
        assert [bug["id"] for bug in told["bugs"]] == [bug.mutator for bug in exercise.mutant.address.bugs]
        changed = changed_lines(exercise.mutant.source, exercise.original)
        assert sorted({line for bug in told["bugs"] for line in bug["lines"]}) == sorted(set(changed))
        assert [row["weight"] for row in told["score_sheet"]] == [30, 25, 20, 15, 10]
        page = (written / "answers" / f"{folder.folder_name(exercise)}.md").read_text()
        assert told["patch"].strip() in page
        for bug in told["bugs"]:
            assert bug["title"] in page
            assert all(hint in page for hint in bug["hints"])


def test_pages_are_rendered_from_the_json(exercises, standard, written):
    for exercise in exercises:
        name = folder.folder_name(exercise)
        told = json.loads((written / "answers" / f"{name}.json").read_text())
        assert key.as_markdown(told) == (written / "answers" / f"{name}.md").read_text()
        assert told["patch"] == (written / "answers" / f"{name}.patch").read_text()


def test_a_folder_that_is_there_is_left_alone(exercises, standard, written):
    here = written / folder.folder_name(exercises[0])
    (here / "README.md").write_text("my notes")
    assert not folder.write(exercises[0], standard, written, written / "answers")
    assert (here / "README.md").read_text() == "my notes"


def test_a_disk_that_fills_up_leaves_nothing_half_made(exercises, standard, tmp_path, monkeypatch):
    original = type(tmp_path).write_text

    def full(path, text, **options):
        if path.name == "conftest.py":
            raise OSError(28, "No space left on device")
        return original(path, text, **options)

    monkeypatch.setattr(type(tmp_path), "write_text", full)
    with pytest.raises(UsageError, match="No space left on device"):
        folder.write(exercises[0], standard, tmp_path, tmp_path / "answers")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_public_names():
    source = (
        "def f(a, b=1): ...\ndef _g(): ...\n"
        "class M:\n    def __init__(self, k=2): ...\n    def fit(self, X): ...\n    def _x(self): ...\n"
    )
    assert public_names(source) == ["f(a, b)", "M(k)", "M.fit(X)"]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [("a\nb\nc\n", "a\nB\nc\n", [2]), ("a\nc\n", "a\nb\nc\n", [1]), ("a\nb\nc\n", "a\nc\n", [2])],
)
def test_changed_lines(old, new, lines):
    assert changed_lines(old, new) == lines
