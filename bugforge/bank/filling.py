"""Fills a bank: exercises are proven a few at a time and put in as they are, so that a filling is taken up again."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from bugforge.bank import items
from bugforge.bank.database import Database
from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, prove
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.sheet import sheet_of

A_TIME = 20  # exercises that are proven and then put in


@dataclass
class Filled:
    """What came of a filling."""

    seed: int
    added: int = 0
    alike: int = 0  # that differ from one in the bank in local names only
    total: int = 0  # in the bank, without those that are retired
    exhausted: bool = False  # whether there were no more of that kind


def fill(
    database: Database,
    sites: Sites,
    gate: Gate,
    wanted: Wanted,
    asked: Asked,
    seed: int | None,
    until: int | None,
    progress: Callable[[int], None],
) -> Filled:
    """Put in as many new exercises as are asked, or with `until` as many as the bank lacks of that number."""
    filled = Filled(secrets.randbelow(1 << 31) if seed is None else seed)
    stream = addresses(sites, filled.seed, wanted)
    while True:
        with database.reading() as connection:
            there = {row[0] for row in connection.execute("select id from exercises")}
            (filled.total,) = connection.execute("select count(*) from exercises where retired is null").fetchone()
        progress(filled.added)
        missing = asked.count - filled.added if until is None else until - filled.total
        if missing <= 0:
            return filled
        a_few = replace(asked, count=min(missing, A_TIME))
        proven = prove(stream, a_few, sites, gate, taken=there.__contains__)
        if not proven.exercises:
            filled.exhausted = True
            return filled
        sheets = [sheet_of(exercise, sites.pack, filled.seed) for exercise in proven.exercises]
        with database.writing() as connection:
            new = sum(items.add(connection, sheet) for sheet in sheets)
        filled.added += new
        filled.alike += len(sheets) - new
