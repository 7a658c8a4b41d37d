"""Whether a variant does what its exercise does: both run as the candidate runs them, and what is seen is compared."""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from bugforge.bank.variants.varying import NAMED
from bugforge.gate import plain
from bugforge.gate.demo import DEMO_TEST, with_demo
from bugforge.model import Outcome, TestResult
from bugforge.runner.pool import Runner
from bugforge.runner.scheduler import Judgement, together
from bugforge.runner.task import Task
from bugforge.sheet import DEMO, Sheet

ADDRESS = re.compile(r"0x[0-9a-f]+")  # of an object, another in each run


def proven(pairs: Iterable[tuple[Sheet, Sheet]], runner: Runner) -> list[str]:
    """For each exercise and its variant why the variant is not used; empty where nothing tells them apart.

    The right programs pass every test of the contract, the broken ones fail the same ones with the same words, and the
    demo prints the same characters, on the public seed; what they return is the same bit by bit.
    """
    return list(together(runner, (_judged(sheet, varied) for sheet, varied in pairs)))


def _judged(sheet: Sheet, varied: Sheet) -> Judgement[str]:
    if varied == sheet:
        return "nothing about it can be otherwise"
    contract, seed = with_demo(sheet.contract, sheet.files[DEMO]), sheet.provenance.public_seed
    sources = sheet.original, varied.original, sheet.broken, varied.broken
    (*reports, values) = yield [*(plain(contract, source, (seed,)) for source in sources), values_of(sheet, sources)]
    right, right_varied, broken, broken_varied = (report[seed] for (report,) in reports)
    for result in right_varied:
        if result.outcome is not Outcome.PASSED and result.name != DEMO_TEST:
            return f"the right program of its variant does not pass {result.name}"
    bits = [[result.values for result in report[seed]] for report in values]
    for before, after in ((right, right_varied), (broken, broken_varied)):
        if (name := _difference(before, after)) is not None:
            return f"it and its variant differ in {name}, or it does not do the same twice itself"
    if bits[0] != bits[1] or bits[2] != bits[3]:
        return "it and its variant return other bits, or it does not do the same twice itself"
    return ""


def values_of(sheet: Sheet, sources: tuple[str, ...]) -> Task:
    """A run that tells all that each program returns, bit by bit."""
    return Task(sheet.contract, sources, (sheet.provenance.public_seed,))


def _difference(before: Sequence[TestResult], after: Sequence[TestResult]) -> str | None:
    """The first test that something else is seen of."""
    for old, new in zip_longest(before, after):
        if old is None or new is None or _seen(old) != _seen(new) or not _prints_alike(old.printed, new.printed):
            return str((old or new).name)
    return None


def _seen(result: TestResult) -> tuple[object, ...]:
    message = NAMED.sub("", ADDRESS.sub("", result.message))  # names that Python quotes are the variant's own
    return result.name, result.outcome, result.exception, message, result.nan, result.warned


def _prints_alike(old: str, new: str) -> bool:
    """A demo prints twice; what is not the same both times need not be the same in the variant."""
    first, _, second = old.partition("\f")
    again = new.partition("\f")[0]
    lines = zip_longest(first.splitlines(), second.rstrip("\f").splitlines(), again.splitlines())
    return all(mine == other for mine, repeated, other in lines if mine == repeated or not second)
