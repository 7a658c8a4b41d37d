"""`bugforge mock`: a timed interview, without a word of explanation before its end."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import click

from bugforge.cli import options, screen
from bugforge.cli.practice.after import explain
from bugforge.cli.practice.screen_of_drill import clock
from bugforge.cli.practice.shared import out_option, profile_option, shown
from bugforge.cli.practice.terminal import Terminal, ask
from bugforge.cli.practice.watching import Watch, watched_alone
from bugforge.errors import UsageError
from bugforge.grading.grader import Grader
from bugforge.grading.rubric import WEIGHTS, Criterion
from bugforge.grading.submission import Unreadable, read_program
from bugforge.interviews import interviews
from bugforge.pack import load_pack
from bugforge.practice import Practice
from bugforge.practice.drill import Drill
from bugforge.practice.interviewing import QUESTIONS, STAGES, Measured, Stage, measured, score
from bugforge.practice.trying import Trying
from bugforge.runner.pool import Runner

FIX = "Fix"  # the stage in which the program is worked on


@click.command("mock")
@click.option("--for", "interview", type=click.Choice(list(interviews())), default="any", help="Whose interview [any].")
@profile_option
@out_option
@options.pack_option
@options.jobs_option
def mock_command(interview: str, profile: str, out: Path, pack: Path | None, jobs: int) -> None:
    """Take a timed interview of one or two drills, and see its score sheet at the end."""
    with Terminal() as terminal, terminal.paused():
        if not terminal.is_live:
            raise UsageError("a mock interview asks and waits, so it needs a terminal")
        with Practice(profile, pack=load_pack(pack), say=screen.warn, jobs=jobs) as practice:
            drills = practice.interview(interview, out)
            about = interviews()[interview]
            minutes = about.minutes / len(drills)
            count = screen.plural(len(drills), "drill")
            screen.out.print(f"An interview of {about.minutes} minutes, {count}.", style="bold")
            screen.out.print("No verdict and no explanation before the end. Hints cost, as an interviewer's do.\n")
            for drill in drills:
                _take(practice, drill, minutes, terminal)
            _end(practice, interview, [practice.drill(drill.name) for drill in drills], terminal)


def _take(practice: Practice, drill: Drill, minutes: float, terminal: Terminal) -> None:
    """One drill, stage by stage."""
    screen.out.print(f"{shown(drill.opened.folder)}\n", style="bold")
    for stage in STAGES:
        screen.out.print(f"{stage.name} ({minutes * stage.share:.0f} min)", style="bold")
        screen.out.print("\n".join(terminal.wrapped(stage.prompt, "  ")))
        began = time.monotonic()
        if stage.name == FIX:
            ask("  Enter opens the program's tests; d diagnoses there, h hints, q is done.")
            _work(practice, drill, minutes * stage.share, terminal)
        else:
            ask("  Enter when you are done.")
        _tell_time(stage, time.monotonic() - began, minutes)


def _work(practice: Practice, drill: Drill, minutes: float, terminal: Terminal) -> None:
    with terminal.resumed(), watched_alone(Path(drill.opened.folder)), Trying(practice.sheet(drill)) as trying:
        Watch(practice, drill, terminal, trying, keys="dher?", minutes=minutes).run()


def _tell_time(stage: Stage, seconds: float, minutes: float) -> None:
    over = seconds - 60 * minutes * stage.share
    late = f", {clock(over)} over" if over > 0 else ""
    screen.out.print(f"  {clock(seconds)}{late}\n")


def _end(practice: Practice, interview: str, drills: Sequence[Drill], terminal: Terminal) -> None:
    screen.out.print("The interview is over. The judge runs all tests ...\n", style="bold")
    parts, programs = list[Measured](), dict[str, str]()
    for drill in drills:
        with suppress(Unreadable):
            sheet = practice.sheet(drill)
            programs[drill.name] = read_program(Path(drill.opened.folder) / sheet.program)
            verdict = practice.check(drill)
            with Runner(practice.jobs) as runner:
                judged = practice.drill(drill.name)
                parts.append(measured(judged, sheet, programs[drill.name], verdict, Grader(runner, ())))
    answers = {criterion: [_yes(question) for question in asked] for criterion, asked in QUESTIONS.items()}
    points = score(parts, answers)
    practice.interviewed(interview, drills, points)
    _show_score_sheet(parts, points)
    for part in parts:
        if _yes(f"\nExplain {part.drill.name}?"):
            if not part.drill.fixed:
                practice.give_up(part.drill)
            explain(practice, practice.drill(part.drill.name), programs[part.drill.name], terminal.wrapped)


def _yes(question: str) -> bool:
    return ask(f"{question} [y/n]").lower().startswith("y")


def _show_score_sheet(parts: Sequence[Measured], points: Mapping[Criterion, float]) -> None:
    out = screen.out
    out.print("\nScore sheet", style="bold")
    for criterion, weight in WEIGHTS.items():
        how = "your own word" if criterion in QUESTIONS else "measured"
        given = f"{points[criterion]:g} of {weight}, {how}" if criterion in points else "nothing speaks of it"
        out.print(f"  {criterion:15}{given}")
    out.print(f"  {'together':15}{sum(points.values()):g} of {sum(WEIGHTS[criterion] for criterion in points)}")
    for part in parts:
        said = "the diagnosis was right" if part.drill.diagnosed else "the diagnosis was not right"
        said = "no diagnosis" if part.drill.diagnosed is None else said
        hints = screen.plural(part.drill.hints, "hint")
        out.print(f"  {part.drill.name}: {part.verdict.grade}, {said}, {hints}; {part.verdict.reason}")
        for complaint in part.lint:
            out.print(f"    a linter says: {complaint}")
