"""Exercises follow from seed, pack and filters, and from nothing else."""

import pytest

from bugforge.forge import Forge, Order, identifier
from bugforge.gate import Gate
from bugforge.model import Difficulty
from bugforge.runner.pool import Runner


def made(pack, runner, taken=lambda _: False, **order):
    return Forge(pack).make(Order(**order), Gate(runner), taken)


@pytest.fixture(scope="module")
def ten(standard, runner):
    return made(standard, runner, count=10, seed=11)


def test_ten_drills_are_ten_bug_classes_over_all_topics(ten, standard):
    addresses = [e.mutant.address for e in ten.exercises]
    assert len({bug.mutator for a in addresses for bug in a.bugs}) == 10
    topics = {problem.topic for problem in standard.problems.values()}
    assert {standard.problems[a.problem].topic for a in addresses} == topics
    assert {a.problem for a in addresses} == set(standard.problems)


def test_the_same_seed_makes_the_same_exercises_whatever_the_jobs(ten, standard):
    with Runner(jobs=1) as single:
        again = made(standard, single, count=10, seed=11)
    assert again.exercises == ten.exercises


def test_another_seed_makes_others(ten, standard, runner):
    other = made(standard, runner, count=4, seed=12)
    assert [e.id for e in other.exercises] != [e.id for e in ten.exercises][:4]


def test_ids_are_found_again(ten, standard):
    forge = Forge(standard)
    for exercise in ten.exercises:
        address = exercise.mutant.address
        assert identifier(address) == exercise.id
        found = forge.find(standard.problems[address.problem], exercise.id, 1)
        assert found is not None
        assert found[1] == exercise.mutant
    assert forge.find(standard.problems["mse_rmse"], "00000000", 1) is None


def test_a_place_that_is_taken_goes_to_the_next_candidate(ten, standard, runner):
    there = {exercise.id for exercise in ten.exercises}
    others = made(standard, runner, taken=there.__contains__, count=3, seed=11)
    assert len(others.exercises) == 3
    assert not there & {exercise.id for exercise in others.exercises}


def test_filters(standard, runner):
    forged = made(standard, runner, count=3, seed=1, topics=frozenset({"clustering"}))
    assert {e.mutant.address.problem for e in forged.exercises} == {"kmeans"}
    forged = made(standard, runner, count=2, seed=1, bugs=frozenset({"missing-bias", "log-of-zero"}))
    assert {b.mutator for e in forged.exercises for b in e.mutant.address.bugs} == {"missing-bias", "log-of-zero"}
    forged = made(standard, runner, count=2, seed=1, difficulty=Difficulty.HARD)
    assert {e.difficulty for e in forged.exercises} == {Difficulty.HARD}


def test_classes_repeat_only_when_none_is_left(standard, runner):
    forged = made(standard, runner, count=3, seed=1, bugs=frozenset({"missing-bias"}))
    addresses = [e.mutant.address for e in forged.exercises]
    assert len(addresses) == len(set(addresses)) == 3


def test_fewer_than_asked_is_told(tiny, runner):
    from bugforge.pack import load

    forged = made(load(tiny), runner, count=5, seed=1)
    assert len(forged.exercises) == 1
