"""Scalers, an imputer and encoders; each learns a number, or a list of values, for each column.

    standard:  (x - mean) / std;      min-max:  low + (x - min) / (max - min) * (high - low)
    robust:    (x - median) / (q_upper - q_lower)
    one-hot:   1 where x equals the category, categories of a column side by side

Shapes: X (n, d), statistics (d,), indicators (m, sum of the numbers of categories).
"""

import numpy as np


def _nonzero(spread):
    """The spreads (d,) to divide by."""
    return np.where(spread == 0, 1, spread)


class StandardScaler:
    """After `fit`: mean and scale (d,)."""

    def fit(self, X):
        """Learn from X (n, d); returns the scaler."""
        X = np.asarray(X, dtype=float)
        constant = X.max(axis=0) == X.min(axis=0)
        self.mean = np.where(constant, X[0], X.mean(axis=0))
        self.scale = np.where(constant, 1, X.std(axis=0))
        return self

    def transform(self, X):
        """Scores (m, d) of the rows of X (m, d)."""
        return (X - self.mean) / self.scale

    def inverse_transform(self, Z):
        """Rows (m, d) with the scores Z (m, d)."""
        return Z * self.scale + self.mean


class MinMaxScaler:
    """After `fit`: min and span (d,)."""

    def __init__(self, low=0.0, high=1.0):
        self.low = low
        self.high = high

    def fit(self, X):
        """Learn from X (n, d); returns the scaler."""
        X = np.asarray(X, dtype=float)
        self.min = X.min(axis=0)
        self.span = _nonzero(X.max(axis=0) - self.min)
        return self

    def transform(self, X):
        """X (m, d) on the scale from low to high."""
        return self.low + (X - self.min) / self.span * (self.high - self.low)

    def inverse_transform(self, Z):
        """Rows (m, d) that are Z (m, d) on that scale."""
        return self.min + (Z - self.low) / (self.high - self.low) * self.span


class RobustScaler:
    """After `fit`: center and scale (d,)."""

    def __init__(self, lower=25, upper=75):
        self.lower = lower
        self.upper = upper

    def fit(self, X):
        """Learn from X (n, d); returns the scaler."""
        X = np.asarray(X, dtype=float)
        self.center = np.median(X, axis=0)
        bottom, top = np.percentile(X, [self.lower, self.upper], axis=0)
        self.scale = _nonzero(top - bottom)
        return self

    def transform(self, X):
        """X (m, d) in units of the spread."""
        return (X - self.center) / self.scale

    def inverse_transform(self, Z):
        """Rows (m, d) that are Z (m, d) in these units."""
        return Z * self.scale + self.center


def _most_frequent(values):
    """One of the values (n,)."""
    distinct, counts = np.unique(values, return_counts=True)
    return distinct[counts.argmax()]


STRATEGIES = {"mean": np.mean, "median": np.median, "most_frequent": _most_frequent}


class SimpleImputer:
    """After `fit`: fill (d,), gappy (the columns that have an indicator)."""

    def __init__(self, strategy="mean", add_indicator=False):
        self.strategy = strategy
        self.add_indicator = add_indicator

    def fit(self, X):
        """Learn from X (n, d); returns the imputer.

        Raises ValueError for an unknown strategy.
        """
        if self.strategy not in STRATEGIES:
            raise ValueError(f"strategy must be one of {sorted(STRATEGIES)}: {self.strategy!r}")
        X = np.asarray(X, dtype=float)
        missing = np.isnan(X)
        self.fill = np.zeros(X.shape[1])
        for j in range(X.shape[1]):
            known = X[~missing[:, j], j]
            if len(known) > 0:
                self.fill[j] = STRATEGIES[self.strategy](known)
        self.gappy = np.flatnonzero(missing.any(axis=0))
        return self

    def transform(self, X):
        """X (m, d) without gaps; with indicators (m, d + len(gappy))."""
        X = np.asarray(X, dtype=float)
        missing = np.isnan(X)
        filled = np.where(missing, self.fill, X)
        if self.add_indicator:
            filled = np.hstack([filled, missing[:, self.gappy]])
        return filled


class OrdinalEncoder:
    """After `fit`: categories, an array for each column."""

    def __init__(self, unknown=-1):
        self.unknown = unknown

    def fit(self, X):
        """Learn from X (n, d); returns the encoder."""
        self.categories = [np.unique(column) for column in np.asarray(X).T]
        return self

    def transform(self, X):
        """Codes (m, d) of the values X (m, d)."""
        codes = np.empty(np.shape(X))
        for j, levels in enumerate(self.categories):
            lookup = {level: code for code, level in enumerate(levels.tolist())}
            codes[:, j] = [lookup.get(value, self.unknown) for value in np.asarray(X)[:, j].tolist()]
        return codes

    def inverse_transform(self, Z):
        """Values (m, d) that have the codes Z (m, d).

        Raises ValueError for a code without a category.
        """
        Z = np.asarray(Z).astype(int)
        sizes = [len(levels) for levels in self.categories]
        if np.any(Z < 0) or np.any(sizes <= Z):
            raise ValueError("a code belongs to no category")
        return np.stack([levels[Z[:, j]] for j, levels in enumerate(self.categories)], axis=1)


class OneHotEncoder:
    """After `fit`: categories, an array for each column."""

    def fit(self, X):
        """Learn from X (n, d); returns the encoder."""
        self.categories = [np.unique(column) for column in np.asarray(X).T]
        return self

    def transform(self, X):
        """Indicators of the values X (m, d)."""
        X = np.asarray(X)
        blocks = [X[:, [j]] == levels for j, levels in enumerate(self.categories)]
        return np.hstack(blocks).astype(float)

    def inverse_transform(self, Z):
        """Values (m, d) that have the indicators Z.

        Raises ValueError where a value has none.
        """
        edges = np.cumsum([len(levels) for levels in self.categories])
        columns = []
        for levels, block in zip(self.categories, np.split(np.asarray(Z), edges[:-1], axis=1), strict=True):
            if np.any(block.sum(axis=1) == 0):
                raise ValueError("a row is in none of the categories")
            columns.append(levels[block.argmax(axis=1)])
        return np.stack(columns, axis=1)
