import numpy as np
import pytest
from pca import PCA, choose_components, explained_ratio, orient, principal_axes


def spread_out(rng):
    """Rows (n, d) of exactly known mean (d,), axes (d, d) and variances (d,), the largest first."""
    n, d = rng.integers(20, 35), rng.integers(4, 7)
    axes = upright(np.linalg.qr(rng.normal(size=(d, d)))[0])
    variances = np.cumsum(rng.uniform(0.2, 0.6, size=d))[::-1] ** 2
    centred = rng.normal(size=(n, d))
    scores = np.linalg.qr(centred - centred.mean(axis=0))[0] * np.sqrt(variances * (n - 1))
    mean = rng.choice([-1, 1], size=d) * rng.uniform(20, 60, size=d)
    return scores @ axes + mean, mean, axes, variances


def upright(axes):
    return np.array([axis if max(axis, key=abs) > 0 else -axis for axis in axes])


def test_the_largest_entry_of_an_axis_is_positive(rng):
    for k, d in ((rng.integers(5, 8), 3), (4, 4), (1, 5)):
        axes = rng.normal(size=(k, d))
        turned = orient(axes)
        assert turned == pytest.approx(upright(axes)), (
            "an axis is not the one that was given, turned so that its entry of largest absolute value is positive"
        )


def test_shares_are_parts_of_the_sum(rng):
    parts = np.sort(rng.integers(1, 30, size=rng.integers(3, 9)))[::-1]
    for unit in (0.001, 1.0):
        shares = explained_ratio(parts * unit)
        assert np.sum(shares) == pytest.approx(1), "the shares do not add up to 1"
        assert shares / shares[-1] == pytest.approx(parts / parts[-1]), "shares are not in proportion to the variances"


def test_the_least_number_that_reaches_a_share(rng):
    parts = np.sort(rng.integers(5, 30, size=6)).astype(float)[::-1]
    assert choose_components(parts[:1], 0.4) == 1, "a share of a single variance takes another number than 1"
    for k in range(1, 7):
        reached = sum(parts[:k]) / sum(parts)
        assert choose_components(parts, reached) == k, f"the share of the first {k} variances takes another number"
        assert choose_components(parts, reached - 0.01) == k, f"less than the share of {k} takes another number"
        if k < 6:
            assert choose_components(parts, reached + 0.01) == k + 1, f"more than the share of {k} takes another number"


def test_the_axes_are_those_the_rows_were_spread_along(rng):
    X, _, axes, _ = spread_out(rng)
    found, _ = principal_axes(X)
    assert np.shape(found) == axes.shape, "there is not one axis of d entries for each column"
    assert found == pytest.approx(axes, abs=1e-6), "an axis is not the direction that the rows were spread along"


def test_the_variances_are_those_the_rows_were_spread_by(rng):
    X, _, _, variances = spread_out(rng)
    assert principal_axes(X)[1] == pytest.approx(variances), "a variance is not the one that the rows were spread by"


def test_moving_the_rows_keeps_axes_and_variances(rng):
    X, _, _, _ = spread_out(rng)
    moved = principal_axes(X + rng.uniform(200, 500, size=X.shape[1]))
    for here, there in zip(principal_axes(X), moved, strict=True):
        assert there == pytest.approx(here, abs=1e-6), "axes or variances change when all rows are moved alike"


def test_the_first_axes_are_kept(rng):
    X, mean, axes, variances = spread_out(rng)
    k = int(rng.integers(1, 4))
    model = PCA(k)
    assert model.fit(X) is model, "fit returns the model itself"
    assert model.mean == pytest.approx(mean), "the mean is not that of the rows"
    assert model.components == pytest.approx(axes[:k], abs=1e-6), "the components are not the first axes"
    assert model.explained_variance == pytest.approx(variances[:k]), "the variances are not those of the components"


def test_shares_are_of_all_axes(rng):
    X, _, _, variances = spread_out(rng)
    for k in (1, 3):
        shares = PCA(k).fit(X).explained_variance_ratio
        assert shares * sum(variances) == pytest.approx(variances[:k]), (
            f"the shares of {k} components are not their parts of the variance of all columns"
        )


def test_a_share_chooses_the_number(rng):
    X, _, _, variances = spread_out(rng)
    for k in range(1, len(variances)):
        share = float(sum(variances[:k]) / sum(variances)) - 0.01
        assert len(PCA(share).fit(X).components) == k, "a share is made up by another number of components"
    assert len(PCA(1.0).fit(X).components) == len(variances), "the whole variance is not that of all axes"


def test_all_axes_are_kept_by_default(rng):
    X, _, axes, _ = spread_out(rng)
    for model in (PCA(), PCA(n_components=None, whiten=False)):
        assert model.fit(X).components == pytest.approx(axes, abs=1e-6), "by default not all axes are kept"
        offsets = model.transform(X) @ axes + X.mean(axis=0)
        assert offsets == pytest.approx(X), "by default coordinates are not lengths along the axes"


def test_coordinates_are_offsets_along_the_components(rng):
    X, mean, axes, _ = spread_out(rng)
    fresh = X[:7] + rng.normal(size=(7, X.shape[1])) * 5 + 3
    coordinates = PCA(3).fit(X).transform(fresh)
    expected = [[float(np.dot(row - mean, axis)) for axis in axes[:3]] for row in fresh]
    assert coordinates == pytest.approx(np.array(expected), abs=1e-5), (
        "a coordinate of a new row is not the length of its offset along the component"
    )


def test_coordinates_are_uncorrelated(rng):
    X, _, _, variances = spread_out(rng)
    Z = PCA(3).fit(X).transform(X)
    products = [[sum(a * b) / (len(X) - 1) for b in Z.T] for a in Z.T]
    assert np.array(products) == pytest.approx(np.diag(variances[:3]), abs=1e-5), (
        "the coordinates of the fitted rows are correlated, or have another variance than their component"
    )


def test_whitened_coordinates_have_variance_one(rng):
    X, _, axes, variances = spread_out(rng)
    model, unit = PCA(whiten=True).fit(X), [0, 1] + [0] * (len(axes) - 2)
    squares = [sum(z**2) / (len(X) - 1) for z in model.transform(X).T]
    assert squares == pytest.approx([1] * len(axes)), "the variance of whitened coordinates is not 1"
    far = model.transform(X.mean(axis=0) + np.sqrt(variances[1]) * axes[1][None])
    assert far == pytest.approx(np.array([unit]), abs=1e-6), "one deviation along a component is not 1, whitened"


def test_all_components_restore_the_rows(rng):
    X, _, _, _ = spread_out(rng)
    fresh = X[:5] + rng.normal(size=(5, X.shape[1])) * 4
    for whiten in (False, True):
        model = PCA(whiten=whiten).fit(X)
        assert model.inverse_transform(model.transform(fresh)) == pytest.approx(fresh), (
            f"rows are not restored from all of their coordinates, with whiten={whiten}"
        )


def test_what_is_restored_lies_nearest(rng):
    X, mean, axes, _ = spread_out(rng)
    fresh = X[:5] + rng.normal(size=(5, X.shape[1])) * 4
    for whiten in (False, True):
        model = PCA(2, whiten=whiten).fit(X)
        missed = fresh - model.inverse_transform(model.transform(fresh))
        assert missed @ axes[:2].T == pytest.approx(np.zeros((5, 2)), abs=1e-5), (
            f"what a restored row lacks is not orthogonal to the components, with whiten={whiten}"
        )
        origin = model.inverse_transform(np.zeros((1, 2)))
        assert origin == pytest.approx(mean[None]), "the coordinates 0 are not restored to the mean of the fitted rows"


def test_residuals_are_what_the_other_axes_hold(rng):
    X, mean, axes, _ = spread_out(rng)
    fresh = X[:6] + rng.normal(size=(6, X.shape[1])) * 4
    for whiten in (False, True):
        distances = PCA(2, whiten=whiten).fit(X).residuals(fresh)
        expected = [sum(np.dot(row - mean, axis) ** 2 for axis in axes[2:]) ** 0.5 for row in fresh]
        assert distances == pytest.approx(np.array(expected), abs=1e-5), (
            f"a residual is not the distance of the row to the plane of the components, with whiten={whiten}"
        )


def test_a_row_alone_is_transformed_as_among_others(rng):
    X, _, _, _ = spread_out(rng)
    model = PCA(2, whiten=True).fit(X)
    assert model.transform(X[3:4]) == pytest.approx(model.transform(X)[3:4]), (
        "a row has other coordinates when it is transformed alone"
    )


def test_inputs_are_left_alone(rng, unchanged):
    X, _, axes, variances = spread_out(rng)
    Z = X[:, :2].copy()
    for k in (2, -1):
        axes[k] *= -1
    with unchanged(X, axes, variances, Z):
        orient(axes)
        principal_axes(X)
        explained_ratio(variances)
        model = PCA(2, whiten=True).fit(X)
        model.transform(X)
        model.residuals(X)
        model.inverse_transform(Z)


@pytest.mark.edge_case
def test_fewer_rows_than_columns(rng):
    n = int(rng.integers(3, 6))
    X = rng.normal(size=(n, 8)) + 5
    axes, variances = principal_axes(X)
    assert (np.shape(axes), np.shape(variances)) == ((n, 8), (n,)), "there are not as many axes as rows"
    assert axes @ axes.T == pytest.approx(np.eye(n), abs=1e-6), "the axes are not orthonormal"
    assert variances[-1] == 0, f"{n} rows vary in {n} directions"
    model = PCA().fit(X)
    assert model.inverse_transform(model.transform(X)) == pytest.approx(X, abs=1e-6), "the fitted rows are not restored"


@pytest.mark.edge_case
def test_directions_without_variance(rng):
    X = np.column_stack([rng.normal(size=(15, 2)) * 3, np.full(15, float(rng.integers(2, 9)))])
    model = PCA(whiten=True).fit(X)
    Z = model.transform(X)
    assert np.all(np.isfinite(Z)), "a coordinate is not finite where a column is constant"
    assert Z[:, 2] == pytest.approx(np.zeros(15), abs=1e-6), "rows differ along a direction without variance"
    moved = model.transform(X + [0, 0, 2.5])[:, 2]
    assert moved == pytest.approx(np.full(15, 2.5), abs=1e-6), "a direction without variance is rescaled"


@pytest.mark.edge_case
def test_rows_within_the_plane_have_no_residual(rng):
    axes = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    within = rng.normal(size=(300, 2)) * [9, 4] @ axes[:2] + 30
    off = within[:3] + np.array([[1], [2], [0.5]]) * axes[3]
    model = PCA(2).fit(within)
    assert np.allclose(model.residuals(np.vstack([within, off])), [0] * 300 + [1, 2, 0.5], atol=1e-4), (
        "rows within the plane of the components lie off it, or rows off it at another distance"
    )


@pytest.mark.edge_case
def test_two_rows_have_one_axis(rng):
    a, b = rng.normal(size=(2, 3)) * 4 + 9
    model = PCA(1).fit([a, b])
    gap = float(np.dot(a - b, a - b))
    assert model.explained_variance == pytest.approx([gap / 2]), "the variance of two rows is not half their distance^2"
    assert abs(float(np.dot(model.components[0], a - b))) == pytest.approx(gap**0.5), "the axis is not their direction"


@pytest.mark.edge_case
def test_rows_that_are_all_equal(rng):
    X = np.tile(rng.integers(-9, 9, size=3), (rng.integers(2, 7), 1)).astype(float)
    k = min(X.shape)
    assert principal_axes(X)[1].tolist() == [0] * k, "equal rows have a variance"
    assert explained_ratio(np.zeros(k)).tolist() == [0] * k, "shares of a sum of 0 are not 0"
    assert choose_components(np.zeros(k), 0.9) == 1, "a share of a sum of 0 takes another number than 1"
    model = PCA(0.5, whiten=True).fit(X)
    assert model.explained_variance_ratio.tolist() == [0], "shares of a variance of 0 are not 0"
    assert model.inverse_transform(model.transform(X)) == pytest.approx(X), "equal rows are not restored"


@pytest.mark.edge_case
def test_bytes_are_numbers_like_others(rng):
    X = rng.integers(0, 256, size=(rng.integers(12, 30), 3), dtype=np.uint8)
    whole, real = PCA(2).fit(X), PCA(2).fit(X.astype(float))
    assert whole.components == pytest.approx(real.components), "rows of bytes have other components than floats"
    assert whole.transform(X) == pytest.approx(real.transform(X.astype(float))), "bytes have other coordinates"
    assert whole.residuals(X) == pytest.approx(real.residuals(X.astype(float)), abs=1e-6), "bytes have other residuals"


@pytest.mark.edge_case
def test_what_cannot_be_fitted_is_refused(rng):
    n = int(rng.integers(2, 6))
    X = rng.normal(size=(n, 7))
    assert PCA(n).fit(X).components.shape == (n, 7), "as many components as rows are refused"
    for n_components, rows in ((0, X), (n + 1, X), (-1, X), (0.0, X), (1.5, X), (1, X[:1]), (None, X[:1])):
        with pytest.raises(ValueError):
            PCA(n_components).fit(rows)
    for share in (0, -0.5, 1.01):
        with pytest.raises(ValueError):
            choose_components(np.array([3.0, 1.0]), share)
