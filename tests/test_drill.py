"""One exercise, from the first hint to the key: what helps a person on, and what never gets lost."""

import json

import pytest
from click.shell_completion import ShellComplete

from bugforge.cli import main
from bugforge.pack import load_pack
from tests.conftest import write_tiny
from tests.test_cli import bugforge, folders


@pytest.fixture
def exercise(tmp_path):
    bugforge("generate", "--pack", write_tiny(tmp_path / "tiny"), "--count", 1, "--seed", 1, cwd=tmp_path)
    (folder,) = folders(tmp_path)
    return folder


def test_hints_come_one_after_another_with_their_cost(exercise, tmp_path):
    told = [bugforge("hint", exercise, cwd=tmp_path) for _ in range(4)]
    assert [text.splitlines()[0] for text in told[:3]] == [
        f"Hint {n} of 3 (it costs {cost} of the 10 points for communication):" for n, cost in ((1, 3), (2, 3), (3, 3))
    ]
    assert [text.splitlines()[1].strip() for text in told[:3]] == ["Look.", "Look closer.", "Divide."]
    assert "There are no more hints" in told[3]


def test_a_damaged_note_of_hints_counts_as_none(exercise, tmp_path):
    (exercise / ".hints").write_bytes(b"\xff\xfe")
    assert "Hint 1 of 3" in bugforge("hint", exercise, cwd=tmp_path)


def test_reset_puts_the_program_back_and_keeps_yours(exercise, tmp_path):
    program = exercise / "mean.py"
    broken = program.read_text()
    assert "is as it was handed out." in bugforge("reset", exercise, cwd=tmp_path)
    for number in (1, 2):
        program.write_text(f"mine = {number}\n")
        assert f"yours is mean.{number}.py.txt" in bugforge("reset", exercise, cwd=tmp_path)
        assert program.read_text() == broken
        assert (exercise / f"mean.{number}.py.txt").read_text() == f"mine = {number}\n"
    program.unlink()
    assert "is as it was handed out." in bugforge("reset", exercise, cwd=tmp_path)
    assert program.read_text() == broken


def test_the_key_is_shown_after_a_question(exercise, tmp_path):
    told = bugforge("solve", exercise, "--yes", cwd=tmp_path)
    assert "missing-division, line 8." in told
    assert "+    return total / len(values)" in told
    assert "return total" not in bugforge("solve", exercise, cwd=tmp_path, code=1), "nobody has said yes"


@pytest.mark.parametrize("command", ["hint", "reset", "solve"])
def test_what_is_no_exercise_is_told(command, tmp_path):
    assert "has no exercise.json, so it is no exercise" in bugforge(command, tmp_path, cwd=tmp_path, code=2)


def test_the_seed_stands_in_the_folder(exercise):
    assert json.loads((exercise / "exercise.json").read_text())["seed"] == 1


def test_a_folder_of_exercises_is_checked_and_becomes_one_table(exercise, tmp_path):
    told = bugforge("check", tmp_path / "generated", "--csv", "out.csv", "--html", "out.html", cwd=tmp_path, code=1)
    assert f"{exercise.name}: not fixed" in told
    header, row, *_ = (tmp_path / "out.csv").read_text().splitlines()
    assert header.endswith("exercise,date,seeds,diff")
    assert f",{exercise.name},2" in row
    assert exercise.name in (tmp_path / "out.html").read_text()


def test_a_difference_is_told_to_programs(exercise, tmp_path):
    program = exercise / "mean.py"
    program.write_text(program.read_text().replace("return total\n", "return total / 2\n"))
    found = json.loads(bugforge("check", exercise, "--json", cwd=tmp_path, code=1))["bugforge"]
    assert "\n-    return total\n+    return total / 2\n" in found["diff"]
    assert found["exercise"] == exercise.name


def notebook(*cells):
    kinds = [{"cell_type": "code", "source": [f"{line}\n" for line in cell.splitlines()]} for cell in cells]
    return json.dumps({"cells": [{"cell_type": "markdown", "source": "# null"}, *kinds], "metadata": {"x": None}})


def test_a_notebook_is_read(exercise, tmp_path):
    right = (exercise / "mean.py").read_text().replace("return total\n", "return total / len(values)\n")
    imports, _, rest = right.partition("\n\n\n")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "ann.ipynb").write_text(notebook(f"%matplotlib inline\n{imports}", rest, "mean([1, 2])\nraise ValueError"))
    (inbox / "bob.ipynb").write_text(notebook("1 + 1", "this is no Python"))
    (inbox / "README.md").write_text("# My solution\n")
    (inbox / "kmeans.py").write_text("def assign(X):\n    return X\n")
    (inbox / "wide.py").write_text(right, encoding="utf-16")
    told = bugforge("check", inbox, "--exercise", exercise, "--pack", "tiny", cwd=tmp_path, code=3)
    rows = {line.split()[0]: line for line in told.splitlines() if line}
    assert " fixed " in rows["ann.ipynb"]
    assert " fixed " in rows["wide.py"]
    assert "bob.ipynb is no notebook with a cell that defines a function or a class" in rows["bob.ipynb"]
    assert "README.md is no program" in rows["README.md"]
    assert "it defines nothing of mean (mean, spread, ...)" in rows["kmeans.py"]


def test_an_empty_inbox_and_a_line_that_is_not_there_are_told(exercise, tmp_path):
    (tmp_path / "inbox").mkdir()
    told = bugforge("check", "inbox", "--exercise", exercise, "--pack", "tiny", cwd=tmp_path, code=2)
    assert "inbox holds no submission" in told
    told = bugforge("check", exercise, "--line", 9999, "--pack", "tiny", cwd=tmp_path, code=2)
    assert "there is no line 9999; the program has 13 lines" in told


def test_a_private_pack_has_the_standard_bug_classes(tmp_path):
    pack = write_tiny(tmp_path / "tiny")
    assert "\n1 bug class," in bugforge("list", "bugs", "--pack", pack, cwd=tmp_path)
    (pack / "pack.toml").write_text("standard = 1\nother = 2\n")
    told = bugforge("list", "bugs", "--pack", pack, cwd=tmp_path, code=2)
    assert "pack.toml:1: standard is neither true nor false" in told
    assert "pack.toml:2: the field 'other' is not known" in told
    (pack / "pack.toml").unlink()
    of_the_standard_pack = len(load_pack().bug_classes)
    assert f"\n{of_the_standard_pack + 1} bug classes," in bugforge("list", "bugs", "--pack", pack, cwd=tmp_path)
    for mutator in pack.glob("mutators/*/*.py"):
        mutator.unlink()
    assert f"\n{of_the_standard_pack} bug classes," in bugforge("list", "bugs", "--pack", pack, cwd=tmp_path)
    assert "standard classes have no place" not in bugforge("audit", "--core", "--pack", pack, cwd=tmp_path)


def test_an_empty_pack_is_not_proven(tmp_path):
    (tmp_path / "empty" / "reference_impls").mkdir(parents=True)
    told = bugforge("audit", "--core", "--pack", "empty", cwd=tmp_path, code=1)
    assert "the pack has no problem, so there is nothing to prove" in told


def test_minutes_are_filled(tmp_path):
    told = bugforge("generate", "--minutes", 12, "--seed", 5, cwd=tmp_path)
    (line,) = (line for line in told.splitlines() if line.startswith("Together "))
    assert line.endswith(" of 12.")
    assert 8 <= int(line.split()[1]) <= 12


@pytest.mark.parametrize(
    ("words", "begun", "found"),
    [
        (["generate", "--topic"], "cl", "clustering"),
        (["generate", "--problem"], "kme", "kmeans"),
        (["generate", "--bug"], "splitt", "splitting"),
        (["check", "--bug"], "missing-bi", "missing-bias"),
        (["explain"], "missing-bi", "missing-bias"),
        (["explain", "--pack", "nowhere"], "missing-bi", None),
    ],
)
def test_the_shell_completes_names(words, begun, found):
    shell = ShellComplete(main, {}, "bugforge", "_BUGFORGE_COMPLETE")
    assert [item.value for item in shell.get_completions(words, begun)] == ([found] if found else [])
