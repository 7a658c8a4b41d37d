"""What stands in an exercise's folder about itself (exercise.json): what judges it is found by it, the bug is not."""

from dataclasses import dataclass

import msgspec

from bugforge.errors import SheetError
from bugforge.model import Difficulty
from bugforge.sheet import Sheet

FILE = "exercise.json"


@dataclass(frozen=True)
class Label:
    id: str
    problem: str
    topic: str
    difficulty: Difficulty
    minutes: int
    bugs: tuple[str, ...]  # a digest each, in an order that says nothing
    seed: int | None  # of the stream that it was drawn from
    test_seed: int
    pack: str
    pack_digest: str
    bugforge: str  # version


def label_of(sheet: Sheet) -> Label:
    made, about = sheet.provenance, sheet.about
    return Label(
        id=sheet.id,
        problem=about.name,
        topic=about.topic,
        difficulty=sheet.difficulty,
        minutes=sheet.minutes,
        bugs=tuple(sorted(bug.digest for bug in sheet.bugs)),
        seed=made.seed,
        test_seed=made.public_seed,
        pack=made.pack,
        pack_digest=made.pack_digest,
        bugforge=made.bugforge,
    )


def as_json(label: Label) -> bytes:
    return msgspec.json.format(msgspec.json.encode(label), indent=2) + b"\n"


def label_from(text: str, name: str) -> Label:
    """Raises SheetError for a text that is no label, or asks for what no exercise has."""
    try:
        label = msgspec.json.decode(text, type=Label)
    except (msgspec.DecodeError, RecursionError):
        raise SheetError(f"{name} is damaged; generate the exercise again with its seed") from None
    if label.test_seed < 0:
        raise SheetError(f"{name} has a negative seed; generate the exercise again with its seed")
    return label
