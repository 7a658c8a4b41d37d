import pytest
from mse_rmse import mse, rmse


def pairs(rng, *errors):
    """A few hundred true values, and predictions of which equally many are off by each of the errors."""
    y = rng.normal(size=len(errors) * int(rng.integers(130, 260))).tolist()
    return y, [float(value + errors[i % len(errors)]) for i, value in enumerate(y)]


def test_the_worked_example():
    y, p = [3, -0.5, 2, 7], [2.5, 0, 2, 8]
    assert mse(y, p) == pytest.approx(0.375), "the MSE of the worked example is not 0.375"
    assert rmse(y, p) == pytest.approx(0.6123724), "the RMSE of the worked example is not 0.6124"


def test_the_mse_is_the_mean_of_the_squared_errors(rng):
    a, b = rng.normal(size=2)
    y, p = pairs(rng, a, b, 0)
    assert mse(y, p) == pytest.approx((a**2 + b**2) / 3), "errors of a, b and 0 do not have an MSE of (a^2 + b^2) / 3"


def test_the_rmse_is_in_the_unit_of_the_errors(rng):
    c = rng.uniform(1, 1000)
    y, p = pairs(rng, 7 * c, c)
    assert rmse(y, p) == pytest.approx(5 * c), "errors of 7 c and c do not have an RMSE of 5 c"


def test_errors_of_opposite_sign_do_not_cancel(rng):
    c = rng.uniform(1, 9)
    y, p = pairs(rng, c, -c)
    assert mse(y, p) == pytest.approx(c**2), "errors of c and -c do not have an MSE of c squared"


def test_inputs_are_left_alone(rng, unchanged):
    y, p = pairs(rng, 1.0)
    with unchanged(y, p):
        rmse(y, p)


@pytest.mark.edge_case
def test_a_single_pair(rng):
    y, c = rng.normal(), rng.uniform(1, 9)
    assert rmse([y], [y - c]) == pytest.approx(c), "one value that is off by c does not have an RMSE of c"


@pytest.mark.edge_case
def test_perfect_predictions_have_no_error(rng):
    y, p = pairs(rng, 0.0)
    assert rmse(y, p) == 0, "perfect predictions do not have an RMSE of 0"


@pytest.mark.edge_case
def test_empty_and_unequal_lengths_are_refused(rng):
    n = int(rng.integers(2, 9))
    for y, p in (([], []), ([], [1.0]), ([1.0], []), ([1.0] * n, [1.0]), ([1.0] * n, [1.0] * (n + 1))):
        for metric in (mse, rmse):
            with pytest.raises(ValueError):
                metric(y, p)
