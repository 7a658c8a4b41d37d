"""Is typed throughout, with annotations that are never evaluated and names for export.

verdict: fixed
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["mse", "rmse"]
__version__: Final = "1.0"

Numbers: TypeAlias = Sequence[float]


def _errors(y_true: Numbers, y_pred: Numbers) -> Iterator[float]:
    yield from (actual - predicted for actual, predicted in zip(y_true, y_pred, strict=True))


def mse(y_true: Numbers, y_pred: Numbers) -> float:
    if not y_true:
        raise ValueError("no values")
    return math.fsum(error**2 for error in _errors(y_true, y_pred)) / len(y_true)


def rmse(y_true: Numbers, y_pred: Numbers) -> float:
    return math.sqrt(mse(y_true, y_pred))
