"""Every mutator's examples and lookalikes, and one look at what all of them say."""

import pytest

from bugforge.audit.examples import outcomes
from bugforge.audit.sentences import poor_sentences
from bugforge.pack import load_pack

PACK = load_pack()
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


def test_what_mutators_say():
    assert list(poor_sentences(PACK)) == []
    assert all(len(mutator.untouched) >= 3 for mutator in PACK.mutators.values()), "there are too few lookalikes"


def test_the_pack_has_what_was_promised():
    by_category = {}
    for bug in PACK.bug_classes.values():
        by_category.setdefault(bug.category, set()).add(bug.id)
    assert len(PACK.mutators) >= 36
    assert len(by_category["data-leakage"]) >= 8
    assert len(by_category["shapes"]) >= 6
    signs = {"gradient-ascent-step", "residual-sign-flip", "l2-wrong-sign", "loss-sign-missing-minus", "momentum-sign"}
    assert signs <= set(PACK.mutators)
