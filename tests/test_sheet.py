"""A sheet is the same after a round through JSON, and what is no sheet is told in a sentence."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bugforge.errors import SheetError
from bugforge.label import Label, label_from
from bugforge.label import as_json as label_json
from bugforge.model import Alternative, BugClass, Difficulty, Edit, Example, Fixes, Observation
from bugforge.sheet import LARGEST, About, PlantedBug, Provenance, Sheet, as_json, sheet_from
from bugforge.symptoms import Fact

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
NAMES = st.lists(TEXT, max_size=3).map(tuple)
NUMBER = st.integers(0, 10**6)
LEVEL = st.sampled_from(Difficulty)
BUG_CLASS = st.builds(
    BugClass,
    **dict.fromkeys(("id", "category", "title", "why"), TEXT),
    symptoms=st.dictionaries(TEXT, TEXT, max_size=2),
    hints=NAMES,
    follow_ups=st.dictionaries(TEXT, TEXT, max_size=2),
    **dict.fromkeys(("sources", "also_right", "treats_symptom"), NAMES),
    examples=st.lists(st.builds(Example, TEXT, TEXT), max_size=2).map(tuple),
)
EDITS = st.lists(st.builds(Edit, NUMBER, NUMBER, TEXT), max_size=3).map(tuple)
ALTERNATIVES = st.lists(st.builds(Alternative, TEXT, EDITS), max_size=2).map(tuple)
PLANTED = st.builds(
    PlantedBug,
    BUG_CLASS,
    TEXT,
    TEXT,
    st.lists(NUMBER, max_size=3).map(tuple),
    EDITS,
    NAMES,
    st.builds(Fixes, ALTERNATIVES, ALTERNATIVES),
)
ABOUT = st.builds(
    About,
    **dict.fromkeys(("name", "topic", "title", "statement", "implementation"), TEXT),
    **dict.fromkeys(("allowed", "concepts", "talking_points", "stories"), NAMES),
    story=TEXT,
)
SEEN = st.builds(
    Observation,
    **dict.fromkeys(("today", "failing", "passing", "unsteady", "failing_edge_cases"), NAMES),
    message=TEXT,
    line=NUMBER,
    loud=st.booleans(),
    facts=st.lists(st.sampled_from(Fact), max_size=3).map(tuple),
)
SHEET = st.builds(
    Sheet,
    id=TEXT,
    provenance=st.builds(Provenance, TEXT, TEXT, TEXT, st.none() | NUMBER, NUMBER),
    about=ABOUT,
    difficulty=LEVEL,
    minutes=NUMBER,
    files=st.dictionaries(TEXT, TEXT, max_size=3),
    tests=NAMES,
    original=TEXT,
    bugs=st.lists(PLANTED, max_size=2).map(tuple),
    observation=SEEN,
)
LABEL = st.builds(
    Label,
    **dict.fromkeys(("id", "problem", "topic", "pack", "pack_digest", "bugforge"), TEXT),
    difficulty=LEVEL,
    minutes=NUMBER,
    bugs=NAMES,
    seed=st.none() | NUMBER,
    test_seed=NUMBER,
)
rounds = settings(max_examples=40, deadline=None)


@rounds
@given(SHEET)
def test_a_sheet_is_the_same_after_a_round(sheet):
    data = as_json(sheet)
    assert sheet_from(data) == sheet
    assert as_json(sheet_from(data)) == data


@rounds
@given(SHEET, st.data())
def test_a_sheet_that_was_changed_or_cut_off_is_not_believed(sheet, data):
    text = as_json(sheet)
    with pytest.raises(SheetError):
        sheet_from(text[: data.draw(st.integers(0, len(text) - 3))])
    document = json.loads(text)
    document["sheet"]["original"] += "x"
    with pytest.raises(SheetError, match="was changed after it was written"):
        sheet_from(json.dumps(document).encode())


@rounds
@given(SHEET)
def test_a_sheet_of_before_there_were_stories_is_read(sheet):
    document = json.loads(as_json(sheet))
    del document["sheet"]["about"]["stories"], document["sheet"]["about"]["story"]
    text = json.dumps(document["sheet"], separators=(",", ":"), ensure_ascii=False)
    document["digest"] = hashlib.sha256(text.encode()).hexdigest()[:32]
    assert sheet_from(json.dumps(document).encode()).about == replace(sheet.about, stories=(), story="")


@rounds
@given(LABEL)
def test_a_label_is_the_same_after_a_round(label):
    assert label_from(label_json(label).decode(), "exercise.json") == label


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is damaged"),
        (b"[]", "is no sheet"),
        (b'{"format": "1"}', "is no sheet"),
        (b'{"format": 2, "new": true}', "was written by a newer bugforge"),
        (b'{"format": 1, "digest": "", "sheet": {}}', "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b" " * (LARGEST + 1), "more than a sheet has"),
        (b"\xff\xfe", "is damaged"),
    ],
)
def test_what_is_no_sheet_is_told(data, told):
    with pytest.raises(SheetError, match=told) as error:
        sheet_from(data, "key.json")
    assert str(error.value).startswith("key.json ")


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"id": 1}'])
def test_what_is_no_label_is_told(text):
    with pytest.raises(SheetError, match=r"exercise\.json is damaged; generate"):
        label_from(text, "exercise.json")
