"""What programs ask of bugforge: exercises, and verdicts on fixes."""

import os
import secrets
from collections.abc import Iterable, Sequence

from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import prove
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.subject import Submission, subject_of
from bugforge.model import Difficulty, Verdict
from bugforge.pack import Pack, load_pack, names
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
    bugs: Iterable[str] = (),
    difficulty: Difficulty | None = None,
    bug_count: int = 1,
    secret: str = "",
    jobs: int = JOBS,
) -> list[Sheet]:
    """Proven exercises, as `bugforge generate` makes them: the same ones for the same seed.

    `bugs` are classes or categories, `bug_count` how many are planted in each. Raises UsageError for an unknown name.
    """
    pack = pack or load_pack()
    wanted = Wanted(names.topics(topics, pack), names.bug_classes(bugs, pack), difficulty, bug_count)
    seed = secrets.randbelow(1 << 31) if seed is None else seed
    with Store(cache_folder()) as store, Runner(jobs) as runner:
        candidates = addresses(Sites(pack, store), seed, wanted)
        proven = prove(candidates, count, pack, Gate(runner, store), secret=secret)
    return [sheet_of(exercise, pack, seed, secret) for exercise in proven.exercises]


def check(program: str, sheet: Sheet, *, seeds: Sequence[int] | None = None, jobs: int = JOBS) -> Verdict:
    """The verdict on the text of a program, in the sandbox, by the sheet of its exercise and without its pack.

    The sheet's contract is run in a trusted process: it has to be your own. `seeds` are tried beside the public one,
    fresh ones where none are given.
    """
    with Runner(jobs) as runner:
        grader = Grader(runner, seeds or fresh_seeds())
        ((_, verdict),) = grader.grade([Submission(sheet.name, program, subject_of(sheet))], spread=True)
    return verdict
