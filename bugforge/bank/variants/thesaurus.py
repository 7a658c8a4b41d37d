"""Other natural names for what programs call their local variables and private helpers (thesaurus.toml)."""

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bugforge.bank.variants.secret import number

FILE = Path(__file__).with_name("thesaurus.toml")
REST = "*"  # in a pattern, and in what stands for it


@dataclass(frozen=True)
class Entry:
    """The other names for one, or for all that fit a pattern; entries of one group are chosen alike."""

    group: str
    others: tuple[str, ...]


@cache
def thesaurus() -> dict[str, Entry]:
    """By name or pattern, in the order of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = [{name: others} for name, others in read["alone"].items()] + read["together"]
    return {name: Entry(next(iter(group)), tuple(others.split())) for group in groups for name, others in group.items()}


def entry_of(name: str) -> Entry | None:
    """What the thesaurus says of a name, by itself or by a pattern."""
    if found := thesaurus().get(name):
        return found
    if name.startswith("_"):
        public = entry_of(name[1:])
        return public and Entry(public.group, tuple(f"_{other}" for other in public.others))
    for pattern, entry in thesaurus().items():
        start, star, end = pattern.partition(REST)
        rest = name[len(start) : len(name) - len(end)]
        if star and rest and name == f"{start}{rest}{end}":
            return Entry(entry.group, tuple(other.replace(REST, rest) for other in entry.others))
    return None


def other_names(names: Iterable[str], taken: Collection[str], key: bytes) -> dict[str, str]:
    """A new name for each that the thesaurus knows, chosen by the key; no two are alike, and none is taken."""
    chosen = dict[str, str]()
    for name in sorted(names):
        entry = entry_of(name)
        if entry is None:
            continue
        first = number(key, f"name {entry.group}") % len(entry.others)
        in_turn = (*entry.others[first:], *entry.others[:first])
        free = (other for other in in_turn if other not in taken and other not in chosen.values())
        if new := next(free, None):
            chosen[name] = new
    return chosen
