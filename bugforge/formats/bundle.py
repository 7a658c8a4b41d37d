"""What a candidate is handed out for one interview: the exercises, the rules, and a form for the answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from bugforge.formats.interview import GivenTests, interview_folder
from bugforge.formats.text import render
from bugforge.sheet import Sheet

FORM = "answers.toml"


@dataclass(frozen=True)
class Labelled:
    """An exercise in the folder that it is handed out in; quiet sets hide the tests that would tell of a bug."""

    folder: str
    sheet: Sheet
    hidden_tests: frozenset[str]

    @property
    def title(self) -> str:
        return self.sheet.about.title

    @property
    def minutes(self) -> int:
        return self.sheet.minutes


def bundle(exercises: list[Labelled], minutes: int, tests: GivenTests) -> Mapping[str, bytes]:
    """Every file by its path in the bundle. The same exercises give the same bytes."""
    about = {"exercises": exercises, "minutes": minutes, "tells": tests is GivenTests.ALL}
    needed = sorted({line for one in exercises for line in one.sheet.files["requirements.txt"].splitlines()})
    files = {
        "README.md": render("bundle.md.j2", **about).encode(),
        FORM: render("answers.toml.j2", **about).encode(),
        "requirements.txt": "".join(f"{line}\n" for line in needed).encode(),
    }
    for one in exercises:
        folder = interview_folder(one.sheet, tests, one.hidden_tests).items()
        files |= {f"{one.folder}/{name}": data for name, data in folder if name != "requirements.txt"}
    return files
