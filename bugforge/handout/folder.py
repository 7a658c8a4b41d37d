"""An exercise as a folder: written whole or not at all, never over what is there."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bugforge import __version__
from bugforge.errors import UsageError
from bugforge.gate import COMPANIONS, contract_of
from bugforge.handout import key
from bugforge.handout.text import planted, public_names, render
from bugforge.model import Difficulty, Exercise
from bugforge.pack import Pack

PUBLIC_SEED = 0


def folder_name(exercise: Exercise) -> str:
    return f"{exercise.mutant.address.problem}-{exercise.id}"


def files(exercise: Exercise, pack: Pack) -> dict[str, str]:
    """What a candidate gets, by file name."""
    address = exercise.mutant.address
    problem = pack.problems[address.problem]
    contract = contract_of(problem, problem.implementations[address.implementation])
    about = {
        "id": exercise.id,
        "problem": problem.name,
        "topic": problem.topic,
        "difficulty": exercise.difficulty,
        "bugs": len(address.bugs),
        "minutes": problem.minutes,
        "test_seed": PUBLIC_SEED,
        "pack": pack.name,
        "pack_digest": pack.digest,
        "versions": {"bugforge": __version__},
    }
    return {
        "README.md": readme(exercise, pack),
        f"{problem.name}.py": exercise.mutant.source,
        **dict(contract.tests),
        **dict(COMPANIONS),
        "exercise.json": json.dumps(about, indent=2) + "\n",
    }


def readme(exercise: Exercise, pack: Pack) -> str:
    """The candidate's page."""
    address, observation = exercise.mutant.address, exercise.observation
    problem = pack.problems[address.problem]
    symptoms = [pack.mutators[bug.mutator].symptom for bug in address.bugs]
    return render(
        "README.md.j2",
        problem=problem,
        bugs=address.bugs,
        count=planted(len(address.bugs)),
        difficulty=exercise.difficulty,
        allowed=", ".join((*problem.allowed, "the standard library")),
        symptoms=[] if exercise.difficulty is Difficulty.HARD else symptoms,
        failing=observation.failing,
        tests=len(observation.failing) + len(observation.passing) + len(observation.unsteady),
        message=observation.message.splitlines()[0],
        names=public_names(exercise.mutant.source),
    )


def usable(out: Path) -> None:
    """Raise UsageError where `out` cannot be used or made; nothing is made yet."""
    there = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    if not there.is_dir():
        raise UsageError(f"{there} is a file, not a folder; give another --out")
    if not os.access(there, os.W_OK | os.X_OK):
        raise UsageError(f"{there} cannot be written to; give another --out or change its permissions")


def write(exercise: Exercise, pack: Pack, out: Path, answers: Path | None) -> bool:
    """Write the exercise's folder, and its key where `answers` is given; False if the folder was there already.

    Raises UsageError when the disk does not take it; then nothing of this exercise is left behind.
    """
    name = folder_name(exercise)
    new = not (out / name).exists()
    keys: list[Path] = []
    try:
        if answers:
            _write_key(exercise, pack, answers, name, keys)
        if new:
            _write_folder(files(exercise, pack), out, name)
    except BaseException as error:
        for path in keys:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = f"{out / name} cannot be written ({error.strerror}); nothing of it was kept"
            raise UsageError(reason) from None
        raise
    return new


def _write_folder(contents: Mapping[str, str], out: Path, name: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=out))
    try:
        for file, text in contents.items():
            (draft / file).write_text(text, encoding="utf-8")
        draft.chmod(0o755)
        draft.rename(out / name)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _write_key(exercise: Exercise, pack: Pack, answers: Path, name: str, written: list[Path]) -> None:
    """Write the three files of a key that are not there yet, noting each in `written`."""
    answers.mkdir(parents=True, exist_ok=True)
    built = key.build(exercise, pack)
    for suffix, text in (("json", key.as_json(built)), ("md", key.as_markdown(built)), ("patch", built["patch"])):
        path = answers / f"{name}.{suffix}"
        if not path.exists():
            written.append(path)
            path.write_text(text, encoding="utf-8")
