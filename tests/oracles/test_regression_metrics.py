"""regression_metrics against scikit-learn and statsmodels' definition of the adjusted share."""

import numpy as np
import pytest
from scipy.special import huber as huber_of_scipy
from sklearn import metrics

from .reference import implementations, load


@pytest.fixture(params=implementations("regression_metrics"))
def ours(request):
    return load("regression_metrics", request.param)


@pytest.mark.parametrize("n", [2, 7, 60])
@pytest.mark.parametrize("scale", [0.1, 3, 100])
def test_metrics_are_scikit_learns(ours, rng, n, scale):
    y = rng.normal(3, 1, size=n) * scale
    p = y + rng.normal(0.5, 1, size=n)
    assert ours.mean_absolute_error(y, p) == pytest.approx(metrics.mean_absolute_error(y, p))
    assert ours.mean_absolute_percentage_error(y, p) == pytest.approx(
        100 * metrics.mean_absolute_percentage_error(y, p)
    )
    assert ours.r2(y, p) == pytest.approx(metrics.r2_score(y, p))
    assert ours.explained_variance(y, p) == pytest.approx(metrics.explained_variance_score(y, p))
    for level in (0.1, 0.5, 0.8):
        assert ours.pinball(y, p, level) == pytest.approx(metrics.mean_pinball_loss(y, p, alpha=level))
    for delta in (0.2, 1, 5):
        assert ours.huber(y, p, delta) == pytest.approx(np.mean(huber_of_scipy(delta, y - p)))


@pytest.mark.parametrize("scale", [0.1, 3, 100])
def test_log_errors_are_scikit_learns(ours, rng, scale):
    y, p = rng.exponential(scale, size=(2, 30))
    y[3] = p[5] = 0
    assert ours.root_mean_squared_log_error(y, p) == pytest.approx(metrics.root_mean_squared_log_error(y, p))


@pytest.mark.parametrize("season", [1, 4, 29])
def test_scaled_errors_are_hyndmans(ours, rng, season):
    """Hyndman & Koehler 2006: errors over the in-sample MAE of the (seasonal) naive forecast."""
    y, p = rng.normal(size=(2, 12))
    history = rng.normal(size=30)
    naive = metrics.mean_absolute_error(history[season:], history[:-season])
    assert ours.mean_absolute_scaled_error(y, p, history, season) == pytest.approx(
        metrics.mean_absolute_error(y, p) / naive
    )


@pytest.mark.parametrize("k", [0, 3, 17])
def test_adjusted_share(ours, rng, k):
    y = rng.normal(size=20)
    p = y + rng.normal(size=20)
    assert ours.adjusted_r2(y, p, k) == pytest.approx(1 - (1 - metrics.r2_score(y, p)) * 19 / (19 - k))


def test_equal_targets_score_as_in_scikit_learn(ours):
    y = np.full(4, 2.0)
    for p in (y, y + 1, np.arange(4.0)):
        assert ours.r2(y, p) == metrics.r2_score(y, p)
        assert ours.explained_variance(y, p) == metrics.explained_variance_score(y, p)


@pytest.mark.parametrize("sizes", [(40,), (1, 1, 38), (13, 27)])
def test_running_scores_are_scikit_learns(ours, rng, sizes):
    y = rng.normal(1e4, 3, size=40)
    p = y + rng.normal(size=40)
    scores, start = ours.RunningScores(), 0
    for size in sizes:
        scores.update(y[start : start + size], p[start : start + size])
        start += size
    values = scores.compute()
    assert values["mae"] == pytest.approx(metrics.mean_absolute_error(y, p))
    assert values["rmse"] == pytest.approx(metrics.root_mean_squared_error(y, p))
    assert values["r2"] == pytest.approx(metrics.r2_score(y, p), rel=1e-9)
