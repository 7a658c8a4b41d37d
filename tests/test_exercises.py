"""From an exercise's folder back to what judges it: its pack, wherever that lies now, or a sheet that one trusts."""

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bugforge import check
from bugforge.errors import SheetError
from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, prove
from bugforge.forge.sites import Sites
from bugforge.formats.folder import folder
from bugforge.formats.writing import write
from bugforge.gate import Gate
from bugforge.grading.exercises import Exercises, exercise_folders
from bugforge.grading.grader import Grader
from bugforge.grading.submission import Unreadable
from bugforge.label import FILE
from bugforge.model import Grade
from bugforge.pack import known, load_pack
from bugforge.sheet import as_json, sheet_from, sheet_of
from bugforge.store import Store


@pytest.fixture
def make(tiny, runner, tmp_path):
    """Writes the tiny pack's exercise below `tmp_path / "out"` and gives its sheet and its folder."""

    def made(secret=""):
        pack, store = load_pack(tiny), Store()
        proven = prove(
            addresses(Sites(pack, store), 1, Wanted()),
            Asked(1, loud=True),
            Sites(pack, store),
            Gate(runner, store),
            secret=secret,
        )
        sheet = sheet_of(proven.exercises[0], pack, 1, secret)
        write(sheet, tmp_path / "out", tmp_path / "out" / "answers")
        known.remember(pack)
        return sheet, tmp_path / "out" / sheet.name

    return made


def verdict(exercises, path, runner):
    ((_, found),) = Grader(runner, (5,)).grade([exercises.submission(path)])
    return found


def fix(sheet, path):
    (path / sheet.program).write_text(sheet.original)


def test_the_pack_is_found_where_it_lay(make, runner):
    sheet, path = make()
    broken = verdict(Exercises(Store()), path, runner)
    assert (broken.grade, [bug.id for bug in broken.bugs]) == (Grade.NOT_FIXED, ["missing-division"])
    assert broken.notes == ("the file is as it was handed out",)
    fix(sheet, path)
    assert verdict(Exercises(Store()), path, runner).grade is Grade.FIXED


def test_a_pack_that_was_renamed_is_found_by_its_digest(make, tiny, runner):
    sheet, path = make()
    tiny.rename(tiny.with_name("renamed"))
    fix(sheet, path)
    for exercises in (Exercises(Store()), Exercises(Store(), load_pack(tiny.with_name("renamed")))):
        found = verdict(exercises, path, runner)
        assert (found.grade, [bug.id for bug in found.bugs]) == (Grade.FIXED, ["missing-division"])


def test_with_its_sheet_it_is_printed_and_graded_when_its_pack_is_gone(make, tiny, runner):
    sheet, path = make()
    handed_out = {file.name: file.read_bytes() for file in path.iterdir()}
    shutil.rmtree(tiny)
    with pytest.raises(Unreadable, match="give it with --pack"):
        Exercises(Store()).submission(path)
    kept = sheet_from((path.parent / "answers" / f"{sheet.name}.json").read_bytes())
    assert folder(kept) == handed_out
    by_sheet = Exercises(Store(), answers=path.parent / "answers")
    assert verdict(by_sheet, path, runner).grade is Grade.NOT_FIXED
    fix(sheet, path)
    found = verdict(by_sheet, path, runner)
    assert (found.grade, [bug.title for bug in found.bugs]) == (Grade.FIXED, ["A sum is returned for a mean."])
    assert check(kept.original, kept, seeds=(5,)).grade is Grade.FIXED
    assert check(kept.broken, kept, seeds=(5,)).grade is Grade.NOT_FIXED


ASSENT = "def test_mean_of_two_numbers():\n    pass\n\n\ndef test_mean_of_equal_numbers(rng):\n    pass\n"


@pytest.mark.parametrize("where", ["answers", "folder", "beside"])
def test_a_forged_sheet_is_not_believed(make, runner, where):
    """It lies where a submission may have put it, and its contract agrees to everything."""
    sheet, path = make()
    files = {**sheet.files, sheet.tests[0]: ASSENT}
    forged = as_json(dataclasses.replace(sheet, files=files, original=sheet.broken))
    for place in {"answers": (path.parent / "answers",), "folder": (path, path / "answers"), "beside": (path.parent,)}[
        where
    ]:
        place.mkdir(exist_ok=True)
        (place / f"{sheet.name}.json").write_bytes(forged)
    (path / sheet.tests[0]).write_text(ASSENT)
    found = verdict(Exercises(Store()), path, runner)
    assert found.grade is Grade.NOT_FIXED
    assert f"{sheet.tests[0]} differs from the original, which was used instead" in found.notes


def test_a_sheet_named_by_the_grader_has_to_be_whole(make):
    sheet, path = make()
    answers = path.parent / "answers"
    exercises = Exercises(Store(), answers=answers)
    key = answers / f"{sheet.name}.json"
    whole = key.read_bytes()
    for data, told in ((whole[:900], "is damaged"), (whole.replace(b"total", b"Total"), "was changed after it")):
        key.write_bytes(data)
        with pytest.raises(Unreadable, match=told):
            exercises.submission(path)
    key.write_bytes(b" " * (50 << 20))
    with pytest.raises(Unreadable, match="52,428,800 bytes"):
        exercises.submission(path)
    key.unlink()
    with pytest.raises(Unreadable, match="give the folder that holds the answer keys"):
        exercises.submission(path)


@pytest.mark.parametrize(("secret", "explained"), [("", False), ("wrong", False), ("salt", True)])
def test_with_a_secret_the_pack_alone_does_not_find_the_bug(make, runner, secret, explained):
    sheet, path = make("salt")
    shutil.rmtree(path.parent / "answers")
    fix(sheet, path)
    found = verdict(Exercises(Store(), secret=secret), path, runner)
    assert found.grade is Grade.FIXED
    assert bool(found.bugs) is explained
    assert ("so its bug cannot be explained" in " ".join(found.notes)) is not explained


def test_four_bugs_are_found_without_a_key(standard, store, tmp_path, runner):
    candidate = next(addresses(Sites(standard, store), 3, Wanted(bug_count=4)))
    assert len(candidate.plans) == 4
    proven = prove(iter([candidate]), Asked(1, loud=True), Sites(standard, store), Gate(runner, store))
    if not proven.exercises:  # two of them hide each other; what is looked for are their digests
        pytest.fail("draw another seed: this one's bugs hide each other")
    sheet = sheet_of(proven.exercises[0], standard)
    write(sheet, tmp_path, None)
    submission = Exercises(store, standard).submission(tmp_path / sheet.name)
    assert [bug.bug_class.id for bug in submission.subject.bugs] == [bug.bug_class.id for bug in sheet.bugs]


def test_a_damaged_label_is_told(make):
    _, path = make()
    label = path / "exercise.json"
    for text in ("{", "[]", label.read_text().replace('"test_seed": 0', '"test_seed": -1')):
        label.write_text(text)
        with pytest.raises(Unreadable, match="generate the exercise again"):
            Exercises(Store()).submission(path)


@pytest.mark.parametrize("arguments", [["--help"], ["explain", "missing-bias"], ["list", "bugs"]])
def test_no_mutator_is_loaded_where_none_is_needed(arguments, tmp_path):
    """Nor libcst, on which they stand; `list` needs them once."""
    told = "print('libcst' in sys.modules, file=sys.stderr)"
    environment = {"BUGFORGE_CACHE": str(tmp_path / "cache"), "PATH": "", "HOME": str(tmp_path)}
    root = Path(__file__).resolve().parent.parent
    program = f"import sys\nfrom bugforge.cli import main\nmain({arguments!r}, standalone_mode=False)\n{told}"
    program = program.replace("main([", "\ntry:\n    main([").replace(
        "=False)", "=False)\nexcept SystemExit:\n    pass"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        for _ in range(2)
    ]
    assert runs[1].stderr.split()[-1] == "False"
    assert runs[0].stdout == runs[1].stdout


def test_a_draft_that_was_left_is_no_exercise(make):
    _, path = make()
    shutil.copytree(path, path.parent / f".{path.name}-abc")
    assert exercise_folders(path.parent) == [path]


def test_the_label_does_not_choose_another_problem(tmp_path):
    (sample,) = (Path(__file__).parent.parent / "generated").glob("kmeans-*")
    path = shutil.copytree(sample, tmp_path / sample.name)
    (path / FILE).write_text((path / FILE).read_text().replace('"kmeans"', '"mse_rmse"'))
    with pytest.raises(Unreadable, match=r"the folder is of kmeans, but its exercise.json speaks of mse_rmse"):
        Exercises(Store()).submission(path)


def test_errors_are_sentences():
    with pytest.raises(SheetError, match="is no sheet"):
        sheet_from(json.dumps({"bugs": []}).encode(), "old.json")
