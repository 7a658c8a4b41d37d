import pytest
from mse_rmse import mse, rmse

Y_TRUE = [3, -0.5, 2, 7]
Y_PRED = [2.5, 0, 2, 8]


def test_mse_of_the_worked_example():
    assert mse(Y_TRUE, Y_PRED) == pytest.approx(0.375), "the MSE of the worked example is 0.375"


def test_rmse_of_the_worked_example():
    assert rmse(Y_TRUE, Y_PRED) == pytest.approx(0.6123724), "the RMSE of the worked example is 0.6124"


def test_perfect_predictions_have_no_error():
    assert mse(Y_TRUE, Y_TRUE) == 0, "perfect predictions have an MSE of 0"
    assert rmse(Y_TRUE, Y_TRUE) == 0, "perfect predictions have an RMSE of 0"


def test_errors_of_opposite_sign_do_not_cancel(rng):
    y, error = rng.normal(), rng.normal()
    assert mse([y, y], [y + error, y - error]) == pytest.approx(error**2), "errors of +c and -c have an MSE of c^2"
    assert rmse([y, y], [y + error, y - error]) == pytest.approx(abs(error)), "errors of +c and -c have an RMSE of |c|"


def test_a_constant_error_is_squared(rng):
    y, shift = rng.normal(size=6), rng.normal()
    assert mse(y.tolist(), (y + shift).tolist()) == pytest.approx(shift**2), (
        "an error of c everywhere has an MSE of c^2"
    )
    assert rmse(y.tolist(), (y - shift).tolist()) == pytest.approx(abs(shift)), "an error of -c everywhere has RMSE |c|"


def test_swapping_the_arguments_changes_nothing(rng):
    y, p = rng.normal(size=9).tolist(), rng.normal(size=9).tolist()
    assert mse(y, p) == pytest.approx(mse(p, y)), "the MSE is symmetric in its arguments"


def test_rmse_is_in_the_unit_of_the_target(rng):
    y, p = rng.normal(size=9), rng.normal(size=9)
    metres, millimetres = rmse(y.tolist(), p.tolist()), rmse((1000 * y).tolist(), (1000 * p).tolist())
    assert millimetres == pytest.approx(1000 * metres), "1000 times the values have 1000 times the RMSE"


def test_repeating_the_data_changes_nothing(rng):
    y, p = rng.normal(size=7).tolist(), rng.normal(size=7).tolist()
    assert mse(y * 3, p * 3) == pytest.approx(mse(y, p)), "the MSE does not depend on how often the data are repeated"


def test_one_large_error_outweighs_many_small_ones():
    assert rmse([0, 0, 0, 0], [4, 0, 0, 0]) == pytest.approx(2), "a single error of 4 in 4 values has an RMSE of 2"


def test_inputs_are_left_alone(rng, unchanged):
    y, p = rng.normal(size=5).tolist(), rng.normal(size=5).tolist()
    with unchanged(y, p):
        rmse(y, p)


@pytest.mark.edge_case
def test_a_single_value():
    assert rmse([1.0], [-1.5]) == pytest.approx(2.5), "one value that is off by 2.5 has an RMSE of 2.5"


@pytest.mark.edge_case
@pytest.mark.parametrize(("y_true", "y_pred"), [([], []), ([], [1.0]), ([1.0], [])])
def test_empty_input_is_refused(y_true, y_pred):
    with pytest.raises(ValueError):
        mse(y_true, y_pred)
    with pytest.raises(ValueError):
        rmse(y_true, y_pred)


@pytest.mark.edge_case
@pytest.mark.parametrize(("n_true", "n_pred"), [(3, 4), (4, 3)])
def test_unequal_lengths_are_refused(n_true, n_pred):
    with pytest.raises(ValueError):
        mse([1.0] * n_true, [1.0] * n_pred)
    with pytest.raises(ValueError):
        rmse([1.0] * n_true, [1.0] * n_pred)
