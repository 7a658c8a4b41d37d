"""An exercise's folder, or a bare file, back to what it is graded by.

The contract that judges comes from a pack, or from a sheet in the folder that the grader names (`answers`). What lies
beside a submission supplies nothing but names, and a wrong name explains nothing.
"""

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from bugforge.errors import SheetError
from bugforge.forge.sites import Sites
from bugforge.grading.subject import KnownBug, Subject, Submission, subject_from, subject_of
from bugforge.grading.submission import LARGEST, Unreadable, names_of, read, read_program
from bugforge.label import FILE, Label, label_from
from bugforge.model import Implementation, Problem
from bugforge.pack import Pack, known, load_pack
from bugforge.sheet import LARGEST as LARGEST_SHEET
from bugforge.sheet import PUBLIC_SEED, sheet_from
from bugforge.store import Store


@dataclass(frozen=True)
class Exercises:
    """Finds what judges a submission.

    `pack` is the one that was named, if one was; `answers` the folder of sheets that the grader named; `secret` what
    the exercises were named with.
    """

    store: Store
    pack: Pack | None = None
    answers: Path | None = None
    secret: str = ""

    def submission(self, path: Path) -> Submission:
        """The submission in an exercise's folder, or in a file named after its problem. Raises Unreadable."""
        try:
            return self._submission(path)
        except SheetError as error:
            raise Unreadable(str(error)) from None
        except OSError as error:
            raise Unreadable(f"{path} cannot be opened ({error.strerror}); see who may read it") from None

    def handed_out(self, folder: Path) -> Subject:
        """What was handed out in an exercise's folder, whatever has become of its program. Raises Unreadable."""
        try:
            if not (folder / FILE).exists():
                raise Unreadable(f"{folder} has no {FILE}, so it is no exercise; give a folder of `bugforge generate`")
            if self.answers:
                return self._by_sheet(self.answers, folder.resolve().name)[0]
            about = label_from(read(folder / FILE), str(folder / FILE))
            return self._by_pack(self._pack_of(about, folder), about, folder, "")[0]
        except SheetError as error:
            raise Unreadable(str(error)) from None
        except OSError as error:
            raise Unreadable(f"{folder} cannot be opened ({error.strerror}); see who may read it") from None

    def _submission(self, path: Path) -> Submission:
        folder = path if path.is_dir() else path.parent
        if not path.exists() and not path.is_symlink():
            raise Unreadable(f"there is no {path}; give an exercise's folder or the file in it")
        if (folder / FILE).exists():
            return self._from_folder(folder, path)
        if path.is_dir():
            raise Unreadable(f"{path} has no {FILE}, so it is no exercise; give a folder that `bugforge generate` made")
        pack = self.pack or load_pack()
        problem = pack.problems.get(path.stem)
        if problem is None:
            raise Unreadable(f"{path.stem} is no problem of the pack; name the file after its problem")
        source = read_program(path)
        note = f"no {FILE} beside it, so the bug that was handed out is not known"
        return Submission(path.name, source, subject_from(problem, closest(problem, source), PUBLIC_SEED), (note,))

    def _from_folder(self, folder: Path, path: Path) -> Submission:
        about = label_from(read(folder / FILE), str(folder / FILE))
        if self.answers:
            subject, notes = self._by_sheet(self.answers, folder.resolve().name)
            source = _program(folder, path, subject.problem)
        else:
            pack = self._pack_of(about, folder)
            source = _program(folder, path, about.problem)
            subject, notes = self._by_pack(pack, about, folder, source)
        if subject.broken == source:
            notes.append("the file is as it was handed out")
        changed = _changed_tests(folder, subject)
        if changed:
            notes.append(f"{', '.join(changed)} differs from the original, which was used instead")
        return Submission(folder.resolve().name, source, subject, tuple(notes))

    def _by_sheet(self, answers: Path, name: str) -> tuple[Subject, list[str]]:
        file = answers / f"{name}.json"
        if not file.exists():
            raise Unreadable(f"there is no {file}; give the folder that holds the answer keys")
        return subject_of(sheet_from(read(file, LARGEST_SHEET).encode(), str(file))), []

    def _pack_of(self, about: Label, folder: Path) -> Pack:
        """The pack that was named, else the one that the exercise names: where it lies is remembered."""
        pack = self.pack or known.find(about.pack_digest) or load_pack()
        if about.problem not in pack.problems or (about.pack != pack.name and about.pack_digest != pack.digest):
            raise Unreadable(f"it was made from the pack {about.pack!r}, which is not this one; give it with --pack")
        own = folder.resolve().name.rpartition("-")[0]
        if own in pack.problems and own != about.problem:
            raise Unreadable(f"the folder is of {own}, but its {FILE} speaks of {about.problem}; restore the file")
        return pack

    def _by_pack(self, pack: Pack, about: Label, folder: Path, source: str) -> tuple[Subject, list[str]]:
        problem, sites = pack.problems[about.problem], Sites(pack, self.store)
        wanted = problem, about.pack, about.id, about.bugs
        found = sites.find(*wanted, secret=self.secret, classes=_classes_beside(folder))
        found = found or sites.find(*wanted, secret=self.secret)
        notes = ["the pack has changed since this exercise was made"] if about.pack_digest != pack.digest else []
        if found is None:
            notes.append(
                f"judged as a program of {about.problem}: this pack and secret do not make this exercise, so its bug "
                "cannot be explained"
            )
            return subject_from(problem, closest(problem, source), about.test_seed), notes
        alone = found.alone or (found.source,)
        bugs = tuple(
            KnownBug(pack.bug_classes[bug.mutator], lines, source, fixes)
            for bug, lines, source, fixes in zip(
                found.address.bugs, found.lines, alone, sites.fixes(found), strict=True
            )
        )
        subject = subject_from(problem, found.implementation, about.test_seed)
        return replace(subject, broken=found.source, bugs=bugs, exercise=f"{about.problem}-{about.id}"), notes


def expanded(path: Path) -> list[Path]:
    """The path, or the exercises right inside it where it is no exercise itself."""
    inside = exercise_folders(path) if path.is_dir() and not (path / FILE).exists() else []
    return inside or [path]


def exercise_folders(folder: Path) -> list[Path]:
    """The exercises right inside a folder, by name; what begins with a dot was never finished."""
    return sorted(path.parent for path in folder.glob(f"[!.]*/{FILE}"))


def closest(problem: Problem, source: str) -> Implementation:
    """The implementation whose public functions the program has; without its own tests where there is none."""
    there = names_of(source)
    fitting = [item for item in problem.implementations.values() if names_of(item.source) <= there]
    if fitting:
        return max(fitting, key=lambda item: len(names_of(item.source)))
    first = next(iter(problem.implementations.values()))
    return replace(first, own_tests=None)


def _program(folder: Path, path: Path, problem: str) -> str:
    return read_program(folder / f"{problem}.py" if path.is_dir() else path)


def _classes_beside(folder: Path) -> list[str]:
    """The bug classes that a key in its usual place names: looking there first is faster, and believes nothing."""
    place = folder.resolve().parent / "answers" / f"{folder.resolve().name}.json"
    with contextlib.suppress(Unreadable, msgspec.DecodeError, RecursionError, KeyError, TypeError):
        return [str(bug["bug_class"]["id"]) for bug in msgspec.json.decode(read(place, LARGEST_SHEET))["sheet"]["bugs"]]
    return []


def _changed_tests(folder: Path, subject: Subject) -> list[str]:
    changed = []
    for name, text in subject.contract.tests:
        try:
            same = read(folder / name, LARGEST) == text
        except Unreadable:
            same = False
        if not same:
            changed.append(name)
    return changed
