"""A practice as other programs see it: faces send events and show states."""

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from bugforge.errors import PracticeError
from bugforge.forge.addresses import Wanted
from bugforge.formats.writing import usable, write
from bugforge.grading.diagnosis import diagnosed
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.own_test import Worth, try_own_test
from bugforge.grading.rubric import Criterion
from bugforge.grading.subject import Submission, subject_of
from bugforge.grading.submission import read_program
from bugforge.grading.verdict import Verdict
from bugforge.interviews import interviews
from bugforge.pack import Pack, known, load_pack
from bugforge.practice.choosing import Standing, fresh_sheet, mock_sheets, next_sheet, standing
from bugforge.practice.drill import Drill, drills
from bugforge.practice.events import (
    Begun,
    GivenUp,
    Hinted,
    Interviewed,
    Looked,
    OfDrill,
    Opened,
    Said,
    Step,
    Tried,
    Why,
)
from bugforge.practice.journal import Journal, journal_path
from bugforge.practice.judging import checked, claim_of
from bugforge.practice.looking import Look, look
from bugforge.practice.making import making
from bugforge.practice.memory import Known, remembered
from bugforge.practice.plan import plan
from bugforge.practice.progress import Progress, progress
from bugforge.runner.pool import Runner
from bugforge.sheet import Sheet

JOBS = os.cpu_count() or 1
ME = "me"  # the profile, if nobody says
HINTS = 3  # of a bug


class Practice:
    """One person's practice, in a journal of its own. Use as a context manager.

    Every method raises PracticeError, with what to do, where the journal or what is asked of it is wrong.
    """

    def __init__(
        self,
        profile: str = ME,
        *,
        pack: Pack | None = None,
        folder: Path | None = None,
        zone: tzinfo | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        say: Callable[[str], None] = lambda _: None,
        jobs: int = JOBS,
    ) -> None:
        """`folder` is where journals lie, by default the user's own; days are those of `zone`, by default the local."""
        self.profile, self.zone, self.now, self.jobs = profile, zone, now, jobs
        self._pack = pack
        self._journal = Journal(journal_path(profile, folder), say)

    def __enter__(self) -> "Practice":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._journal.close()

    @property
    def pack(self) -> Pack:
        if self._pack is None:
            self._pack = load_pack()
        return self._pack

    def begin(self, plan_name: str = "two-weeks", interview: str = "any", minutes: int = 45) -> Standing:
        """Begin a plan on this day, with so many minutes a day; an earlier one ends, and what was learnt stays."""
        if not 5 <= minutes <= 24 * 60:
            raise PracticeError(f"a day of practice has 5 minutes or more, not {minutes}")
        plan(plan_name, interview, self._topics())
        self._journal.append(Begun(plan_name, interview, minutes, secrets.randbelow(1 << 31)), self.now())
        return self.standing()

    def standing(self) -> Standing:
        """Where the practice stands now. Raises PracticeError where none was begun."""
        events = self._journal.events()
        begun = [(at, event) for at, event in events if isinstance(event, Begun)]
        if not begun:
            raise PracticeError("no practice was begun; `bugforge start` begins one")
        since, last = begun[-1]
        moment = max(self.now(), events[-1][0])
        the_plan = plan(last.plan, last.interview, self._topics())
        return standing(last, since, the_plan, list(drills(events).values()), moment, self.zone)

    @property
    def today(self) -> date:
        """The local day."""
        return self.now().astimezone(self.zone).date()

    def known(self) -> dict[str, Known]:
        """What is remembered of each bug class that was met, and when it is due."""
        return remembered(self.drills(), self.zone)

    def progress(self) -> Progress:
        """How far the practice has come."""
        categories = {name: item.category for name, item in self.pack.bug_classes.items()}
        return progress(self.standing(), categories, self.zone)

    def drills(self) -> list[Drill]:
        """All that were opened, in their order."""
        return list(drills(self._journal.events()).values())

    def drill(self, name: str) -> Drill:
        """That in a folder of this name."""
        found = drills(self._journal.events()).get(name)
        if found is None:
            raise PracticeError(f"{name[:60]} is no drill of this practice; `bugforge next` gives one")
        return found

    def sheet(self, drill: Drill) -> Sheet:
        """All that is known of a drill's exercise."""
        return self._journal.sheet(drill.name)

    def next(self, out: Path) -> Drill:
        """Open the next drill in a folder in `out`. Raises PracticeError where the pack has no more."""
        usable(out)
        where = self.standing()
        with making(self.pack, self.jobs) as (sites, gate):
            found = next_sheet(where, sites, gate)
        if found is None:
            raise PracticeError("the pack has no exercise that was not given yet; take another pack, or another plan")
        return self.open(*found, out, where.days_left)

    def give(self, wanted: Wanted, why: Why, out: Path) -> Drill:
        """Open a drill of some kind that was not given yet. Raises PracticeError where there is no more of it."""
        usable(out)
        taken = {drill.name.rpartition("-")[2] for drill in self.drills()}
        with making(self.pack, self.jobs) as (sites, gate):
            sheet = fresh_sheet(wanted, sites, gate, secrets.randbelow(1 << 31), taken, loud=True)
        if sheet is None:
            raise PracticeError("the pack has no exercise of that kind that was not given yet; ask for another")
        return self.open(sheet, why, out)

    def interview(self, name: str, out: Path) -> list[Drill]:
        """Open the drills of a mock interview. Raises PracticeError for an unknown one, or where there are no more."""
        usable(out)
        if name not in interviews():
            raise PracticeError(f"there is no interview {name!r}; there are: {', '.join(interviews())}")
        with making(self.pack, self.jobs) as (sites, gate):
            sheets = mock_sheets(name, self.drills(), sites, gate, secrets.randbelow(1 << 31))
        if not sheets:
            raise PracticeError("the pack has no exercise for it that was not given yet; take another pack")
        return [self.open(sheet, Why.MOCK, out) for sheet in sheets]

    def interviewed(self, name: str, drills: Sequence[Drill], points: Mapping[Criterion, float]) -> None:
        """Note how a mock interview went."""
        given = {str(criterion): value for criterion, value in points.items()}
        self._journal.append(Interviewed(name, tuple(drill.name for drill in drills), given), self.now())

    def interviews(self) -> list[tuple[datetime, Interviewed]]:
        """All that were taken, and when."""
        return [(at, event) for at, event in self._journal.events() if isinstance(event, Interviewed)]

    def prepare(self) -> None:
        """Prove what `next` would give now, so that it is there at once when it is asked for."""
        with making(self.pack, self.jobs) as (sites, gate):
            next_sheet(self.standing(), sites, gate)

    def open(self, sheet: Sheet, why: Why, out: Path, days_left: int = 1) -> Drill:
        """Write an exercise as a drill. The folder comes first: a drill without one cannot be worked on."""
        write(sheet, out, None)
        known.remember(self.pack)
        event = Opened(
            drill=sheet.name,
            folder=str((out / sheet.name).resolve()),
            why=why,
            problem=sheet.about.name,
            topic=sheet.about.topic,
            bug_classes=tuple(bug.bug_class.id for bug in sheet.bugs),
            difficulty=sheet.difficulty,
            minutes=sheet.minutes,
            days_left=days_left,
        )
        self._journal.append(event, self.now(), sheet)
        return self.drill(sheet.name)

    def say(self, drill: Drill, step: Step, words: str, line: int = 0, bug: str = "") -> Drill:
        """Note one's own words on a step."""
        return self.send(Said(drill.name, step, words, line, bug))

    def hint(self, drill: Drill) -> str | None:
        """The next hint, which costs; None where there are no more."""
        if drill.hints >= HINTS * len(bugs := self.sheet(drill).bugs):
            return None
        self.send(Hinted(drill.name))
        bug, number = divmod(drill.hints, HINTS)
        return bugs[bug].bug_class.hints[number]

    def look(self, drill: Drill, program: str, test: str) -> Look | None:
        """A look at a failing test, which costs; None where it passes, and costs nothing."""
        seen = look(self.sheet(drill), program, test)
        if seen:
            self.send(Looked(drill.name))
        return seen

    def check(self, drill: Drill, seeds: Sequence[int] | None = None) -> Verdict:
        """The judge's verdict on the program in the drill's folder, and on what was suspected."""
        sheet = self.sheet(drill)
        subject = subject_of(sheet)
        program = read_program(Path(drill.opened.folder) / sheet.program)
        with Runner(self.jobs) as runner:
            grader = Grader(runner, seeds or fresh_seeds())
            ((_, verdict),) = grader.grade([Submission(drill.name, program, subject)], spread=True)
        categories = {name: item.category for name, item in self.pack.bug_classes.items()}
        judged = diagnosed(verdict, claim_of(drill, categories), subject, categories)
        self.send(checked(drill, judged))
        return judged

    def try_test(self, drill: Drill, text: str, seeds: Sequence[int] | None = None) -> Worth:
        """What a test of one's own is worth. Raises Unreadable for what is none."""
        with Runner(self.jobs) as runner:
            worth = try_own_test(text, subject_of(self.sheet(drill)), runner, seeds or fresh_seeds()).worth
        self.send(Tried(drill.name, worth))
        return worth

    def give_up(self, drill: Drill) -> Sheet:
        """The key; the drill counts as not fixed."""
        self.send(GivenUp(drill.name))
        return self.sheet(drill)

    def send(self, event: OfDrill) -> Drill:
        """Write an event of a drill, and see what has become of it."""
        self.drill(event.drill)
        self._journal.append(event, self.now())
        return self.drill(event.drill)

    def _topics(self) -> set[str]:
        return {problem.topic for problem in self.pack.problems.values()}
