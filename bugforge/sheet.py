"""An exercise as a value: all that is handed out, explained or graded by, in one JSON document.

With its sheet an exercise is printed and graded after its pack has changed or gone. The answer key's `.json` is the
sheet; whatever a person sees is rendered from it (`formats/`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from bugforge.errors import SheetError
from bugforge.gate.candidate import bug_digest
from bugforge.model import VERSION, BugClass, Difficulty, Edit, Exercise, Fixes, Observation, Problem
from bugforge.mutation.edits import edited
from bugforge.pack import Pack
from bugforge.pack.contract import COMPANIONS, contract_of, members
from bugforge.runner.task import Contract
from bugforge.symptoms import true_sentences

FORMAT = 1
LARGEST = 4 << 20  # bytes of a sheet; those of the standard pack have 40,000
DEMO = "demo.py"
NEEDED = ("numpy", "pytest")  # by every exercise's tests
PUBLIC_SEED = 0  # of the data that the tests draw in an exercise's folder


@dataclass(frozen=True)
class Provenance:
    """Where an exercise comes from."""

    pack: str
    pack_digest: str
    bugforge: str  # version
    seed: int | None  # of the stream it was drawn from
    public_seed: int


@dataclass(frozen=True)
class About:
    """What the exercise's problem says of itself."""

    name: str
    topic: str
    title: str
    statement: str
    allowed: tuple[str, ...]
    concepts: tuple[str, ...]
    talking_points: tuple[str, ...]
    implementation: str
    stories: tuple[str, ...] = ()
    story: str = ""  # the one that is told; none where the problem has none


@dataclass(frozen=True)
class PlantedBug:
    """One bug of an exercise: its class in full, and where it is."""

    bug_class: BugClass
    site: str
    digest: str  # what exercise.json knows of it
    lines: tuple[int, ...]  # of the broken program
    edits: tuple[Edit, ...]  # of the original
    symptoms: tuple[str, ...]  # those of the class's sentences that are true of this program
    fixes: Fixes


@dataclass(frozen=True)
class Sheet:
    """Read one with `sheet_from`, make one with `sheet_of`, write it with `as_json`."""

    id: str
    provenance: Provenance
    about: About
    difficulty: Difficulty
    minutes: int
    files: Mapping[str, str]  # name to text: the broken program, the tests, and what stands beside them
    tests: tuple[str, ...]  # those of the files that judge
    original: str
    bugs: tuple[PlantedBug, ...]
    observation: Observation

    @property
    def name(self) -> str:
        """Of the exercise's folder, and of its key's files."""
        return f"{self.about.name}-{self.id}"

    @property
    def program(self) -> str:
        """Name of the broken program's file."""
        return f"{self.about.name}.py"

    @property
    def broken(self) -> str:
        return self.files[self.program]

    @cached_property
    def contract(self) -> Contract:
        tests = tuple((name, self.files[name]) for name in self.tests)
        return Contract(self.about.name, tests, members(self.original))


def sheet_of(exercise: Exercise, pack: Pack, seed: int | None = None, secret: str = "") -> Sheet:
    """The sheet of an exercise of the pack, drawn with `seed` and named with `secret`."""
    address = exercise.address
    problem = pack.problems[address.problem]
    implementation = problem.implementations[address.implementation]
    contract = contract_of(problem, implementation)
    broken = edited(implementation.source, [edit for plan in exercise.plans for edit in plan.edits])
    return Sheet(
        id=exercise.id,
        provenance=Provenance(pack.name, pack.digest, VERSION, seed, PUBLIC_SEED),
        about=About(
            name=problem.name,
            topic=problem.topic,
            title=problem.title,
            statement=problem.statement,
            allowed=problem.allowed,
            concepts=problem.concepts,
            talking_points=problem.talking_points,
            implementation=implementation.name,
            stories=problem.stories,
            story=problem.stories[int(exercise.id, 16) % len(problem.stories)] if problem.stories else "",
        ),
        difficulty=exercise.difficulty,
        minutes=exercise.minutes,
        files=_files(problem, contract, broken),
        tests=tuple(name for name, _ in contract.tests),
        original=implementation.source,
        bugs=tuple(
            PlantedBug(
                bug_class=pack.bug_classes[plan.planted.mutator],
                site=str(plan.planted.site),
                digest=bug_digest(exercise.id, implementation.name, plan.planted, secret),
                lines=lines,
                edits=plan.edits,
                symptoms=true_sentences(pack.bug_classes[plan.planted.mutator].symptoms, exercise.observation.facts),
                fixes=fixes,
            )
            for plan, lines, fixes in zip(exercise.plans, exercise.lines, exercise.fixes, strict=True)
        ),
        observation=exercise.observation,
    )


def _files(problem: Problem, contract: Contract, broken: str) -> dict[str, str]:
    needed = "".join(f"{library}\n" for library in sorted({*problem.allowed, *NEEDED}))
    own = {f"{problem.name}.py": broken, DEMO: problem.demo, "requirements.txt": needed}
    return {**own, **dict(contract.tests), **dict(COMPANIONS)}


@dataclass(frozen=True)
class _Document:
    """A sheet on disk: `digest` is that of the sheet, so that what was cut off or changed is not believed."""

    format: int
    digest: str
    sheet: Sheet


def as_json(sheet: Sheet) -> bytes:
    document = msgspec.json.encode(_Document(FORMAT, _digest(sheet), sheet))
    return msgspec.json.format(document, indent=2) + b"\n"


def sheet_from(data: bytes, name: str = "the sheet") -> Sheet:
    """The sheet in a document. Raises SheetError for one that is cut off, changed, too large or of a newer version."""
    if len(data) > LARGEST:
        raise SheetError(f"{name} has {len(data):,} bytes, more than a sheet has; it is another file")
    again = "delete it and generate the exercise again with its seed"
    try:
        found = msgspec.json.decode(data)
        if not isinstance(found, dict) or not isinstance(found.get("format"), int):
            raise SheetError(f"{name} is no sheet; give the .json of an answer key")
        if not found["format"] >= 1:
            raise SheetError(f"{name} has a format that never was ({found['format']}); {again}")
        if found["format"] > FORMAT:
            raise SheetError(f"{name} was written by a newer bugforge (format {found['format']}); update bugforge")
        document = msgspec.convert(found, _Document)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SheetError(f"{name} is damaged ({error}); {again}") from None
    if document.digest != _digest(found["sheet"]):  # as it was written: a later version may know of more fields
        raise SheetError(f"{name} was changed after it was written; {again}")
    return document.sheet


def _digest(sheet: Sheet | dict[str, Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(sheet)).hexdigest()[:32]
