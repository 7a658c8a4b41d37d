"""mse_rmse against scikit-learn and the standard library."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import mean_squared_error, root_mean_squared_error

from .reference import implementations, load, relaxed

every_implementation = pytest.mark.parametrize(
    "module", [load("mse_rmse", name) for name in implementations("mse_rmse")], ids=implementations("mse_rmse")
)
numbers = st.floats(-1e6, 1e6) | st.integers(-(10**6), 10**6)
pairs = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=30)


@every_implementation
@relaxed
@given(pairs=pairs)
def test_both_agree_with_scikit_learn(module, pairs):
    y, p = zip(*pairs, strict=True)
    assert module.mse(y, p) == pytest.approx(mean_squared_error(y, p), rel=1e-9)
    assert module.rmse(y, p) == pytest.approx(root_mean_squared_error(y, p), rel=1e-9)


@every_implementation
@relaxed
@given(y=st.lists(st.integers(-1000, 1000), min_size=1, max_size=20))
def test_the_error_of_the_mean_is_the_variance(module, y):
    p = [statistics.fmean(y)] * len(y)
    assert module.mse(y, p) == pytest.approx(statistics.pvariance(y), abs=1e-9)
    assert module.rmse(y, p) == pytest.approx(statistics.pstdev(y), abs=1e-6)


@every_implementation
@pytest.mark.parametrize("sequence", [list, tuple, np.array])
def test_every_kind_of_sequence(module, rng, sequence):
    y, p = rng.normal(size=(2, 25)).tolist()
    assert module.mse(sequence(y), sequence(p)) == pytest.approx(mean_squared_error(y, p), rel=1e-12)
    assert module.rmse(sequence(y), sequence(p)) == pytest.approx(root_mean_squared_error(y, p), rel=1e-12)


@every_implementation
@pytest.mark.parametrize(("y", "p"), [([], []), ([1.0], []), ([], [1.0]), ([1.0, 2.0], [1.0]), ([1.0], [1.0, 2.0])])
def test_what_scikit_learn_refuses_is_refused(module, y, p):
    for metric in (mean_squared_error, module.mse, module.rmse):
        with pytest.raises(ValueError):  # noqa: PT011
            metric(y, p)
