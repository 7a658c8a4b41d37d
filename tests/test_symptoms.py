"""A sentence is told only where it was seen, and what mutators say of other fixes is planted and run."""

import pytest

from bugforge.audit.proving import Depth, audit
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.pack import load_pack
from bugforge.store import Store
from bugforge.symptoms import Fact, Signs, facts_of_demo, facts_of_tests, true_sentences

SIGNS = Signs(
    {"test_loss": (Fact.LOSS_VALUE,), "test_two": (Fact.VALUE, Fact.TIES)},
    {
        "loss": {"changed": (Fact.LOSS_VALUE,), "higher": (Fact.LOSS_HIGH,), "lower": (Fact.LOSS_LOW,)},
        "shape": {"changed": (Fact.SHAPE,)},
    },
)


@pytest.mark.parametrize(
    ("today", "right", "facts"),
    [
        ("loss: 0.5", "loss: 0.5", {Fact.DEMO_ALIKE}),
        ("loss: 0.7", "loss: 0.5", {Fact.LOSS_VALUE, Fact.LOSS_HIGH}),
        ("loss: 0.7, 0.2", "loss: 0.7, 0.5", {Fact.LOSS_VALUE, Fact.LOSS_LOW}),
        ("loss: 0.7, 0.2", "loss: 0.6, 0.5", {Fact.LOSS_VALUE}),
        ("loss: huge", "loss: 0.5", {Fact.LOSS_VALUE, Fact.LOSS_HIGH}),
        ("loss: -huge", "loss: -0.5", {Fact.LOSS_VALUE, Fact.LOSS_LOW}),
        ("loss: nan", "loss: 0.5", {Fact.LOSS_VALUE, Fact.NAN}),
        ("loss: inf", "loss: inf", {Fact.DEMO_ALIKE}),
        ("shape: (3, 1)", "shape: (3,)", {Fact.SHAPE}),
        ("other: 1", "other: 2", set()),
        ("loss: 0.5", "loss: 0.5\nshape: (3,)", set()),
    ],
)
def test_what_a_demo_shows(today, right, facts):
    assert facts_of_demo(today, right, SIGNS) == facts


def test_what_failing_tests_show():
    names = ["test_it.py::test_two[1-x]", "test_it.py::test_unheard_of"]
    assert facts_of_tests(names, SIGNS) == {Fact.VALUE, Fact.TIES}


def test_a_sentence_needs_all_its_facts():
    said = {"Both.": "NaN & warns", "One.": "NaN", "None.": "raises"}
    assert true_sentences(said, ("warns", "NaN")) == ("Both.", "One.")
    assert true_sentences(said, ("NaN",)) == ("One.",)


def test_what_the_gate_has_seen_of_a_mutant(tiny, runner):
    pack = load_pack(tiny)
    problem = pack.problems["mean"]
    candidates = Sites(pack, Store()).candidates(problem, problem.implementations["plain"])
    (seen,) = Gate(runner, Store()).admit(candidates)
    assert seen.facts == (Fact.SCORE_HIGH, Fact.VALUE)
    assert not seen.loud


def faults(tiny, runner):
    return audit(load_pack(tiny), runner, Store(), Depth.WHOLE).faults


def mutator(tiny):
    return tiny / "mutators" / "statistics" / "missing_division.py"


def test_a_sentence_that_is_true_nowhere_is_a_fault(tiny, runner):
    path = mutator(tiny)
    path.write_text(path.read_text().replace('"a metric by hand is missed"', '"NaN"'))
    assert any("is true of no mutant" in fault for fault in faults(tiny, runner))


def test_signs_of_what_is_not_there_are_faults(tiny, runner):
    path = tiny / "reference_impls" / "basics" / "mean" / "problem.toml"
    text = path.read_text().replace("test_one_number =", "test_none =").replace('"mean of 1 and 4"', '"median"')
    path.write_text(text)
    told = faults(tiny, runner)
    assert "mean: [signs.tests] test_none is no test of its contract" in told
    assert any("[signs.tests] test_one_number is not there" in fault for fault in told)
    assert "mean: [signs.demo] 'median' is no line of its demo" in told


def test_a_word_that_is_no_fact_is_told_with_the_nearest(tiny):
    path = mutator(tiny)
    path.write_text(path.read_text().replace("by hand is missed", "by hand was missed"))
    with pytest.raises(Exception, match="is no fact; did you mean 'a metric by hand is missed'"):
        load_pack(tiny)


FIXES = """
    also_right = (
        Fix("An average by numpy is one.", "return $total", "return np.average({right})"),
    )
    treats_symptom = (
        Fix("Half is no mean of three.", "return $total", "return $total / {wrong}"),
    )
    examples"""


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("values", "2", None),
        ("values[1:]", "2", "'An average by numpy is one.' is said to be right, but fails test_mean.py::test_mean_of"),
        ("values", "len(values)", "'Half is no mean of three.' is said to hide the bug only, but passes every test"),
    ],
)
def test_other_fixes_are_planted_and_run(tiny, runner, right, wrong, told):
    path = mutator(tiny)
    text = path.read_text().replace("\n    examples", FIXES.format(right=right, wrong=wrong), 1)
    path.write_text(text.replace("Example, Mutator", "Example, Fix, Mutator"))
    found = [fault for fault in faults(tiny, runner) if "is said to" in fault or "at no place" in fault]
    assert len(found) == bool(told)
    assert all(told in fault for fault in found)


def test_a_fix_that_can_be_made_nowhere_is_a_fault(tiny, runner):
    path = mutator(tiny)
    fixes = FIXES.format(right="values", wrong="2").replace(
        '"return $total", "return $total', '"yield $total", "yield $total'
    )
    path.write_text(
        path.read_text().replace("\n    examples", fixes, 1).replace("Example, Mutator", "Example, Fix, Mutator")
    )
    assert any("can be made at no place of the pack" in fault for fault in faults(tiny, runner))
