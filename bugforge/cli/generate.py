"""`bugforge generate`: exercises into a folder, their keys beside it."""

import secrets
from pathlib import Path

import click

from bugforge.cli import screen
from bugforge.forge import Forge, Forged, Order
from bugforge.gate import Gate
from bugforge.handout import folder
from bugforge.model import Difficulty, Exercise
from bugforge.pack import Pack, load
from bugforge.runner.pool import Runner


@click.command("generate")
@click.option("--count", type=click.IntRange(1), default=10, show_default=True, help="How many exercises.")
@click.option("--seed", type=int, help="Make the same exercises again [a fresh one, printed].")
@click.option("--topic", multiple=True, help="Only this topic; may be repeated.")
@click.option("--bug", multiple=True, help="Only this bug class or category; may be repeated.")
@click.option("--bug-count", type=click.IntRange(1, 4), default=1, show_default=True, help="Bugs in each exercise.")
@click.option("--difficulty", type=click.Choice([str(d) for d in Difficulty]), help="Only bugs of this difficulty.")
@screen.pack_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("generated"), show_default=True, help="Folder.")
@click.option("--answers", type=click.Path(path_type=Path), help="Folder for the answer keys [OUT/answers].")
@click.option("--no-answers", is_flag=True, help="Write no answer keys.")
@screen.jobs_option
def generate_command(
    count: int,
    seed: int | None,
    topic: tuple[str, ...],
    bug: tuple[str, ...],
    bug_count: int,
    difficulty: str | None,
    pack: Path | None,
    out: Path,
    answers: Path | None,
    no_answers: bool,
    jobs: int,
) -> None:
    """Make exercises: broken programs with failing tests, and their answer keys apart from them."""
    keys = None if no_answers else answers or out / "answers"
    with Runner(jobs) as runner:
        loaded = load(pack)
        drawn = secrets.randbelow(1 << 31) if seed is None else seed
        order = Order(
            count=count,
            seed=drawn,
            topics=_topics(topic, loaded),
            bugs=_bugs(bug, loaded),
            difficulty=Difficulty(difficulty) if difficulty else None,
            bug_count=bug_count,
        )
        for needed in (out, keys) if keys else (out,):
            folder.prepare(needed)
        there = {path.name.rpartition("-")[2] for path in out.iterdir()} if seed is None else set()
        with screen.progress("proving exercises", count) as bar:
            forged = Forge(loaded).make(order, Gate(runner), there.__contains__, lambda done: bar(completed=done))
    kept = [e for e in forged.exercises if not folder.write(e, loaded, out, keys)]
    _report(forged, kept, out, keys, drawn, loaded)
    if len(forged.exercises) < count:
        raise SystemExit(1)


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


def _report(forged: Forged, kept: list[Exercise], out: Path, keys: Path | None, seed: int, pack: Pack) -> None:
    """What was made, without a word about what is wrong in it."""
    width = max((len(folder.folder_name(e)) for e in forged.exercises), default=0)
    for exercise in forged.exercises:
        problem = pack.problems[exercise.mutant.address.problem]
        name = folder.folder_name(exercise).ljust(width)
        note = "  (was there already, left alone)" if exercise in kept else ""
        screen.out.print(f"{out / name}  {exercise.difficulty:<6}  {problem.minutes} min  {problem.title}{note}")
    made = len(forged.exercises) - len(kept)
    screen.out.print(f"\n{screen.plural(made, 'exercise')} made with seed {seed}.")
    if keys and made:
        screen.out.print(f"The answer keys are in {keys}; look there last.")
    for rule, number in forged.refusals.items():
        screen.out.print(f"{screen.plural(number, 'candidate')} refused: {rule}.")
    if forged.exercises:
        first = out / folder.folder_name(forged.exercises[0])
        screen.out.print(f"Start with: cd {first} && python -m pytest    Then: bugforge check {first}")
