from statistics import median, mode

import numpy as np
import pytest
from scalers_imputers import MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, SimpleImputer, StandardScaler

NAN = float("nan")


def table(rng, n=None):
    """Rows of three columns in unequal units, off the origin."""
    n = int(rng.integers(9, 20)) if n is None else n
    return rng.normal(size=(n, 3)) * [2.0, 300.0, 0.05] + [40.0, -900.0, 3.0]


def gappy(rng):
    """Rows of which every value occurs once, with gaps in the first and the last of three columns."""
    X = rng.permuted(rng.integers(1, 9, size=3) + np.arange(33.0).reshape(11, 3) ** 1.5, axis=0)
    X[rng.choice(11, size=3, replace=False), 0] = NAN
    X[rng.choice(11, size=2, replace=False), 2] = NAN
    return X


def words(rng):
    """Rows of a town and a size, every town and size among them."""
    towns, sizes = ["rome", "oslo", "lima", "bonn"], ["s", "m", "l"]
    picked = [*zip(towns, [*sizes, "s"], strict=True)]
    return rng.permutation(
        [*picked, *[(str(rng.choice(towns)), str(rng.choice(sizes))) for _ in range(rng.integers(3, 9))]]
    )


def test_standard_scores_by_hand():
    model = StandardScaler()
    assert model.fit(np.array([[1, 10], [3, 10], [5, 40]])) is model, "fit returns the scaler itself"
    assert model.mean == pytest.approx([3, 20]), "the mean of 1, 3, 5 or of 10, 10, 40 is another"
    assert model.scale == pytest.approx([(8 / 3) ** 0.5, 200**0.5]), (
        "the deviation of 1, 3, 5 or of 10, 10, 40 is another"
    )
    scores = model.transform(np.array([[7, 20]]))
    assert scores == pytest.approx(np.array([[6**0.5, 0]])), "a new value of 7, or of 20, has another score"


def test_training_rows_become_standard(rng):
    X = table(rng)
    for column in StandardScaler().fit(X).transform(X).T:
        assert sum(column) == pytest.approx(0, abs=1e-9), "the scores of the training rows do not have mean 0"
        assert sum(z * z for z in column) == pytest.approx(len(X)), (
            "the scores of the training rows do not have deviation 1"
        )


def test_the_ends_of_a_column_become_low_and_high(rng):
    X = table(rng)
    for column, scaled in zip(X.T, MinMaxScaler().fit(X).transform(X).T, strict=True):
        ends = scaled[[list(column).index(min(column)), list(column).index(max(column))]]
        assert ends == pytest.approx([0, 1], abs=1e-12), "the smallest value is not 0, or the largest not 1"
        assert np.corrcoef(column, scaled)[0, 1] == pytest.approx(1), "values do not lie in proportion"


def test_a_chosen_range_is_reached(rng):
    X, low = table(rng), float(rng.uniform(-9, -2))
    for high in (low + 0.5, low + 7):
        scaled = MinMaxScaler(low, high).fit(X).transform(X)
        assert scaled.min(axis=0) == pytest.approx([low] * 3), "the smallest value of a column is not low"
        assert scaled.max(axis=0) == pytest.approx([high] * 3), "the largest value of a column is not high"


def test_the_median_and_the_quartiles_set_the_robust_scale(rng):
    steps = rng.uniform(1, 5, size=3)
    X = rng.permuted(np.outer(np.arange(41), steps) + rng.uniform(-50, 50, size=3), axis=0)
    for lower, upper in ((25, 75), (10, 95)):
        scaled = np.sort(RobustScaler(lower, upper).fit(X).transform(X), axis=0)
        unit = 100 / 40 / (upper - lower)
        expected = np.repeat((np.arange(41) - 20)[:, None] * unit, 3, axis=1)
        assert scaled == pytest.approx(expected, abs=1e-9), (
            f"41 evenly spaced values do not have their median at 0 and percentiles {lower} and {upper} 1 apart"
        )


def test_an_outlier_does_not_move_the_robust_scale(rng):
    X = table(rng, 21)
    far = X.copy()
    rows = X.argmax(axis=0)
    far[rows, np.arange(3)] += 1e6
    fresh = table(rng, 4)
    calm, moved = (RobustScaler().fit(rows).transform(fresh) for rows in (X, far))
    assert moved == pytest.approx(calm), "the largest value of each column moves the scale when it moves further out"
    assert np.ptp(moved, axis=0).min() > 0, "different rows have the same place on the scale"


def test_scaled_rows_come_back(rng):
    X, fresh = table(rng), table(rng)
    models = {"standard": StandardScaler(), "min-max": MinMaxScaler(-3.0, 5.0), "robust": RobustScaler(10, 80)}
    for name, model in models.items():
        back = model.fit(X).inverse_transform(model.transform(fresh))
        assert back == pytest.approx(fresh), f"rows do not come back from the {name} scale"


def test_new_rows_are_scaled_like_old_ones(rng):
    X = table(rng)
    for model in (StandardScaler(), MinMaxScaler(), RobustScaler()):
        whole = model.fit(X).transform(X)
        assert model.transform(X[2:3]) == pytest.approx(whole[2:3]), "a row alone is scaled otherwise than among others"
        assert model.transform(X[4:] + 5) - whole[4:] == pytest.approx(
            model.transform(X[:1] + 5) - whole[:1] + np.zeros_like(X[4:])
        ), "new rows that lie higher by 5 are not moved alike"


def test_gaps_get_the_mean_or_median_of_the_rest(rng):
    X = gappy(rng)
    rest = [[x for x in column if x == x] for column in X.T]
    for strategy, expected in (("mean", [sum(r) / len(r) for r in rest]), ("median", [median(r) for r in rest])):
        model = SimpleImputer(strategy).fit(X)
        assert model.fill == pytest.approx(expected), f"a fill is not the {strategy} of the column's known values"
        filled = [[fill if x != x else x for x, fill in zip(row, expected, strict=True)] for row in X]
        assert model.transform(X) == pytest.approx(np.array(filled)), "a gap is not filled, or a known value is changed"


def test_gaps_get_the_most_frequent_value(rng):
    X = rng.permuted([[4, 7], [4, 7], [9, 2], [9, 2], [1, 5], [NAN, NAN], [NAN, 2], [NAN, 7]], axis=0)
    fill = SimpleImputer("most_frequent").fit(X).fill
    assert fill.tolist() == [4, 2], "the fills are not the most frequent values, the smaller of two"
    whole = rng.integers(0, 4, size=(31, 2)).astype(float)
    frequent = [mode(sorted(column)) for column in whole.T.tolist()]
    assert SimpleImputer("most_frequent").fit(whole).fill.tolist() == frequent, "a fill is not the most frequent value"


def test_gaps_of_new_rows_get_the_training_fill(rng):
    X = gappy(rng)
    for strategy in ("mean", "median", "most_frequent"):
        model = SimpleImputer(strategy).fit(X)
        fresh = np.array([[NAN, 1e6, 5.0], [3.0, NAN, NAN]])
        expected = [[model.fill[0], 1e6, 5.0], [3.0, model.fill[1], model.fill[2]]]
        assert model.transform(fresh).tolist() == expected, "gaps of new rows do not get what was learned in training"


def test_indicators_say_where_values_were_missing(rng):
    X = gappy(rng)
    model = SimpleImputer(add_indicator=True).fit(X)
    plain = SimpleImputer().fit(X)
    fresh = np.array([[NAN, 1.0, 5.0], [3.0, NAN, NAN]])
    for rows, flags in ((X, [[float(x != x) for x in (row[0], row[2])] for row in X]), (fresh, [[1, 0], [0, 1]])):
        out = model.transform(rows)
        assert np.shape(out) == (len(rows), 5), "there is not one indicator for each column with gaps in training"
        assert out[:, 3:].tolist() == flags, "an indicator does not say where its column's value was missing"
        assert out[:, :3] == pytest.approx(plain.transform(rows)), "with indicators the columns are filled otherwise"


def test_codes_are_positions_among_the_categories(rng):
    X = words(rng)
    model = OrdinalEncoder().fit(X)
    levels = [sorted(set(column)) for column in X.T.tolist()]
    assert [list(c) for c in model.categories] == levels, "the categories are not the sorted distinct values"
    expected = [[levels[j].index(value) for j, value in enumerate(row)] for row in X.tolist()]
    assert model.transform(X).tolist() == expected, "a code is not the position of the value among the categories"


def test_indicator_columns_have_a_one_for_the_category(rng):
    X = words(rng)
    levels = [sorted(set(column)) for column in X.T.tolist()]
    expected = [[float(value == level) for j, value in enumerate(row) for level in levels[j]] for row in X.tolist()]
    out = OneHotEncoder().fit(X).transform(X[:3])
    assert np.shape(out) == (3, 7), "there are not as many columns as categories in training"
    assert out.tolist() == expected[:3], "a column does not say where its category is"


def test_encoded_values_come_back(rng):
    numbers = rng.permutation([[30, 7, 1], [30, 5, 2], [10, 7, 2], [20, 5, 4], [10, 6, 1], [10, 5, 8]])
    for X in (words(rng), numbers):
        for name, model in (("codes", OrdinalEncoder()), ("indicators", OneHotEncoder())):
            back = model.fit(X).inverse_transform(model.transform(X[1:]))
            assert np.asarray(back).tolist() == X[1:].tolist(), f"values do not come back from their {name}"


def test_a_code_depends_on_its_own_row_alone(rng):
    X = words(rng)
    for name, model in (("codes", OrdinalEncoder()), ("indicators", OneHotEncoder())):
        whole = model.fit(X).transform(X)
        alone = [model.transform(X[i : i + 1])[0].tolist() for i in range(len(X))]
        assert alone == whole.tolist(), f"a row alone has other {name} than among others"


def test_inputs_are_left_alone(rng, unchanged):
    X, holes, texts = table(rng), gappy(rng), words(rng)
    with unchanged(X, holes, texts):
        for model in (StandardScaler(), MinMaxScaler(), RobustScaler()):
            model.fit(X).inverse_transform(X)
            model.transform(X)
        SimpleImputer(add_indicator=True).fit(holes).transform(holes)
        OrdinalEncoder().fit(texts).transform(texts)
        OneHotEncoder().fit(texts).transform(texts)


@pytest.mark.edge_case
def test_constant_columns_are_only_shifted(rng):
    value = float(rng.integers(2, 9)) + 0.1
    X = np.column_stack([np.full(7, value), rng.normal(size=7)])
    for name, model in (("standard", StandardScaler()), ("min-max", MinMaxScaler()), ("robust", RobustScaler())):
        scaled = model.fit(X).transform(X + [[2.5, 0]])
        assert np.all(np.isfinite(scaled)), f"a {name} score is not finite"
        assert scaled[:, 0] == pytest.approx([2.5] * 7), f"the {name} scale does not just shift a constant column"
        assert model.inverse_transform(scaled) == pytest.approx(X + [[2.5, 0]]), "a constant column does not come back"
    lone = StandardScaler().fit(X[:1]).transform(X[:1])
    assert lone.tolist() == [[0, 0]], "the scores of a single training row are not 0"


@pytest.mark.edge_case
def test_unseen_values_are_told_apart(rng):
    X = words(rng)
    fresh = np.array([["pisa", "m"], ["oslo", "xl"]])
    for unknown in (-1, 99):
        codes = OrdinalEncoder(unknown).fit(X).transform(fresh)
        assert codes.tolist() == [[unknown, 1], [2, unknown]], (
            "an unseen value does not become `unknown`, or a seen one does"
        )
    out = OneHotEncoder().fit(X).transform(fresh)
    assert out.tolist() == [[0, 0, 0, 0, 0, 1, 0], [0, 0, 1, 0, 0, 0, 0]], "an unseen value does not become zeros"


@pytest.mark.edge_case
def test_columns_without_any_value(rng):
    X = np.column_stack([np.full(5, NAN), rng.normal(size=5)])
    for strategy in ("mean", "median", "most_frequent"):
        model = SimpleImputer(strategy, add_indicator=True).fit(X)
        assert model.fill[0] == 0, "a column without any value does not get 0"
        assert model.transform(X)[:, [0, 2]].tolist() == [[0, 1]] * 5, (
            "a column without any value is not filled and told"
        )
        lone = SimpleImputer(strategy).fit(np.array([[NAN], [6.5], [NAN]]))
        assert lone.fill.tolist() == [6.5], "the only value of a column is not its fill"


@pytest.mark.edge_case
def test_what_has_no_answer_is_refused(rng):
    X = words(rng)
    for model in (OrdinalEncoder(), OrdinalEncoder(99), OneHotEncoder()):
        model.fit(X)
        with pytest.raises(ValueError):
            model.inverse_transform(model.transform(np.array([["oslo", "m"], ["rome", "xl"]])))
    for strategy in ("modus", ""):
        with pytest.raises(ValueError):
            SimpleImputer(strategy).fit(table(rng))


@pytest.mark.edge_case
def test_defaults_are_those_stated(rng):
    X, holes, fresh = table(rng), gappy(rng), np.array([["pisa", "xl"]])
    for plain, told in (
        (MinMaxScaler(), MinMaxScaler(low=0.0, high=1.0)),
        (RobustScaler(), RobustScaler(lower=25, upper=75)),
    ):
        assert plain.fit(X).transform(X).tolist() == told.fit(X).transform(X).tolist(), (
            "a default is not the stated one"
        )
    told = SimpleImputer(strategy="mean", add_indicator=False).fit(holes)
    assert SimpleImputer().fit(holes).transform(holes).tolist() == told.transform(holes).tolist(), (
        "a default is another"
    )
    assert OrdinalEncoder().fit(words(rng)).transform(fresh).tolist() == [[-1, -1]], "unknown is not -1 by default"
