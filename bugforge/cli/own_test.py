"""`bugforge check EXERCISE --my-test FILE`: whether a candidate's own tests find the bugs."""

import json
from collections.abc import Sequence
from pathlib import Path

from bugforge.cli import screen
from bugforge.errors import UsageError
from bugforge.grading.exercises import Exercises
from bugforge.grading.own_test import Tried, Worth, try_own_test
from bugforge.grading.submission import Unreadable, read
from bugforge.runner.pool import Runner


def check_own_tests(
    paths: Sequence[Path],
    files: Sequence[Path],
    exercises: Exercises,
    runner: Runner,
    seeds: Sequence[int],
    as_json: bool,
) -> int:
    """Show what each test is worth; the exit code. A test sees neither the correct program nor a broken one."""
    if len(paths) != 1:
        raise UsageError("--my-test is tried on one exercise; name its folder")
    if missing := [file for file in files if not file.exists()]:
        raise UsageError(f"there is no {missing[0]}; name the file that holds your test")
    try:
        subject = exercises.submission(paths[0]).subject
        tried = [try_own_test(read(file), subject, runner, seeds) for file in files]
    except Unreadable as error:
        raise UsageError(str(error)) from None
    if as_json:
        shapes = [_record(file, each, runner) for file, each in zip(files, tried, strict=True)]
        screen.out.print(json.dumps(shapes[0] if len(shapes) == 1 else shapes, indent=2))
    else:
        for file, each in zip(files, tried, strict=True):
            screen.out.print(f"{file.name}: ", end="")
            screen.out.print(each.worth, style="bold green" if each.worth is Worth.GOOD else "bold red")
        if len(subject.bugs) > 1:
            found = frozenset[int]().union(*(each.finds for each in tried))
            screen.out.print(f"{len(found)} of {len(subject.bugs)} bugs {'is' if len(found) == 1 else 'are'} found.")
    return 0 if all(each.worth is Worth.GOOD for each in tried) else 1


def _record(file: Path, tried: Tried, runner: Runner) -> dict[str, object]:
    good = tried.worth is Worth.GOOD
    return {"test": file.name, "good": good, "reason": tried.worth, "finds": len(tried.finds), "layers": runner.layers}
