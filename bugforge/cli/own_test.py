"""`bugforge check EXERCISE --my-test FILE`: whether a candidate's own test finds the bug."""

import json
from collections.abc import Sequence
from pathlib import Path

from bugforge.cli import screen
from bugforge.errors import UsageError
from bugforge.grading.exercises import Exercises
from bugforge.grading.own_test import Worth, try_own_test
from bugforge.grading.submission import Unreadable, read
from bugforge.runner.pool import Runner


def check_own_test(
    paths: Sequence[Path], file: Path, exercises: Exercises, runner: Runner, seeds: Sequence[int], as_json: bool
) -> int:
    """Show what the test is worth; the exit code. The test sees neither the correct program nor the broken one."""
    if len(paths) != 1:
        raise UsageError("--my-test is tried on one exercise; name its folder")
    if not file.exists():
        raise UsageError(f"there is no {file}; name the file that holds your test")
    try:
        subject = exercises.submission(paths[0]).subject
        worth = try_own_test(read(file), subject, runner, seeds)
    except Unreadable as error:
        raise UsageError(str(error)) from None
    if as_json:
        shape = {"test": file.name, "good": worth is Worth.GOOD, "reason": worth, "layers": runner.layers}
        screen.out.print(json.dumps(shape, indent=2))
    else:
        screen.out.print(f"{file.name}: ", end="")
        screen.out.print(worth, style="bold green" if worth is Worth.GOOD else "bold red")
    return 0 if worth is Worth.GOOD else 1
