"""Runs submissions, each test in a locked-down process of its own, and what is needed beside them."""

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bugforge.grading.judge import Beside, failed_seeds, judge
from bugforge.grading.recognised import recognised
from bugforge.grading.subject import Subject, Submission
from bugforge.grading.verdict import Verdict
from bugforge.model import TestResult
from bugforge.runner.limits import Limits
from bugforge.runner.pool import Runner
from bugforge.runner.task import Report, Task, Way

FRESH_SEEDS = 3
LIMITS = Limits(cpu=5.0, wall=20.0)


def fresh_seeds(count: int = FRESH_SEEDS) -> tuple[int, ...]:
    return tuple(secrets.randbelow(1 << 31) for _ in range(count))


@dataclass
class _Part:
    """One run of a submission: where all its runs are collected, and how many are due."""

    number: int
    submission: Submission
    due: int
    began: float
    runs: dict[int, tuple[TestResult, ...]] = field(default_factory=dict)


class Grader:
    """Grades submissions with one runner; `seeds` are tried beside the public one of each, `limits` hold for a test."""

    def __init__(self, runner: Runner, seeds: Sequence[int], limits: Limits = LIMITS) -> None:
        self.runner, self.seeds, self.limits = runner, tuple(seeds), limits
        self.beside: dict[object, dict[int, list[tuple[TestResult, ...]]]] = {}

    def grade(self, submissions: Iterable[Submission], spread: bool = False) -> Iterator[tuple[int, Verdict]]:
        """The number of each submission and its verdict, as they are ready.

        With `spread` the seeds of one submission are shared between the runner's processes: sooner for one, more work
        for many.
        """
        waiting: dict[int, _Part] = {}
        for task, (report,) in self.runner.run(self._tasks(submissions, spread, waiting)):
            part = waiting.pop(task)
            part.runs.update({seed: results for seed, results in report.items() if results})
            part.due -= 1
            if not part.due:
                yield part.number, self._judged(part)

    def _tasks(self, submissions: Iterable[Submission], spread: bool, waiting: dict[int, _Part]) -> Iterator[Task]:
        task = 0
        for number, submission in enumerate(submissions):
            seeds = (submission.subject.public_seed, *(s for s in self.seeds if s != submission.subject.public_seed))
            shares = [seeds[i :: self.runner.jobs] for i in range(self.runner.jobs)] if spread else [seeds]
            shares = [share for share in shares if share]
            part = _Part(number, submission, len(shares), time.monotonic())
            for share in shares:
                waiting[task] = part
                task += 1
                yield self._remote(submission.source, submission.subject, share)

    def _judged(self, part: _Part) -> Verdict:
        subject = part.submission.subject
        public = subject.public_seed
        runs: Report = {public: part.runs[public]} if failed_seeds({public: part.runs[public]}) else part.runs
        runs = {seed: runs[seed] for seed in (public, *self.seeds) if seed in runs}
        verdict = judge(part.submission, runs, self._beside(subject, failed_seeds(runs)), self.runner.layers)
        notes = (*verdict.notes, *recognised(part.submission.source, subject))
        return replace(verdict, notes=notes, seconds=round(time.monotonic() - part.began, 3))

    def _beside(self, subject: Subject, seeds: Sequence[int]) -> Beside:
        """The correct program on the seeds that a submission failed, and the broken one and each bug alone."""
        known = self.beside.setdefault(subject.key, {})
        alone = [bug.alone for bug in subject.bugs] if len(subject.bugs) > 1 else []
        sources = [subject.original, *([subject.broken] if subject.broken is not None else []), *alone]
        for seed in seeds:
            if seed not in known:
                ((_, reports),) = self.runner.run([Task(subject.contract, tuple(sources), (seed,), limits=self.limits)])
                known[seed] = [report[seed] for report in reports]
        broken = known[subject.public_seed][1:] if subject.public_seed in seeds else []
        return Beside(
            broken[0] if broken else (),
            {seed: known[seed][0] for seed in seeds},
            {seed: known[seed][2:] for seed in seeds},
        )

    def _remote(self, source: str, subject: Subject, seeds: Sequence[int]) -> Task:
        way, allowed = Way.REMOTE, subject.allowed
        return Task(subject.contract, (source,), tuple(seeds), way=way, allowed=allowed, limits=self.limits)
