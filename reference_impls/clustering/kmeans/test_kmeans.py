import numpy as np
import pytest
from kmeans import KMeans, assign, seed_centers, squared_distances, update_centers


def groups(rng, spread=1.5):
    """63 rows in three groups of 30, 21 and 12 around centres off the origin, in mixed order."""
    middles = np.array([[50.0, -20.0], [54.0, -20.0], [51.0, -14.0]])
    X = np.repeat(middles, [30, 21, 12], axis=0)
    return rng.permutation(X + spread * rng.normal(size=X.shape))


def test_squared_distances_of_worked_points():
    A, B = np.array([[0, 0], [3, 4], [1, 1]]), np.array([[0, 0], [6, 8]])
    assert squared_distances(A, B) == pytest.approx(np.array([[0, 100], [25, 25], [2, 74]])), (
        "the squared distances of (0, 0), (3, 4), (1, 1) to (0, 0), (6, 8) are 0, 100; 25, 25; 2, 74"
    )


@pytest.mark.parametrize(("n", "m", "d"), [(5, 3, 2), (2, 4, 2), (4, 4, 4), (3, 3, 1), (1, 3, 3)])
def test_squared_distances_belong_to_their_pair(rng, n, m, d):
    A, B = rng.normal(size=(n, d)) + 3, rng.normal(size=(m, d)) - 1
    squares = squared_distances(A, B)
    assert np.shape(squares) == (n, m), "there is not one squared distance a pair"
    for i in range(n):
        for j in range(m):
            gap = np.linalg.norm(A[i] - B[j])
            assert squares[i, j] == pytest.approx(gap**2), f"entry [i, j] does not belong to A[i] and B[j] for d={d}"


@pytest.mark.parametrize("n", [4, 25])
def test_every_row_takes_its_nearest_centre(rng, n):
    X, centers = rng.normal(size=(n, 3)) + 2, rng.normal(size=(4, 3)) + 2
    labels = assign(X, centers)
    assert np.shape(labels) == (n,), "assign returns one index a row"
    for row, label in zip(X, labels, strict=True):
        gaps = np.linalg.norm(centers - row, axis=1)
        assert gaps[label] == pytest.approx(gaps.min()), "a row is assigned to a centre although another one is nearer"


def test_rows_on_a_centre_take_it(rng):
    centers, order = rng.normal(size=(4, 2)) * 10, [2, 0, 3, 1]
    assert assign(centers[order], centers).tolist() == order, "a row that lies on a centre is assigned to another one"


def test_update_of_worked_rows():
    X = np.array([[0.0, 2.0], [10.0, 3.0], [4.0, 0.0], [2.0, 1.0]])
    updated = update_centers(X, np.array([0, 1, 0, 0]), np.array([[7.0, 7.0], [8.0, 9.0]]))
    assert updated == pytest.approx(np.array([[2.0, 1.0], [10.0, 3.0]])), (
        "the rows (0, 2), (4, 0), (2, 1) have the centre (2, 1)"
    )


@pytest.mark.parametrize("d", [2, 5])
def test_updated_centres_balance_their_rows(rng, d):
    X, labels = rng.normal(size=(25, d)) + 4, np.repeat([2, 0, 1], [5, 12, 8])
    updated = update_centers(X, labels, np.zeros((3, d)))
    assert np.shape(updated) == (3, d), "there is not one centre a cluster"
    for j in range(3):
        pull = (X[labels == j] - updated[j]).sum(axis=0)
        assert pull == pytest.approx(np.zeros(d), abs=1e-9), "the offsets of a cluster's rows do not cancel"


def test_whole_numbers_have_fractional_centres(rng):
    first, other = rng.integers(-99, 99, size=(2, 2))
    X, labels = np.array([first, first + [1, 3], first + [0, 2], other]), np.array([0, 0, 0, 1])
    assert update_centers(X, labels, np.array([first, other])) == pytest.approx(
        np.array([first + [1 / 3, 5 / 3], other])
    ), "the centre of three rows of whole numbers is not their mean"


def test_seeds_are_rows_of_the_data(rng):
    X = rng.normal(size=(9, 2)) + 5
    for k in range(5):
        seeds = seed_centers(X, 4, np.random.default_rng(k))
        assert np.shape(seeds) == (4, 2), "there is not one seed a cluster"
        assert all(seed.tolist() in X.tolist() for seed in seeds), "a seed is not a row of the data"


def test_any_row_can_be_the_first_seed():
    X = np.array([[1.0], [2.0], [4.0], [8.0]])
    drawn = {float(seed_centers(X, 1, np.random.default_rng(k))[0, 0]) for k in range(80)}
    assert drawn == {1, 2, 4, 8}, "some row is never drawn as the first seed"


def test_rows_on_a_seed_are_not_drawn_again():
    X = np.repeat([[0.0, 1.0], [3.0, 0.0], [9.0, 5.0]], [9, 2, 5], axis=0)
    for k in range(20):
        seeds = seed_centers(X, 3, np.random.default_rng(k))
        assert sorted(map(tuple, seeds.tolist())) == [(0, 1), (3, 0), (9, 5)], (
            "a row that coincides with a seed is drawn while others do not"
        )


@pytest.mark.parametrize("far_groups", [0, 1])
def test_one_far_row_weighs_as_much_as_fifty_near_ones(rng, far_groups):
    points = [[0.0, 0.0], [1.0, 0.0], [0.5, 7.0], [1000.0, 0.0]]
    X = np.repeat(points, [50, 50, 1, 40 * far_groups], axis=0) * rng.uniform(1, 9) + rng.normal(size=2)
    hits = sum(X[100, 1] in seed_centers(X, 2 + far_groups, np.random.default_rng(k))[:, 1] for k in range(120))
    assert 35 <= hits <= 85, "a row of half the total weight is not drawn in about half of the runs"


def test_a_generator_determines_the_seeds(rng):
    X = rng.normal(size=(40, 2))
    first, again, other = (seed_centers(X, 5, np.random.default_rng(k)) for k in (3, 3, 4))
    assert np.array_equal(first, again), "equal generators give unequal seeds"
    assert not np.array_equal(first, other), "two generators give the same seeds"


def test_far_groups_are_found(rng):
    X = groups(rng, spread=0.01)
    model = KMeans(3).fit(X)
    found = model.centers[np.argsort(model.centers[:, 0])]
    assert found == pytest.approx(np.array([[50, -20], [51, -14], [54, -20]]), abs=0.02), (
        "the centres of three far groups are not found"
    )
    fresh = groups(rng, spread=0.0)
    assert model.centers[model.predict(fresh)] == pytest.approx(fresh, abs=0.02), "a new row is not given its group"


@pytest.mark.parametrize("n_iterations", [1, 50])
def test_labels_and_inertia_belong_to_the_centres(rng, n_iterations):
    X = groups(rng)
    for seed in range(4):
        model = KMeans(5, n_iterations=n_iterations, seed=seed).fit(X)
        gaps = np.linalg.norm(X - model.centers[model.labels], axis=1)
        for center in model.centers:
            assert np.all(gaps <= np.linalg.norm(X - center, axis=1) + 1e-6), "a row is nearer to a centre not its own"
        assert model.inertia == pytest.approx(gaps @ gaps), "the inertia is not the sum of the squared distances"


def test_centres_are_the_means_of_their_rows(rng):
    X = groups(rng)
    model = KMeans(5, n_iterations=200).fit(X)
    assert np.shape(model.centers) == (5, 2), "centers has shape (k, d)"
    for j in range(5):
        assert model.centers[j] == pytest.approx(X[model.labels == j].mean(axis=0)), (
            "a centre is not the mean of the rows that carry its label"
        )


def test_more_rounds_do_not_raise_the_inertia(rng):
    X, gains = groups(rng), []
    for seed in range(4):
        inertias = [KMeans(6, n_iterations=rounds, seed=seed).fit(X).inertia for rounds in (1, 2, 4, 50)]
        assert np.all(np.diff(inertias) <= 1e-6), "the inertia rises from one round to another"
        gains.append(inertias[0] - inertias[-1])
    assert max(gains) > 0.01, "fifty rounds do not improve on one, whatever the seed"


def test_the_training_rows_are_predicted_as_labelled(rng):
    X = groups(rng)
    model = KMeans(4).fit(X)
    assert np.array_equal(model.predict(X), model.labels), "predict and labels differ on the training rows"
    assert np.array_equal(model.predict(X[:1]), model.labels[:1]), "a batch of one row is not predicted like the others"


def test_a_seed_determines_the_fit(rng):
    X = rng.random(size=(60, 2))
    for seed in rng.integers(1 << 31, size=3).tolist():
        first, again = KMeans(8, seed=seed).fit(X), KMeans(8, seed=seed).fit(X)
        assert np.array_equal(first.centers, again.centers), "two fits with one seed differ"


def test_seeds_lead_to_different_fits(rng):
    X = rng.random(size=(60, 2))
    fits = [KMeans(8, seed=seed).fit(X).centers for seed in rng.integers(1 << 31, size=4).tolist()]
    assert not all(np.array_equal(fits[0], centers) for centers in fits), "four seeds give one and the same fit"


def test_moving_the_rows_moves_the_centres(rng):
    X, shift = groups(rng), np.array([100.0, -30.0])
    here, there = KMeans(4).fit(X), KMeans(4).fit(X + shift)
    assert np.array_equal(here.labels, there.labels), "the clusters change when all rows move together"
    assert there.centers == pytest.approx(here.centers + shift), "the centres do not move with the rows"


@pytest.mark.edge_case
@pytest.mark.parametrize("dtype", ["uint8", "int16"])
def test_small_whole_numbers_are_numbers_like_others(dtype):
    rows, centers = np.array([[0, 3], [200, 1], [255, 90]], dtype=dtype), np.array([[1, 1], [210, 0]], dtype=dtype)
    expected = [[5, 44109], [39601, 101], [72437, 10125]]
    assert squared_distances(rows, centers) == pytest.approx(np.array(expected)), "small integers have other distances"
    assert np.array_equal(assign(rows, centers), [0, 1, 1]), "small integers are assigned unlike the same floats"


def test_integer_rows_are_fitted_like_floats(rng):
    X = rng.integers(-9, 10, size=(31, 3))
    whole, real = KMeans(4).fit(X), KMeans(4).fit(X.astype(float))
    assert whole.centers == pytest.approx(real.centers), "integer rows are fitted unlike the same rows as floats"
    assert whole.inertia == pytest.approx(real.inertia), "integer rows have another inertia than the same floats"


def test_fit_returns_the_model(rng):
    model = KMeans(2)
    assert model.fit(groups(rng)) is model, "fit returns the model itself"


def test_inputs_are_left_alone(rng, unchanged):
    X, centers, labels = groups(rng), np.array([[50.0, -20.0], [51.0, -14.0]]), np.arange(63) % 2
    with unchanged(X, centers, labels):
        KMeans(3).fit(X).predict(X)
        update_centers(X, labels, centers)
        assign(X, centers)
        seed_centers(X, 3, np.random.default_rng(0))


@pytest.mark.edge_case
def test_rows_have_no_distance_to_themselves(rng):
    A = rng.normal(size=(60, 5)) * 1000
    squares = squared_distances(A, A)
    assert squares.min() >= 0, "a squared distance is below 0"
    assert squares == pytest.approx(((A[:, None] - A) ** 2).sum(axis=2), abs=1e-6), (
        "a row has a distance to itself, or another distance to others than it has"
    )


@pytest.mark.edge_case
def test_a_cluster_without_rows_keeps_its_centre(rng):
    X, centers = rng.normal(size=(2, 2)), rng.normal(size=(3, 2))
    updated = update_centers(X, np.array([0, 2]), centers)
    assert updated == pytest.approx(np.array([X[0], centers[1], X[1]])), (
        "a cluster without rows does not stay where it was"
    )


@pytest.mark.edge_case
def test_more_clusters_than_distinct_rows(rng):
    X = np.repeat(rng.normal(size=(2, 2)), [4, 3], axis=0)
    model = KMeans(4).fit(X)
    assert np.all(np.isfinite(model.centers)), "a centre is not finite when rows repeat"
    assert model.centers[model.predict(X)] == pytest.approx(X), "a row does not lie on its centre"


@pytest.mark.edge_case
def test_identical_rows_are_their_own_centres(rng):
    row = rng.normal(size=2)
    model = KMeans(2).fit(np.tile(row, (5, 1)))
    assert model.centers == pytest.approx(np.tile(row, (2, 1))), "the centres of identical rows lie elsewhere"
    assert model.inertia == pytest.approx(0, abs=1e-9), "identical rows have an inertia of 0"


@pytest.mark.edge_case
def test_one_cluster_is_the_mean(rng):
    X = rng.normal(size=(7, 3)) + 2
    model = KMeans(1).fit(X)
    assert model.centers == pytest.approx(X.mean(axis=0).reshape(1, 3)), "a single centre is not the mean of all rows"
    assert model.inertia == pytest.approx(7 * X.var(axis=0).sum()), "the inertia of one cluster is n times the variance"


@pytest.mark.edge_case
@pytest.mark.parametrize("n", [1, 6])
def test_as_many_clusters_as_rows(rng, n):
    X = rng.integers(-50, 50, size=(n, 2)) + np.arange(n)[:, None] * 200
    model = KMeans(n).fit(X)
    assert sorted(model.labels.tolist()) == list(range(n)), "two distinct rows share one of n clusters"
    assert model.inertia == pytest.approx(0, abs=1e-6), "n clusters of n distinct rows have an inertia of 0"


@pytest.mark.edge_case
@pytest.mark.parametrize(("rows", "n_clusters"), [(0, 1), (0, 0), (3, 4), (3, 0)])
def test_impossible_numbers_of_clusters_are_refused(rows, n_clusters):
    with pytest.raises(ValueError):
        KMeans(n_clusters).fit(np.arange(2.0 * rows).reshape(rows, 2))
