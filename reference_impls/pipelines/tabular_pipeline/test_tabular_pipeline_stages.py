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
    select_features,
    split,
    target_rates,
)


def row_labels(rng, n):
    return pd.Index(rng.permutation(n) * 3 + 50)


def labels(rng, zeros, ones):
    """Labels in random order, with row labels in another."""
    return pd.Series(rng.permutation(np.repeat([0, 1], [zeros, ones])), index=row_labels(rng, zeros + ones))


def test_clean_keeps_labelled_rows_once(rng):
    n = int(rng.integers(8, 20))
    frame = pd.DataFrame({"a": rng.normal(size=n), "city": "x", "t": np.arange(n) % 2}, index=row_labels(rng, n))
    frame.iloc[0, 0] = np.nan
    unlabelled = frame.iloc[2:4].assign(t=np.nan).set_axis([1, 2])
    again = frame.iloc[rng.permutation(n)[:5]].set_axis(range(3, 8))
    cleaned = clean(pd.concat([frame[:6], unlabelled, frame[6:], again, frame[:1].set_axis([9])]), "t")
    assert cleaned.equals(frame.astype({"t": float})), (
        "the cleaning does not keep the first of equal rows and all others"
    )


def test_features_have_neither_target_nor_excluded_columns(rng):
    frame = pd.DataFrame(rng.normal(size=(5, 5)), columns=list("abcde"), index=row_labels(rng, 5))
    X, y = features_and_labels(frame, "c", exclude=("b", "e"))
    assert X.equals(frame[["a", "d"]]), "the features are not the columns that are neither target nor excluded"
    assert y.equals(frame["c"]), "the labels are not the target column"


def test_a_split_deals_out_each_row_once(rng, generator):
    y, eighths = labels(rng, 25, 15), int(rng.integers(3, 8))
    X = pd.DataFrame({"a": 2.0 * y.index, "label": y})
    for size, fraction in ((10, {}), (5 * eighths, {"test_fraction": eighths / 8})):
        X_rest, X_test, y_rest, y_test = split(X, y, generator(1), **fraction)
        assert len(X_test) == size, "the test part does not have the stated share of the rows"
        assert sorted([*X_rest.index, *X_test.index]) == sorted(X.index), "a row is lost or dealt out twice"
        for part, of_part in ((X_rest, y_rest), (X_test, y_test)):
            assert part["a"].equals(2.0 * part.index.to_series()), "a row has lost its row label"
            assert list(part.index) == list(of_part.index), "features and labels are of different rows"
            assert np.array_equal(part["label"], of_part), "rows have got the labels of other rows"


def test_a_split_is_random(rng, generator):
    y = labels(rng, 50, 30)
    first, again, other = (split(y.to_frame(), y, generator(k))[3].index for k in (1, 1, 2))
    assert first.equals(again), "equal generators give different splits"
    assert set(first) != set(other), "the test rows do not depend on the generator"
    assert np.ptp(y.index.get_indexer(first)) >= 20, "the test rows are neighbours in the table"


def correlated(rng, y, strength):
    """Numbers of the given Pearson correlation with y; the weaker it is, the larger they are."""
    label, noise = y.to_numpy(), rng.normal(size=len(y))
    noise -= np.where(label == 1, noise[label == 1].mean(), noise[label == 0].mean())
    signal = (label - label.mean()) / label.std()
    values = 20 + strength * signal + (1 - strength**2) ** 0.5 * noise / noise.std()
    return pd.Series(values / strength**4, index=y.index)


def test_features_are_ranked_by_the_strength_of_their_correlation(rng):
    y = labels(rng, 30, 18)
    X = pd.DataFrame({name: correlated(rng, y, s) for name, s in (("b", 0.7), ("c", -0.5), ("d", 0.2))})
    X = X.assign(a=correlated(rng, y.iloc[rng.permutation(48)[6:]], -0.9), constant=7)  # with six gaps
    chosen = select_features(X[rng.permutation([*"abcd", "constant"])], y, 4)
    assert list(chosen) == list("abcd"), "the columns are not the strongest ones, strongest first"


def test_gaps_are_filled_column_by_column(rng, unchanged):
    of_a, of_c = rng.normal(size=2)
    X = pd.DataFrame({"a": [np.nan, 1.0, 2.0], "b": [3, np.nan, 5], "c": [6.0, np.nan, np.nan]}, index=[4, 2, 9])
    fill = pd.Series({"c": of_c, "a": of_a})
    with unchanged(X, fill):
        filled = impute(X, fill)
    expected = {"a": [of_a, 1.0, 2.0], "b": [3, np.nan, 5], "c": [6.0, of_c, of_c]}
    assert filled.equals(pd.DataFrame(expected, index=X.index)), "more than the gaps changes, or a gap is another value"


def test_rows_are_scaled_by_what_was_learnt(rng, unchanged):
    X = pd.DataFrame({"a": rng.integers(0, 99, size=9), "b": rng.normal(3, 5, size=9)})
    new = pd.DataFrame(rng.normal(size=(2, 2)), columns=["a", "b"], index=[3, 0])
    scaler = StandardScaler()
    with unchanged(X, new):
        assert scaler.fit(X) is scaler, "fit does not return the scaler"
        learnt, scaled = scaler.transform(X), scaler.transform(new)
    assert learnt.to_numpy().mean(axis=0) == pytest.approx(np.zeros(2), abs=1e-9), "the rows learnt from are off centre"
    assert (learnt.to_numpy() ** 2).mean(axis=0) == pytest.approx(np.ones(2)), "their variance is not 1"
    assert (scaled * scaler.scale + scaler.mean).to_numpy() == pytest.approx(new.to_numpy()), "another scale is used"
    assert list(scaled.index) == [3, 0], "the transform has lost the row labels"
    assert StandardScaler().fit_transform(X).equals(learnt), "fit_transform is not fit, then transform"


def test_indicators_have_the_asked_columns(rng):
    keys = pd.Series(rng.permutation(["rome", "bonn", None, "oslo", "rome"]), index=row_labels(rng, 5), name="city")
    levels = rng.permutation(["oslo", "lima", "rome"]).tolist()
    indicators = one_hot(keys, levels)
    assert list(indicators.columns) == [f"city_{level}" for level in levels], "the columns are not those of the levels"
    assert list(indicators.index) == list(keys.index), "the indicators have lost the row labels"
    for level in levels:
        assert np.array_equal(indicators[f"city_{level}"], keys == level), "an indicator does not mark its level alone"


def test_rates_are_smoothed_towards_the_prior(rng):
    keys, y = np.repeat(["a", "b", "c", None], [5, 3, 1, 1]), rng.integers(0, 2, size=10)
    prior, smoothing, rows = rng.random(), rng.uniform(3, 9), row_labels(rng, 10)
    for weight, given in ((2.0, {}), (smoothing, {"smoothing": smoothing})):
        rates = target_rates(pd.Series(keys, index=rows), pd.Series(y, index=rows), prior, **given)
        assert set(rates.index) == set("abc"), "there is not one rate a key"
        for key, count in (("a", 5), ("b", 3), ("c", 1)):
            assert rates[key] * (count + weight) - weight * prior == pytest.approx(y[keys == key].sum()), (
                "a rate is not that of the labels of its key and of `smoothing` rows of the prior"
            )


def test_rates_are_looked_up_by_key(rng):
    of_a, of_b, prior = rng.random(3)
    keys = pd.Series(["b", "z", "a", None, "b"], index=row_labels(rng, 5))
    encoded = apply_rates(keys, pd.Series({"a": of_a, "b": of_b}), prior)
    assert list(encoded.index) == list(keys.index), "the encoding has lost the row labels"
    assert list(encoded) == [of_b, prior, of_a, prior, of_b], "a key gets another rate, or one without a rate no prior"


def test_a_row_is_encoded_by_the_labels_of_the_other_folds(rng, generator):
    y, row = labels(rng, 500, 400), int(rng.integers(900))
    keys, flipped = rng.choice(list("abc"), size=900), y.where(np.arange(900) != row, 1 - y)
    towns = pd.Series(keys, index=y.index)
    before = out_of_fold_rates(towns, y, generator(1))
    after = out_of_fold_rates(towns, flipped, generator(1), n_folds=3)
    assert list(before.index) == list(y.index), "the encoding has lost the row labels"
    fold, ones = before.to_numpy() == after.to_numpy(), y.to_numpy()
    assert fold[row], "changing the label of a row changes the encoding of that row"
    assert fold.sum() == 300, "a label does not reach the encodings of the other folds, two thirds of the rows"
    assert len(set(np.diff(np.flatnonzero(fold)))) > 1, "the folds follow the order of the rows"
    for key in "abc":
        mates, (rate, *others) = ~fold & (keys == key), set(before[fold & (keys == key)])
        assert not others, "rows of a fold have different rates for one key"
        assert rate * (mates.sum() + 2) - ones[mates].sum() == pytest.approx(2 * ones[~fold].mean()), (
            "a row is not encoded by rates and prior of the other folds"
        )


def test_oversampling_levels_the_classes_at_random(rng, generator, unchanged):
    for y in (labels(rng, 30, 13), labels(rng, 13, 30)):
        X = pd.DataFrame({"a": rng.normal(size=43), "label": y})
        with unchanged(X, y):
            (X_new, y_new), (_, other) = (oversample(X, y, generator(k)) for k in (1, 2))
        assert list(np.bincount(y_new)) == [30, 30], "the classes are not of one size"
        assert X_new[:43].equals(X), "the rows themselves are not all there"
        assert X_new.equals(X.loc[X_new.index]), "a repeated row is not equal to its original"
        assert list(X_new.index) == list(y_new.index), "features and labels are of different rows"
        assert np.array_equal(X_new["label"], y_new), "a repeated row has the label of another"
        assert list(y_new.index) != list(other.index), "the repeated rows do not depend on the generator"
        assert y_new.index[43:].nunique() > 2, "always the same rows are repeated"


def test_the_ridge_solution_is_stationary(rng):
    rows, y, drawn = rng.normal(size=(20, 3)) + [0.5, 2.0, -1.0], labels(rng, 13, 7), rng.uniform(2, 5)
    for l2, given in ((1.0, {}), (0.0, {"l2": 0.0}), (drawn, {"l2": drawn})):
        weights, bias = fit_ridge(pd.DataFrame(rows, index=y.index), y, **given)
        residual = y.to_numpy() - rows @ weights - bias
        assert np.shape(weights) == (3,), "there is not one weight a column"
        assert residual.mean() == pytest.approx(0, abs=1e-9), "the residuals do not average to 0"
        assert rows.T @ residual == pytest.approx(l2 * weights, abs=1e-8), "the weights do not minimise the loss"


def test_scores_are_weighted_sums_and_the_bias(rng):
    X = pd.DataFrame({"a": [1.0, 0.0, 2.0], "b": [10.0, 0.0, -1.0]}, index=[5, 2, 3])
    u, v, bias = rng.normal(size=3)
    scores = predict_scores(X, np.array([u, v]), bias)
    assert scores.to_dict() == pytest.approx({5: u + 10 * v + bias, 2: bias, 3: 2 * u - v + bias}), (
        "a row is not scored by weights and bias"
    )


def test_a_score_at_the_threshold_counts(rng):
    threshold, gap = rng.normal(), rng.uniform(0.1, 1)
    scores = pd.Series([threshold - gap, threshold, threshold + gap], index=[5, 2, 3])
    assert classify(scores, threshold).to_dict() == {5: 0, 2: 1, 3: 1}, (
        "the scores from the threshold on are not the 1s"
    )


def test_f1_counts_hits_misses_and_false_alarms(rng):
    hits, misses, alarms, _ = counts = rng.choice(np.arange(1, 30), size=4, replace=False)
    y, predicted = (pd.Series(np.repeat(of, counts)) for of in ([1, 1, 0, 0], [1, 0, 1, 0]))
    assert f1_score(y, predicted) * (2 * hits + misses + alarms) == pytest.approx(2 * hits), (
        "the F1 is not twice the hits of the true and the predicted positives"
    )


def test_no_other_score_is_a_better_threshold(rng):
    y = labels(rng, 5, 4)
    scores = pd.Series(rng.normal(size=9), index=y.index)
    chosen = choose_threshold(scores, y)
    f1 = {score: 2 * y[scores >= score].sum() / (4 + (scores >= score).sum()) for score in scores}
    assert chosen in f1, "the threshold is none of the scores"
    assert f1[chosen] == max(f1.values()), "another score has a better F1"


def test_the_lowest_of_equal_thresholds_is_chosen(rng):
    scores, order = np.sort(rng.normal(size=4)), rng.permutation(4)
    for y in ([1, 0, 0, 1], [0, 0, 0, 0]):
        chosen = choose_threshold(pd.Series(scores)[order], pd.Series(y)[order])
        assert chosen == scores[0], "of thresholds with equal F1 the lowest is not chosen"


@pytest.mark.edge_case
def test_f1_without_any_positive(rng):
    zeros = pd.Series(np.zeros(rng.integers(1, 99), dtype=int))
    assert f1_score(zeros, zeros) == 0, "the F1 of no hits, no misses and no false alarms is not 0"


@pytest.mark.edge_case
def test_oversampling_needs_both_classes(rng, generator):
    y = pd.Series(np.full(3, rng.integers(0, 2)))
    with pytest.raises(ValueError):
        oversample(y.to_frame("a"), y, generator(1))


@pytest.mark.edge_case
def test_level_classes_are_left_as_they_are(rng, generator):
    y = labels(rng, 2, 2)
    _, y_new = oversample(y.to_frame("a"), y, generator(1))
    assert y_new.equals(y), "classes of one size are not left as they are"


@pytest.mark.edge_case
def test_a_column_of_one_value_is_shifted(rng):
    value, spread = int(rng.integers(2, 99)), rng.uniform(2, 9)
    scaler = StandardScaler().fit(pd.DataFrame({"a": [value] * 2, "b": [-spread, spread]}))
    row = scaler.transform(pd.DataFrame({"a": [value + 2], "b": [spread]}))
    assert scaler.scale["a"] == 1, "the scale of a constant column is not 1"
    assert row.to_numpy() == pytest.approx(np.array([[2.0, 1.0]])), (
        "beside a column that varies a constant one is not just shifted"
    )
