import numpy as np
import pandas as pd
import pytest
from tabular_pipeline import (
    StandardScaler,
    apply_rates,
    choose_threshold,
    classify,
    clean,
    f1_score,
    features_and_labels,
    fit_ridge,
    impute,
    one_hot,
    out_of_fold_rates,
    oversample,
    predict_scores,
    prepare,
    run_pipeline,
    select_features,
    split,
    target_rates,
)


def labels_in_disorder(rng, n):
    return pd.Index(rng.permutation(n) * 3 + 50)


def table(rng, n=48):
    """Two informative columns, a noisy one of whole numbers, a constant, a category; gaps; 3 in 8 rows are a 1."""
    latent = rng.normal(size=n)
    frame = pd.DataFrame(
        {
            "income": 40 + 12 * (latent + 0.5 * rng.normal(size=n)),
            "visits": rng.integers(0, 9, size=n),
            "debt": 3 - latent + 0.6 * rng.normal(size=n),
            "version": 7,
            "city": rng.choice(["oslo", "rome", "lima", "bonn"], size=n),
        },
        index=labels_in_disorder(rng, n),
    )
    frame["paid"] = (latent.argsort().argsort() >= n * 5 // 8).astype(int)
    gaps = rng.permutation(frame.index)
    frame.loc[gaps[: n // 3], "income"] = np.nan
    frame.loc[gaps[n // 3 : 2 * n // 3], "debt"] = np.nan
    frame.loc[frame.index[::7], "city"] = None
    return frame


def features_of(rng):
    frame = table(rng)
    return frame.drop(columns="paid"), frame["paid"]


def prepared(X, y, k=2):
    """The three parts and what was fitted, from one and the same stream of random numbers."""
    train, valid, test, fitted = prepare(X, y, "city", np.random.default_rng(5), k=k)
    assert (len(valid[0]), len(test[0])) == (9, 12), "validation and test part do not have their share of the rows"
    assert len(fitted["selected"]) == k, "not as many columns are selected as were asked for"
    return train, valid, test, fitted


def same_fit(old, new):
    return old.keys() == new.keys() and all(np.array_equal(old[name], new[name]) for name in old)


def same_part(old, new):
    return old[0].equals(new[0]) and old[1].equals(new[1])


def test_clean_keeps_labelled_rows_once():
    frame = pd.DataFrame(
        {
            "a": [1.0, 2.0, 1.0, 1.0, np.nan, 4.0, np.nan],
            "city": ["x", "y", "x", "z", "x", "y", "x"],
            "t": [1.0, 0.0, 1.0, 1.0, 0.0, np.nan, 0.0],
        },
        index=[9, 4, 7, 1, 3, 8, 2],
    )
    cleaned = clean(frame, "t")
    assert cleaned["t"].notna().all(), "a row without a target survives the cleaning"
    assert not cleaned.duplicated().any(), "equal rows survive the cleaning"
    assert cleaned.equals(frame.loc[[9, 4, 1, 3]]), "the cleaning does not keep the first of equal rows and all others"


def test_features_have_neither_target_nor_excluded_columns(rng):
    frame = table(rng).assign(refund=1.5, closed="no")
    X, y = features_and_labels(frame, "paid", exclude=("refund", "closed"))
    assert list(X.columns) == ["income", "visits", "debt", "version", "city"], "the features are not the stated columns"
    assert X.equals(frame[list(X.columns)]), "the values of the features have changed"
    assert y.equals(frame["paid"]), "the labels are not the target column"


@pytest.mark.parametrize(("fraction", "size"), [(0.25, 10), (0.1, 4), (0.7, 28)])
def test_a_split_deals_out_each_row_once(rng, fraction, size):
    y = pd.Series(np.arange(40) % 3 // 2, index=labels_in_disorder(rng, 40))
    X = pd.DataFrame({"a": 2.0 * y.index, "label": y})
    X_rest, X_test, y_rest, y_test = split(X, y, np.random.default_rng(1), test_fraction=fraction)
    assert len(X_test) == size, "the test part does not have the stated share of the rows"
    assert sorted([*X_rest.index, *X_test.index]) == sorted(X.index), "a row is lost or dealt out twice"
    for features, labels in ((X_rest, y_rest), (X_test, y_test)):
        assert features["a"].equals(2.0 * features.index.to_series()), "a row has lost its row label"
        assert list(features.index) == list(labels.index), "features and labels are of different rows"
        assert np.array_equal(features["label"], labels), "rows have got the labels of other rows"


def test_a_split_is_random():
    y = pd.Series(np.arange(40) // 20, index=np.arange(40) + 7)
    X = y.to_frame("a")
    held = [frozenset(split(X, y, np.random.default_rng(k))[1].index) for k in range(60)]
    assert len(set(held)) > 40, "the test rows do not depend on the generator, or not each on its own"
    assert all(0 < y.loc[list(part)].sum() < 10 for part in held[:4]), (
        "rows sorted by class give a test part of one class"
    )
    assert set(split(X, y, np.random.default_rng(2))[1].index) == held[2], "equal generators give different splits"


def test_features_are_ranked_by_the_strength_of_their_correlation():
    y = pd.Series([0, 0, 0, 1, 1, 1], index=[8, 3, 5, 1, 9, 4])
    X = pd.DataFrame(
        {
            "weak": [3, 1, 2, 2, 4, 1],
            "opposed": [900.0, 800.0, 950.0, 100.0, 120.0, 130.0],
            "none": [1.0, 2.0, 3.0, 1.0, 2.0, 3.0],
            "gaps": [0.1, np.nan, 0.2, 0.4, 0.2, np.nan],
            "exact": [0.01, 0.01, 0.01, 0.02, 0.02, 0.02],
        },
        index=y.index,
    )
    order = ["exact", "opposed", "gaps", "weak", "none"]
    assert list(select_features(X, y, 5)) == order, "the columns are not in the order of their absolute correlation"
    assert list(select_features(X, y, 2)) == order[:2], "the two columns are not those of the largest correlation"


def test_gaps_are_filled_column_by_column(rng, unchanged):
    of_a, of_c = rng.normal(size=2)
    X = pd.DataFrame({"a": [np.nan, 1.0, 2.0], "b": [3, 4, 5], "c": [6.0, np.nan, np.nan]}, index=[4, 2, 9])
    fill = pd.Series({"c": of_c, "a": of_a})
    with unchanged(X, fill):
        filled = impute(X, fill)
    expected = pd.DataFrame({"a": [of_a, 1.0, 2.0], "b": [3, 4, 5], "c": [6.0, of_c, of_c]}, index=[4, 2, 9])
    assert filled.equals(expected), "the gaps of a column do not get the value of that column, or more than gaps change"
    assert impute(X, fill[["c"]])["a"].isna().sum() == 1, "a column without a fill value is filled"


def test_the_scaler_has_learnt_mean_and_spread():
    X = pd.DataFrame({"a": [1, 3, 5, 7], "b": [0.0, 0.0, 0.0, 4.0]}, index=[7, 5, 8, 1])
    scaler = StandardScaler()
    assert scaler.fit(X) is scaler, "fit does not return the scaler"
    assert scaler.mean.to_dict() == pytest.approx({"a": 4.0, "b": 1.0}), "the mean of 1, 3, 5, 7 is 4"
    assert scaler.scale.to_dict() == pytest.approx({"a": 5**0.5, "b": 3**0.5}), "the spread of 1, 3, 5, 7 is sqrt 5"


def test_other_rows_are_scaled_by_what_was_learnt(rng, unchanged):
    X = pd.DataFrame({"a": [1, 3, 5, 7], "b": [0.0, 0.0, 0.0, 4.0]})
    new = pd.DataFrame({"a": [4, 9], "b": [7.0, 1.0]}, index=[3, 0])
    scaler = StandardScaler().fit(X)
    with unchanged(X, new):
        together, alone = scaler.transform(new), scaler.transform(new.iloc[:1])
    assert list(together.index) == [3, 0], "the transform has lost the row labels"
    assert together.iloc[:1].equals(alone), "a row is scaled differently in other company"
    assert together.to_numpy() == pytest.approx(np.array([[0, 12**0.5], [5**0.5, 0]])), "4 and 9 are not scaled right"
    assert scaler.transform(X).equals(StandardScaler().fit_transform(X)), "fit_transform is not fit, then transform"


def test_indicators_have_the_asked_columns():
    keys = pd.Series(["rome", "bonn", None, "oslo", "rome"], index=[6, 2, 9, 4, 1], name="city")
    indicators = one_hot(keys, ["oslo", "lima", "rome"])
    assert list(indicators.columns) == ["city_oslo", "city_lima", "city_rome"], (
        "the columns are not those of the levels"
    )
    assert list(indicators.index) == list(keys.index), "the indicators have lost the row labels"
    assert indicators.to_numpy() == pytest.approx(np.array([[0, 0, 1], [0, 0, 0], [0, 0, 0], [1, 0, 0], [0, 0, 1]])), (
        "a key is not marked in the column of its level alone"
    )


def test_rates_of_a_worked_example():
    keys = pd.Series(["a", "b", "a", None, "a", "b"], index=[5, 3, 8, 1, 9, 2])
    y = pd.Series([1, 0, 0, 1, 1, 0], index=keys.index)
    rates = target_rates(keys, y, 0.25)
    assert rates.to_dict() == pytest.approx({"a": 0.5, "b": 0.125}), "2 of 3 and a prior of 0.25 twice make 2.5 of 5"
    rates = target_rates(keys, y, 0.25, smoothing=6.0)
    assert rates.to_dict() == pytest.approx({"a": 3.5 / 9, "b": 0.1875}), "the weight of the prior is not the smoothing"


def test_each_key_gets_its_rate():
    keys = pd.Series(["b", "new", "a", None], index=[4, 7, 1, 3])
    encoded = apply_rates(keys, pd.Series({"a": 0.75, "b": 0.5}), 0.2)
    assert list(encoded.index) == [4, 7, 1, 3], "the encoding has lost the row labels"
    assert list(encoded) == [0.5, 0.2, 0.75, 0.2], "a key gets another rate, or one without a rate not the prior"


def test_a_rows_own_label_does_not_reach_its_encoding(rng):
    keys = pd.Series(list("aaabbbccde"), index=labels_in_disorder(rng, 10))
    y = pd.Series(rng.integers(0, 2, size=10), index=keys.index)
    row = rng.choice(keys.index)
    other = y.where(y.index != row, 1 - y)
    before, after = (out_of_fold_rates(keys, labels, np.random.default_rng(3)) for labels in (y, other))
    assert before[row] == after[row], "changing the label of a row changes the encoding of that row"
    assert not before.equals(after), "changing a label changes no encoding at all"


def test_folds_of_one_row_leave_out_that_row_alone(rng):
    keys = pd.Series(list("abacab"), index=labels_in_disorder(rng, 6))
    y = pd.Series([1, 0, 0, 1, 1, 1], index=keys.index)
    encoded = out_of_fold_rates(keys, y, np.random.default_rng(4), n_folds=6)
    assert list(encoded.index) == list(keys.index), "the encoding has lost the row labels"
    assert list(encoded) == pytest.approx([(1 + 1.2) / 4, (1 + 1.6) / 3, (2 + 1.6) / 4, 0.6, (1 + 1.2) / 4, 1.2 / 3]), (
        "a row is not encoded by the labels of all the others"
    )


def test_folds_are_drawn_at_random(rng):
    keys = pd.Series(rng.permutation(list("ab" * 12)))
    y = pd.Series(rng.permutation([0] * 14 + [1] * 10))
    first, *others = (out_of_fold_rates(keys, y, np.random.default_rng(k), n_folds=2) for k in (0, 1, 2, 0))
    assert any(not first.equals(other) for other in others[:2]), "the folds do not depend on the generator"
    assert first.equals(others[2]), "equal generators give different folds"


@pytest.mark.parametrize("rare", [0, 1])
def test_oversampling_levels_the_classes(rng, rare, unchanged):
    y = pd.Series([1 - rare] * 9 + [rare] * 4, index=labels_in_disorder(rng, 13))
    X = pd.DataFrame({"a": rng.normal(size=13), "label": y})
    with unchanged(X, y):
        X_new, y_new = oversample(X, y, np.random.default_rng(6))
    assert list(np.bincount(y_new)) == [9, 9], "the classes are not of one size"
    assert X_new[:13].equals(X) and y_new[:13].equals(y), "the rows themselves are not all there"
    assert list(X_new.index) == list(y_new.index), "features and labels are of different rows"
    assert X_new["a"].equals(X["a"].loc[X_new.index]), "a repeated row is not equal to its original"
    assert np.array_equal(X_new["label"], y_new), "a repeated row has the label of another"


def test_oversampling_is_random(rng):
    y = pd.Series([0] * 30 + [1] * 12, index=labels_in_disorder(rng, 42))
    first, *others = (list(oversample(y.to_frame(), y, np.random.default_rng(k))[1].index) for k in (0, 1, 0))
    assert first != others[0], "the repeated rows do not depend on the generator"
    assert first == others[1], "equal generators repeat different rows"
    assert len(set(first[42:])) > 2, "always the same rows are repeated"


@pytest.mark.parametrize("l2", [0.0, 1.0, 4.0])
def test_the_ridge_solution_is_stationary(rng, l2):
    X = pd.DataFrame(rng.normal(size=(20, 3)) + [0.5, 2.0, -1.0], columns=list("abc"))
    y = pd.Series(rng.permutation([0] * 13 + [1] * 7))
    weights, bias = fit_ridge(X, y, l2=l2)
    assert np.shape(weights) == (3,), "there is not one weight a column"
    residual = y.to_numpy() - X.to_numpy() @ weights - bias
    assert residual.mean() == pytest.approx(0, abs=1e-9), "the residuals do not average to 0"
    assert X.to_numpy().T @ residual == pytest.approx(l2 * weights, abs=1e-8), "the weights do not minimise the loss"


def test_scores_are_weighted_sums_and_the_bias(rng):
    X = pd.DataFrame({"a": [1.0, 0.0, 2.0], "b": [10.0, 0.0, -1.0]}, index=[5, 2, 3])
    u, v, bias = rng.normal(size=3)
    scores = predict_scores(X, np.array([u, v]), bias)
    assert scores.to_dict() == pytest.approx({5: u + 10 * v + bias, 2: bias, 3: 2 * u - v + bias}), (
        "a row is not scored by weights and bias"
    )


def test_a_score_at_the_threshold_counts():
    scores = pd.Series([0.2, 0.5, 0.7, -1.0], index=[5, 2, 3, 9])
    assert classify(scores, 0.5).to_dict() == {5: 0, 2: 1, 3: 1, 9: 0}, (
        "the scores from the threshold on are not the 1s"
    )


def test_f1_of_a_worked_example():
    y, predicted = np.array([1, 1, 1, 0, 0, 0, 0]), np.array([1, 0, 0, 1, 0, 0, 0])
    assert f1_score(y, predicted) == pytest.approx(0.4), "1 hit, 2 misses and 1 false alarm make 2 of 5"
    assert f1_score(1 - y, 1 - predicted) == pytest.approx(6 / 9), "3 hits, 1 miss and 2 false alarms make 6 of 9"


def test_no_other_score_is_a_better_threshold(rng):
    scores = pd.Series(rng.normal(size=9).round(1), index=labels_in_disorder(rng, 9))
    y = pd.Series(rng.permutation([0] * 5 + [1] * 4), index=scores.index)
    pairs = list(zip(scores, y, strict=True))
    value = {t: 2 * sum(b for s, b in pairs if s >= t) / (sum(b for _, b in pairs) + sum(s >= t for s, _ in pairs))
             for t in sorted(scores)}  # fmt: skip
    chosen = choose_threshold(scores, y)
    assert chosen in value, "the threshold is none of the scores"
    assert value[chosen] == pytest.approx(max(value.values())), "another of the scores has a better F1"


def test_the_lowest_of_equal_thresholds_is_chosen():
    scores, y = pd.Series([0.6, 0.1, 0.4, 0.3, 0.2]), pd.Series([1, 0, 1, 0, 1])
    assert choose_threshold(scores, y) == 0.2, "of two thresholds of F1 0.75 and 0.8, 0.8 wins; the lowest of equals"
    assert choose_threshold(scores, 0 * y) == 0.1, "of thresholds that are all equal the lowest is not chosen"


def test_numbers_of_held_out_rows_stay_with_their_rows(rng):
    X, y = features_of(rng)
    numeric = ["income", "visits", "debt", "version"]
    X = X.astype(dict.fromkeys(numeric, float))
    train, valid, test, fitted = prepared(X, y)
    held = [*valid[0].index[1:], *test[0].index[1:]]
    poisoned, relabelled = X.copy(), y.copy()
    relabelled.loc[held] = np.arange(len(held)) % 2
    for column in numeric:
        poisoned.loc[held, column] = 1e6 if column in fitted["selected"] else 1e6 * (2 * relabelled.loc[held] - 1)
    poisoned.loc[held, "city"] = "nowhere"
    new_train, new_valid, new_test, new_fitted = prepared(poisoned, relabelled)
    assert same_fit(fitted, new_fitted), "changing held-out rows changed what was fitted"
    assert same_part(train, new_train), "changing held-out rows changed the training features"
    for old, new in ((valid, new_valid), (test, new_test)):
        assert old[0].iloc[:1].equals(new[0].iloc[:1]), "changing held-out rows changed the features of another row"


def test_labels_of_held_out_rows_reach_no_feature(rng):
    X, y = features_of(rng)
    train, valid, test, fitted = prepared(X, y)
    held = [*valid[0].index, *test[0].index]
    relabelled = y.copy()
    relabelled.loc[held] = 0 if y.loc[held].mean() > 0.5 else 1
    new_train, new_valid, new_test, new_fitted = prepared(X, relabelled)
    assert same_fit(fitted, new_fitted), "changing the labels of held-out rows changed what was fitted"
    assert same_part(train, new_train), "changing the labels of held-out rows changed the training part"
    assert valid[0].equals(new_valid[0]), "changing labels of held-out rows changed the validation features"
    assert test[0].equals(new_test[0]), "changing labels of held-out rows changed the test features"


def test_what_is_fitted_describes_the_training_rows(rng):
    X, y = features_of(rng)
    train, _, _, fitted = prepared(X, y)
    rows = train[0].index.unique()
    assert list(np.bincount(train[1])) == [train[1].sum()] * 2, "the classes of the training part are not of one size"
    numbers = train[0].loc[~train[0].index.duplicated(), fitted["selected"]]
    cities = X.loc[rows, "city"].dropna()
    assert len(fitted["selected"]) == 2, "the number of selected columns is not k"
    assert fitted["fill"].to_dict() == pytest.approx({c: np.nanmedian(X.loc[rows, c]) for c in fitted["selected"]}), (
        "a gap is not filled with the median of the training rows"
    )
    assert numbers.mean().to_numpy() == pytest.approx(np.zeros(2), abs=1e-9), "a training column is off centre"
    assert (numbers**2).mean().to_numpy() == pytest.approx(np.ones(2)), "a training column is not of unit variance"
    assert fitted["levels"] == sorted(set(cities)), "the levels are not those of the training rows, sorted"
    assert fitted["prior"] == pytest.approx(y.loc[rows].mean()), "the prior is not the share of class 1 in training"
    assert set(fitted["rates"].index) == set(cities), "there is not one rate for each level of the training rows"
    for city, rate in fitted["rates"].items():
        ones, count = y.loc[cities.index[cities == city]].sum(), (cities == city).sum()
        assert rate * (count + 2) - ones == pytest.approx(2 * fitted["prior"]), "a rate is not the smoothed share"


def test_all_parts_are_made_alike(rng):
    X, y = features_of(rng)
    train, valid, test, fitted = prepared(X, y, k=4)
    rows = [*train[0].index.unique(), *valid[0].index, *test[0].index]
    assert sorted(rows) == sorted(X.index), "a row is lost, or is in more than one part"
    columns = [*fitted["selected"], *(f"city_{level}" for level in fitted["levels"]), "city_rate"]
    for name, (features, labels) in {"train": train, "valid": valid, "test": test}.items():
        assert labels.equals(y.loc[features.index]), "a row has got the label of another"
        assert list(features.columns) == columns, "the columns are not numbers, indicators and rate"
        assert np.isfinite(features.to_numpy()).all(), "a feature is not a finite number"
        raw = X.loc[features.index]
        for column in fitted["selected"]:
            undone = features[column] * fitted["scale"][column] + fitted["mean"][column]
            gap = raw[column].isna()
            assert undone[~gap].to_numpy() == pytest.approx(raw[column][~gap].to_numpy()), "a number is not its row's"
            assert undone[gap].to_numpy() == pytest.approx(np.full(gap.sum(), fitted["fill"][column])), (
                "a gap does not have the value of the fill"
            )
        for level in fitted["levels"]:
            assert np.array_equal(features[f"city_{level}"] == 1, raw["city"] == level), (
                "an indicator is on another row"
            )
        rates = [fitted["rates"].get(city, fitted["prior"]) for city in raw["city"]]
        alike = list(features["city_rate"]) == pytest.approx(rates)
        assert alike or name == "train", "a held-out row does not have the rate of its level"
        assert not alike or name != "train", "each training row has the rate to which it has contributed itself"


def test_the_score_is_that_of_the_test_rows(rng):
    frame = table(rng)
    seed, other_seed = rng.choice(1 << 16, size=2, replace=False).tolist()
    report = run_pipeline(frame, "paid", "city", seed=seed)
    mistaken = (report["scores"]["test"] < report["threshold"]).astype(int)
    labels = frame["paid"].where(~frame.index.isin(mistaken.index), mistaken)
    new = run_pipeline(frame.assign(paid=labels), "paid", "city", seed=seed)
    assert new["rows"] == report["rows"], "equal seeds give different parts"
    assert np.array_equal(new["weights"], report["weights"]), "the labels of the test rows changed the weights"
    assert new["threshold"] == report["threshold"], "the labels of the test rows changed the threshold"
    assert new["f1"] == 0, "test rows that are all mistaken have a score"
    other = run_pipeline(frame, "paid", "city", seed=other_seed)
    assert set(other["rows"]["test"]) != set(report["rows"]["test"]), "different seeds test on the same rows"


def test_threshold_and_score_of_one_report(rng):
    frame = table(rng)
    report = run_pipeline(frame, "paid", "city")
    assert len(report["features"]) == len(report["weights"]), "there is not one weight a feature"
    for part, rows in report["rows"].items():
        assert list(report["scores"][part].index) == rows, "the scores are not in the order of the rows"
    train, valid, test = (frame["paid"].loc[report["rows"][part]] for part in ("train", "valid", "test"))
    assert (train - report["scores"]["train"]).mean() == pytest.approx(0, abs=1e-9), (
        "the residuals of the training part do not average to 0"
    )
    scores = report["scores"]["valid"]
    assert report["threshold"] in set(scores), "the threshold is none of the validation scores"
    values = {t: f1_score(valid, classify(scores, t)) for t in scores}
    assert values[report["threshold"]] == max(values.values()), "another validation score would do better"
    predicted = report["scores"]["test"] >= report["threshold"]
    assert report["f1"] * (predicted.sum() + test.sum()) == pytest.approx(2 * (predicted & (test == 1)).sum()), (
        "the score is not the F1 of the test rows"
    )


def test_repeated_rows_and_late_columns_stay_out(rng, unchanged):
    frame = table(rng)
    late = frame.assign(refund=100 - 90.0 * frame["paid"], closed=frame["paid"] + 1)
    late = pd.concat(
        [late, late.iloc[rng.permutation(len(late))[:12]].set_axis(rng.permutation(len(late))[:12] * 3 + 51)]
    )
    with unchanged(late):
        report = run_pipeline(late, "paid", "city", exclude=["refund", "closed"], k=4)
    rows = [*set(report["rows"]["train"]), *report["rows"]["valid"], *report["rows"]["test"]]
    assert sorted(rows) == sorted(frame.index), "equal rows are in the parts more than once, or a row is in none"
    assert set(report["selected"]) == {"income", "visits", "debt", "version"}, "a column that is no feature is selected"


@pytest.mark.edge_case
def test_f1_without_any_positive(rng):
    zeros = np.zeros(rng.integers(1, 99), dtype=int)
    f1 = f1_score(zeros, zeros)
    assert f1 == 0, "the F1 of no hits, no misses and no false alarms is not 0"


@pytest.mark.edge_case
def test_oversampling_needs_both_classes():
    y = pd.Series([1, 1, 1])
    with pytest.raises(ValueError):
        oversample(y.to_frame("a"), y, np.random.default_rng(0))


@pytest.mark.edge_case
def test_level_classes_are_left_as_they_are(rng):
    y = pd.Series([1, 0, 0, 1], index=labels_in_disorder(rng, 4))
    _, y_new = oversample(y.to_frame("a"), y, np.random.default_rng(0))
    assert y_new.equals(y), "classes of one size are not left as they are"


@pytest.mark.edge_case
def test_a_column_of_one_value_and_a_single_row(rng):
    value = int(rng.integers(2, 99))
    scaler = StandardScaler().fit(pd.DataFrame({"a": [value] * 3, "b": [1.0, 2.0, 3.0]}))
    row = scaler.transform(pd.DataFrame({"a": [value + 2], "b": [2.0]}))
    assert scaler.scale["a"] == 1, "the scale of a constant column is not 1"
    assert row.to_numpy() == pytest.approx(np.array([[2.0, 0.0]])), "a constant column is shifted, not scaled"
