"""How hard exercises proved to be, by family (problem and classes), class, topic and difficulty."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bugforge.bank.answers import Counted, counted, false_alarms
from bugforge.bank.discrimination import discrimination
from bugforge.model import Difficulty
from bugforge.share import Share

FEWEST = 5  # answers of which anything is said
Names = Mapping[str, tuple[str, ...]]  # of the kinds that an exercise belongs to, by its id


@dataclass(frozen=True)
class Figures:
    """Of the answers to one kind of exercise. What fewer than FEWEST answers speak of is left out."""

    name: str
    answers: int
    facility: Share  # fixed by the best submission
    first: Share  # fixed by the first
    minutes: float | None  # median of those that candidates said
    hints: float | None  # mean of those that interviewers noted
    diagnoses: Share | None  # right, of those that were given
    months: Mapping[str, Share]  # facility by when it was asked
    discrimination: float | None = None  # correlation with the rest of the set, between -1 and 1


@dataclass(frozen=True)
class Stats:
    """Figures of every kind that was answered often enough; `few` families were answered, but not as often."""

    answers: int
    families: tuple[Figures, ...]
    classes: tuple[Figures, ...]
    topics: tuple[Figures, ...]
    difficulties: tuple[Figures, ...]
    few: int
    false_alarms: Share | None  # on programs without a bug


def stats(connection: sqlite3.Connection) -> Stats:
    """The figures of a bank."""
    found = counted(connection)
    about = {
        id_: (problem, topic, difficulty, tuple((classes or "").split()))
        for id_, problem, topic, difficulty, classes in connection.execute(
            "select id, problem, topic, difficulty, (select group_concat(class, ' ') from"
            " (select distinct class from bugs where exercise = id order by class)) from exercises"
        )
    }
    families = {id_: (f"{problem}: {' + '.join(classes)}",) for id_, (problem, _, _, classes) in about.items()}
    by_difficulty = figures(found, {id_: (difficulty,) for id_, (_, _, difficulty, _) in about.items()})
    return Stats(
        answers=sum(one.answers for one in found),
        families=figures(found, families, discrimination(found, families)),
        classes=figures(found, {id_: classes for id_, (*_, classes) in about.items()}),
        topics=figures(found, {id_: (topic,) for id_, (_, topic, _, _) in about.items()}),
        difficulties=tuple(sorted(by_difficulty, key=lambda one: list(Difficulty).index(Difficulty(one.name)))),
        few=_few(found, families),
        false_alarms=alarms if (alarms := false_alarms(connection)).drawn >= FEWEST else None,
    )


def figures(
    found: Sequence[Counted], names: Names, discriminations: Mapping[str, float] | None = None
) -> tuple[Figures, ...]:
    """Of each kind, by its name."""
    rows = [(one, name) for one in found for name in names[one.exercise]]
    kinds, kind = np.unique([name for _, name in rows], return_inverse=True)
    months, month = np.unique([one.month for one, _ in rows], return_inverse=True)
    columns = ("answers", "fixed", "first", "diagnosed", "right")
    counts = np.array([[getattr(one, column) for column in columns] for one, _ in rows], int).reshape(-1, len(columns))
    totals = np.zeros((len(kinds), len(months), len(columns)), int)
    np.add.at(totals, (kind, month), counts)
    said = np.array([(one.minutes, one.hints) for one, _ in rows], float).reshape(-1, 2)  # NaN where nothing was
    made = []
    for number, name in enumerate(kinds):
        answers, fixed, first, diagnosed, right = totals[number].sum(axis=0).tolist()
        if answers >= FEWEST:
            one = Figures(
                name=str(name),
                answers=answers,
                facility=Share(fixed, answers),
                first=Share(first, answers),
                minutes=_of_enough(np.median, said[kind == number, 0]),
                hints=_of_enough(np.mean, said[kind == number, 1]),
                diagnoses=Share(right, diagnosed) if diagnosed >= FEWEST else None,
                months=_by_month(months, totals[number]),
                discrimination=(discriminations or {}).get(str(name)),
            )
            made.append(one)
    return tuple(made)


def _of_enough(figure: Callable[[NDArray[np.float64]], Any], said: NDArray[np.float64]) -> float | None:
    known = said[~np.isnan(said)]
    return float(figure(known)) if len(known) >= FEWEST else None


def _by_month(months: NDArray[np.str_], totals: NDArray[np.int_]) -> dict[str, Share]:
    """Facility by month of `totals` (months, columns)."""
    rows = zip(months, totals[:, :2].tolist(), strict=True)
    return {str(month): Share(fixed, answers) for month, (answers, fixed) in rows if answers >= FEWEST}


def _few(found: Sequence[Counted], families: Names) -> int:
    answers: dict[str, int] = {}
    for one in found:
        (family,) = families[one.exercise]
        answers[family] = answers.get(family, 0) + one.answers
    return sum(0 < number < FEWEST for number in answers.values())
