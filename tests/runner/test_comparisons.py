"""What contracts compare by: pytest's `approx`, without its blind spots."""

import numpy as np
import pytest

from bugforge.runner.proxy import conftest  # noqa: F401  which makes `approx` stricter

NOTHING = np.empty(0)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (NOTHING, 1.0),
        (1.0, NOTHING),
        (np.ones(2), 1.0),
        (1.0, np.ones(2)),
        (np.float64(1), np.ones((1, 1))),
        (NOTHING, [1.0]),
        (np.ones((2, 1)), np.ones(2)),
        (None, 1.0),
        ("1", 1.0),
        (np.array([np.nan]), np.ones(1)),
    ],
)
def test_what_is_no_match(actual, expected):
    matches = actual == pytest.approx(expected)
    assert not matches


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (1.0, 1.0),
        (np.float64(1), 1),
        (np.array(1.0), 1.0),
        (1.0, np.array(1.0)),
        ([1, 2], [1.0, 2.0]),
        (np.array([1, 2]), [1.0, 2.0]),
        ([1, 2], np.array([1.0, 2.0])),
        (np.ones((2, 2)), np.ones((2, 2))),
        (NOTHING, NOTHING),
        ({"a": 1}, {"a": 1.0}),
        (None, None),
    ],
)
def test_what_is_a_match(actual, expected):
    assert actual == pytest.approx(expected)
