"""What programs ask of bugforge: exercises, and verdicts on fixes."""

import os
import secrets
from collections.abc import Iterable, Sequence

from bugforge.errors import UsageError
from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, prove
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.subject import Submission, subject_of
from bugforge.grading.verdict import Verdict
from bugforge.pack import Pack, load_pack
from bugforge.runner.pool import Runner
from bugforge.sheet import Sheet, sheet_of
from bugforge.store import Store, cache_folder

JOBS = os.cpu_count() or 1


def generate(
    count: int = 10,
    *,
    seed: int | None = None,
    pack: Pack | None = None,
    topics: Iterable[str] = (),
    problems: Iterable[str] = (),
    bugs: Iterable[str] = (),
    difficulty: str | None = None,
    loud: bool = False,
    minutes: int | None = None,
    bug_count: int = 1,
    secret: str = "",
    jobs: int = JOBS,
) -> list[Sheet]:
    """Proven exercises, as `bugforge generate` makes them: the same ones for the same seed.

    `bugs` are classes or categories, `bug_count` how many are planted in each; `minutes` is what all may take together.
    Where no class is named, a tenth at most is loud (the demo raises, or most failing tests end in an error), or with
    `loud` any number. Raises UsageError for an unknown name.
    """
    pack = pack or load_pack()
    if count < 0:
        raise UsageError(f"{count} exercises cannot be made; give 0 or more")
    wanted = Wanted.named(pack, _several(topics), _several(problems), _several(bugs), bug_count, difficulty)
    asked = Asked(count, wanted.difficulty, loud or bool(bugs), minutes)
    seed = secrets.randbelow(1 << 31) if seed is None else seed
    with Store(cache_folder()) as store, Runner(jobs) as runner:
        sites = Sites(pack, store)
        proven = prove(addresses(sites, seed, wanted), asked, sites, Gate(runner, store), secret=secret)
    return [sheet_of(exercise, pack, seed, secret) for exercise in proven.exercises]


def _several(names: str | Iterable[str]) -> Iterable[str]:
    return [names] if isinstance(names, str) else names


def check(program: str, sheet: Sheet, *, seeds: Sequence[int] | None = None, jobs: int = JOBS) -> Verdict:
    """The verdict on the text of a program, in the sandbox, by the sheet of its exercise and without its pack.

    The sheet's contract is run in a trusted process: it has to be your own. `seeds` are tried beside the public one,
    fresh ones where none are given. Raises UsageError for one below 0.
    """
    if seeds and min(seeds) < 0:
        raise UsageError(f"a seed is 0 or more: {min(seeds)}")
    with Runner(jobs) as runner:
        grader = Grader(runner, seeds or fresh_seeds())
        ((_, verdict),) = grader.grade([Submission(sheet.name, program, subject_of(sheet))], spread=True)
    return verdict
