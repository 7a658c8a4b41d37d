"""The answer form that comes back: what a candidate says beside the programs. Anybody may have written it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bugforge.bank.returned import LABEL
from bugforge.formats.bundle import FORM
from bugforge.formats.text import visible
from bugforge.grading.submission import Unreadable, text_of
from bugforge.grading.verdict import Verdict

LARGEST = 1 << 18  # bytes of a form
LONGEST = 20_000  # characters of one answer
HIGHEST = 100_000  # line, or minutes
KINDS = {"line": (int,), "bug": (str,), "why": (str,), "minutes": (int, float), "no_bug": (bool,), "test": (str,)}


@dataclass(frozen=True)
class Answer:
    """On one exercise; what was left as it was is 0, empty or False."""

    line: int = 0
    bug: str = ""
    why: str = ""
    minutes: float = 0
    no_bug: bool = False
    test: str = ""


def names_a_bug(answer: Answer, verdict: Verdict) -> bool:
    """Whether somebody takes a program to have a bug: says where or what it is, or has changed the program."""
    return bool(not answer.no_bug and (answer.line or answer.bug or verdict.lines_changed != 0))


def read_form(data: bytes) -> tuple[dict[str, Answer], list[str]]:
    """The answers by label, and a sentence on each thing that cannot be used."""
    if len(data) > LARGEST:
        return {}, [f"{FORM} has more than the {LARGEST:,} bytes that it may have; nothing of it was read"]
    try:
        form = tomllib.loads(text_of(FORM, data))
    except (Unreadable, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return {}, [f"{FORM} cannot be read ({visible(str(error))[:200]}); ask for the answers again"]
    answers, notes = dict[str, Answer](), list[str]()
    for name, said in form.items():
        found = LABEL.search(name)
        if found and isinstance(said, dict):
            answers[found[1]] = _answer(name, said, notes)
        else:
            notes.append(f"{FORM} speaks of {visible(name)[:40]!r}, which is no exercise")
    return answers, notes


def _answer(name: str, said: Mapping[str, Any], notes: list[str]) -> Answer:
    usable = dict[str, Any]()
    for key, value in said.items():
        if type(value) in KINDS.get(key, ()) and (isinstance(value, str) or 0 <= value <= HIGHEST):
            usable[key] = value.strip("\n")[:LONGEST] if isinstance(value, str) else value
        else:
            notes.append(f"{FORM} says of {name} something as {visible(key)[:40]!r} that cannot be used")
    return Answer(**usable)
