"""What `bugforge generate` does once it is understood: names checked, exercises made, written and reported."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from bugforge.cli import screen
from bugforge.forge import Forge, Forged, Order
from bugforge.gate import Gate
from bugforge.handout import folder
from bugforge.model import Difficulty
from bugforge.pack import Pack, load
from bugforge.runner.pool import Runner


@dataclass(frozen=True)
class Request:
    """The options of the command."""

    count: int
    seed: int | None
    topics: tuple[str, ...]
    bugs: tuple[str, ...]
    bug_count: int
    difficulty: Difficulty | None
    pack: Path | None
    out: Path
    keys: Path | None


def make(request: Request, runner: Runner) -> bool:
    """Make, write and report exercises; whether there are as many as asked."""
    pack, out, keys = load(request.pack), request.out, request.keys
    order = Order(
        count=request.count,
        seed=secrets.randbelow(1 << 31) if request.seed is None else request.seed,
        topics=_topics(request.topics, pack),
        bugs=_bugs(request.bugs, pack),
        difficulty=request.difficulty,
        bug_count=request.bug_count,
    )
    for needed in (out, keys) if keys else (out,):
        folder.usable(needed)
    drawn_into = request.seed is None and out.exists()
    there = {path.name.rpartition("-")[2] for path in out.iterdir()} if drawn_into else set()
    with screen.progress("proving exercises", order.count) as bar:
        forged = Forge(pack).make(order, Gate(runner), there.__contains__, lambda done: bar(completed=done))
    written: dict[str, bool] = {}
    try:
        for exercise in forged.exercises:
            written[exercise.id] = folder.write(exercise, pack, out, keys)
    finally:
        _report(forged, written, request, order.seed, pack)
    return len(forged.exercises) == order.count


def _topics(names: tuple[str, ...], pack: Pack) -> frozenset[str]:
    known = {problem.topic for problem in pack.problems.values()}
    for name in names:
        if name not in known:
            raise screen.unknown("topic", name, known)
    return frozenset(names)


def _bugs(names: tuple[str, ...], pack: Pack) -> frozenset[str]:
    """Bug classes by their own names or by those of their categories."""
    chosen: set[str] = set()
    categories = {mutator.category for mutator in pack.mutators.values()}
    for name in (name.replace("_", "-") for name in names):
        if name in pack.mutators:
            chosen.add(name)
        elif name in categories:
            chosen |= {m.id for m in pack.mutators.values() if m.category == name}
        else:
            raise screen.unknown("bug class or category", name, {*pack.mutators, *categories})
    return frozenset(chosen)


def _report(forged: Forged, written: dict[str, bool], request: Request, seed: int, pack: Pack) -> None:
    """What was written (False: it was there already), without a word about what is wrong in it."""
    out, exercises = request.out, [e for e in forged.exercises if e.id in written]
    width = max((len(folder.folder_name(e)) for e in exercises), default=0)
    for exercise in exercises:
        problem = pack.problems[exercise.mutant.address.problem]
        name = folder.folder_name(exercise).ljust(width)
        note = "" if written[exercise.id] else "  (was there already, left alone)"
        screen.out.print(f"{out / name}  {exercise.difficulty:<6}  {problem.minutes} min  {problem.title}{note}")
    made = sum(written.values())
    screen.out.print(f"\n{screen.plural(made, 'exercise')} made with seed {seed}.")
    if request.keys and made:
        screen.out.print(f"The answer keys are in {request.keys}; look there last.")
    for rule, number in forged.refusals.items():
        screen.out.print(f"{screen.plural(number, 'candidate')} refused: {rule}.")
    if exercises:
        first = out / folder.folder_name(exercises[0])
        screen.out.print(f"Start with: cd {first} && python -m pytest    Then: bugforge check {first}")
