"""Whether a family tells those who do well from those who do not."""

from collections.abc import Mapping, Sequence

import numpy as np

from bugforge.bank.answers import Counted

FEWEST = 30  # answers of which it is said
SMALLEST = 3  # exercises of a set


def discrimination(found: Sequence[Counted], families: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """The correlation of an answer with how its candidate did on the rest of the set, by family.

    The rest's score is the mean over its exercises of score (0 or 1) minus their family's facility, so that who was
    asked harder ones loses nothing. Said of families with 30 answers in sets of three answers or more.
    """
    kept = [one for one in found if one.set_id is not None]
    names, family = np.unique([families[one.exercise][0] for one in kept], return_inverse=True)
    _, number = np.unique([one.set_id for one in kept], return_inverse=True)
    score = np.array([one.fixed for one in kept], float)
    facility = np.bincount(family, score) / np.bincount(family)
    surprise = score - facility[family]
    size = np.bincount(number)[number]
    large = size >= SMALLEST
    rest = (np.bincount(number, surprise)[number] - surprise) / np.maximum(size - 1, 1)
    told = dict[str, float]()
    for n, name in enumerate(names):
        mine = large & (family == n)
        if mine.sum() >= FEWEST and np.ptp(score[mine]) and np.ptp(rest[mine]):
            told[str(name)] = float(np.corrcoef(score[mine], rest[mine])[0, 1])
    return told
