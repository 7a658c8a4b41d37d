import math
from collections import Counter

import numpy as np
import pytest
from random_forest import (
    RandomForest,
    best_split,
    bootstrap,
    draw_columns,
    gini,
    grow_tree,
    oob_shares,
    permutation_importance,
    predict_tree,
    vote,
)


def measured(rng, n, d=3, k=3):
    """Rows off the origin on unequal scales, no value twice, with classes that depend on them and on chance."""
    X = rng.normal(size=(n, d)) * rng.choice([0.1, 3, 50], size=d) + rng.choice([-200, 7], size=d)
    score = ((X - X.mean(axis=0)) / X.std(axis=0)).sum(axis=1) + rng.normal(size=n)
    return X, np.searchsorted(np.quantile(score, np.arange(1, k) / k), score)


def graded(rng, n, d=3, k=3):
    """Rows of the grades 1 to 4, many of them alike."""
    X = rng.integers(1, 5, size=(n, d)).astype(float)
    return X, (X.sum(axis=1) + rng.integers(3, size=n)).astype(int) % k


def most_frequent(labels):
    counts = Counter(np.asarray(labels).tolist())
    return min(counts, key=lambda c: (-counts[c], c))


def left_over(parts):
    """Mean over all rows of the chance that another row of the same part has another label, itself included."""
    return sum(np.mean([a != b for b in part]) for part in parts for a in part) / sum(map(len, parts))


def parted(X, y, column, threshold):
    return y[X[:, column] <= threshold], y[X[:, column] > threshold]


def found(X, y, columns):
    split = best_split(X, y, columns)
    assert split is not None, "no split is found where a column has several values"
    return split


class Model:
    """Calls the rows 1 whose first column is positive, and keeps all tables that it is asked about."""

    def __init__(self):
        self.asked = []

    def predict(self, X):
        self.asked.append(np.array(X))
        return (X[:, 0] > 0).astype(int)


def test_a_bag_is_drawn_with_replacement(rng, generator):
    n = int(rng.integers(300, 500))
    bag = bootstrap(n, generator(1))
    assert bag.shape == (n,), f"a bag of {n} rows has the shape {bag.shape}"
    assert bag.min() >= 0 and bag.max() < n, "the bag has rows that there are not"
    assert 0.5 < len(set(bag.tolist())) / n < 0.76, "too many or too few rows are in the bag more than once"


def test_every_row_has_the_same_chance(rng, generator):
    n = int(rng.integers(3, 6))
    counts = Counter(int(row) for i in range(40) for row in bootstrap(n, generator(i)))
    assert sorted(counts) == list(range(n)), f"of {n} rows only {sorted(counts)} are ever drawn"
    assert max(counts.values()) < 80, "a row is drawn twice as often as it should be"


def test_different_columns_are_drawn(rng, generator):
    d = int(rng.integers(3, 5))
    for m in (1, 2, d):
        for i in range(3):
            drawn = np.asarray(draw_columns(d, m, generator(i))).tolist()
            assert len(drawn) == len(set(drawn)) == m, f"{drawn} are not {m} different columns"
            assert set(drawn) <= set(range(d)), f"{drawn} are not columns of {d}"
    single = {int(draw_columns(3, 1, generator(i))[0]) for i in range(45)}
    assert single == {0, 1, 2}, f"of three columns only {sorted(single)} are ever drawn"


def test_gini_is_the_chance_that_two_draws_differ(rng):
    for k in (1, 2, 4):
        y = rng.integers(k, size=rng.integers(5, 20)) + rng.integers(3)
        differing = np.mean([a != b for a in y for b in y])
        assert gini(y) == pytest.approx(differing), f"two labels of {y.tolist()} differ more or less often"


def test_no_split_leaves_less(rng):
    for made in (measured, graded):
        X, y = made(rng, int(rng.integers(7, 10)))
        column, threshold = found(X, y, np.arange(3))
        assert threshold in X[:, column], f"{threshold} is no value of column {column}"
        left = left_over(parted(X, y, column, threshold))
        least = min(left_over(parted(X, y, j, t)) for j in range(3) for t in np.sort(np.unique(X[:, j]))[:-1])
        assert left == pytest.approx(least), "another split leaves less impurity"


def test_the_best_column_is_found_wherever_it_stands(rng):
    y = np.arange(24) % 2
    for place in range(3):
        X = rng.integers(4, size=(24, 3)).astype(float)
        X[:, place] += 20 * y
        column, threshold = found(X, y, rng.permutation(3))
        assert column == place, f"column {place} tells the classes apart, and no other"
        assert threshold == X[y == 0, place].max(), "the threshold is not the last value of the lower class"


def test_only_the_given_columns_are_split(rng):
    X, y = graded(rng, 16, d=4, k=2)
    X[:, 2] = y
    for columns in ([0, 1], [3], [1, 3]):
        column, threshold = found(X, y, np.array(columns))
        assert column in columns, f"column {column} is split where only {columns} may be"
        least = min(left_over(parted(X, y, j, t)) for j in columns for t in (1, 2, 3))
        assert left_over(parted(X, y, column, threshold)) == pytest.approx(least), "of these columns it is not the best"


def test_the_first_of_equal_splits_is_taken(rng):
    X, y = graded(rng, 16, d=1)
    order = rng.permutation(4)
    assert found(X[:, [0, 0, 0, 0]], y, order)[0] == order[0], "of equal columns one is split that is met later"
    low, step = rng.integers(1, 9, size=2)
    x = np.array([[low + step * i] for i in range(4)])
    assert found(x, np.array([0, 1, 1, 0]), np.array([0])) == (0, low), "of equal thresholds it is not the lowest"


def test_a_tree_knows_its_rows(rng, generator):
    for m in (1, 3):
        X, y = measured(rng, int(rng.integers(10, 15)))
        tree = grow_tree(X, y, m, generator(m))
        order = rng.permutation(len(y))
        assert predict_tree(tree, X[order]).tolist() == y[order].tolist(), "a tree without limit forgets its rows"


def test_a_stump_tells_the_class_of_both_sides(rng, generator):
    X, y = graded(rng, int(rng.integers(14, 20)))
    stump = grow_tree(X, y, 3, generator(1), max_depth=1)
    fresh = graded(rng, 12)[0]
    left = [left_over(parted(X, y, j, t)) for j in range(3) for t in (1, 2, 3)]
    if np.sort(left)[1] - np.min(left) > 1e-9:
        j, t = divmod(int(np.argmin(left)), 3)
        below, above = map(most_frequent, parted(X, y, j, t + 1))
        expected = np.where(fresh[:, j] <= t + 1, below, above)
        assert predict_tree(stump, fresh).tolist() == expected.tolist(), "a row is not told the class of its side"
    root = grow_tree(X, y, 3, generator(2), max_depth=0)
    assert set(predict_tree(root, fresh).tolist()) == {most_frequent(y)}, "a tree without a split tells another class"


def test_a_row_on_the_threshold_goes_with_the_smaller_ones(rng, generator):
    gap = int(rng.integers(2, 9))
    X, y = gap * np.arange(8.0)[:, None], np.repeat([0, 1], [3, 5])
    tree = grow_tree(X, y, 1, generator(1))
    rows = [[2.0 * gap], [2.0 * gap + 0.1], [-1.0], [99.0 * gap]]
    assert predict_tree(tree, np.array(rows)).tolist() == [0, 1, 0, 1], (
        f"{2 * gap} is the threshold, and no value above"
    )


def test_columns_are_drawn_for_each_node(rng, generator):
    X, y = rng.normal(size=(16, 6)), rng.permutation(16)
    tree = grow_tree(X, y, 1, generator(1))
    assert predict_tree(tree, X).tolist() == y.tolist(), "a tree without limit forgets its rows"
    used = 0
    for column in range(6):
        moved = X.copy()
        moved[:, column] = 99
        used += predict_tree(tree, moved).tolist() != y.tolist()
    assert used > 1, "all nodes of a tree are split by the same column, though each might be by any"


def test_few_columns_hide_the_best(rng, generator):
    y = np.arange(12) % 2
    X = np.tile(rng.integers(3, size=(12, 1)), 6).astype(float)
    X[:, 3] = y
    stumps = [predict_tree(grow_tree(X, y, 1, generator(i), max_depth=1), X).tolist() for i in range(9)]
    assert any(said != y.tolist() for said in stumps), "the best of all columns is found where one in six is drawn"
    assert predict_tree(grow_tree(X, y, 6, generator(0), max_depth=1), X).tolist() == y.tolist(), "six of six miss it"


def test_a_tree_is_as_deep_as_it_may_be(rng, generator):
    a, b, c, d = np.sort(rng.choice(9, size=4, replace=False))
    x, y = np.arange(10.0)[:, None] * rng.integers(1, 5), np.array([a, b, a, b, b, c, d, c, d, c])
    twice = [a, a, a, b, b, c, c, c, c, c]
    for depth, expected in ((0, [b] * 10), (1, [b] * 5 + [c] * 5), (2, twice), (None, y.tolist())):
        tree = grow_tree(x, y, 1, generator(1), max_depth=depth)
        assert predict_tree(tree, x).tolist() == expected, f"with max_depth={depth} there are other leaves"
    said = [predict_tree(tree, x).tolist() for tree in RandomForest(3, max_depth=0).fit(x, y).trees]
    assert [len({*labels}) for labels in said] == [1, 1, 1], "a tree of the forest is deeper than it may be"


def test_the_class_of_most_trees_wins(rng):
    t, n = int(rng.integers(4, 9)), int(rng.integers(10, 20))
    labels = rng.integers(2, size=(t, n)) * 3 + rng.integers(2, size=(t, n))
    labels[:, 0] = np.arange(t) % 2 * 4
    winners = vote(labels)
    assert winners.shape == (n,), f"the votes of {t} trees on {n} rows have the shape {winners.shape}"
    assert winners.tolist() == [most_frequent(said) for said in labels.T], "a class wins that most trees do not say"


def test_a_row_is_judged_by_trees_that_have_not_seen_it(rng, generator):
    X, y = graded(rng, int(rng.integers(10, 15)))
    bags = rng.integers(2, len(y), size=(4, len(y)))
    bags[:, 0] = 0
    trees = [grow_tree(X[bag], y[bag], 1, generator(i)) for i, bag in enumerate(bags)]
    shares = oob_shares(trees, bags, X, 4)
    assert shares.shape == (len(y), 4), "there is not one share a row and class"
    for i, row in enumerate(X):
        said = [int(predict_tree(t, row[None])[0]) for t, bag in zip(trees, bags, strict=True) if i not in bag]
        expected = [said.count(c) / max(len(said), 1) for c in range(4)]
        assert shares[i].tolist() == pytest.approx(expected), (
            f"row {i} has other shares among the {len(said)} trees that have not seen it"
        )


def test_each_tree_knows_its_own_bag(rng):
    n = int(rng.integers(10, 14))
    X, y = measured(rng, n)[0], rng.permutation(n)
    forest = RandomForest(n_trees=3, max_features=1, seed=int(rng.integers(99)))
    assert forest.fit(X, y) is forest, "fit returns the model itself"
    assert len(forest.trees) == 3, f"there are {len(forest.trees)} trees, not 3"
    for tree, bag in zip(forest.trees, forest.bags, strict=True):
        assert predict_tree(tree, X[bag]).tolist() == y[bag].tolist(), "a tree does not know the rows of its bag"
        assert set(predict_tree(tree, X).tolist()) <= set(y[bag].tolist()), "a tree knows rows that its bag lacks"


def test_trees_have_bags_of_their_own(rng):
    n = int(rng.integers(12, 20))
    X, y = graded(rng, n)
    bags = RandomForest(n_trees=5, max_depth=1, seed=int(rng.integers(99))).fit(X, y).bags
    assert bags.shape == (5, n), f"the bags of 5 trees on {n} rows have the shape {bags.shape}"
    assert len({tuple(sorted(bag)) for bag in bags.tolist()}) == 5, "two trees have the same bag"
    assert all(len(set(bag)) < n for bag in bags.tolist()), "a bag holds every row once"


def test_the_forest_votes(rng):
    X, y = graded(rng, 15)
    forest = RandomForest(n_trees=6, seed=int(rng.integers(99))).fit(X, y)
    fresh = graded(rng, 20)[0]
    said = np.array([predict_tree(tree, fresh) for tree in forest.trees])
    assert forest.predict(fresh).tolist() == [most_frequent(labels) for labels in said.T], "the forest does not vote"
    order = rng.permutation(20)
    assert forest.predict(fresh[order]).tolist() == forest.predict(fresh)[order].tolist(), "rows influence each other"


def test_the_out_of_bag_score_is_about_the_judged_rows(rng):
    X, y = graded(rng, int(rng.integers(18, 24)))
    for n_trees in (2, 3):
        forest = RandomForest(n_trees=n_trees, seed=int(rng.integers(99))).fit(X, y)
        judged = [i for i in range(len(y)) if not all(i in bag for bag in forest.bags)]
        sums = forest.oob_proba.sum(axis=1)
        assert np.allclose(sums, [i in judged for i in range(len(y))]), (
            "the shares add up to 1 for other rows than those that are missing in some bag"
        )
        right = [int(np.argmax(forest.oob_proba[i]) == y[i]) for i in judged]
        assert forest.oob_score == pytest.approx(np.mean(right)), "the score is not the share of judged rows told right"


def test_a_useless_column_has_no_importance(rng, generator):
    X = rng.normal(size=(30, 4))
    y = (X[:, 0] > 0).astype(int)
    importance = permutation_importance(Model(), X, y, generator(1), n_repeats=2)
    assert importance.shape == (4,), "there is not one importance a column"
    assert importance[0] > 0, "the only column that is used has no importance"
    assert importance[1:].tolist() == [0, 0, 0], "a column that is not used has an importance"
    misled = permutation_importance(Model(), X, 1 - y, generator(1))
    assert misled[0] < 0, "shuffling the column that misleads a model does not help it"


def test_importance_is_the_loss_of_accuracy(rng, generator):
    n, model = int(rng.integers(25, 35)), Model()
    X = rng.normal(size=(n, 3))
    y = (X[:, 0] > 0).astype(int)
    y[[y.argmin(), y.argmax()]] = 1, 0
    importance = permutation_importance(model, X, y, generator(1), 4)
    tables = np.concatenate(model.asked).reshape(-1, n, 3)
    for column in range(3):
        others = np.delete(np.arange(3), column)
        moved = [T for T in tables if (T[:, column] != X[:, column]).any() and (T[:, others] == X[:, others]).all()]
        assert len(moved) == 4, f"the model is not asked once for each repeat about column {column} alone, shuffled"
        assert all((np.sort(T[:, column]) == np.sort(X[:, column])).all() for T in moved), "values are not its own"
        assert len({tuple(T[:, column]) for T in moved}) == 4, "all shuffles are the same"
        right = [np.mean((T[:, 0] > 0) == y) for T in moved]
        expected = np.mean((X[:, 0] > 0) == y) - np.mean(right)
        assert importance[column] == pytest.approx(expected), f"column {column} costs another share of the rows"


def test_a_forest_needs_the_column_that_tells(rng, generator):
    X, y = graded(rng, 24, k=2)
    X[:, 1], X[:, 2] = 5 * y, 7
    forest = RandomForest(n_trees=5, max_features=3).fit(X, y)
    importance = permutation_importance(forest, X, y, generator(1))
    assert importance[1] > 0.1, "shuffling the only column that tells the classes apart costs nothing"
    assert importance[[0, 2]].tolist() == [0, 0], "columns by which nothing is split have an importance"


def test_the_seed_decides_everything(rng):
    X, y = graded(rng, 12)
    seed = int(rng.integers(99))
    forest = RandomForest(n_trees=2, max_features=1, seed=seed)
    bags, proba = forest.fit(X, y).bags, forest.oob_proba
    for again in (forest, RandomForest(n_trees=2, max_features=1, seed=seed)):
        again.fit(X, y)
        assert np.array_equal(again.bags, bags), "the same seed gives other bags"
        assert np.array_equal(again.oob_proba, proba), "the same seed gives other trees"
    other = RandomForest(n_trees=2, max_features=1, seed=seed + 1).fit(X, y)
    assert not np.array_equal(other.bags, bags), "another seed gives the same bags"


def test_the_root_of_the_columns_is_the_default(rng):
    for d, m in ((3, 1), (8, 2)):
        X, y = rng.normal(size=(8, d)), rng.permutation(8)
        fresh = rng.normal(size=(9, d))
        forests = [RandomForest(n_trees=2, max_features=some).fit(X, y) for some in (None, m)]
        said = [[predict_tree(tree, fresh).tolist() for tree in forest.trees] for forest in forests]
        assert len(said[0]) == 2, "there are not as many trees as asked for"
        assert said[0] == said[1], f"of {d} columns not {m} are drawn where nothing is said"
        predicted = [forest.predict(fresh).tolist() for forest in forests]
        assert predicted[0] == predicted[1], f"of {d} columns not {m} are drawn where nothing is said"


@pytest.mark.edge_case
def test_both_parts_have_rows(rng):
    n, value = int(rng.integers(3, 9)), rng.normal()
    y = np.arange(n) % 2
    X = np.column_stack([np.full(n, value), np.full(n, 3.0), y])
    assert best_split(X, y, np.array([0, 1])) is None, "constant columns are split"
    assert best_split(X[:1], y[:1], np.array([0, 1, 2])) is None, "a single row is split"
    assert best_split(X, y, np.array([1, 2, 0])) == (2, 0), "beside constant columns the best split is missed"
    halves = np.array([[0.0], [0], [value**2 + 1], [value**2 + 1]])
    assert best_split(halves, np.array([0, 1, 1, 0]), np.array([0])) == (0, 0), "a split need not gain anything"


@pytest.mark.edge_case
def test_rows_that_cannot_be_parted_share_a_leaf(rng, generator):
    a, b = np.sort(rng.choice(6, size=2, replace=False))
    X = np.repeat([[1.0, 7, 7], [2, 7, 7]], [5, 4], axis=0)
    y = np.array([b, a, b, a, b, b, a, a, b])
    for m in (1, 3):
        said = {tuple(predict_tree(grow_tree(X, y, m, generator(i)), X).tolist()) for i in range(8)}
        whole, parts = (b,) * 9, (b,) * 5 + (a,) * 4
        assert said <= {whole, parts}, "rows that are alike are not told their most frequent class"
        assert m == 1 or said == {parts}, "rows that differ are told the same, though all columns are drawn"


@pytest.mark.edge_case
def test_few_rows_and_classes_that_are_missing(rng):
    c = int(rng.integers(1, 5))
    single = RandomForest(n_trees=3).fit(np.array([[4.0, 2]]), np.array([c]))
    assert single.predict(rng.normal(size=(2, 2))).tolist() == [c, c], "a forest on one row does not tell its class"
    assert math.isnan(single.oob_score), "there is a score though every row is in every bag"
    X, y = graded(rng, 10)
    forest = RandomForest(n_trees=4, max_depth=2).fit(X, y % 2 * 2 + c)
    assert forest.oob_proba.shape == (10, (y % 2 * 2 + c).max() + 1), "classes that do not occur have no shares"
    assert set(forest.predict(X).tolist()) <= {c, c + 2}, "a class is predicted that does not occur"


@pytest.mark.edge_case
def test_hundreds_of_rows_of_any_type(rng):
    X = np.repeat(rng.choice(256, size=(6, 2), replace=False), 50, axis=0).astype(np.uint8)
    y = np.repeat(rng.permutation([0, 1, 2, 0, 1, 2]), 50).astype(np.int8)
    for data in ((X, y), (X.astype(float), y.astype(int))):
        forest = RandomForest(n_trees=2).fit(*data)
        assert forest.predict(X[::25]).tolist() == y[::25].tolist(), "copies of a row do not tell what it is"
        assert forest.oob_score == 1, "copies of a row do not tell what it is"


@pytest.mark.edge_case
def test_a_call_without_settings_has_the_stated_ones(rng, generator):
    X, y = graded(rng, 3, d=2, k=2)
    plain, stated = RandomForest().fit(X, y), RandomForest(30, None, None, 0).fit(X, y)
    assert len(plain.trees) == 30, f"{len(plain.trees)} trees are grown where nothing is said"
    assert np.array_equal(plain.bags, stated.bags), "the stated defaults are not the defaults"
    model, table = Model(), rng.normal(size=(20, 2))
    permutation_importance(model, table, rng.integers(2, size=20), generator(1))
    moved = [T for T in np.concatenate(model.asked).reshape(-1, 20, 2) if (table != T).any()]
    assert len(moved) == 10, "each of two columns is not shuffled five times where nothing is said"


def test_inputs_are_left_alone(rng, generator, unchanged):
    X, y = graded(rng, 10)
    labels, bags = rng.integers(3, size=(4, 10)), rng.integers(10, size=(1, 10))
    with unchanged(X, y, labels, bags):
        tree = grow_tree(X, y, 2, generator(1), 2)
        vote(labels)
        oob_shares([tree], bags, X, 3)
        permutation_importance(RandomForest(2, max_depth=1).fit(X, y), X, y, generator(2), 1)


@pytest.mark.edge_case
def test_what_cannot_be_learnt_is_refused(rng):
    n = int(rng.integers(3, 9))
    for rows, labels in ((0, 0), (n, n - 1), (n - 1, n), (1, 4), (300, 299)):
        with pytest.raises(ValueError):
            RandomForest(2).fit(rng.normal(size=(rows, 2)), rng.integers(2, size=labels))
