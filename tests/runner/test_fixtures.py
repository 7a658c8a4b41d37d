"""The fixtures of a contract mean the same in a candidate's folder, behind stubs, and with the module far away."""

import numpy as np
import pytest

from bugforge.gate import COMPANIONS
from bugforge.model import Outcome
from bugforge.runner.task import Contract, Task, Way

SEEDS = (0, 1)
CONTRACT = """
import numpy as np
import pytest
from demo import draw, energy

@pytest.mark.parametrize("shape", [(), (3,), (2, 3)])
def test_slopes_of_a_function(rng, slopes, shape):
    x = rng.normal(size=shape)
    assert slopes(energy, x) == pytest.approx(2 * x, abs=1e-8)

def test_slopes_leave_the_point_alone(rng, slopes):
    x = rng.normal(size=3)
    before = x.copy()
    slopes(lambda point: energy(point.__imul__(2)), x)
    assert np.array_equal(x, before)

def test_equal_numbers_give_equal_streams(generator):
    assert np.array_equal(draw(generator(3)), draw(generator(3)))

def test_unequal_numbers_give_unequal_streams(rng, generator):
    streams = [draw(rng), *(draw(generator(k)) for k in range(3))]
    assert len({tuple(stream) for stream in streams}) == 4

def test_tells_a_stream(generator):
    pytest.fail(str(draw(generator(0)).tolist()))
"""
SOURCE = """
import numpy as np

def energy(x):
    return float(np.sum(np.square(x)))

def draw(generator):
    return generator.random(2)
"""


@pytest.fixture(scope="module", params=list(Way))
def reports(request, runner):
    """What the contract gives on every seed; a run far away ends after the first, because a test fails there."""
    contract = Contract("demo", (("test_demo.py", CONTRACT),))
    companions = COMPANIONS if request.param is Way.PLAIN else ()
    options = {"way": request.param, "allowed": ("numpy",), "companions": companions}
    return {
        seed: report[seed]
        for seed in SEEDS
        for _, (report,) in runner.run([Task(contract, (SOURCE,), (seed,), **options)])
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_they_mean_the_same_in_every_way_of_running(reports, seed):
    *others, _ = reports[seed]
    assert {result.name: result.message for result in others if result.outcome is not Outcome.PASSED} == {}


def test_the_generator_is_of_the_seed_and_the_number(reports):
    streams = [np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0,))).random(2) for seed in SEEDS]
    assert [reports[seed][-1].message for seed in SEEDS] == [str(stream.tolist()) for stream in streams]
