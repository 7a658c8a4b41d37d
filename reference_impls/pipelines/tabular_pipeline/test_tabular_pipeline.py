import numpy as np
import pandas as pd
import pytest
from tabular_pipeline import prepare, run_pipeline, split

NUMBERS, CITIES, PARTS = ["income", "visits", "debt", "version"], ["lima", "oslo", "rome"], ["train", "valid", "test"]
FITTED = ["selected", "fill", "mean", "scale", "levels", "rates", "prior"]
ENTRIES = [*FITTED, "rows", "scores", "features", "weights", "bias", "threshold", "f1"]


def table(rng):
    """Two informative columns, a noisy one, a constant and a category, with gaps; and labels, 3 in 8 of which are 1."""
    n = 16 * int(rng.integers(3, 5))
    row, y = np.arange(n), rng.permutation(n) % 8 // 5
    columns = {
        "income": np.where(row % 3, 40 + 12 * y + 9 * rng.normal(size=n), np.nan),
        "visits": rng.permutation(n) / 2,
        "debt": np.where(row % 4, 3 - y + 0.7 * rng.normal(size=n), np.nan),
        "version": 7.0,
        "city": np.where(row % 7, rng.choice(CITIES, size=n), None),
    }
    index = pd.Index(rng.permutation(n) * 3 + 50)
    return pd.DataFrame(columns, index=index), pd.Series(y, index=index)


def encoded(raw, fitted):
    """Numbers and indicators of raw rows by what was fitted, without the rate."""
    numbers = (raw[fitted["selected"]].fillna(fitted["fill"]) - fitted["mean"]) / fitted["scale"]
    return np.column_stack([numbers[fitted["selected"]], raw["city"].to_numpy()[:, None] == list(fitted["levels"])])


def rates_of(raw, fitted):
    return [fitted["rates"].get(city, fitted["prior"]) for city in raw["city"]]


def columns_of(fitted):
    return [*fitted["selected"], *(f"city_{level}" for level in fitted["levels"]), "city_rate"]


def f1_at(threshold, scores, y):
    """F1 of the rows that reach the threshold."""
    reached = np.array(scores) >= threshold
    return 2 * np.array(y)[reached].sum() / (np.sum(y) + reached.sum())


def test_changes_of_held_out_rows_stay_with_them(rng):
    X, y = table(rng)
    before = run_pipeline(X.assign(paid=y), "paid", "city")
    held = before["rows"]["valid"] + before["rows"]["test"]
    relabelled, replaced, number = held[::2], held[1::2], 1e6 + np.arange(len(held) // 2)
    new_X, new_y = X.copy(), y.copy()
    new_y[relabelled], new_y[replaced] = int(y[relabelled].mean() < 0.5), np.arange(len(replaced)) % 2
    for name in NUMBERS:
        new_X.loc[replaced, name] = number if name in before["selected"] else number * (2 * new_y[replaced] - 1)
    new_X.loc[replaced, "city"] = "nowhere"
    after = run_pipeline(new_X.assign(paid=new_y), "paid", "city", k=3, seed=0)
    assert after["rows"] == before["rows"], (
        "values of held-out rows, or leaving out k and seed, changed who is in which part"
    )
    for name in [*FITTED, "features", "weights", "bias"]:
        assert np.array_equal(after[name], before[name]), "changing held-out rows changed what was fitted"
    assert after["scores"]["train"].equals(before["scores"]["train"]), "changing held-out rows changed training scores"
    for part in ("valid", "test"):
        kept = [row for row in before["rows"][part] if row in relabelled]
        assert after["scores"][part][kept].equals(before["scores"][part][kept]), (
            "labels of held-out rows, or other rows, changed the score of a row"
        )


def assert_fitted_to(raw, y, fitted):
    """What is fitted describes these rows."""
    cities = raw["city"].to_numpy()
    assert set(fitted) == set(FITTED), "other entries are fitted than stated"
    assert fitted["fill"].to_dict() == pytest.approx(raw[fitted["selected"]].median().to_dict()), (
        "a gap is not filled with the median of the training rows"
    )
    assert list(fitted["levels"]) == [city for city in CITIES if city in cities], "the levels are not those in training"
    assert fitted["prior"] == pytest.approx(y.mean()), "the prior is not the share of class 1 in training"
    assert sorted(fitted["rates"].index) == list(fitted["levels"]), "there is not one rate for each level"
    for city, rate in fitted["rates"].items():
        ones, count = y[cities == city].sum(), (cities == city).sum()
        assert rate * (count + 2) - ones == pytest.approx(2 * fitted["prior"]), "a rate is not smoothed to the prior"


def test_parts_are_made_by_what_the_training_rows_have_taught(rng, generator):
    X, y = table(rng)
    *parts, fitted = prepare(X, y, "city", generator(1))
    train, valid, test = (list(dict.fromkeys(part.index)) for part, _ in parts)
    shares = [len(train) * 16 / len(X), len(valid) * 16 / len(X), len(test) * 16 / len(X)]
    assert shares == [9, 3, 4], "a part has not its share of the rows"
    assert sorted([*train, *valid, *test]) == sorted(X.index), "a row is in no part"
    assert len(fitted["selected"]) == 3, "without k another number of columns is selected than stated"
    assert_fitted_to(X.loc[train], y[train].to_numpy(), fitted)
    features, of_rows = (pd.concat(of_parts) for of_parts in zip(*parts, strict=True))
    assert of_rows.equals(y[features.index]), "a row has got the label of another"
    assert np.mean(parts[0][1]) == 0.5, "the classes of the training part are not of one size"
    assert list(features.columns) == columns_of(fitted), "the columns are not numbers, indicators and the rate"
    raw, values, held = X.loc[features.index], features.to_numpy(float), len(parts[0][0])
    numbers = values[: len(train), :3]
    assert numbers.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-9), "a training column is off centre"
    assert (numbers**2).mean(axis=0) == pytest.approx(np.ones(3)), "a training column is not of unit variance"
    assert np.allclose(values[:, :-1], encoded(raw, fitted)), "a row is not encoded by what was fitted"
    assert list(values[held:, -1]) == pytest.approx(rates_of(raw[held:], fitted)), "a held-out row has another rate"


def assert_scored_by_ridge(report, X, y):
    """Weights, bias and scores of a report belong together."""
    (train, valid, test), weights = (report["rows"][part] for part in PARTS), report["weights"]
    scores = [report["scores"][part] for part in PARTS]
    assert [list(of_part.index) for of_part in scores] == [train, valid, test], "scores and rows differ in order"
    residual = y[train].to_numpy() - scores[0].to_numpy()
    assert residual.mean() == pytest.approx(0, abs=1e-9), "the training residuals do not average to 0"
    assert encoded(X.loc[train], report).T @ residual == pytest.approx(weights[:-1], abs=1e-8), (
        "the weights do not minimise the ridge loss of the training part"
    )
    raw = X.loc[[*valid, *test]]
    expected = np.column_stack([encoded(raw, report), rates_of(raw, report)]) @ weights + report["bias"]
    assert np.append(*scores[1:]) == pytest.approx(expected), "a row is not scored by weights and bias"


def test_the_report_belongs_together(rng, unchanged):
    (X, y), k, seed = table(rng), int(rng.integers(1, 3)), int(rng.integers(1, 1 << 16))
    late = X.assign(paid=y, refund=100 - 90.0 * y, closed=y + 1)
    again = late.iloc[rng.permutation(len(late))[:12]].set_axis(rng.permutation(12) * 3 + 51)
    frame = pd.concat([late, again, again.assign(paid=np.nan).set_axis(again.index + 1)])
    with unchanged(frame):
        report = run_pipeline(frame, "paid", "city", exclude=["refund", "closed"], k=k, seed=seed)
    assert set(report) == set(ENTRIES), "the report has other entries than stated"
    assert len(report["selected"]) == k, "not as many columns are selected as were asked for"
    assert set(report["selected"]) <= set(X.columns), "a column that is no feature is selected"
    assert report["features"] == columns_of(report), "the features are not numbers, indicators and the rate"
    rows, scores, threshold = report["rows"], report["scores"], report["threshold"]
    assert sorted([*set(rows["train"]), *rows["valid"], *rows["test"]]) == sorted(X.index), "a row is not in one part"
    assert set(rows["test"]) != set(split(X, y, np.random.default_rng(0))[1].index), "every seed tests on the same rows"
    assert_scored_by_ridge(report, X, y)
    f1 = {score: f1_at(score, scores["valid"], y[rows["valid"]]) for score in scores["valid"]}
    assert threshold in f1, "the threshold is none of the validation scores"
    assert f1[threshold] == max(f1.values()), "another validation score would do better"
    assert report["f1"] == pytest.approx(f1_at(threshold, scores["test"], y[rows["test"]])), (
        "not the F1 of the test rows"
    )
