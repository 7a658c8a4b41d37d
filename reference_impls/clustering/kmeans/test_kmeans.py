import numpy as np
import pytest
from kmeans import KMeans, assign, seed_centers, squared_distances, update_centers


def groups(rng, spread=1.5):
    """Three groups of unequal size off the origin, in mixed order."""
    middles = np.array([[50.0, -20.0], [54.0, -20.0], [51.0, -14.0]])
    X = np.repeat(middles, rng.integers([25, 15, 8], [35, 25, 15]), axis=0)
    return rng.permutation(X + spread * rng.normal(size=X.shape))


def repeating(rng):
    """A generator that draws one number between 0.15 and 0.3 again and again, and this number."""
    bits = np.random.MT19937()
    while True:
        word = rng.integers(2**32, dtype=np.uint32)
        start = {"bit_generator": "MT19937", "state": {"key": np.full(624, word), "pos": 0}}
        bits.state = start
        number = np.random.Generator(bits).random()
        if 0.15 < number < 0.3:
            bits.state = start
            return np.random.Generator(bits), number


def test_squared_distances_belong_to_their_pair(rng):
    for n, m, d in ((*rng.integers(2, 9, size=2), 3), (4, 4, 4), (1, 3, 1)):
        A, B = rng.normal(size=(n, d)) + 3, rng.normal(size=(m, d)) - 1
        expected = np.array([[np.linalg.norm(a - b) ** 2 for b in B] for a in A])
        assert squared_distances(A, B) == pytest.approx(expected), (
            f"entry [i, j] is not the squared distance of A[i] and B[j], for {n} and {m} rows of {d} columns"
        )


def test_every_row_takes_its_nearest_centre(rng):
    for n, d in ((rng.integers(5, 30), 3), (4, 4), (1, 2)):
        X, centers = rng.normal(size=(n, d)) + 2, rng.normal(size=(4, d)) + 2
        gaps = np.array([[np.linalg.norm(x - center) for center in centers] for x in X])
        assert assign(X, centers).tolist() == gaps.argmin(axis=1).tolist(), (
            "a row is assigned to a centre although another one is nearer"
        )


def test_updated_centres_balance_their_rows(rng):
    n, d = rng.integers(6, 12, size=3), rng.integers(2, 6)
    labels = rng.permutation(np.repeat([0, 1, 2], n))
    for X in (rng.normal(size=(sum(n), d)) + 4, rng.integers(0, 256, size=(sum(n), d), dtype=np.uint8)):
        updated = update_centers(X, labels, X[:3])
        assert np.shape(updated) == (3, d), "there is not one centre a cluster"
        for j in range(3):
            pull = (X[labels == j] - updated[j]).sum(axis=0)
            assert pull == pytest.approx(np.zeros(d), abs=1e-9), "the offsets of a cluster's rows do not cancel"


def test_any_row_can_be_the_first_seed(rng, generator):
    X = rng.normal(size=(4, 2))
    drawn = {tuple(seed_centers(X, 1, generator(k))[0].tolist()) for k in range(80)}
    assert drawn == set(map(tuple, X.tolist())), "the first seeds of 80 generators are not all the rows there are"


def test_a_row_is_a_seed_once(rng, generator):
    X = rng.permutation(6)[:, None] * [3.0, -2.0] + rng.integers(-9, 10, size=2)
    for k in range(12):
        seeds = seed_centers(np.repeat(X, rng.integers(1, 4, size=6), axis=0), 6, generator(k))
        assert sorted(seeds.tolist()) == sorted(X.tolist()), "six seeds of six distinct rows are not these rows"


def test_the_chance_of_a_seed_is_its_share_of_the_squares(rng):
    middle, way = rng.normal(size=2), rng.normal(size=2)
    for nudge in (0.002, -0.002):
        generator, number = repeating(rng)
        share = number + nudge
        X = middle + np.outer([np.sqrt(share), 0, 0, 0, 0, 0, 0, -np.sqrt(1 - share)], way)
        expected = np.array([middle, X[0] if number < share else X[-1]])
        assert seed_centers(X, 2, generator) == pytest.approx(expected), (
            f"with squared distances of {share:.3f}, 0 (six times) and {1 - share:.3f} to the first seed, "
            f"a generator that gives {number:.3f} draws another row"
        )


def test_far_groups_are_found(rng):
    model = KMeans(3).fit(groups(rng, spread=0.01))
    fresh = groups(rng, spread=0.0)
    assert model.centers[model.predict(fresh)] == pytest.approx(fresh, abs=0.02), (
        "the rows of three far groups are not near the centres they are given"
    )


def test_labels_and_inertia_belong_to_the_centres(rng):
    for n_iterations in (1, 200):
        X, seed = groups(rng), int(rng.integers(99))
        model = KMeans(5, n_iterations=n_iterations, seed=seed).fit(X)
        gaps = np.array([np.linalg.norm(X - center, axis=1) for center in model.centers])
        own = gaps[model.labels, np.arange(len(X))]
        assert np.allclose(own, gaps.min(axis=0)), "a row is nearer to a centre not its own"
        assert model.inertia == pytest.approx(own @ own), "the inertia is not the sum of the squared distances"


def test_centres_are_the_means_of_their_rows(rng):
    X = groups(rng)
    model = KMeans(5, n_iterations=200).fit(X)
    means = np.array([X[model.labels == j].mean(axis=0) for j in range(5)])
    assert model.centers == pytest.approx(means), "a centre is not the mean of the rows that carry its label"


def test_more_rounds_do_not_raise_the_inertia(rng):
    X, gains = groups(rng), []
    for seed in range(4):
        inertias = [KMeans(6, n_iterations=rounds, seed=seed).fit(X).inertia for rounds in (1, 2, 50)]
        assert np.all(np.diff(inertias) <= 1e-6), "the inertia rises from one round to another"
        gains.append(inertias[0] - inertias[-1])
    assert max(gains) > 0.01, "fifty rounds do not improve on one, whatever the seed"


def test_the_training_rows_are_predicted_as_labelled(rng):
    X, model = groups(rng), KMeans(4)
    assert model.fit(X) is model, "fit returns the model itself"
    assert np.array_equal(model.predict(X), model.labels), "predict and labels differ on the training rows"
    assert np.array_equal(model.predict(X[:1]), model.labels[:1]), "a batch of one row is not predicted like the others"


def test_a_seed_determines_the_fit(rng):
    X, (seed, *others) = rng.random(size=(40, 2)), rng.integers(1, 1 << 31, size=4).tolist()
    fit, again = KMeans(8, seed=seed).fit(X), KMeans(8, seed=seed).fit(X)
    assert np.array_equal(fit.centers, again.centers), "two fits with one seed differ"
    assert np.array_equal(KMeans(8).fit(X).centers, KMeans(8, seed=0).fit(X).centers), "the seed by default is not 0"
    assert not all(np.array_equal(fit.centers, KMeans(8, seed=other).fit(X).centers) for other in others), (
        "four seeds give one and the same fit"
    )


def test_moving_the_rows_moves_the_centres(rng):
    X, shift = groups(rng), np.array([100.0, -30.0])
    here, there = KMeans(4).fit(X), KMeans(4).fit(X + shift)
    assert there.centers == pytest.approx(here.centers + shift), "the centres do not move with the rows"


def test_inputs_are_left_alone(rng, generator, unchanged):
    X, centers = groups(rng), rng.normal(size=(3, 2)) + [50, -20]
    labels = np.arange(len(X)) % 3
    with unchanged(X, centers, labels):
        KMeans(3).fit(X).predict(X)
        update_centers(X, labels, centers)
        assign(X, centers)
        seed_centers(X, 3, generator(0))


@pytest.mark.edge_case
def test_bytes_are_numbers_like_others(rng, generator):
    X = rng.integers(0, 256, size=(rng.integers(15, 30), 3), dtype=np.uint8)
    real, model = X.astype(float), KMeans(4, n_iterations=200).fit(X)
    expected = np.array([[np.linalg.norm(a - b) ** 2 for b in real[:3]] for a in real])
    assert squared_distances(X, X[:3]) == pytest.approx(expected), "rows of bytes have other squared distances"
    seeds = seed_centers(X, 5, generator(1))
    assert all(seed.tolist() in X.tolist() for seed in seeds), "a seed is not one of the rows of bytes"
    assert seeds == pytest.approx(seed_centers(real, 5, generator(1))), "rows of bytes have other seeds than floats"
    means = np.array([real[model.labels == j].mean(axis=0) for j in range(4)])
    assert model.centers == pytest.approx(means), "a centre is not the mean of its rows of bytes"


@pytest.mark.edge_case
def test_rows_that_nearly_coincide(rng):
    A = rng.normal(size=(60, 37)) * 1000
    B = A + 1e-7 * rng.normal(size=A.shape)
    squares = squared_distances(A, B)
    assert squares.min() >= 0, "a squared distance is below 0"
    assert np.allclose(squares, ((A[:, None] - B) ** 2).sum(axis=2), rtol=1e-6, atol=1e-6), (
        "a row is at a distance from its near copy, or at another one from the rest than it is"
    )


@pytest.mark.edge_case
def test_clusters_without_rows(rng):
    X, centers = rng.normal(size=(2, 2)), rng.normal(size=(3, 2))
    updated = update_centers(X, np.array([0, 2]), centers)
    assert updated == pytest.approx(np.array([X[0], centers[1], X[1]])), (
        "a cluster without rows is not where the statement has it, or the others are not on their only row"
    )


@pytest.mark.edge_case
def test_more_clusters_than_distinct_rows(rng):
    for distinct in (1, 2):
        X = np.repeat(rng.normal(size=(distinct, 2)), rng.integers(4, 7, size=distinct), axis=0)
        model = KMeans(4).fit(X)
        assert np.all(np.isfinite(model.centers)), "a centre is not finite when rows repeat"
        assert model.centers[model.predict(X)] == pytest.approx(X), "a row does not lie on its centre"
        assert model.inertia == pytest.approx(0, abs=1e-9), "rows on their centres have an inertia above 0"


@pytest.mark.edge_case
def test_one_cluster_is_the_mean(rng):
    n = rng.integers(5, 20)
    X = rng.normal(size=(n, 3)) + 2
    model = KMeans(1).fit(X)
    assert model.centers == pytest.approx(X.mean(axis=0).reshape(1, 3)), "a single centre is not the mean of all rows"
    assert model.inertia == pytest.approx(n * X.var(axis=0).sum()), "the inertia of one cluster is not n variances"


@pytest.mark.edge_case
def test_as_many_clusters_as_rows(rng):
    for n in (1, int(rng.integers(3, 9))):
        X = rng.integers(-50, 50, size=(n, 2)) + np.arange(n)[:, None] * 200
        model = KMeans(n).fit(X)
        assert sorted(model.labels.tolist()) == list(range(n)), "two distinct rows share one of n clusters"
        assert model.inertia == pytest.approx(0, abs=1e-6), "n clusters of n distinct rows have an inertia above 0"


@pytest.mark.edge_case
def test_impossible_numbers_of_clusters_are_refused(rng):
    n = int(rng.integers(2, 9))
    for rows, n_clusters in ((0, 1), (0, 0), (n, n + 1), (n, 0)):
        with pytest.raises(ValueError):
            KMeans(n_clusters).fit(rng.normal(size=(rows, 2)))
