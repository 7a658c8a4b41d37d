"""`bugforge generate`: exercises into a folder, their keys beside it."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bugforge.cli import completion, options, screen
from bugforge.forge.addresses import MOST_BUGS, Wanted, addresses
from bugforge.forge.prove import Asked, Proven, bugs_that_fill, exercises_that_fill, prove
from bugforge.forge.sites import Sites
from bugforge.formats.writing import usable, write
from bugforge.gate import Gate
from bugforge.model import Difficulty
from bugforge.pack import Pack, known, load_pack
from bugforge.runner.pool import Runner
from bugforge.sheet import Sheet, sheet_of


@click.command("generate")
@click.option("--count", type=click.IntRange(1), help="How many exercises [10].")
@click.option("--minutes", type=click.IntRange(1), help="As many, or with --count as large ones, as fill the time.")
@click.option("--seed", type=int, help="Make the same exercises again [a fresh one, printed].")
@click.option("--topic", multiple=True, shell_complete=completion.topics, help="Only this topic; may be repeated.")
@click.option(
    "--problem", multiple=True, shell_complete=completion.problems, help="Only this problem; may be repeated."
)
@click.option(
    "--bug", multiple=True, shell_complete=completion.bugs, help="Only this bug class or category; may be repeated."
)
@click.option("--bug-count", type=click.IntRange(1, MOST_BUGS), help="Bugs in each exercise [1].")
@click.option("--difficulty", type=click.Choice([str(d) for d in Difficulty]), help="Only exercises that are so hard.")
@click.option("--loud", is_flag=True, help="As many as come whose bug only raises errors [a tenth at most].")
@options.pack_option
@click.option("--out", type=click.Path(path_type=Path), default=Path("generated"), show_default=True, help="Folder.")
@click.option("--answers", type=click.Path(path_type=Path), help="Folder for the answer keys [OUT/answers].")
@click.option("--no-answers", is_flag=True, help="Write no answer keys.")
@options.secret_option
@click.option("--prove", "anew", is_flag=True, help="Prove everything anew, whatever was proven before.")
@options.no_cache_option
@options.json_option
@options.jobs_option
def generate_command(
    count: int | None,
    minutes: int | None,
    seed: int | None,
    topic: tuple[str, ...],
    problem: tuple[str, ...],
    bug: tuple[str, ...],
    bug_count: int | None,
    difficulty: str | None,
    loud: bool,
    pack: Path | None,
    out: Path,
    answers: Path | None,
    no_answers: bool,
    secret_file: Path | None,
    anew: bool,
    no_cache: bool,
    as_json: bool,
    jobs: int,
) -> None:
    """Make exercises: broken programs with failing tests, and their answer keys apart from them."""
    loaded = load_pack(pack)
    several = bug_count or bugs_that_fill(minutes, count)
    wanted = Wanted.named(loaded, topic, problem, bug, several, difficulty)
    asked = Asked(count or exercises_that_fill(minutes), wanted.difficulty, loud or bool(bug), minutes)
    order = Order(
        wanted,
        asked,
        counted=count is not None,
        seed=secrets.randbelow(1 << 31) if seed is None else seed,
        secret=options.secret(secret_file),
        out=out,
        keys=None if no_answers else answers or out / "answers",
        fresh=seed is None,
    )
    with options.store(no_cache, anew) as store, Runner(jobs) as runner:
        if not store.counts():
            runner.start()  # all is to be proven, and there is something else to be imported meanwhile
        complete = _make(order, loaded, Sites(loaded, store), Gate(runner, store), as_json)
    if not complete:
        raise SystemExit(1)


@dataclass(frozen=True)
class Order:
    """What is to be made, and where it goes; `fresh` where the seed was not given."""

    wanted: Wanted
    asked: Asked
    counted: bool  # whether somebody said how many
    seed: int
    secret: str
    out: Path
    keys: Path | None
    fresh: bool


def _make(order: Order, pack: Pack, sites: Sites, gate: Gate, as_json: bool) -> bool:
    """Make, write and report exercises; whether there are as many as asked."""
    usable(order.out)
    if order.keys:
        usable(order.keys, "--answers")
    drawn_into = order.fresh and order.out.exists()
    there = {path.name.rpartition("-")[2] for path in order.out.iterdir()} if drawn_into else set()
    with screen.progress("proving exercises", order.asked.count) as bar:
        proven = prove(
            addresses(sites, order.seed, order.wanted),
            order.asked,
            sites,
            gate,
            secret=order.secret,
            taken=there.__contains__,
            progress=lambda done: bar(completed=done),
        )
    screen.warn_of_left_out(sites.left_out)
    known.remember(pack)
    written: list[tuple[Sheet, bool]] = []
    try:
        for exercise in proven.exercises:
            sheet = sheet_of(exercise, pack, order.seed, order.secret)
            written.append((sheet, write(sheet, order.out, order.keys)))
    finally:
        if as_json:
            _tell(written, proven, order, gate)
        else:
            _report(written, proven, order, pack)
    fills = order.asked.minutes is not None and not order.counted and bool(proven.exercises)
    return fills or len(proven.exercises) == order.asked.count


def _report(written: Sequence[tuple[Sheet, bool]], proven: Proven, order: Order, pack: Pack) -> None:
    """What was written (False: it was there already), without a word about what is wrong in it."""
    width = max((len(sheet.name) for sheet, _ in written), default=0)
    for sheet, new in written:
        place, note = order.out / sheet.name.ljust(width), "" if new else "  (was there already, left alone)"
        about = sheet.about
        screen.out.print(f"{place}  {sheet.difficulty:<6}  {sheet.minutes:2} min  {about.title}{note}")
    made = sum(new for _, new in written)
    screen.out.print(f"\n{screen.plural(made, 'exercise')} made with seed {order.seed}.")
    if order.keys and made:
        screen.out.print(f"The answer keys are in {order.keys}; look there last.")
    if order.asked.minutes is not None:
        screen.out.print(f"Together {screen.plural(proven.minutes, 'minute')} of {order.asked.minutes}.")
        if not written or (order.counted and len(written) < order.asked.count):
            screen.out.print(
                "Nothing else that was tried fits into the time; ask for more minutes, or fewer exercises."
            )
    elif len(written) < order.asked.count:
        screen.out.print(_why_fewer(proven, order, pack))
        for rule, number in proven.refusals.items():
            screen.out.print(f"{screen.plural(number, 'candidate')} refused: {rule}.")
    if written:
        first = screen.path(order.out / written[0][0].name)
        screen.out.print(f"Start with: cd {first} && python -m pytest    Then: bugforge check {first}")


def _why_fewer(proven: Proven, order: Order, pack: Pack) -> str:
    """What leaves nothing more to be made."""
    if not pack.problems or not pack.bug_classes:
        return f"The pack has no {'bug class' if pack.problems else 'problem'}, so nothing can be made of it."
    wanted, filters = order.wanted, []
    filters += [f"--topic {name}" for name in sorted(wanted.topics)]
    filters += [f"--problem {name}" for name in sorted(wanted.problems)]
    filters += ["--bug"] if wanted.bug_classes else []
    filters += [f"--difficulty {order.asked.difficulty}"] if order.asked.difficulty else []
    filters += [f"--bug-count {wanted.bug_count}"] if wanted.bug_count > 1 else []
    told = f"There is no more: {len(proven.exercises)} of {order.asked.count} asked for"
    told += f" fit {' '.join(filters)}" if filters else " can be made of this pack"
    if wanted.bug_count > 1 and len(wanted.bug_classes) == 1:
        told += "; an exercise has no two bugs of one class"
    if proven.loud:
        told += (
            f"; {screen.plural(proven.loud, 'other')} only {'raises' if proven.loud == 1 else 'raise'} errors (--loud)"
        )
    if proven.taken:
        told += (
            f"; {screen.plural(proven.taken, 'other')} {'is' if proven.taken == 1 else 'are'} in {order.out} already"
        )
    return f"{told}."


def _tell(written: Sequence[tuple[Sheet, bool]], proven: Proven, order: Order, gate: Gate) -> None:
    """The same for programs; `proven_now` are those that no earlier run had proven."""
    exercises = [
        {
            "folder": str(order.out / sheet.name),
            "problem": sheet.about.name,
            "difficulty": sheet.difficulty,
            "minutes": sheet.minutes,
            "new": new,
            "proven_now": exercise.address in gate.proven_now,
        }
        for (sheet, new), exercise in zip(written, proven.exercises, strict=False)
    ]
    screen.out.print(json.dumps({"seed": order.seed, "exercises": exercises, "refused": proven.refusals}, indent=2))
