"""An exercise's folder, or a bare file, back to what it is graded by."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from bugforge.forge import Forge
from bugforge.gate import contract_of
from bugforge.grading.subject import Subject, Submission
from bugforge.grading.submission import Unreadable, read
from bugforge.handout.folder import PUBLIC_SEED
from bugforge.model import Implementation, Problem
from bugforge.pack import Pack

ABOUT = "exercise.json"


def exercise_folders(folder: Path) -> list[Path]:
    """The exercises right inside a folder, by name."""
    return sorted(path.parent for path in folder.glob(f"*/{ABOUT}"))


def submission(path: Path, pack: Pack, forge: Forge) -> Submission:
    """The submission in an exercise's folder, or in a file named after its problem. Raises Unreadable."""
    try:
        return _submission(path, pack, forge)
    except OSError as error:
        raise Unreadable(f"{path} cannot be opened ({error.strerror}); see who may read it") from None


def _submission(path: Path, pack: Pack, forge: Forge) -> Submission:
    folder = path if path.is_dir() else path.parent
    if not path.exists() and not path.is_symlink():
        raise Unreadable(f"there is no {path}; give an exercise's folder or the file in it")
    if (folder / ABOUT).exists():
        return _from_folder(folder, path, pack, forge)
    if path.is_dir():
        raise Unreadable(f"{path} has no {ABOUT}, so it is no exercise; give a folder that `bugforge generate` made")
    problem = pack.problems.get(path.stem)
    if problem is None:
        raise Unreadable(f"{path.stem} is no problem of the pack; name the file after its problem")
    implementation = closest(problem, read(path))
    note = "no exercise.json beside it, so the bug that was handed out is not known"
    return Submission(path.name, read(path), Subject(problem, implementation, PUBLIC_SEED), (note,))


def _from_folder(folder: Path, path: Path, pack: Pack, forge: Forge) -> Submission:
    about = _about(folder)
    problem = pack.problems.get(about["problem"])
    if problem is None or about["pack"] != pack.name:
        raise Unreadable(f"it was made from the pack {about['pack']!r}, which is not this one; give it with --pack")
    source = read(folder / f"{problem.name}.py" if path.is_dir() else path)
    found = forge.find(problem, about["id"], about["bugs"], _classes_in_key(folder))
    found = found or forge.find(problem, about["id"], about["bugs"])
    notes = []
    if about["pack_digest"] != pack.digest:
        notes.append("the pack has changed since this exercise was made")
    if found is None:
        notes.append("this pack no longer makes this exercise, so its bug cannot be explained")
        implementation = closest(problem, source)
        subject = Subject(problem, implementation, about["test_seed"])
    else:
        implementation, mutant = found
        subject = Subject(problem, implementation, about["test_seed"], mutant.source, mutant.address)
        if mutant.source == source:
            notes.append("the file is as it was handed out")
    changed = _changed_tests(folder, problem, implementation)
    if changed:
        notes.append(f"{', '.join(changed)} differs from the original, which was used instead")
    return Submission(folder.resolve().name, source, subject, tuple(notes))


def _about(folder: Path) -> dict[str, Any]:
    wanted = {"id": str, "problem": str, "bugs": int, "test_seed": int, "pack": str, "pack_digest": str}
    try:
        about = json.loads(read(folder / ABOUT))
    except (ValueError, RecursionError):
        about = None
    if not isinstance(about, dict) or not all(isinstance(about.get(key), kind) for key, kind in wanted.items()):
        raise Unreadable(f"{folder / ABOUT} is damaged; generate the exercise again with its seed")
    if about["test_seed"] < 0:
        raise Unreadable(f"{folder / ABOUT} has a negative seed; generate the exercise again with its seed")
    if not 1 <= about["bugs"] <= 4:
        raise Unreadable(f"{folder / ABOUT} asks for {about['bugs']} bugs; generate the exercise again with its seed")
    return about


def _classes_in_key(folder: Path) -> list[str]:
    """The bug classes that the answer key names, where it stands in its usual place: looking there first is faster."""
    try:
        key = json.loads(read(folder.resolve().parent / "answers" / f"{folder.resolve().name}.json"))
        return [str(bug["id"]) for bug in key["bugs"]]
    except (Unreadable, ValueError, RecursionError, KeyError, TypeError):
        return []


def closest(problem: Problem, source: str) -> Implementation:
    """The implementation whose public functions the program has; without its own tests where there is none."""
    there = _names(source)
    fitting = [item for item in problem.implementations.values() if _names(item.source) <= there]
    if fitting:
        return max(fitting, key=lambda item: len(_names(item.source)))
    first = next(iter(problem.implementations.values()))
    return replace(first, own_tests=None)


def _names(source: str) -> set[str]:
    return {line.split("(")[0].split(":")[0] for line in source.splitlines() if line.startswith(("def ", "class "))}


def _changed_tests(folder: Path, problem: Problem, implementation: Implementation) -> list[str]:
    changed = []
    for name, text in contract_of(problem, implementation).tests:
        try:
            same = read(folder / name) == text
        except Unreadable:
            same = False
        if not same:
            changed.append(name)
    return changed
