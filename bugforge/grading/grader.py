"""Runs submissions, each test in a locked-down process of its own, and what is needed beside them."""

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bugforge.gate import contract_of
from bugforge.grading.subject import Subject, Submission
from bugforge.grading.verdict import Beside, failed_seeds, judge
from bugforge.model import TestResult, Verdict
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
        self.layers = runner.layers
        self.broken: dict[object, Sequence[TestResult]] = {}
        self.reference: dict[object, Report] = {}

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
        beside = Beside(self._broken(subject), self._reference(subject, failed_seeds(runs)))
        verdict = judge(part.submission, runs, beside, self.layers)
        return replace(verdict, seconds=round(time.monotonic() - part.began, 3))

    def _broken(self, subject: Subject) -> Sequence[TestResult]:
        """The program that was handed out, on the public seed."""
        if subject.broken is None:
            return ()
        if subject.key not in self.broken:
            task = Task(contract_of(subject.problem, subject.implementation), (subject.broken,), (subject.public_seed,))
            ((_, (report,)),) = self.runner.run([task])
            self.broken[subject.key] = report[subject.public_seed]
        return self.broken[subject.key]

    def _reference(self, subject: Subject, seeds: Sequence[int]) -> Report:
        """The correct program on the seeds, run as submissions are."""
        known = dict(self.reference.get(subject.key, {}))
        for seed in seeds:
            if seed not in known:
                task = self._remote(subject.implementation.source, subject, (seed,))
                ((_, (report,)),) = self.runner.run([task])
                known[seed] = report[seed]
        self.reference[subject.key] = known
        return known

    def _remote(self, source: str, subject: Subject, seeds: Sequence[int]) -> Task:
        contract, allowed = contract_of(subject.problem, subject.implementation), subject.problem.allowed
        return Task(contract, (source,), tuple(seeds), way=Way.REMOTE, allowed=allowed, limits=self.limits)
