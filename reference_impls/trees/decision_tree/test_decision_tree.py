import math
from collections import Counter

import numpy as np
import pytest
from decision_tree import DecisionTree, best_split, entropy, gini, information_gain


def disorder(labels, criterion):
    """Share of the pairs of labels that differ, or the mean number of bits, by counting."""
    n, counts = len(labels), Counter(np.asarray(labels).tolist()).values()
    if criterion == "gini":
        return sum(m * (n - m) for m in counts) / n**2
    return sum(m / n * math.log2(n / m) for m in counts)


def gains(X, y, criterion):
    """By column and number of rows on the left, the gain of every split of a table without equal values."""
    found = {}
    for column in range(X.shape[1]):
        ordered = y[np.argsort(X[:, column])]
        for m in range(1, len(y)):
            parts = ordered[:m], ordered[m:]
            after = sum(len(part) / len(y) * disorder(part, criterion) for part in parts)
            found[column, m] = disorder(y, criterion) - after
    return found


def table(rng, n=None, d=3, k=3):
    """Rows off the origin without equal values, whose classes depend on the columns and on chance."""
    n = n or int(rng.integers(14, 20))
    X = rng.normal(size=(n, d)) * [1, 40, 0.1, 5][:d] + [7, -300, 0, 20][:d]
    score = ((X - X.mean(axis=0)) / X.std(axis=0)) @ rng.normal(size=d) + 0.7 * rng.normal(size=n)
    y = np.searchsorted(np.quantile(score, np.arange(1, k) / k), score)
    return X, y


def found(X, y, *settings, **more):
    """The best split, where there is one."""
    split = best_split(X, y, *settings, **more)
    assert split is not None, "no split is found where there is one that gains"
    return split


def test_gini_is_the_chance_that_two_draws_differ(rng):
    for k in (2, 3, 5):
        y = rng.integers(k, size=rng.integers(5, 20))
        differing = np.mean([a != b for a in y for b in y])
        assert gini(y) == pytest.approx(differing), f"two labels of {y.tolist()} differ more or less often"


def test_entropy_counts_bits(rng):
    for bits in (1, 2, 3):
        y = np.repeat(rng.permutation(2**bits), rng.integers(1, 5))
        assert entropy(y) == pytest.approx(bits), f"{2**bits} equally frequent classes do not need {bits} bits"
    y = rng.integers(4, size=rng.integers(5, 20))
    assert entropy(y) == pytest.approx(disorder(y, "entropy")), f"{y.tolist()} do not have their mean number of bits"


def test_classes_that_are_missing_do_not_count(rng):
    a, b = 1 + rng.choice(6, size=2, replace=False)
    for y in ([a], [a] * 4, [b, b]):
        assert (gini(np.array(y)), entropy(np.array(y))) == (0, 0), f"{y} are not all alike"
    assert gini(np.array([a, b, b, a])) == pytest.approx(0.5), f"classes {a} and {b} are not half and half"
    assert entropy(np.array([a, b, b, a])) == pytest.approx(1), f"classes {a} and {b} are not half and half"


def test_a_gain_weighs_the_parts_by_their_rows(rng):
    for criterion in ("gini", "entropy"):
        y = rng.integers(3, size=rng.integers(12, 20))
        for n_left in (1, 4, len(y) - 2):
            left = rng.permutation(np.arange(len(y)) < n_left)
            expected = disorder(y, criterion) - (
                n_left * disorder(y[left], criterion) + (len(y) - n_left) * disorder(y[~left], criterion)
            ) / len(y)
            assert information_gain(y, left, criterion) == pytest.approx(expected), (
                f"the {criterion} of {n_left} rows and of the other {len(y) - n_left} is not what is left of it"
            )


def test_parts_with_the_shares_of_the_whole_gain_nothing(rng):
    y = np.tile(rng.permutation([0, 0, 1, 2, 2, 2]), 5)
    left = np.arange(30) < 6 * rng.integers(1, 5)
    for criterion in ("gini", "entropy"):
        assert information_gain(y, left, criterion) == pytest.approx(0, abs=1e-12), "equal shares, and yet a gain"


def test_no_split_is_better_than_the_best(rng):
    for criterion in ("gini", "entropy"):
        for _ in range(2):
            X, y = table(rng)
            column, threshold, gain = found(X, y, criterion)
            expected = gains(X, y, criterion)
            assert gain == pytest.approx(max(expected.values())), "another split gains more, or this one not so much"
            n_left = (X[:, column] <= threshold).sum()
            assert gain == pytest.approx(expected[column, n_left]), "the split does not have the gain that is told"


def test_the_best_column_is_found_wherever_it_stands(rng):
    y = np.arange(24) % 2
    for place in range(4):
        X = rng.normal(size=(24, 4))
        X[:, place] += 20 * y
        column, threshold, gain = found(X, y)
        assert (column, gain) == (place, pytest.approx(0.5)), f"column {place} tells the classes apart, and no other"
        assert 5 < threshold < 15, "the threshold is not between two classes that are far apart"


def test_a_threshold_is_halfway_between_two_values(rng):
    low, high = np.sort(rng.choice(50, size=2, replace=False))
    x = rng.permutation(np.repeat([low - 9, low, high, high + 7], [2, 3, 3, 4])) / 4
    column, threshold, gain = found(x[:, None], (x >= high / 4).astype(int))
    assert (column, gain) == (0, pytest.approx(70 / 144)), "a single column does not tell two classes apart"
    assert threshold == pytest.approx((low + high) / 8), f"{low / 4} and {high / 4} are not parted in the middle"


def test_equal_values_are_not_parted(rng):
    x = np.repeat(rng.permutation(5), rng.integers(3, 6, size=5))
    y = rng.permutation(np.arange(len(x)) % 2)
    _, threshold, gain = found(x[:, None], y)
    parts = y[x <= threshold], y[x > threshold]
    after = sum(len(part) / len(y) * disorder(part, "gini") for part in parts)
    assert gain == pytest.approx(disorder(y, "gini") - after), "a gain is told that the rows so parted do not have"
    assert threshold * 2 % 2 == 1, f"{threshold} is not halfway between two of the values 0 to 4"


def test_the_first_of_equal_columns_is_taken(rng):
    X, y = table(rng, d=2)
    column = found(X, y)[0]
    doubled = X[:, [0, 0, 1, 1, 0, 1]]
    assert found(doubled, y)[0] == 2 * column, "of two equal columns the second is split"


def test_parts_are_not_smaller_than_a_leaf_may_be(rng):
    for smallest in (2, 6):
        X, y = table(rng, d=2)
        allowed = [gain for (_, m), gain in gains(X, y, "gini").items() if smallest <= m <= len(y) - smallest]
        column, threshold, gain = found(X, y, min_samples_leaf=smallest)
        n_left = (X[:, column] <= threshold).sum()
        assert smallest <= n_left <= len(y) - smallest, f"a part has {n_left} of {len(y)} rows, below {smallest}"
        assert gain == pytest.approx(max(allowed)), f"of the splits into parts of {smallest} rows it is not the best"


def test_rows_that_differ_are_all_learnt(rng):
    X, y = table(rng)
    for criterion in ("gini", "entropy"):
        model = DecisionTree(criterion)
        assert model.fit(X, y) is model, "fit returns the model itself"
        assert model.predict(X).tolist() == y.tolist(), "a tree without limits does not know its own rows"
        shares = model.predict_proba(X)
        assert shares.shape == (len(y), 3), "there is not one share a row and class"
        assert set(shares.max(axis=1)) == {1.0}, "a leaf of a tree without limits has rows of several classes"


def test_a_stump_tells_the_shares_of_both_sides(rng):
    X, y = table(rng)
    column, threshold, _ = found(X, y)
    model = DecisionTree(max_depth=1).fit(X, y)
    fresh, _ = table(rng)
    for row, shares in zip(fresh, model.predict_proba(fresh), strict=True):
        same_side = y[(X[:, column] <= threshold) == (row[column] <= threshold)]
        expected = [np.mean(same_side == c) for c in range(3)]
        assert shares.tolist() == pytest.approx(expected), "a row is not told the shares of its side"


def test_a_row_on_the_threshold_goes_left(rng):
    gap = int(rng.integers(1, 9))
    X, y = 2 * gap * np.arange(8.0)[:, None], np.repeat([0, 1], [3, 5])
    model = DecisionTree().fit(X, y)
    assert model.predict([[5.0 * gap], [5.0 * gap + 0.5]]).tolist() == [0, 1], f"{5 * gap} is the threshold"


def test_the_tree_splits_by_its_criterion(rng):
    X = np.column_stack([[6, 5, 9, 2, 7, 1, 8, 0, 3, 4], [7, 3, 0, 8, 6, 4, 2, 1, 9, 5]]) * rng.integers(1, 9, size=2)
    y = rng.permutation(3)[[0, 0, 0, 0, 0, 1, 1, 1, 2, 2]]
    order = rng.permutation(10)
    for criterion, column, n_left in (("gini", 0, 2), ("entropy", 1, 5)):
        shares = DecisionTree(criterion, max_depth=1).fit(X[order], y[order]).predict_proba(X)
        left = X[:, column] <= np.sort(X[:, column])[n_left - 1]
        for side in (left, ~left):
            expected = np.bincount(y[side], minlength=3) / side.sum()
            assert np.allclose(shares[side], expected), f"the first split is not the best one by {criterion}"


def test_a_tree_is_as_deep_as_it_may_be(rng):
    X, y = table(rng, n=32, d=2)
    trees = [DecisionTree(max_depth=depth).fit(X, y) for depth in range(4)]
    assert [tree.depth for tree in trees] == [0, 1, 2, 3], "limits of 0, 1, 2 and 3 splits are not kept or not used"
    for tree in trees:
        ways = {tuple(row) for row in tree.predict_proba(X).tolist()}
        assert len(ways) <= tree.n_leaves <= 2**tree.depth, "there are more or fewer leaves than ways through the tree"
    assert [tree.n_leaves for tree in trees[:2]] == [1, 2], "a tree without a split, or with one, has other leaves"


def test_small_nodes_stay_whole(rng):
    X, y = table(rng, k=2)
    assert DecisionTree(min_samples_split=len(y) + 1).fit(X, y).depth == 0, "fewer rows than need be are split"
    assert DecisionTree(min_samples_split=len(y)).fit(X, y).depth == 1, "as many rows as need be are not split once"
    model = DecisionTree(min_samples_leaf=6).fit(X, y)
    ways = Counter(map(tuple, model.predict_proba(X).tolist()))
    assert min(ways.values()) >= 6, "a leaf has fewer than 6 rows"


def test_leaves_are_not_smaller_than_they_may_be(rng):
    n, least = int(rng.integers(28, 36)), int(rng.integers(5, 8))
    X, y = rng.normal(size=(n, 1)), rng.permutation(np.arange(n) % 2)
    model = DecisionTree(min_samples_leaf=least).fit(X, y)
    assert 2 <= model.n_leaves <= n // least, f"{n} rows fill {model.n_leaves} leaves of {least} rows or more each"


def test_the_most_frequent_class_is_predicted(rng):
    X, y = table(rng)
    model = DecisionTree(max_depth=2).fit(X, y)
    shares = model.predict_proba(X)
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(y))), "the shares of a leaf do not add up to 1"
    assert model.predict(X).tolist() == [row.index(max(row)) for row in shares.tolist()], (
        "a class is predicted that is not the most frequent of its leaf, or not the first of these"
    )


def test_a_column_counts_by_the_rows_that_it_parts(rng):
    n = rng.integers(4, 9, size=3)
    y = np.repeat([0, 1, 2], n)
    X = np.column_stack([np.zeros(len(y)), 10.0 * (y == 2), 10.0 * (y == 1), np.zeros(len(y))])
    X[:, 1:3] += rng.random((len(y), 2))
    first = max(gain for (_, m), gain in gains(X[:, 1:2], y, "gini").items() if m == n[0] + n[1])
    other = max(gain for (_, m), gain in gains(X[:, 2:3], y, "gini").items() if m == n[0] + n[2])
    model = DecisionTree().fit(X, y)
    whole = len(y) * disorder(y, "gini")
    share = max(first, other) * len(y) / whole
    expected = [0, share, 1 - share, 0] if first > other else [0, 1 - share, share, 0]
    if n[1] != n[2]:
        assert model.importances.tolist() == pytest.approx(expected), "the importances are not the shares of the gains"
    assert model.importances.sum() == pytest.approx(1), "the importances do not add up to 1"


def test_every_split_of_a_column_counts(rng):
    few, many = rng.integers(4, 8, size=2), rng.integers(20, 30, size=2)
    y = np.repeat([0, 1, 2, 3], [many[0], *few, many[1]])
    X = rng.uniform(1, 9) * np.column_stack([[0, 1, 1, 2], [0, 0, 1, 0]])[y]
    last = few.sum() * disorder(y[(y == 1) | (y == 2)], "gini") / (len(y) * disorder(y, "gini"))
    order = rng.permutation(len(y))
    model = DecisionTree().fit(X[order], y[order])
    assert model.importances.tolist() == pytest.approx([1 - last, last]), "the shares of two splits and of one are off"


def test_a_row_is_judged_by_itself(rng):
    X, y = table(rng)
    fresh, _ = table(rng)
    model = DecisionTree(min_samples_leaf=3).fit(X, y)
    order = rng.permutation(len(fresh))
    assert np.array_equal(model.predict(fresh)[order], model.predict(fresh[order])), "rows influence each other"
    assert model.predict(fresh[:1]).tolist() == model.predict(fresh)[:1].tolist(), "a single row is judged otherwise"


def test_the_order_of_the_training_rows_does_not_matter(rng):
    X, y = table(rng)
    order = rng.permutation(len(y))
    models = DecisionTree(max_depth=3).fit(X, y), DecisionTree(max_depth=3).fit(X[order], y[order])
    assert np.array_equal(*(model.predict_proba(X) for model in models)), "rows in another order grow another tree"


@pytest.mark.edge_case
def test_nothing_to_gain_is_no_split(rng):
    n = int(rng.integers(3, 9))
    crossed = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    cases = {
        "a single row": (rng.normal(size=(1, 2)), np.array([1])),
        "labels of one class": (rng.normal(size=(n, 2)), np.full(n, 2)),
        "columns that are constant": (np.full((n, 2), 0.1), np.arange(n) % 2),
        "crossed classes": (crossed, np.array([0, 1, 1, 0])),
    }
    for name, (X, y) in cases.items():
        assert best_split(X, y) is None, f"{name} are split"
        model = DecisionTree().fit(X, y)
        assert (model.depth, model.n_leaves, model.importances.tolist()) == (0, 1, [0, 0]), f"{name} grow a tree"
        assert model.predict(X).tolist() == [np.bincount(y).argmax()] * len(y), f"{name} are not predicted by frequency"


@pytest.mark.edge_case
def test_hundreds_of_rows_of_any_type(rng):
    X = np.repeat(rng.choice(256, size=(6, 2), replace=False), 50, axis=0).astype(np.uint8)
    y = np.where(X[:, 0] > np.median(X[:, 0]), 3, rng.integers(2, size=300)).astype(np.int8)
    models = DecisionTree(max_depth=4).fit(X, y), DecisionTree(max_depth=4).fit(X.astype(float), y.astype(int))
    assert np.array_equal(*(model.predict_proba(X) for model in models)), "bytes are not numbers like others"


@pytest.mark.edge_case
def test_a_call_without_settings_has_the_stated_ones(rng):
    X, y = table(rng)
    y[X[:, 0].argmax()] = 3
    plain, stated = DecisionTree().fit(X, y), DecisionTree("gini", None, 2, 1).fit(X, y)
    assert np.array_equal(plain.predict_proba(X), stated.predict_proba(X)), "the stated defaults are not the defaults"
    assert best_split(X, y) == best_split(X, y, "gini", 1), "the stated defaults are not the defaults"
    assert found(X[:2], np.array([0, 1]))[2] == pytest.approx(0.5), "two rows are not parted without settings"
    assert DecisionTree().fit(X[:2], np.array([0, 1])).depth == 1, "two rows are not parted without settings"


def test_inputs_are_left_alone(rng, unchanged):
    X, y = table(rng)
    left = X[:, 0] <= np.median(X[:, 0])
    with unchanged(X, y, left):
        best_split(X, y)
        information_gain(y, left)
        DecisionTree().fit(X, y).predict(X)


@pytest.mark.edge_case
def test_what_cannot_be_learnt_is_refused(rng):
    n = int(rng.integers(3, 9))
    for rows, labels in ((0, 0), (n, n - 1), (4, 1), (1, 4), (300, 299)):
        with pytest.raises(ValueError):
            DecisionTree().fit(rng.normal(size=(rows, 2)), rng.integers(2, size=labels))
