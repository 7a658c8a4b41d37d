"""tabular_pipeline against scikit-learn and scipy, stage by stage and from end to end."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import pearsonr
from sklearn.feature_selection import SelectKBest, r_regression
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score, precision_recall_curve
from sklearn.preprocessing import OneHotEncoder, StandardScaler, TargetEncoder

from .reference import load, relaxed

ours = load("tabular_pipeline", "functions")

NUMBERS = ["income", "visits", "debt", "age"]


def numbers_of(rng, n=50, gaps=0):
    """Numeric columns of unlike scale, each with its gaps; row labels in no order."""
    values = rng.normal(size=(n, 4)) * [1.0, 20.0, 0.1, 300.0] + [5.0, -3.0, 0.2, 40.0]
    frame = pd.DataFrame(values, columns=NUMBERS, index=rng.permutation(n) + 100)
    for name in NUMBERS:
        frame.loc[rng.choice(frame.index, size=gaps, replace=False), name] = np.nan
    return frame


def labels_for(X, rng):
    signal = X["income"].fillna(5) - 5 + (X["visits"].fillna(-3) + 3) / 30 + 0.5 * rng.normal(size=len(X))
    return (signal > 0.4).astype(int).rename("paid")


def raw_table(rng, n=120):
    """A table with gaps, levels of one row, repeated rows, rows without target and a column of the future."""
    frame = numbers_of(rng, n, gaps=10)
    frame["city"] = rng.choice(["oslo", "bern", "rome", "kyiv", "riga"], size=n, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    frame["paid"] = labels_for(frame, rng)
    frame["refund"] = 1 - frame["paid"]
    frame.loc[rng.choice(frame.index, size=16, replace=False), "city"] = [np.nan] * 8 + [
        f"hamlet {i}" for i in range(8)
    ]
    frame.loc[rng.choice(frame.index, size=5, replace=False), "paid"] = np.nan
    repeated = frame.sample(6, random_state=3).set_axis(range(900, 906))
    return pd.concat([frame, repeated])


def strengths(X, y):
    """Absolute correlation of each column with y, on the rows where it has no gap."""
    return {name: abs(pearsonr(X[name].dropna(), y[X[name].notna()]).statistic) for name in X}


def target_encoder(keys, y, smoothing=2.0):
    return TargetEncoder(smooth=smoothing, target_type="binary").fit(keys.to_frame(), y)


def best_threshold(scores, y):
    """The lowest score of the best F1 on scikit-learn's curve, which has one point a score."""
    precision, recall, thresholds = precision_recall_curve(y, scores, drop_intermediate=False)
    f1 = 2 * precision[:-1] * recall[:-1] / np.maximum(precision[:-1] + recall[:-1], 1e-300)
    return thresholds[f1 > f1.max() - 1e-12].min()


def test_clean_keeps_the_first_of_equal_rows_with_a_target(rng):
    frame = raw_table(rng)
    seen, rows = set(), []
    for label, *values in frame.itertuples(name=None):
        key = tuple(None if value != value else value for value in values)
        if not np.isnan(frame.loc[label, "paid"]) and key not in seen:
            rows.append(label)
            seen.add(key)
    assert len(rows) < frame["paid"].notna().sum()
    assert ours.clean(frame, "paid").equals(frame.loc[rows])


def test_features_and_labels_are_the_columns(rng):
    frame = raw_table(rng)
    X, y = ours.features_and_labels(frame, "paid", exclude=["refund"])
    assert list(X.columns) == [*NUMBERS, "city"] and X.equals(frame[[*NUMBERS, "city"]])
    assert y.equals(frame["paid"])


@pytest.mark.parametrize("fraction", [0.25, 0.4])
def test_a_split_deals_out_every_row_once(rng, fraction):
    X = numbers_of(rng)
    y = labels_for(X, rng)
    X_rest, X_test, y_rest, y_test = ours.split(X, y, rng, test_fraction=fraction)
    assert abs(len(X_test) - fraction * len(X)) <= 0.5
    assert sorted([*X_rest.index, *X_test.index]) == sorted(X.index) and list(X_test.index) != list(
        X.index[-len(X_test) :]
    )
    for part, labels in ((X_rest, y_rest), (X_test, y_test)):
        assert part.equals(X.loc[part.index]) and labels.equals(y.loc[part.index])


@pytest.mark.parametrize("gaps", [0, 12])
@pytest.mark.parametrize("k", [1, 3, 4])
def test_columns_are_ranked_by_scipys_correlation(rng, gaps, k):
    X = numbers_of(rng, gaps=gaps)
    y = labels_for(X, rng)
    strength = strengths(X, y)
    assert ours.select_features(X, y, k) == sorted(strength, key=strength.get, reverse=True)[:k]


def test_selected_columns_are_scikit_learns(rng):
    X = numbers_of(rng)
    y = labels_for(X, rng)
    best = SelectKBest(lambda X, y: abs(r_regression(X, y)), k=2).fit(X, y)
    assert set(ours.select_features(X, y, 2)) == set(best.get_feature_names_out())
    assert ours.select_features(X.assign(version=7), y, 5)[-1] == "version"


def test_the_filled_columns_are_scikit_learns(rng):
    X, X_new = numbers_of(rng, gaps=9), numbers_of(rng, n=20, gaps=5)
    imputer = SimpleImputer(strategy="median").fit(X)
    filled = ours.impute(X_new, X.median())
    assert filled.to_numpy() == pytest.approx(imputer.transform(X_new))
    assert ours.impute(X_new, X[["debt"]].median()).drop(columns="debt").equals(X_new.drop(columns="debt"))


def test_scaled_columns_are_scikit_learns(rng):
    X, X_new = numbers_of(rng).assign(version=7), numbers_of(rng, n=20).assign(version=9)
    theirs = StandardScaler().fit(X)
    scaler = ours.StandardScaler().fit(X)
    assert scaler.mean.to_numpy() == pytest.approx(theirs.mean_)
    assert scaler.scale.to_numpy() == pytest.approx(theirs.scale_)
    assert scaler.transform(X_new).to_numpy() == pytest.approx(theirs.transform(X_new))
    assert ours.StandardScaler().fit_transform(X).to_numpy() == pytest.approx(theirs.transform(X), abs=1e-12)


@relaxed
@given(keys=st.lists(st.sampled_from(["a", "b", "c", "d", None]), min_size=1, max_size=15))
def test_indicators_are_scikit_learns(keys):
    keys, levels = pd.Series(keys, name="city", dtype=object), ["d", "a", "z"]
    encoder = OneHotEncoder(categories=[levels], handle_unknown="ignore", sparse_output=False)
    encoder.fit(np.array(levels, dtype=object)[:, None])
    indicators = ours.one_hot(keys, levels)
    assert list(indicators.columns) == ["city_d", "city_a", "city_z"]
    assert np.array_equal(indicators.to_numpy(), encoder.transform(keys.to_numpy()[:, None]))


@pytest.mark.parametrize("smoothing", [0.5, 2.0, 10.0])
def test_target_rates_are_scikit_learns(rng, smoothing):
    keys = pd.Series(rng.choice(list("abcde"), size=40), index=rng.permutation(40), name="city")
    y = pd.Series(np.arange(40) % 3 == 0, index=keys.index).astype(int)
    encoder = target_encoder(keys, y, smoothing)
    rates = ours.target_rates(keys, y, y.mean(), smoothing=smoothing)
    assert list(rates.index) == list(encoder.categories_[0])
    assert rates.to_numpy() == pytest.approx(encoder.encodings_[0])
    new = pd.Series([*"abxaz"], index=[5, 2, 9, 1, 0], name="city")
    applied = ours.apply_rates(new, rates, y.mean())
    assert list(applied.index) == list(new.index)
    assert applied.to_numpy() == pytest.approx(encoder.transform(new.to_frame())[:, 0])
    assert ours.apply_rates(pd.Series(["a", None]), rates, 0.123).iloc[1] == 0.123


@pytest.mark.parametrize("n_folds", [2, 3, 5])
def test_out_of_fold_rates_are_scikit_learns_on_the_other_folds(rng, n_folds):
    """A row shares the fold of those whose rate does not depend on its label: the prior is that of the other folds."""
    n, seed = 12, int(rng.integers(99))
    keys = pd.Series(rng.choice(list("abc"), size=n), index=rng.permutation(n), name="city")
    y = pd.Series(rng.permutation(np.arange(n) % 2), index=keys.index)
    rates = ours.out_of_fold_rates(keys, y, np.random.default_rng(seed), n_folds=n_folds)
    assert list(rates.index) == list(keys.index)
    folds = set()
    for row in keys.index:
        flipped = y.where(y.index != row, 1 - y)
        mates = rates == ours.out_of_fold_rates(keys, flipped, np.random.default_rng(seed), n_folds=n_folds)
        assert mates[row]
        folds.add(tuple(mates))
    for held in map(np.array, folds):
        expected = target_encoder(keys[~held], y[~held]).transform(keys[held].to_frame())
        assert rates[held].to_numpy() == pytest.approx(expected[:, 0])
    assert sorted(map(sum, folds)) == [(n + i) // n_folds for i in range(n_folds)]


@pytest.mark.parametrize("rare", [0, 1])
def test_oversampling_repeats_rows_of_the_rarer_class(rng, rare):
    X = numbers_of(rng)
    y = pd.Series([rare] * 12 + [1 - rare] * 38, index=X.index)
    X_new, y_new = ours.oversample(X, y, rng)
    assert y_new.value_counts().to_dict() == {0: 38, 1: 38}
    assert X_new[:50].equals(X) and X_new.equals(X.loc[X_new.index]) and y_new.equals(y.loc[X_new.index])


@pytest.mark.parametrize("l2", [0.0, 1.0, 5.0])
@pytest.mark.parametrize("n", [4, 50])
def test_the_ridge_is_scikit_learns(rng, l2, n):
    X = pd.DataFrame(rng.normal(size=(n, 3)) + [0.5, -1.0, 2.0], columns=list("abc"))
    y = pd.Series(np.arange(n) % 2)
    theirs = Ridge(alpha=l2).fit(X, y)
    weights, bias = ours.fit_ridge(X, y, l2=l2)
    assert weights == pytest.approx(theirs.coef_, rel=1e-7, abs=1e-8)
    assert bias == pytest.approx(theirs.intercept_, rel=1e-7, abs=1e-8)
    assert ours.predict_scores(X, weights, bias).to_numpy() == pytest.approx(theirs.predict(X), abs=1e-8)


@relaxed
@given(pairs=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=1, max_size=15))
def test_f1_is_scikit_learns(pairs):
    y, predicted = map(np.array, zip(*pairs, strict=True))
    expected = f1_score(y, predicted, zero_division=0)
    assert ours.f1_score(y, predicted) == pytest.approx(expected)
    assert ours.f1_score(pd.Series(y), pd.Series(predicted)) == pytest.approx(expected)


@relaxed
@given(pairs=st.lists(st.tuples(st.integers(0, 1), st.integers(-4, 4)), min_size=1, max_size=25))
@example(pairs=[(1, 3), (0, 2), (0, 2), (1, 1)])  # an F1 of 2/3 at 3 and at 1
def test_the_threshold_is_scikit_learns(pairs):
    y, scores = (pd.Series(column) for column in zip(*pairs, strict=True))
    y[0] = 1
    assert ours.choose_threshold(scores, y) == best_threshold(scores, y)
    assert ours.classify(scores, 1).tolist() == [int(score >= 1) for score in scores]


@pytest.mark.parametrize("k", [2, 4])
def test_the_pipeline_is_that_of_scikit_learn(rng, k):
    frame, seed = raw_table(rng), int(rng.integers(99))
    report = ours.run_pipeline(frame, "paid", "city", exclude=["refund"], k=k, seed=seed)
    rows = {part: list(dict.fromkeys(labels)) for part, labels in report["rows"].items()}
    train, y = frame.loc[rows["train"]], frame.loc[rows["train"], "paid"].astype(int)
    assert [len(rows[part]) for part in ("train", "valid", "test")] == pytest.approx(
        [len(ours.clean(frame, "paid")) * share for share in (9 / 16, 3 / 16, 1 / 4)], abs=1
    )

    strength = strengths(train[NUMBERS], y)
    selected = sorted(strength, key=strength.get, reverse=True)[:k]
    imputer = SimpleImputer(strategy="median").fit(train[selected])
    scaler = StandardScaler().fit(imputer.transform(train[selected]))
    keys = frame["city"].astype(object).where(frame["city"].notna(), "?").to_frame()
    levels = sorted(train["city"].dropna().unique())
    encoder = OneHotEncoder(categories=[levels], handle_unknown="ignore", sparse_output=False)
    encoder.fit(np.array(levels, dtype=object)[:, None])
    rates = TargetEncoder(smooth=2.0, target_type="binary").fit(keys.loc[rows["train"]], y)
    rate_of = dict(zip(rates.categories_[0], rates.encodings_[0], strict=True)) | {"?": y.mean()}
    assert report["selected"] == selected and report["levels"] == levels
    assert report["fill"][selected].to_numpy() == pytest.approx(imputer.statistics_)
    assert report["mean"][selected].to_numpy() == pytest.approx(scaler.mean_)
    assert report["scale"][selected].to_numpy() == pytest.approx(scaler.scale_)
    assert report["prior"] == pytest.approx(y.mean())
    assert report["rates"].to_dict() == pytest.approx({level: rate_of[level] for level in levels})

    X, y = ours.features_and_labels(ours.clean(frame, "paid"), "paid", exclude=["refund"])
    parts = ours.prepare(X, y, "city", np.random.default_rng(seed), k)[:3]
    (X_train, y_train), _, _ = parts
    model = Ridge(alpha=1.0).fit(X_train, y_train)
    assert report["weights"] == pytest.approx(model.coef_, abs=1e-8)
    assert report["bias"] == pytest.approx(model.intercept_, abs=1e-8)
    for part, (features, labels) in zip(("train", "valid", "test"), parts, strict=True):
        assert list(features.columns) == report["features"] and list(features.index) == report["rows"][part]
        raw, known = frame.loc[features.index], keys.loc[features.index]
        made = [scaler.transform(imputer.transform(raw[selected])), encoder.transform(known.to_numpy())]
        assert features.to_numpy()[:, :-1] == pytest.approx(np.hstack(made), abs=1e-9)
        assert labels.equals(raw["paid"])
        assert report["scores"][part].to_numpy() == pytest.approx(model.predict(features), abs=1e-8)
        if part != "train":
            expected = [rate_of.get(city, y_train[~y_train.index.duplicated()].mean()) for city in known["city"]]
            assert features["city_rate"].to_numpy() == pytest.approx(np.array(expected))

    scores, (y_valid, y_test) = report["scores"], (labels for _, labels in parts[1:])
    assert report["threshold"] == best_threshold(scores["valid"], y_valid)
    assert report["f1"] == pytest.approx(f1_score(y_test, scores["test"] >= report["threshold"]))
