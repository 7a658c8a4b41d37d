"""Fills a bank: exercises are proven a few at a time and put in as they are, so that a filling is taken up again."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from bugforge.bank import items
from bugforge.bank.database import Database
from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, exercises
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
    while missing := _missing(database, filled, asked, until):
        with database.reading() as connection:
            there = {row[0] for row in connection.execute("select id from exercises")}
        found = exercises(stream, replace(asked, count=missing), sites, gate, taken=there.__contains__)
        filled.exhausted = True
        while a_few := [sheet_of(exercise, sites.pack, filled.seed) for exercise in islice(found, A_TIME)]:
            filled.exhausted = False
            with database.writing() as connection:
                new = sum(items.add(connection, sheet) for sheet in a_few)
            filled.added += new
            filled.alike += len(a_few) - new
            if not _missing(database, filled, asked, until):
                break
            progress(filled.added)
        if filled.exhausted:
            break
    progress(filled.added)
    return filled


def _missing(database: Database, filled: Filled, asked: Asked, until: int | None) -> int:
    """How many exercises are still to be put in; others may be filling the bank, too."""
    with database.reading() as connection:
        (filled.total,) = connection.execute("select count(*) from exercises where retired is null").fetchone()
    return max(0, asked.count - filled.added if until is None else until - filled.total)
