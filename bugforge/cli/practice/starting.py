"""`bugforge start` and `next`: a plan, and the next drill of it."""

from pathlib import Path

import click

from bugforge.cli import options, screen
from bugforge.cli.practice.shared import open_drill, out_option, profile_option, show_day, show_drill, topic_names
from bugforge.errors import PracticeError
from bugforge.interviews import interviews
from bugforge.pack import load_pack
from bugforge.practice import Practice
from bugforge.practice.choosing import Standing
from bugforge.practice.plan import plan_names

PLAN, MINUTES = "two-weeks", 45


@click.command("start")
@click.option("--plan", type=click.Choice(plan_names()), help=f"How long there is [{PLAN}].")
@click.option("--for", "interview", type=click.Choice(list(interviews())), help="For whose interview [any].")
@click.option("--minutes", type=click.IntRange(5, 24 * 60), help=f"How many a day [{MINUTES}].")
@profile_option
@out_option
@options.pack_option
@options.jobs_option
def start_command(
    plan: str | None,
    interview: str | None,
    minutes: int | None,
    profile: str,
    out: Path,
    pack: Path | None,
    jobs: int,
) -> None:
    """Begin a plan and write its first drill; begun already, go on where you were.

    With --plan, --for or --minutes a new plan is begun. What you have learnt in an earlier one is not forgotten.
    """
    with Practice(profile, pack=load_pack(pack), say=screen.warn, jobs=jobs) as practice:
        where = None if plan or interview or minutes else _standing(practice)
        drill = open_drill(practice) if where else None
        if where is None:
            where = practice.begin(plan or PLAN, interview or "any", minutes or MINUTES)
            _show_plan(where)
        show_day(where)
        show_drill(drill or practice.next(out))


@click.command("next")
@click.option("--pack", type=click.Path(path_type=Path), help="A folder with reference_impls/ and mutators/.")
@profile_option
@out_option
@options.jobs_option
def next_command(pack: Path | None, profile: str, out: Path, jobs: int) -> None:
    """Write the next drill: what is due for review, else the plan's."""
    with Practice(profile, pack=load_pack(pack), say=screen.warn, jobs=jobs) as practice:
        left = open_drill(practice)
        where = practice.standing()
        show_day(where)
        if where.minutes_left <= 0:
            screen.out.print(f"The {where.begun.minutes} minutes of today are full; this is more than was planned.")
        drill = practice.next(out)
        if left:
            screen.out.print(
                f"{left.name} is still open, and counts as not fixed until `bugforge watch` has seen it fixed."
            )
        show_drill(drill)


def _standing(practice: Practice) -> Standing | None:
    try:
        return practice.standing()
    except PracticeError:
        return None


def _show_plan(where: Standing) -> None:
    plan, begun = where.plan, where.begun
    whose = "" if begun.interview == "any" else f" for an interview at {begun.interview}"
    screen.out.print(f"{screen.plural(len(plan.days), 'day')}{whose}, {begun.minutes} minutes each:", style="bold")
    shown, first = [], 1
    for day, following in zip(plan.days, [*plan.days[1:], None], strict=True):
        if following is None or following.groups != day.groups:
            days = f"{first}" if first == day.number else f"{first}-{day.number}"
            shown.append(f"  {days:>5}  {'anything, timed' if day.is_mixed else topic_names(day.topics)}")
            first = day.number + 1
    screen.out.print("\n".join(shown))
    if plan.skipped:
        screen.out.print(f"Skipped, for this pack has nothing of it: {topic_names(plan.skipped)}.")
    screen.out.print()
