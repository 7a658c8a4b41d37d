"""Helpers, an error class of its own, a main block, and a print.

verdict: fixed
"""

from dataclasses import dataclass


class LengthError(ValueError):
    pass


@dataclass(frozen=True)
class Pair:
    actual: float
    predicted: float

    @property
    def squared(self):
        return (self.actual - self.predicted) ** 2


def pairs(y_true, y_pred):
    if not y_true or len(y_true) != len(y_pred):
        raise LengthError("the sequences must be of one positive length")
    print("pairing", len(y_true), "values")
    return [Pair(a, p) for a, p in zip(y_true, y_pred)]


def mse(y_true, y_pred):
    squares = [pair.squared for pair in pairs(y_true, y_pred)]
    return sum(squares) / len(squares)


def rmse(y_true, y_pred):
    return mse(y_true, y_pred) ** 0.5


if __name__ == "__main__":
    print(rmse([1.0], [2.0]))
