"""Every mutator's examples and lookalikes, and one look at what all of them say."""

import pytest

from bugforge.audit import outcomes
from bugforge.pack import load

PACK = load()
EXAMPLES = [(name, e) for name, m in PACK.mutators.items() for e in m.examples]
UNTOUCHED = [(name, text) for name, m in PACK.mutators.items() for text in m.untouched]


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "example"
)
def test_examples_hold(name, example):
    assert example.after.rstrip("\n") + "\n" in outcomes(PACK.mutators[name], example.before)


@pytest.mark.parametrize(("name", "snippet"), UNTOUCHED, ids=lambda value: value.splitlines()[0][:40])
def test_lookalikes_are_left_alone(name, snippet):
    assert outcomes(PACK.mutators[name], snippet) == []


@pytest.mark.parametrize("name", PACK.mutators)
def test_what_a_mutator_says(name):
    mutator = PACK.mutators[name]
    texts = [mutator.title, mutator.why, mutator.symptom, *mutator.hints, *mutator.follow_ups.values()]
    assert all(text.strip() and text.strip()[-1] in ".?!`)" for text in texts), "a text is no whole sentence"
    assert len(mutator.title) <= 120, "the title is too long"
    assert len(mutator.why.split()) >= 20, "the reason is too short"
    assert len(mutator.follow_ups) >= 2, "there are too few follow-up questions"
    assert len(mutator.examples) >= 2, "there are too few examples"
    assert len(mutator.untouched) >= 3, "there are too few lookalikes"
    assert name.replace("-", " ") not in mutator.symptom.lower(), "the symptom names the bug"
    assert all("://" not in source for source in mutator.sources), "a source is written without its scheme"


def test_the_pack_has_what_was_promised():
    by_category = {}
    for mutator in PACK.mutators.values():
        by_category.setdefault(mutator.category, set()).add(mutator.id)
    assert len(PACK.mutators) >= 36
    assert len(by_category["data-leakage"]) >= 8
    assert len(by_category["shapes"]) >= 6
    signs = {"gradient-ascent-step", "residual-sign-flip", "l2-wrong-sign", "loss-sign-missing-minus", "momentum-sign"}
    assert signs <= set(PACK.mutators)
