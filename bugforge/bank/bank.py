"""A bank as other programs see it; the command line prints what it says."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bugforge.bank import items
from bugforge.bank.assigned import sheet_under
from bugforge.bank.candidates import known_candidate
from bugforge.bank.controls import put_in
from bugforge.bank.database import Database
from bugforge.bank.drawing import Drawn, Request, draw
from bugforge.bank.filling import Filled, fill
from bugforge.bank.forgetting import forget, last_asked_before
from bugforge.bank.grading import Graded, grade
from bugforge.bank.handing_out import HandedOut, hand_out
from bugforge.bank.inspecting import Inspection, inspect
from bugforge.bank.items import Filter, Item
from bugforge.bank.report import report
from bugforge.bank.rescuing import Rescued, rescue
from bugforge.bank.score_sheet import score_sheet
from bugforge.bank.scores import score, scores
from bugforge.bank.secrets import secrets_of
from bugforge.bank.stats import Stats, stats
from bugforge.bank.variants.secret import make_secret
from bugforge.cluster.cluster import Cluster
from bugforge.errors import BankError
from bugforge.forge.addresses import Wanted
from bugforge.forge.prove import Asked
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.grading.grader import Grader, fresh_seeds
from bugforge.grading.rubric import Criterion
from bugforge.pack import Pack, load_pack
from bugforge.runner.pool import Runner
from bugforge.sheet import Sheet
from bugforge.store import Store, cache_folder

JOBS = os.cpu_count() or 1


class Bank:
    """Exercises, who had which, and how they did, in one file. Use as a context manager.

    Every method raises BankError, with what to do, where the file or what is asked of it is wrong.
    """

    def __init__(self, path: str | Path = "bank.db") -> None:
        """Open a bank that is there."""
        self._database = Database(Path(path))

    @classmethod
    def create(cls, path: str | Path = "bank.db") -> "Bank":
        """Make a new, empty one, and beside it the secret by which variants are made."""
        Database.create(Path(path)).close()
        try:
            make_secret(Path(path))
        except BankError:
            Path(path).unlink()
            raise
        return cls(path)

    @staticmethod
    def rescue(path: str | Path, out: str | Path) -> Rescued:
        """Write what can be read of a damaged bank into a new one; the damaged file is not changed."""
        return rescue(Path(path), Path(out))

    def __enter__(self) -> "Bank":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def fill(
        self,
        count: int = 10,
        *,
        until: int | None = None,
        pack: Pack | None = None,
        topics: Iterable[str] = (),
        problems: Iterable[str] = (),
        bugs: Iterable[str] = (),
        bug_count: int = 1,
        difficulty: str | None = None,
        loud: bool = False,
        seed: int | None = None,
        store: Store | None = None,
        jobs: int = JOBS,
        cluster: Cluster | None = None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Filled:
        """Prove exercises, as `bugforge.generate` does, and put in what is new: `count`, or `until` so many are in.

        They are proven by `jobs` processes of this machine, or by a cluster's workers. What was put in stays, however
        the filling ends. Raises UsageError for an unknown name, ClusterError where a cluster cannot be relied on.
        """
        pack = pack or load_pack()
        wanted = Wanted.named(pack, topics, problems, bugs, bug_count, difficulty)
        asked = Asked(count, wanted.difficulty, loud or bool(wanted.bug_classes))
        with store or Store(cache_folder()) as kept, cluster or Runner(jobs) as runner:
            sites = Sites(pack, kept)
            return fill(self._database, sites, Gate(runner, kept), wanted, asked, seed, until, progress)

    def add(self, sheets: Iterable[Sheet]) -> int:
        """Put in exercises that are proven already; how many of them are new."""
        with self._database.writing() as connection:
            return sum(items.add(connection, sheet) for sheet in sheets)

    def find(self, wanted: Filter | None = None) -> list[Item]:
        """The exercises of a kind, or all that are not retired."""
        with self._database.reading() as connection:
            return items.find(connection, wanted or Filter())

    def item(self, name: str) -> Item:
        """The exercise of this id or folder's name."""
        with self._database.reading() as connection:
            return items.item(connection, name)

    def sheet(self, name: str) -> Sheet:
        """An exercise in full; under the label that it was handed out by, as its candidate got it."""
        with self._database.reading() as connection:
            return sheet_under(connection, name) or items.sheet(connection, name)

    def tag(self, name: str, tags: Iterable[str]) -> None:
        """Put tags on an exercise."""
        with self._database.writing() as connection:
            items.tag(connection, name, tags)

    def untag(self, name: str, tags: Iterable[str]) -> None:
        """Take tags off an exercise."""
        with self._database.writing() as connection:
            items.untag(connection, name, tags)

    def note(self, name: str, text: str) -> None:
        """Write a note on an exercise."""
        with self._database.writing() as connection:
            items.note(connection, name, text)

    def notes(self, name: str) -> list[tuple[str, str]]:
        """The notes on an exercise: when and what."""
        with self._database.reading() as connection:
            return items.notes(connection, name)

    def retire(self, name: str, reason: str = "") -> None:
        """Take an exercise out of use."""
        with self._database.writing() as connection:
            items.retire(connection, name, reason)

    def restore(self, name: str) -> None:
        """Take an exercise into use again."""
        with self._database.writing() as connection:
            items.restore(connection, name)

    def draw(self, request: Request, *, jobs: int = JOBS) -> Drawn:
        """Pick a set for one interview that its candidate has not had, and note it."""
        with self._database.writing() as connection:
            drawn = draw(connection, request)
            if request.controls:
                with Runner(jobs) as runner:
                    found = put_in(connection, drawn.number, request.controls, runner, request.seed)
                if found < request.controls:
                    raise BankError(f"{found} of {request.controls} controls can be made of this set; ask for fewer")
            return drawn

    def hand_out(
        self,
        candidate: str,
        out: str | Path,
        number: int | None = None,
        *,
        variants: bool = True,
        jobs: int = JOBS,
    ) -> HandedOut:
        """Write the bundle of a candidate's set, by default the last one drawn: a folder, or a zip by its name.

        Every exercise is a variant of the candidate's own, unless that is not wanted; a set that was handed out before
        is as it was then.
        """
        with Runner(jobs) as runner:
            return hand_out(self._database, candidate, Path(out), number, runner if variants else None)

    def inspect(self, path: str | Path) -> Inspection:
        """Every trace in a bundle that says where it comes from, and in which pack each program is found."""
        with self._database.reading() as connection:
            secrets = secrets_of(connection)
        return inspect(Path(path), secrets)

    def grade(
        self,
        path: str | Path,
        *,
        seeds: Sequence[int] | None = None,
        jobs: int = JOBS,
        progress: Callable[[int], None] = lambda _: None,
    ) -> tuple[list[Graded], list[str]]:
        """Judge what came back in a folder or a zip, and note it; with a sentence on whatever could not be used."""
        with Runner(jobs) as runner:
            return grade(self._database, Path(path), Grader(runner, seeds or fresh_seeds()), progress)

    def stats(self) -> Stats:
        """How hard exercises proved to be, by family, class, topic and difficulty."""
        with self._database.reading() as connection:
            return stats(connection)

    def report(self) -> str:
        """A page on the whole bank: what is in it, how it was used, how hard it proved to be."""
        with self._database.reading() as connection:
            return report(connection)

    def score_sheet(self, candidate: str) -> str:
        """A page on one person: what they were asked and answered, their points, and what to ask next."""
        with self._database.reading() as connection:
            return score_sheet(connection, candidate)

    def forget(self, candidate: str) -> None:
        """Delete all that is known of a candidate; how many answers there were is kept, and not whose."""
        with self._database.writing() as connection:
            forget(connection, [known_candidate(connection, candidate)])
        self._database.scrub()

    def forget_older_than(self, days: int) -> int:
        """The same for all for whom nothing was drawn in so many days; how many they were."""
        with self._database.writing() as connection:
            number = forget(connection, last_asked_before(connection, days))
        self._database.scrub()
        return number

    def score(
        self, label: str, points: Mapping[Criterion, float], hints: int | None = None
    ) -> dict[Criterion, tuple[float, bool]]:
        """Note what the interviewer says of an exercise, and the hints that were given.

        Its points by criterion, and whether they were measured.
        """
        label = label.rpartition("-")[2]
        with self._database.writing() as connection:
            score(connection, label, points, hints)
            return scores(connection, label)
