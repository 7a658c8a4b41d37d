"""How hard exercises are is recorded in the pack, by the audit, and read by `list` and `generate`."""

import json

import pytest

from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.sites import Sites
from bugforge.model import Difficulty
from bugforge.pack import load_pack
from tests.test_cli import bugforge


@pytest.fixture
def recorded(tiny, tmp_path):
    """The tiny pack's record, written by an audit."""
    assert "The pack is proven." in bugforge("audit", "--record", "--pack", tiny, cwd=tmp_path)
    return tiny / "reference_impls" / "measured.json"


def test_the_audit_records_what_list_shows(tiny, recorded, tmp_path):
    ((bug_class, sites),) = json.loads(recorded.read_text())["levels"]["mean/plain"].items()
    assert (bug_class, [*sites.values()]) == ("missing-division", ["easy"])
    (row,) = json.loads(bugforge("list", "bugs", "--json", "--pack", tiny, cwd=tmp_path))
    assert row["exercises"] == ["1 easy"]


def test_a_record_that_says_otherwise_is_a_fault_until_it_is_written_anew(tiny, recorded, tmp_path):
    right = recorded.read_text()
    recorded.write_text(right.replace("easy", "hard"))
    told = bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)
    assert "measured.json says otherwise of 1 of the exercises (missing-division at mean:" in told
    assert "The pack is proven." in bugforge("audit", "--record", "--pack", tiny, cwd=tmp_path)
    assert recorded.read_text() == right


def test_only_what_is_recorded_as_so_hard_is_drawn(tiny, recorded, store):
    sites = Sites(load_pack(tiny), store)
    assert len([*addresses(sites, 1, Wanted(difficulty=Difficulty.EASY))]) == 1
    assert not [*addresses(sites, 1, Wanted(difficulty=Difficulty.HARD))]


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"of": "", "levels": {"mean/plain": {"missing-division": {"mean": "extreme"}}}}', ""]
)
def test_what_is_no_record_is_as_none(tiny, recorded, store, text):
    recorded.write_text(text)
    assert not load_pack(tiny).measured
    assert len([*addresses(Sites(load_pack(tiny), store), 1, Wanted(difficulty=Difficulty.HARD))]) == 1


def test_a_record_of_other_texts_is_not_believed(tiny, recorded, tmp_path):
    program = tiny / "reference_impls" / "basics" / "mean" / "plain.py"
    program.write_text(program.read_text() + "\n\nUNIT = 1\n")
    assert not load_pack(tiny).measured
    told = bugforge("audit", "--pack", tiny, cwd=tmp_path, code=1)
    assert "measured.json is of other texts; `bugforge audit --record` writes what is measured" in told


def test_audit_does_one_thing_at_a_time(tiny, tmp_path):
    told = bugforge("audit", "--record", "--core", "--pack", tiny, cwd=tmp_path, code=2)
    assert "give one of them" in told
