"""Imports pandas only where a function needs it, and solves the ridge by least squares.

problem: tabular_pipeline/functions
verdict: fixed
"""

import numpy as np


def clean(frame, target):
    frame = frame.dropna(subset=[target])
    return frame.drop_duplicates()


def features_and_labels(frame, target, exclude=()):
    X = frame.drop(columns=[target, *exclude])
    return X, frame[target]


def split(X, y, rng, test_fraction=0.25):
    order = rng.permutation(len(X))
    X, y = X.iloc[order], y.iloc[order]
    cut = round(len(X) * (1 - test_fraction))
    return X.iloc[:cut], X.iloc[cut:], y.iloc[:cut], y.iloc[cut:]


def select_features(X, y, k):
    import pandas as pd

    strength = pd.Series({name: X[name].corr(y) for name in X}).abs()
    return list(strength.sort_values(ascending=False, kind="stable").index[:k])


def impute(X, fill):
    return X.assign(**{name: X[name].where(X[name].notna(), fill[name]) for name in fill.index})


class StandardScaler:
    def fit(self, X):
        self.mean = X.mean(axis=0)
        self.scale = X.std(axis=0, ddof=0).replace(0, 1)
        return self

    def transform(self, X):
        return (X - self.mean) / self.scale

    def fit_transform(self, X):
        return self.fit(X).transform(X)


def one_hot(keys, levels):
    import pandas as pd

    indicators = pd.get_dummies(keys, dtype=float).reindex(columns=levels, fill_value=0.0)
    return indicators.add_prefix(f"{keys.name}_")


def target_rates(keys, y, prior, smoothing=2.0):
    sums = y.groupby(keys).agg(["sum", "count"])
    return (sums["sum"] + smoothing * prior) / (sums["count"] + smoothing)


def apply_rates(keys, rates, prior):
    return keys.map(rates).fillna(prior)


def out_of_fold_rates(keys, y, rng, n_folds=3):
    import pandas as pd

    fold = rng.permutation(len(keys)) % n_folds
    encoded = np.empty(len(keys))
    for k in range(n_folds):
        held, rest = fold == k, fold != k
        prior = y[rest].mean()
        rates = target_rates(keys[rest], y[rest], prior)
        encoded[held] = apply_rates(keys[held], rates, prior)
    return pd.Series(encoded, index=keys.index)


def oversample(X, y, rng):
    rare, common = sorted((np.flatnonzero(y == label) for label in (0, 1)), key=len)
    extra = rng.choice(rare, size=len(common) - len(rare))
    rows = np.append(np.arange(len(y)), extra)
    return X.iloc[rows], y.iloc[rows]


def fit_ridge(X, y, l2=1.0):
    A = np.column_stack([np.ones(len(X)), X])
    penalty = l2 * np.eye(A.shape[1])
    penalty[0, 0] = 0.0
    theta = np.linalg.lstsq(A.T @ A + penalty, A.T @ np.asarray(y), rcond=None)[0]
    return theta[1:], theta[0]


def predict_scores(X, weights, bias):
    return X @ weights + bias


def classify(scores, threshold):
    return (scores >= threshold).astype(int)


def f1_score(y, predicted):
    y, predicted = np.asarray(y) == 1, np.asarray(predicted) == 1
    hits, misses, alarms = (y & predicted).sum(), (y & ~predicted).sum(), (~y & predicted).sum()
    total = 2 * hits + misses + alarms
    return 2 * hits / total if total else 0.0


def choose_threshold(scores, y):
    scores, y = np.asarray(scores), np.asarray(y)
    return max(np.unique(scores), key=lambda threshold: f1_score(y, classify(scores, threshold)))


def prepare(X, y, category, rng, k=3):
    import pandas as pd

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
