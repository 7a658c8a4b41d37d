"""Exercises follow from seed, pack and filters, and from nothing else."""

from itertools import islice

import pytest

from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, prove
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.gate.candidate import bug_digest, identifier
from bugforge.pack import load_pack
from bugforge.runner.pool import Runner
from bugforge.store import Store


@pytest.fixture
def draw(standard, store):
    """The first candidates of a stream."""

    def first(count, seed, **wanted):
        return list(islice(addresses(Sites(standard, store), seed, Wanted(**wanted)), count))

    return first


def classes(candidates):
    return [bug.mutator for candidate in candidates for bug in candidate.address.bugs]


def test_ten_drills_are_ten_bug_classes_of_ten_topics(draw, standard):
    topics = {problem.topic for problem in standard.problems.values()}
    for seed in (11, 12):
        ten = draw(10, seed)
        assert len(set(classes(ten))) == 10
        assert len({c.problem.topic for c in ten}) == min(10, len(topics))
        assert len({c.problem.name for c in ten}) == 10


def test_the_stream_follows_from_its_seed_and_from_no_store(draw, standard):
    cold = list(islice(addresses(Sites(standard, Store()), 11, Wanted()), 6))
    assert [c.address for c in cold] == [c.address for c in draw(6, 11)]
    assert [c.address for c in draw(6, 12)] != [c.address for c in draw(6, 11)]


def test_a_stream_holds_every_candidate_once(tiny, store):
    stream = list(addresses(Sites(load_pack(tiny), store), 3, Wanted()))
    assert [c.source.count("return total\n") for c in stream] == [1]


def test_filters(draw):
    assert {c.problem.name for c in draw(3, 1, topics=frozenset({"clustering"}))} == {"kmeans"}
    two = frozenset({"missing-bias", "log-of-zero"})
    assert set(classes(draw(2, 1, bug_classes=two))) == two
    assert all(len(set(classes([c]))) == 2 for c in draw(3, 1, bug_count=2))


def test_classes_repeat_only_when_none_is_left(draw):
    three = draw(3, 1, bug_classes=frozenset({"missing-bias"}))
    assert len({c.address for c in three}) == 3


@pytest.mark.parametrize("cached", [False, True])
def test_the_same_exercises_whatever_the_jobs_and_the_store(standard, runner, store, cached):
    def made(gate, used):
        return prove(
            addresses(Sites(standard, used), 11, Wanted()), Asked(4, loud=True), Sites(standard, used), gate
        ).exercises

    expected = made(Gate(runner, store), store)
    other = store if cached else Store()
    with Runner(jobs=1) as single:
        assert made(Gate(single, other), other) == expected


def test_what_is_taken_is_passed_over(tiny, runner, store):
    pack = load_pack(tiny)
    (only,) = addresses(Sites(pack, store), 1, Wanted())
    sites, gate = Sites(pack, store), Gate(runner, store)
    assert len(prove(iter([only]), Asked(5, loud=True), sites, gate).exercises) == 1
    assert (
        prove(iter([only]), Asked(5, loud=True), sites, gate, taken={identifier(only.address)}.__contains__).exercises
        == []
    )
    assert (
        len(
            prove(
                iter([only]),
                Asked(5, loud=True),
                sites,
                gate,
                secret="s",
                taken={identifier(only.address)}.__contains__,
            ).exercises
        )
        == 1
    )


def found(sites, candidate, secret="", known=""):
    """The candidate that ids and digests made with one secret are found as by somebody who knows another."""
    exercise, name = identifier(candidate.address, secret), candidate.implementation.name
    digests = [bug_digest(exercise, name, plan.planted, secret) for plan in candidate.plans]
    return sites.find(candidate.problem, candidate.address.pack, exercise, digests, known)


def test_ids_and_digests_are_found_again(draw, standard, store):
    sites = Sites(standard, store)
    for candidate in (*draw(4, 11), *draw(2, 11, bug_count=3)):
        assert found(sites, candidate) == candidate
        assert found(sites, candidate, "secret", "secret") == candidate


def test_who_has_the_pack_and_not_the_secret_finds_nothing(draw, standard, store):
    sites, (candidate, *_) = Sites(standard, store), draw(1, 11)
    assert found(sites, candidate, secret="secret") is None
    assert found(sites, candidate, secret="secret", known="another") is None
