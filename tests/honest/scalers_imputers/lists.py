"""Plain lists and dictionaries for each column; numpy only at the ends."""

import math
from collections import Counter

import numpy as np


def columns_of(X):
    return [list(c) for c in zip(*np.asarray(X).tolist(), strict=True)]


def table(columns):
    return np.array([list(row) for row in zip(*columns, strict=True)])


class Affine:
    def fit(self, X):
        self.lines = [self.line(c) for c in columns_of(np.asarray(X, float))]
        return self

    def transform(self, X):
        lines = zip(columns_of(X), self.lines, strict=True)
        return table([[(x - a) / b * self.width + self.start for x in c] for c, (a, b) in lines])

    def inverse_transform(self, Z):
        lines = zip(columns_of(Z), self.lines, strict=True)
        return table([[(z - self.start) / self.width * b + a for z in c] for c, (a, b) in lines])

    start, width = 0.0, 1.0


class StandardScaler(Affine):
    def line(self, c):
        if min(c) == max(c):
            return c[0], 1.0
        m = math.fsum(c) / len(c)
        return m, math.sqrt(math.fsum((x - m) ** 2 for x in c) / len(c))

    @property
    def mean(self):
        return np.array([a for a, _ in self.lines])

    @property
    def scale(self):
        return np.array([b for _, b in self.lines])


class MinMaxScaler(Affine):
    def __init__(self, low=0.0, high=1.0):
        self.start, self.width = low, high - low

    def line(self, c):
        return min(c), (max(c) - min(c)) or 1.0


def percentile(c, q):
    c = sorted(c)
    place = (len(c) - 1) * q / 100
    below = min(int(place), len(c) - 2) if len(c) > 1 else 0
    above = min(below + 1, len(c) - 1)
    return c[below] + (place - below) * (c[above] - c[below])


class RobustScaler(Affine):
    def __init__(self, lower=25, upper=75):
        self.lower, self.upper = lower, upper

    def line(self, c):
        return percentile(c, 50), (percentile(c, self.upper) - percentile(c, self.lower)) or 1.0


class SimpleImputer:
    def __init__(self, strategy="mean", add_indicator=False):
        self.strategy, self.add_indicator = strategy, add_indicator

    def fit(self, X):
        if self.strategy not in ("mean", "median", "most_frequent"):
            raise ValueError(self.strategy)
        fills, self.flagged = [], []
        for j, c in enumerate(columns_of(X)):
            known = [x for x in c if not math.isnan(x)]
            if len(known) < len(c):
                self.flagged.append(j)
            if not known:
                fills.append(0.0)
            elif self.strategy == "mean":
                fills.append(math.fsum(known) / len(known))
            elif self.strategy == "median":
                fills.append(percentile(known, 50))
            else:
                counts = Counter(known)
                fills.append(min(counts, key=lambda x: (-counts[x], x)))
        self.fill = np.array(fills, float)
        return self

    def transform(self, X):
        out = []
        for row in np.asarray(X, float).tolist():
            new = [f if math.isnan(x) else x for x, f in zip(row, self.fill.tolist(), strict=True)]
            if self.add_indicator:
                new += [1.0 if math.isnan(row[j]) else 0.0 for j in self.flagged]
            out.append(new)
        return np.array(out, float)


class OrdinalEncoder:
    def __init__(self, unknown=-1):
        self.unknown = unknown

    def fit(self, X):
        self.categories = [sorted(set(c)) for c in columns_of(X)]
        return self

    def transform(self, X):
        pairs = zip(columns_of(X), self.categories, strict=True)
        return table([[float(known.index(x)) if x in known else float(self.unknown) for x in c] for c, known in pairs])

    def inverse_transform(self, Z):
        out = []
        for c, known in zip(columns_of(Z), self.categories, strict=True):
            if any(z == self.unknown for z in c):
                raise ValueError("unknown code")
            out.append([known[int(z)] for z in c])
        return table(out)


class OneHotEncoder(OrdinalEncoder):
    def transform(self, X):
        return np.array(
            [
                [1.0 if x == k else 0.0 for x, known in zip(row, self.categories, strict=True) for k in known]
                for row in np.asarray(X).tolist()
            ]
        )

    def inverse_transform(self, Z):
        rows = []
        for row in np.asarray(Z).tolist():
            out, at = [], 0
            for known in self.categories:
                part = row[at : at + len(known)]
                out.append(known[part.index(1.0)])
                at += len(known)
            rows.append(out)
        return np.array(rows)
