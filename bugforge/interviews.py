"""What interviews are like, by who holds them: minutes, topics and libraries (interviews.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TALK = 5  # minutes of each exercise that go to questions, where nothing else is said
ANY = "any"


@dataclass(frozen=True)
class Interview:
    """One round. No topics: any; no libraries: any."""

    name: str
    minutes: int
    talk: int = TALK  # minutes beside each exercise
    topics: frozenset[str] = frozenset()
    libraries: frozenset[str] = frozenset()


@cache
def interviews() -> dict[str, Interview]:
    """By name; one of them, ANY, is a round of 45 minutes on anything."""
    found = tomllib.loads(Path(__file__).with_name("interviews.toml").read_text(encoding="utf-8"))
    named = {
        name: Interview(
            name, about["minutes"], about["talk"], frozenset(about["topics"]), frozenset(about["libraries"])
        )
        for name, about in found.items()
    }
    return {ANY: Interview(ANY, 45), **named}
