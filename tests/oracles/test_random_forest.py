"""random_forest against scikit-learn, whose trees take midpoints for thresholds: the data decide what both must say."""

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance
from sklearn.tree import DecisionTreeClassifier

from .reference import load

forest = load("random_forest", "bagged_trees")


def flowers(rng, n=200, d=4, k=3):
    """Overlapping classes that differ in some columns more than in others."""
    y = rng.integers(k, size=n)
    middles = np.random.default_rng(5).normal(size=(k, d)) * [0.3, 0.6, 1.2, 0.8]
    return middles[y] + rng.normal(size=(n, d)), y


def test_the_first_split_is_scikit_learns(rng):
    X, y = flowers(rng)
    theirs = DecisionTreeClassifier(max_depth=1).fit(X, y).tree_
    column, threshold = forest.best_split(X, y, range(4))
    assert column == theirs.feature[0]
    assert (X[:, column] <= threshold).sum() == theirs.n_node_samples[1]
    assert forest.gini(y) == pytest.approx(theirs.impurity[0])


@pytest.mark.parametrize("depth", [1, 2, None])
def test_a_tree_of_all_columns_is_scikit_learns_on_its_rows(rng, depth):
    X, y = flowers(rng)
    theirs = DecisionTreeClassifier(max_depth=depth, random_state=0).fit(X, y)
    tree = forest.grow_tree(X, y, 4, rng, depth)
    assert np.array_equal(forest.predict_tree(tree, X), theirs.predict(X))


def test_a_forest_is_as_good_as_scikit_learns():
    ours, theirs = [], []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        X, y = flowers(rng, 120)
        fresh, truth = flowers(rng, 400)
        mine = forest.RandomForest(20, max_depth=4, seed=seed).fit(X, y)
        other = RandomForestClassifier(20, max_depth=4, oob_score=True, random_state=seed).fit(X, y)
        ours.append([mine.oob_score, np.mean(mine.predict(fresh) == truth)])
        theirs.append([other.oob_score_, other.score(fresh, truth)])
    assert np.mean(ours, axis=0) == pytest.approx(np.mean(theirs, axis=0), abs=0.05)


def test_permutation_importance_is_scikit_learns(rng):
    X, y = flowers(rng)
    model = RandomForestClassifier(10, random_state=0).fit(X, y)
    fresh, truth = flowers(rng)
    ours = forest.permutation_importance(model, fresh, truth, rng, 40)
    theirs = permutation_importance(model, fresh, truth, n_repeats=40, random_state=0)
    assert ours == pytest.approx(theirs.importances_mean, abs=0.03)


def test_a_bag_misses_about_a_third_of_the_rows(rng):
    missing = [len(np.setdiff1d(np.arange(1000), forest.bootstrap(1000, rng))) for _ in range(200)]
    assert np.mean(missing) / 1000 == pytest.approx(np.exp(-1), abs=0.01)
