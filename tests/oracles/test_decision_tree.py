"""decision_tree against scikit-learn, whose trees break ties by chance: the data have none near the root."""

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.tree import DecisionTreeClassifier

from .reference import implementations, load


@pytest.fixture(params=implementations("decision_tree"))
def tree(request):
    return load("decision_tree", request.param)


def flowers(rng, n=300, d=4, k=3):
    """Overlapping classes that differ in some columns more than in others."""
    y = rng.integers(k, size=n)
    middles = rng.normal(size=(k, d)) * [0.1, 0.3, 0.6, 0.4]
    return middles[y] + rng.normal(size=(n, d)), y


def test_entropy_is_scipys(rng, tree):
    y = rng.integers(5, size=40)
    assert tree.entropy(y) == pytest.approx(entropy(np.bincount(y), base=2))


@pytest.mark.parametrize("criterion", ["gini", "entropy"])
def test_the_first_split_is_scikit_learns(rng, tree, criterion):
    X, y = flowers(rng)
    theirs = DecisionTreeClassifier(criterion=criterion, max_depth=1).fit(X, y).tree_
    column, threshold, gain = tree.best_split(X, y, criterion)
    impurity, n = theirs.impurity, theirs.n_node_samples
    expected = impurity[0] - (n[1] * impurity[1] + n[2] * impurity[2]) / n[0]
    assert (column, threshold, gain) == (
        theirs.feature[0],
        pytest.approx(theirs.threshold[0]),
        pytest.approx(expected),
    )


@pytest.mark.parametrize("criterion", ["gini", "entropy"])
@pytest.mark.parametrize("limits", [{"max_depth": 3}, {"min_samples_leaf": 40}, {"min_samples_split": 150}])
def test_a_limited_tree_is_scikit_learns(rng, tree, criterion, limits):
    X, y = flowers(rng)
    theirs = DecisionTreeClassifier(criterion=criterion, random_state=0, **limits).fit(X, y)
    ours = tree.DecisionTree(criterion, **limits).fit(X, y)
    fresh, _ = flowers(rng)
    assert (ours.depth, ours.n_leaves) == (theirs.get_depth(), theirs.get_n_leaves())
    assert ours.predict_proba(fresh) == pytest.approx(theirs.predict_proba(fresh))
    assert ours.importances == pytest.approx(theirs.feature_importances_)


def test_an_unlimited_tree_knows_its_rows(rng, tree):
    X, y = flowers(rng)
    assert np.array_equal(tree.DecisionTree().fit(X, y).predict(X), y)
