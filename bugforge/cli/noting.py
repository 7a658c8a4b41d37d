"""What `check`, `hint` and `solve` do to a drill is part of its practice, whoever has begun that."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bugforge.cli import screen
from bugforge.errors import PracticeError
from bugforge.grading.verdict import Verdict
from bugforge.practice import Practice
from bugforge.practice.drill import Drill
from bugforge.practice.events import GivenUp, Hinted, OfDrill
from bugforge.practice.journal import PROFILE, profiles_folder
from bugforge.practice.judging import checked


def note_verdicts(paths: Sequence[Path], verdicts: Sequence[Verdict]) -> None:
    """Take down verdicts on what is in the folders of drills."""
    for path, verdict in zip(paths, verdicts, strict=True):
        _note(path, partial(checked, verdict=verdict))


def note_hint(folder: Path) -> None:
    _note(folder, lambda drill: Hinted(drill.name))


def note_key(folder: Path) -> None:
    _note(folder, lambda drill: GivenUp(drill.name))


def _note(folder: Path, event_of: Callable[[Drill], OfDrill]) -> None:
    """Take down an event in every practice that has a drill in this folder. What cannot be noted is told, no more."""
    place = folder.resolve()
    place = place if place.is_dir() else place.parent
    for file in sorted(profiles_folder().glob("*.db")):
        if not PROFILE.fullmatch(file.stem):
            continue
        try:
            with Practice(file.stem, say=screen.warn) as practice:
                for drill in practice.drills():
                    if Path(drill.opened.folder) == place:
                        practice.send(event_of(drill))
        except PracticeError as error:
            screen.warn(str(error))
