import numpy as np
import pytest
from knn import KNNClassifier, KNNRegressor, distances, nearest, vote, weigh


def length(offset, metric):
    """Of one offset (d,), by the metric's name."""
    return sum(abs(offset)) if metric == "manhattan" else sum(offset**2) ** 0.5


def cloud(rng, n, d=3):
    """Rows off the origin in columns of unequal units."""
    return rng.normal(size=(n, d)) * [1.0, 40.0, 0.3][:d] + [5.0, -90.0, 2.0][:d]


def neighbours(x, X, k, metric="euclidean"):
    """The k nearest rows of X and their distances to x, one by one, each column in units of its own in X."""
    units = [(sum((column - sum(column) / len(X)) ** 2) / len(X)) ** 0.5 for column in X.T]
    found = sorted((length((row - x) / units, metric), i) for i, row in enumerate(X))[:k]
    return [i for _, i in found], np.array([gap for gap, _ in found])


def test_distances_belong_to_their_pair(rng):
    for m, n, d in ((*rng.integers(2, 9, size=2), 3), (4, 4, 4), (1, 3, 1)):
        A, B = rng.normal(size=(m, d)) + 3, rng.normal(size=(n, d)) - 1
        for metric in ("euclidean", "manhattan"):
            expected = [[length(a - b, metric) for b in B] for a in A]
            found = distances(A, B, metric)
            assert np.shape(found) == (m, n), f"the {metric} distances of {m} and {n} rows have another shape"
            assert np.allclose(found, expected), f"entry [i, j] is not the {metric} distance of A[i] and B[j]"
        assert np.allclose(distances(A, B), distances(A, B, "euclidean")), "the metric by default is another"


def test_the_smallest_entries_are_found_in_order(rng):
    m, n = rng.integers(3, 8), rng.integers(20, 40)
    D = rng.permuted(np.arange(m * n).reshape(m, n) / 7, axis=1)
    for k in (1, 2, int(rng.integers(3, 15)), n - 1, n):
        expected = [sorted(range(n), key=row.tolist().__getitem__)[:k] for row in D]
        found = np.asarray(nearest(D, k))
        assert found.shape == (m, k), f"not {k} indices are found in each row"
        assert found.tolist() == expected, f"they are not the {k} smallest entries of the row, the smallest first"


def test_shares_are_equal_or_inverse_to_the_distance(rng):
    for shape in (rng.integers(2, 9, size=2), (4, 4), (1, 3), (3, 1)):
        gaps = rng.uniform(0.2, 9.0, size=shape)
        shares = np.asarray(weigh(gaps, "distance"))
        assert shares.shape == gaps.shape, "there is not one share for each neighbour"
        assert np.allclose(shares.sum(axis=1), 1), "the shares of a row of neighbours do not add up to 1"
        for gap, share in zip(gaps, shares, strict=True):
            assert np.allclose(gap * share, gap[0] * share[0]), "twice the distance does not halve the share"
        assert np.allclose(weigh(gaps, "uniform"), 1 / gaps.shape[1]), "neighbours have unequal shares, or others"
        assert np.allclose(weigh(gaps), weigh(gaps, "uniform")), "the weights by default are others"


def test_the_label_with_the_largest_share_wins(rng):
    m, k = rng.integers(15, 30), rng.integers(5, 9)
    labels = rng.choice([-7, 0, 3, 300], size=(m, k))
    for shares in (rng.dirichlet(np.ones(k), size=m), rng.dirichlet(np.full(k, 0.2), size=m)):
        expected = []
        for ballots, share in zip(labels.tolist(), shares, strict=True):
            sums = {label: sum(s for b, s in zip(ballots, share, strict=True) if b == label) for label in ballots}
            expected.append(max(sums, key=sums.get))
        assert list(vote(labels, shares)) == expected, "a label has a larger sum of shares than the one that wins"
    minority = np.array([[1, 9, 9, 5, 5, 5, 1]])
    assert list(vote(minority, np.full((1, 7), 1 / 7))) == [5], "two rows of seven outvote three"


def test_new_rows_are_measured_in_the_training_rows_units(rng):
    X, new = cloud(rng, rng.integers(20, 40)), cloud(rng, 7) + [3.0, 60.0, 1.0]
    model = KNNRegressor(1).fit(X, X[:, 0])
    Z = model.standardize(X)
    assert np.allclose(Z.sum(axis=0), 0, atol=1e-9), "the training rows are not centred on their mean"
    assert np.allclose((Z**2).sum(axis=0), len(X)), "the training rows do not have unit variance"
    assert np.allclose(model.standardize(new) * model.spread + model.mean, new), (
        "new rows are moved or scaled otherwise"
    )
    raw = KNNRegressor(1, scaled=False).fit(X, X[:, 0])
    assert np.allclose(raw.standardize(new), new), "rows are changed where no scaling is asked for"


def test_units_do_not_matter(rng):
    X, new = cloud(rng, rng.integers(30, 50)), cloud(rng, 20)
    y = X[:, 0] + rng.normal(size=len(X))
    factors, shift = rng.uniform(200, 900, size=3) * [1, 0, 0] + [0, 1, 0.01], np.array([-4.0, 700.0, 2.0])
    here, there = KNNRegressor(4).fit(X, y), KNNRegressor(4).fit(X * factors + shift, y)
    assert np.allclose(here.predict(new), there.predict(new * factors + shift)), "predictions change with the units"


def test_the_order_of_the_training_rows_does_not_matter(rng):
    X, new = cloud(rng, rng.integers(15, 25)), cloud(rng, 12)
    y, order = rng.normal(size=len(X)), rng.permutation(len(X))
    here, there = (KNNRegressor(6, weights="distance").fit(A, b) for A, b in ((X, y), (X[order], y[order])))
    assert np.allclose(here.predict(new), there.predict(new)), "predictions change with the order of the training rows"


def test_groups_of_labels_are_recognised(rng):
    middles, labels = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 5000.0]]), np.array([30, -2, 7])
    group, new = (
        rng.permutation(np.repeat([0, 1, 2], rng.integers(12, 30, size=3))),
        rng.permutation(np.repeat([0, 1, 2], 5)),
    )
    noise = rng.uniform(-0.4, 0.4, size=(len(group) + 15, 2)) * [1, 1000]
    model = KNNClassifier(5).fit(middles[group] + noise[15:], labels[group])
    assert list(model.predict(middles[new] + noise[:15])) == labels[new].tolist(), (
        "a row in the middle of a group is not given the label of the group"
    )


@pytest.mark.parametrize("weights", ["uniform", "distance"])
def test_the_classifier_counts_the_labels_nearby(rng, weights):
    X, new, k = cloud(rng, rng.integers(40, 60)), cloud(rng, 25), 9
    y = rng.choice([-5, 2, 40], size=len(X))
    expected = []
    for x in new:
        rows, gaps = neighbours(x, X, k)
        sums = dict.fromkeys(sorted(set(y.tolist())), 0.0)
        for i, gap in zip(rows, gaps, strict=True):
            sums[int(y[i])] += 1 if weights == "uniform" else 1 / gap
        expected.append(max(sums, key=sums.get))
    model = KNNClassifier(k, weights=weights)
    assert model.fit(X, y) is model, "fit does not return the model"
    assert list(model.predict(new)) == expected, f"the {k} nearest rows do not decide, with {weights} weights"


@pytest.mark.parametrize("metric", ["euclidean", "manhattan"])
def test_the_regressor_averages_the_targets_nearby(rng, metric):
    X, new, k = cloud(rng, rng.integers(30, 50)), cloud(rng, 10), int(rng.integers(4, 9))
    y = rng.normal(size=len(X)) * 9 + 50
    for weights in ("uniform", "distance"):
        found = KNNRegressor(k, weights=weights, metric=metric).fit(X, y).predict(new)
        assert np.shape(found) == (10,), "there is not one number for each row"
        for x, answer in zip(new, found, strict=True):
            rows, gaps = neighbours(x, X, k, metric)
            pull = (y[rows] - answer) / (gaps if weights == "distance" else 1)
            assert pull.sum() == pytest.approx(0, abs=1e-6), (
                f"the targets of the {k} nearest rows do not balance, with {weights} weights and {metric} distances"
            )


def test_without_scaling_the_long_column_decides(rng):
    far, y = rng.permutation(30) * 1000.0, rng.normal(size=30)
    X = np.column_stack([rng.normal(size=30), far])
    model = KNNRegressor(1, scaled=False).fit(X, y)
    new = np.column_stack([rng.normal(size=30), far + rng.uniform(-300, 300, size=30)])
    assert np.allclose(model.predict(new), y), "in raw units the row that is nearest in the long column is another"


def test_a_row_alone_is_answered_as_in_a_batch(rng):
    X, new = cloud(rng, rng.integers(20, 40)), cloud(rng, 8) + [2.0, 0.0, -0.4]
    model = KNNRegressor(3, weights="distance").fit(X, rng.normal(size=len(X)))
    alone = [float(model.predict(new[i : i + 1])[0]) for i in range(8)]
    assert np.allclose(model.predict(new), alone), "a row is answered otherwise when it comes alone"


def test_left_out_rows_are_answered_by_the_others(rng):
    X, k = cloud(rng, rng.integers(20, 35)), int(rng.integers(3, 7))
    y = rng.normal(size=len(X))
    for metric, power in (("euclidean", 2), ("manhattan", 1)):
        answers = KNNRegressor(k, "distance", metric, scaled=False).fit(X, y).leave_one_out()
        for i in range(len(X)):
            gaps = {j: sum(abs(X[j] - X[i]) ** power) ** (1 / power) for j in range(len(X)) if j != i}
            near = sorted(gaps, key=gaps.get)[:k]
            expected = sum(y[j] / gaps[j] for j in near) / sum(1 / gaps[j] for j in near)
            assert answers[i] == pytest.approx(expected), "a training row is not answered by the others near it"


def test_no_row_answers_for_itself(rng):
    n = int(rng.integers(8, 20))
    X, labels = cloud(rng, n), rng.choice(99, size=n, replace=False)
    found = KNNClassifier(1).fit(X, labels).leave_one_out()
    assert not any(mine == own for mine, own in zip(found, labels, strict=True)), (
        "a row that is left out gets the label that no other row has"
    )


def test_arguments_have_their_stated_defaults(rng):
    X, new = cloud(rng, rng.integers(20, 40)), cloud(rng, 30)
    y = rng.normal(size=len(X))
    stated = {"k": 5, "weights": "uniform", "metric": "euclidean", "scaled": True}
    labels = np.argsort(y)
    for model, targets in ((KNNRegressor, y), (KNNClassifier, labels)):
        found, expected = model().fit(X, targets).predict(new), model(**stated).fit(X, targets).predict(new)
        assert np.array_equal(found, expected), f"{model.__name__} has other arguments by default"


def test_inputs_are_left_alone(rng, unchanged):
    X, new, gaps = cloud(rng, 12), cloud(rng, 4), np.abs(rng.normal(size=(4, 3)))
    y = rng.integers(0, 3, size=12)
    with unchanged(X, y, new, gaps):
        for model in (KNNClassifier(3, weights="distance"), KNNRegressor(3)):
            model.fit(X, y).predict(new)
            model.leave_one_out()
        nearest(gaps, 2)
        distances(X, new)
        vote(y.reshape(4, 3), weigh(gaps, "distance"))


@pytest.mark.edge_case
def test_equal_distances_are_taken_in_order(rng):
    D = rng.integers(0, 4, size=(5, rng.integers(60, 120))) / 2
    for k in (1, 3, 40):
        found = np.asarray(nearest(D, k))
        for row, chosen in zip(D.tolist(), found.tolist(), strict=True):
            expected = [i for _, i in sorted(zip(row, range(len(row)), strict=True))][:k]
            assert chosen == expected, "of equal distances not those with the lower index are taken, in order"


@pytest.mark.edge_case
def test_neighbours_at_distance_zero_take_the_whole_weight(rng):
    near = rng.uniform(0.1, 5.0, size=2)
    gaps = np.array([[0.0, *near], [0.0, 0.0, near[0]], [0.0, 0.0, 0.0], [near[0], *near]])
    expected = np.array([[1, 0, 0], [0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]])
    shares = np.asarray(weigh(gaps, "distance"))
    assert np.allclose(shares[:3], expected), "neighbours at distance 0 do not share the whole weight among them"
    assert np.allclose(shares[3], weigh(gaps[3:], "distance")[0]), "the rows of distances influence each other"


@pytest.mark.edge_case
def test_of_equal_shares_the_smallest_label_wins(rng):
    a, b, c = sorted(rng.choice(np.arange(-50, 300), size=3, replace=False).tolist())
    labels = np.array([[c, a, a, c], [b, a, c, a], [c, b, b, c], [c, b, a, b]])
    shares = np.array([[0.25] * 4, [0.5, 0.25, 0, 0.25], [0.25] * 4, [0.5, 0.25, 0, 0.25]])
    assert list(vote(labels, shares)) == [a, a, b, b], "of labels with equal sums the smallest does not win"


@pytest.mark.edge_case
def test_a_training_row_gets_the_mean_of_its_copies(rng):
    n = int(rng.integers(8, 15))
    X = np.column_stack([rng.permutation(n), rng.integers(-9, 9, size=n)]).repeat(2, axis=0) * 3
    y = rng.normal(size=2 * n)
    model = KNNRegressor(4, weights="distance", scaled=False).fit(X, y)
    expected = y.reshape(n, 2).mean(axis=1).repeat(2)
    assert np.allclose(model.predict(X), expected), (
        "a query on two training rows is not given the mean of their targets"
    )


@pytest.mark.edge_case
def test_a_constant_column_is_moved_only(rng):
    X, new = (np.column_stack([rng.normal(size=n), np.full(n, 7.0)]) for n in (20, 6))
    Z = KNNClassifier(1).fit(X, np.arange(20)).standardize(new + [0.0, 2.0])
    assert Z[:, 1] == pytest.approx(np.full(6, 2.0)), (
        "in a column that was constant, a difference of 2 is not measured as 2"
    )


@pytest.mark.edge_case
def test_all_rows_are_neighbours(rng):
    for n in (1, int(rng.integers(5, 12))):
        X, new, y = cloud(rng, n), cloud(rng, 6), rng.normal(size=n)
        assert np.allclose(KNNRegressor(n).fit(X, y).predict(new), sum(y) / n), "n neighbours do not give the mean"
    labels = rng.permutation([6, 6, 6, 6, 1, 1, 9, 9])
    found = KNNClassifier(8).fit(cloud(rng, 8), labels).predict(cloud(rng, 4))
    assert list(found) == [6] * 4, "eight neighbours of eight rows do not give the most frequent label"
    found = KNNClassifier(7).fit(cloud(rng, 8), labels).leave_one_out()
    assert list(found) == [6] * 8, "seven others of eight rows do not give the most frequent label"


@pytest.mark.edge_case
def test_copies_of_a_row_are_other_rows(rng):
    n = int(rng.integers(6, 12))
    X = np.arange(n).repeat(2)[rng.permutation(2 * n)][:, None] * [5, -3]
    y = rng.normal(size=2 * n)
    found = KNNRegressor(1, weights="distance", scaled=False).fit(X, y).leave_one_out()
    for i in range(2 * n):
        (other,) = [j for j in range(2 * n) if j != i and X[j, 0] == X[i, 0]]
        assert found[i] == pytest.approx(y[other]), "a training row is not answered by its copy"


@pytest.mark.edge_case
def test_rows_that_nearly_coincide(rng):
    A = rng.normal(size=(60, 37)) * 1000
    B = A + 1e-7 * rng.normal(size=A.shape)
    D = distances(A, B)
    assert np.all(np.isfinite(D)), "the distance of near copies is no number"
    exact = np.sqrt(((A[:, None] - B) ** 2).sum(axis=2))
    assert np.allclose(D, exact, rtol=1e-6, atol=1e-3), "near copies are at a distance from each other"


@pytest.mark.edge_case
def test_bytes_are_numbers_like_others(rng):
    X, new = (rng.integers(0, 256, size=(n, 3), dtype=np.uint8) for n in (300, 6))
    for metric in ("euclidean", "manhattan"):
        expected = distances(X.astype(float), new.astype(float), metric)
        assert np.allclose(distances(X, new, metric), expected), f"rows of bytes have other {metric} distances"
    y = rng.integers(100, 200, size=300, dtype=np.uint8)
    model, real = KNNRegressor(3).fit(X, y), KNNRegressor(3).fit(X.astype(float), y.astype(float))
    assert np.allclose(model.predict(new), real.predict(new.astype(float))), "rows of bytes are answered otherwise"


@pytest.mark.edge_case
def test_impossible_arguments_are_refused(rng):
    n = int(rng.integers(3, 9))
    X, y, one = rng.normal(size=(n, 2)), rng.integers(0, 2, size=n), np.ones((1, 1))
    refused = [lambda k=k: KNNClassifier(k).fit(X, y) for k in (0, n + 1)]
    refused += [lambda: KNNRegressor(1).fit(X[:0], y[:0]), lambda: KNNRegressor(1).fit(X, y[:1])]
    refused += [lambda: KNNRegressor(1).fit(X[:1], y), lambda: distances(X, X, "cosine"), lambda: weigh(one, "inverse")]
    refused += [lambda m=m: KNNRegressor(m).fit(X[:m], y[:m]).leave_one_out() for m in (n - 1, n)]
    for i, call in enumerate(refused):
        try:
            call()
        except ValueError:
            continue
        pytest.fail(f"call {i + 1} of {len(refused)} with an impossible argument is not refused")
