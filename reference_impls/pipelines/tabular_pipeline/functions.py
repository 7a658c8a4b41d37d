"""A table with a binary target, from raw rows to one number: the F1 score on rows that nothing was fitted to.

    clean -> features and labels -> train / valid / test -> k numeric columns -> fill -> standardise
          -> indicators and target rate of one category -> balance the classes -> ridge -> threshold -> F1

Whatever is fitted (selection, fill, mean and scale, levels, rates, weights) sees the training rows only, the threshold
sees the validation rows, and the test rows are looked at once, for the score. The target rate of a training row comes
from the folds the row is not in, prior included, so that its own label never reaches its features; held-out rows get
the rates of the whole training part. Copies of rare rows are made last and in the training part alone.

    rate[level] = (sum of labels + smoothing * prior) / (count + smoothing)
    ridge:  minimise |X w + b - y|^2 + l2 |w|^2,  A = [1, X],  (A^T A + l2 diag(0, 1, ..., 1)) [b, w] = A^T y

One generator runs through all random stages; how much each of them draws depends on row counts, not on values, up to
the drawing of copies, which comes last. Row labels (the index) are the identity of a row from end to end.
"""

import numpy as np
import pandas as pd


def clean(frame, target):
    """The rows of frame to work with, a frame with the same columns and row labels."""
    frame = frame.dropna(subset=[target])
    return frame.drop_duplicates()


def features_and_labels(frame, target, exclude=()):
    """X, a frame, and y, a Series; target is the name of a column, exclude a list of names."""
    X = frame.drop(columns=[target, *exclude])
    return X, frame[target]


def split(X, y, rng, test_fraction=0.25):
    """Two parts of the rows of X (frame) and y (Series): X_rest, X_test, y_rest, y_test."""
    order = rng.permutation(len(X))
    X, y = X.iloc[order], y.iloc[order]
    cut = round(len(X) * (1 - test_fraction))
    return X.iloc[:cut], X.iloc[cut:], y.iloc[:cut], y.iloc[cut:]


def select_features(X, y, k):
    """Names of k columns of X, a list, chosen by their correlation with y."""
    strength = pd.Series({name: X[name].corr(y) for name in X}).abs()
    return list(strength.sort_values(ascending=False, kind="stable").index[:k])


def impute(X, fill):
    """Frame like X with the gaps of some columns filled; fill is a Series, column name to value."""
    X = X.copy()
    for name in fill.index:
        X[name] = X[name].fillna(fill[name])
    return X


class StandardScaler:
    """Shift and scale of the columns of a frame. After `fit`: mean and scale, Series by column name."""

    def fit(self, X):
        """Learn mean and scale from X, a frame of numbers; returns the scaler."""
        self.mean = X.mean(axis=0)
        self.scale = X.std(axis=0, ddof=0).replace(0, 1)
        return self

    def transform(self, X):
        """Standardised frame, labelled like X."""
        return (X - self.mean) / self.scale

    def fit_transform(self, X):
        """`fit` and `transform` in one call."""
        return self.fit(X).transform(X)


def one_hot(keys, levels):
    """Indicators of keys (Series), a frame with columns `<name of keys>_<level>`; levels is a list."""
    indicators = pd.get_dummies(keys, dtype=float).reindex(columns=levels, fill_value=0.0)
    return indicators.add_prefix(f"{keys.name}_")


def target_rates(keys, y, prior, smoothing=2.0):
    """Smoothed share of class 1 among the rows of each key; a Series by key."""
    groups = y.groupby(keys)
    return (groups.sum() + smoothing * prior) / (groups.count() + smoothing)


def apply_rates(keys, rates, prior):
    """Encode keys (Series) by rates (Series by key); returns a Series of numbers. prior is a number."""
    return keys.map(rates).fillna(prior)


def out_of_fold_rates(keys, y, rng, n_folds=3):
    """Encode keys (Series) by the labels y (Series) in n_folds folds; returns a Series of numbers."""
    fold = rng.permutation(len(keys)) % n_folds
    encoded = np.empty(len(keys))
    for k in range(n_folds):
        held, rest = fold == k, fold != k
        prior = y[rest].mean()
        rates = target_rates(keys[rest], y[rest], prior)
        encoded[held] = apply_rates(keys[held], rates, prior)
    return pd.Series(encoded, index=keys.index)


def oversample(X, y, rng):
    """X and y with some of their rows repeated.

    Raises ValueError when a class has no row.
    """
    rare, common = sorted((np.flatnonzero(y == label) for label in (0, 1)), key=len)
    extra = rng.choice(rare, size=len(common) - len(rare))
    rows = np.append(np.arange(len(y)), extra)
    return X.iloc[rows], y.iloc[rows]


def fit_ridge(X, y, l2=1.0):
    """Least squares of labels y (n,) on X (n, d) with an L2 penalty; returns weights (d,) and bias."""
    A = np.column_stack([np.ones(len(X)), X])
    penalty = l2 * np.eye(A.shape[1])
    penalty[0, 0] = 0.0
    theta = np.linalg.solve(A.T @ A + penalty, A.T @ np.asarray(y))
    return theta[1:], theta[0]


def predict_scores(X, weights, bias):
    """Score of each row of the frame X, a Series; weights (d,), bias a number."""
    return X @ weights + bias


def classify(scores, threshold):
    """Label 0 or 1 for each of scores; same shape."""
    return (scores >= threshold).astype(int)


def f1_score(y, predicted):
    """F1 of class 1 for labels y (n,) and predicted (n,); a number."""
    y, predicted = np.asarray(y) == 1, np.asarray(predicted) == 1
    hits, misses, alarms = (y & predicted).sum(), (y & ~predicted).sum(), (~y & predicted).sum()
    total = 2 * hits + misses + alarms
    return 2 * hits / total if total else 0.0


def choose_threshold(scores, y):
    """Threshold for scores (n,) of rows with labels y (n,); a number."""
    scores, y = np.asarray(scores), np.asarray(y)
    return max(np.unique(scores), key=lambda threshold: f1_score(y, classify(scores, threshold)))


def prepare(X, y, category, rng, k=3):
    """Split X and y and turn the parts into numbers.

    Returns train, valid, test, each a pair (features, labels), and fitted, a dict: selected (list), fill, mean, scale
    (Series by selected column), levels (list), rates (Series by level), prior (number).
    """
    X_rest, X_test, y_rest, y_test = split(X, y, rng)
    X_train, X_valid, y_train, y_valid = split(X_rest, y_rest, rng)

    selected = select_features(X_train.drop(columns=category), y_train, k)
    fill = X_train[selected].median()
    X_train, X_valid, X_test = (impute(part, fill) for part in (X_train, X_valid, X_test))
    scaler = StandardScaler()
    scaler.fit(X_train[selected])
    levels = sorted(X_train[category].dropna().unique())
    prior = y_train.mean()
    rates = target_rates(X_train[category], y_train, prior)

    encoded = [out_of_fold_rates(X_train[category], y_train, rng)]
    encoded += [apply_rates(part[category], rates, prior) for part in (X_valid, X_test)]
    parts = []
    for part, rate in zip((X_train, X_valid, X_test), encoded, strict=True):
        numbers = scaler.transform(part[selected])
        indicators = one_hot(part[category], levels)
        parts.append(pd.concat([numbers, indicators, rate.rename(f"{category}_rate")], axis=1))
    X_train, X_valid, X_test = parts
    X_train, y_train = oversample(X_train, y_train, rng)

    fitted = {"selected": selected, "fill": fill, "mean": scaler.mean, "scale": scaler.scale}
    fitted |= {"levels": levels, "rates": rates, "prior": prior}
    return (X_train, y_train), (X_valid, y_valid), (X_test, y_test), fitted


def run_pipeline(frame, target, category, exclude=(), k=3, seed=0):
    """From raw rows to the report, a dict.

    rows: dict of a list of row labels for train, valid and test; scores: dict of a Series by row label for the same;
    features (list), weights (d,), bias, threshold, f1; and what `prepare` fitted.
    """
    rng = np.random.default_rng(seed)
    frame = clean(frame, target)
    X, y = features_and_labels(frame, target, exclude)
    (X_train, y_train), (X_valid, y_valid), (X_test, y_test), fitted = prepare(X, y, category, rng, k)
    weights, bias = fit_ridge(X_train, y_train)
    train_scores, valid_scores, test_scores = (
        predict_scores(part, weights, bias) for part in (X_train, X_valid, X_test)
    )
    threshold = choose_threshold(valid_scores, y_valid)
    return {
        **fitted,
        "rows": {"train": list(X_train.index), "valid": list(X_valid.index), "test": list(X_test.index)},
        "scores": {"train": train_scores, "valid": valid_scores, "test": test_scores},
        "features": list(X_train.columns),
        "weights": weights,
        "bias": bias,
        "threshold": threshold,
        "f1": f1_score(y_test, classify(test_scores, threshold)),
    }
