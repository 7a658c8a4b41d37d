import numpy as np
import pytest
from collaborative_filtering import (
    MatrixFactorization,
    centered,
    item_similarities,
    predict_rating,
    recommend,
    updated,
)


def ratings(rng, m=None, n=7, missing=0.3):
    """Users of several tastes and levels; every user and item has a few ratings, and some are missing."""
    m = m or int(rng.integers(9, 14))
    tastes, kinds = rng.normal(size=(m, 2)), rng.normal(size=(n, 2))
    R = 3 + rng.normal(size=(m, 1)) + tastes @ kinds.T + 0.3 * rng.normal(size=(m, n))
    hidden = rng.random((m, n)) < missing
    hidden[np.arange(m), np.arange(m) % n] = hidden[np.arange(m), (np.arange(m) + 3) % n] = False
    hidden[0, 2], hidden[1, 5] = True, True
    return np.where(hidden, np.nan, R)


def cells(R):
    return [(u, i) for u in range(R.shape[0]) for i in range(R.shape[1]) if not np.isnan(R[u, i])]


def offset(R, u, i):
    """A rating without its user's mean, and 0 where there is none."""
    return 0.0 if np.isnan(R[u, i]) else R[u, i] - np.mean([r for r in R[u] if not np.isnan(r)])


def likeness(R, i, j, shrinkage=0.0):
    """Similarity of two items by loops over the users."""
    pairs = [(offset(R, u, i), offset(R, u, j)) for u in range(len(R))]
    common = sum(not np.isnan(R[u, i]) and not np.isnan(R[u, j]) for u in range(len(R)))
    lengths = [np.sqrt(sum(pair[side] ** 2 for pair in pairs)) for side in (0, 1)]
    if common == 0 or 0 in lengths:
        return 0.0
    return sum(a * b for a, b in pairs) / (lengths[0] * lengths[1]) * common / (common + shrinkage)


def between(rng, n=7):
    """Similarities of both signs, by chance."""
    S = np.triu(rng.uniform(-1, 1, size=(n, n)), 1)
    return S + S.T


def by_hand(R, S, user, item, k):
    known = [j for j in range(R.shape[1]) if not np.isnan(R[user, j]) and j != item]
    near = sorted(known, key=lambda j: -abs(S[item, j]))[:k]
    above = sum(S[item, j] * offset(R, user, j) for j in near)
    return np.nanmean(R[user]) + above / sum(abs(S[item, j]) for j in near)


def test_a_user_is_centred_on_what_they_have_rated(rng):
    R = ratings(rng)
    R[0, 1:] = np.nan
    means, C = centered(R)
    assert C.sum(axis=1) == pytest.approx(np.zeros(len(R)), abs=1e-9), "the offsets of a user do not cancel"
    for u, i in cells(R):
        assert means[u] + C[u, i] == pytest.approx(R[u, i]), "mean and offset are not the rating"
    assert not C[np.isnan(R)].any(), "a rating that is not there is above or below the mean"


def test_likeness_is_the_cosine_of_the_offsets(rng):
    R = ratings(rng)
    S = item_similarities(R)
    assert S.shape == (7, 7), "there is not one similarity for every pair of items"
    for i in range(7):
        for j in set(range(7)) - {i}:
            assert S[i, j] == pytest.approx(likeness(R, i, j)), f"items {i} and {j} are less or more alike"


def test_likeness_is_damped_by_the_number_of_common_users(rng):
    R, shrinkage = ratings(rng), float(rng.uniform(1, 9))
    R[np.arange(len(R)) != 1, 1], R[1, 0] = np.nan, 3.0
    S = item_similarities(R, shrinkage)
    expected = [likeness(R, 0, j, shrinkage) for j in range(1, 7)]
    assert S[0, 1:].tolist() == pytest.approx(expected), "similarities from few users are damped otherwise"


def test_an_item_is_not_its_own_neighbour(rng):
    S = item_similarities(ratings(rng))
    assert not np.diag(S).any(), "an item is similar to itself"
    assert np.allclose(S, S.T), "an item is more like another than the other is like it"


def test_generous_users_count_like_strict_ones(rng):
    R = ratings(rng)
    shifts = rng.normal(size=(len(R), 1)) * 3
    assert item_similarities(R + shifts) == pytest.approx(item_similarities(R)), "a user's level changes similarities"


def test_likeness_has_no_unit(rng):
    R = ratings(rng)
    assert item_similarities(R / 100) == pytest.approx(item_similarities(R)), "in another unit items are less alike"


def test_a_rating_is_a_mean_of_offsets_weighted_by_likeness(rng):
    R, S = ratings(rng), between(rng)
    for user, item in ((0, 2), (1, 5), cells(R)[-1]):
        expected = by_hand(R, S, user, item, 3)
        assert predict_rating(R, S, user, item, k=3) == pytest.approx(expected), "by hand it is another rating"


def test_a_rating_stays_within_what_the_user_gives(rng):
    R, S = ratings(rng), between(rng)
    for user in range(len(R)):
        mean, largest = np.nanmean(R[user]), np.nanmax(np.abs(R[user] - np.nanmean(R[user])))
        for item in range(7):
            found = predict_rating(R, S, user, item)
            assert abs(found - mean) <= largest + 1e-9, "a rating is further from the mean than any that was given"


def test_who_gives_more_to_all_is_expected_to_give_more(rng):
    R, S = ratings(rng), between(rng)
    raised = R.copy()
    raised[0] += 2.5
    assert predict_rating(raised, S, 0, 2) == pytest.approx(predict_rating(R, S, 0, 2) + 2.5), (
        "2.5 more for everything is not 2.5 more for the next item"
    )


def test_what_a_user_says_of_an_item_does_not_predict_it(rng):
    R = ratings(rng)
    S = rng.uniform(0.5, 1, size=(7, 7))
    user, item = cells(R)[0]
    others = [j for j in range(7) if not np.isnan(R[user, j]) and j != item]
    mean = np.nanmean(R[user])
    expected = mean + S[item, others] @ (R[user, others] - mean) / S[item, others].sum()
    assert predict_rating(R, S, user, item) == pytest.approx(expected), "the rating itself is among its neighbours"


def test_only_new_items_are_recommended(rng):
    R, S = ratings(rng, missing=0.5), between(rng)
    for user in range(len(R)):
        found = recommend(R, S, user, 3).tolist()
        unknown = np.flatnonzero(np.isnan(R[user])).tolist()
        assert {*found} <= {*unknown}, "an item is recommended that the user has rated"
        assert len(found) == min(3, len(unknown)), "there are more or fewer recommendations than asked for"


def test_the_best_items_are_recommended_first(rng):
    R, S = ratings(rng, missing=0.5), between(rng)
    R[0, [2, 4, 6]] = np.nan
    for user in range(4):
        unknown = np.flatnonzero(np.isnan(R[user])).tolist()
        found = recommend(R, S, user, 7, k=2).tolist()
        assert sorted(found) == unknown, "of all new items some are not in the list"
        worth = [by_hand(R, S, user, item, 2) for item in found]
        assert np.all(np.diff(worth) <= 1e-9), "a worse item stands before a better one"


def test_a_step_follows_the_slopes_at_the_old_factors(rng, slopes):
    f = int(rng.integers(2, 5))
    p, q, rating, l2, rate = rng.normal(size=f), rng.normal(size=f), 4.0, 0.3, 0.1

    def loss(p, q):
        return ((rating - p @ q) ** 2 + l2 * (p @ p + q @ q)) / 2

    new_p, new_q = updated(p, q, rating - p @ q, rate, l2)
    assert new_p == pytest.approx(p - rate * slopes(lambda p: loss(p, q), p)), "the user's factors go elsewhere"
    assert new_q == pytest.approx(q - rate * slopes(lambda q: loss(p, q), q)), "the item's factors go elsewhere"


def test_levels_of_users_and_items_fill_the_gaps(rng):
    users, items = rng.normal(size=(8, 1)), rng.normal(size=6)
    R = 3 + users + items
    hidden = (np.arange(8)[:, None] + np.arange(6)) % 4 == 0
    model = MatrixFactorization(n_factors=1, l2=0.0, n_epochs=40).fit(np.where(hidden, np.nan, R))
    assert np.abs(model.predict() - R)[hidden].max() < 0.6, "missing ratings do not follow user and item"
    assert model.mean == pytest.approx(R[~hidden].mean()), "the mean is not that of the ratings"


def test_factors_learn_the_ratings(rng):
    R = ratings(rng)
    model = MatrixFactorization(n_factors=4, l2=0.0, n_epochs=30)
    assert model.fit(R) is model, "fit returns the model itself"
    assert len(model.losses) == 30, "there is not one loss an epoch"
    assert model.losses[-1] < 0.5 * model.losses[0], "thirty epochs do not halve the error"
    error = np.sqrt(np.nanmean((model.predict() - R) ** 2))
    assert error < 1.2 * model.losses[-1], "what is predicted is worse than the loss that is told"


def test_one_epoch_of_one_rating_can_be_followed(rng):
    r, rate, l2 = float(rng.uniform(3, 5)), 0.1, 0.5
    start, model = (MatrixFactorization(2, rate, l2, epochs, seed=4).fit(np.array([[r]])) for epochs in (0, 1))
    p, q = start.user_factors[0], start.item_factors[0]
    error = r - r - p @ q
    assert model.losses == pytest.approx([abs(error)]), "the loss is not the root of the mean squared error"
    assert [*model.user_bias, *model.item_bias] == pytest.approx([rate * error] * 2), "a bias takes another step"
    assert model.user_factors[0] == pytest.approx(p + rate * (error * q - l2 * p)), "a factor takes another step"
    assert model.item_factors[0] == pytest.approx(q + rate * (error * p - l2 * q)), "a factor takes another step"


def test_the_loss_is_the_root_of_the_mean_square(rng):
    R = ratings(rng)[:5]
    model = MatrixFactorization(learning_rate=1e-9, n_epochs=1).fit(R)
    predicted = model.predict()
    errors = [R[u, i] - predicted[u, i] for u, i in cells(R)]
    expected = np.sqrt(sum(error**2 for error in errors) / len(errors))
    assert model.losses == pytest.approx([expected], rel=1e-5), "the loss is of another size than the errors"


def test_factors_start_small(rng):
    model = MatrixFactorization(n_factors=10, n_epochs=0).fit(ratings(rng))
    for factors in (model.user_factors, model.item_factors):
        assert np.abs(factors).max() < 1, "a factor is large before anything is learnt"


def test_the_penalty_holds_everything_back(rng):
    R = ratings(rng)
    free, held = (MatrixFactorization(l2=l2, n_epochs=10).fit(R) for l2 in (0.0, 0.3))
    for name in ("user_bias", "item_bias", "user_factors", "item_factors"):
        norms = [np.linalg.norm(getattr(model, name)) for model in (held, free)]
        assert norms[0] < norms[1], f"a penalty does not make {name} smaller"


def test_the_same_seed_gives_the_same_fit(rng):
    R = ratings(rng)
    first, again = (MatrixFactorization(n_epochs=2, seed=5).fit(R).predict() for _ in range(2))
    assert np.array_equal(first, again), "the same seed gives another fit"


def test_another_seed_gives_another_fit(rng):
    R = ratings(rng)
    first, other = (MatrixFactorization(n_epochs=2, seed=seed).fit(R).predict() for seed in (5, 6))
    assert not np.array_equal(first, other), "another seed gives the same fit"


def test_inputs_are_left_alone(rng, unchanged):
    R = ratings(rng)
    S, p = item_similarities(R), rng.normal(size=(2, 3))
    with unchanged(R, S, p):
        centered(R)
        recommend(R, S, 0, 2)
        updated(p[0], p[1], 0.5, 0.1, 0.1)
        MatrixFactorization(n_epochs=1).fit(R)


@pytest.mark.edge_case
def test_users_and_items_without_ratings(rng):
    R = ratings(rng)
    wider = np.full((len(R) + 1, 8), np.nan)
    wider[1:, :7] = R
    S = item_similarities(wider)
    assert S[:7, :7] == pytest.approx(item_similarities(R)), "a user without ratings changes similarities"
    assert not S[7].any(), "an item without ratings is similar to others"
    assert predict_rating(wider, S, 1, 7) == pytest.approx(np.nanmean(R[0])), "nothing is known but the user's mean"
    assert predict_rating(wider, S, 0, 2) == pytest.approx(np.nanmean(R)), "nothing is known but the overall mean"
    model = MatrixFactorization(n_epochs=2).fit(wider)
    assert (model.user_bias[0], model.item_bias[7]) == (0, 0), "without ratings a bias has moved"


@pytest.mark.edge_case
def test_a_single_rating_or_common_user(rng):
    R = ratings(rng)
    R[0] = [rng.uniform(1, 5), *[np.nan] * 6]
    means, C = centered(R)
    assert means[0] == pytest.approx(R[0, 0]), "the mean of a single rating is not that rating"
    assert not C[0].any(), "a single rating is above or below its own mean"
    R[:, :2] = np.nan
    R[1:5, 0], R[4:, 1], R[4, 5:] = rng.uniform(1, 5, size=4), rng.uniform(1, 5, size=len(R) - 4), [1, 4]
    expected = [likeness(R, 0, 1, shrinkage) for shrinkage in (0.0, 2.0)]
    found = [item_similarities(R, shrinkage)[0, 1] for shrinkage in (0.0, 2.0)]
    assert found == pytest.approx(expected), "items with a single common user are less or more alike"


@pytest.mark.edge_case
def test_equal_ratings_tell_nothing_about_likeness(rng):
    R = np.tile(rng.integers(1, 6, size=(5, 1)).astype(float), (1, 4))
    R[0, 1] = np.nan
    assert not item_similarities(R).any(), "items are alike although nobody prefers one to another"
    assert recommend(R, item_similarities(R), 0, 2).tolist() == [1], "the only new item is not recommended"


@pytest.mark.edge_case
def test_a_call_without_settings_has_the_stated_ones(rng):
    R = ratings(rng, n=14, missing=0.1)
    S = item_similarities(R, 0.0)
    assert np.array_equal(item_similarities(R), S), "similarities are damped although nobody asked for it"
    assert predict_rating(R, S, 0, 2) == predict_rating(R, S, 0, 2, 10), "the stated defaults are not the defaults"
    assert recommend(R, S, 0, 9).tolist() == recommend(R, S, 0, 9, 10).tolist(), (
        "the stated defaults are not the defaults"
    )
    above = np.array([-1 / 9] * 9 + [2, -2, 1, np.nan, np.nan])
    weights = np.zeros((14, 14))
    weights[13, :12] = np.linspace(1, 0.9, 12)
    assert recommend(3 + above[None], weights, 0, 1).tolist() == [13], (
        "of 12 rated items not those 10 most alike have a say"
    )
    few = R[:3, :4]
    plain, stated = MatrixFactorization().fit(few), MatrixFactorization(2, 0.05, 0.02, 30, 0).fit(few)
    assert np.array_equal(plain.predict(), stated.predict()), "the stated defaults are not the defaults"


@pytest.mark.edge_case
def test_no_rating_is_refused(rng):
    with pytest.raises(ValueError):
        MatrixFactorization().fit(np.full((int(rng.integers(1, 5)), 3), np.nan))
