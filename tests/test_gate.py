"""The six rules of admission, each broken once."""

import pytest

from bugforge.evidence import Refusal, Rule
from bugforge.forge import Forge
from bugforge.gate import Candidate as Asked
from bugforge.gate import Gate
from bugforge.model import Address, Mutant, Observation, Planted, Site
from bugforge.pack import load


def judged(root, runner, old, new, alone=()):
    """The gate's verdict on the tiny pack's implementation with a piece of text exchanged."""
    problem = load(root).problems["mean"]
    implementation = problem.implementations["plain"]
    source = implementation.source.replace(old, new)
    assert source != implementation.source or old == new
    bugs = (Planted("demo", Site("mean", "0", 0)),)
    mutant = Mutant(Address("tiny", "mean", "plain", bugs), source)
    singles = tuple(implementation.source.replace(*pair) for pair in alone)
    (verdict,) = Gate(runner).admit([Asked(mutant, problem, implementation, (implementation.source,), singles)])
    return verdict


def test_a_real_bug_is_admitted(tiny, runner):
    seen = judged(tiny, runner, "total / len(values)", "total")
    assert isinstance(seen, Observation)
    assert {name.rpartition("::")[2] for name in seen.failing} == {
        "test_mean_of_two_numbers",
        "test_mean_of_equal_numbers",
        "test_spread_is_not_negative",
    }
    assert [name.rpartition("::")[2] for name in seen.passing] == ["test_one_number"]
    assert (seen.message, seen.shows) == ("the mean of 1 and 4 is 2.5", "silent")


REFUSED = [
    (Rule.PROGRAM, "total / len(values)", "total / len(values)"),
    (Rule.KILLED, "np.sum(values)", "np.sum(list(values))"),
    (Rule.KILLED, "def mean(values):\n", "def mean(values):\n    assert False\n"),
    (Rule.REASON, "total / len(values)", "totals / len(values)"),
    (Rule.REASON, "import numpy as np", "import numpy as np\nimport nowhere"),
    (Rule.REASON, "return total", "while True: pass\n    return total"),
    (Rule.REASON, "return total", "import os; os._exit(1)\n    return total"),
    (Rule.LINT, "return total / len(values)", "return np.sum(values)"),
]


@pytest.mark.parametrize(("rule", "old", "new"), REFUSED)
def test_each_rule_refuses(tiny, runner, rule, old, new):
    verdict = judged(tiny, runner, old, new)
    assert isinstance(verdict, Refusal)
    # an undefined name is caught by the linter before it is run
    assert verdict.rule in ((rule, Rule.LINT) if "totals" in new or "import" in new else (rule,))


def test_an_implementation_that_fails_is_refused(tiny, runner):
    path = tiny / "reference_impls" / "basics" / "mean" / "plain.py"
    path.write_text(path.read_text().replace("total / len(values)", "total / (len(values) + 1)"))
    verdict = judged(tiny, runner, "np.sum", "np.max")
    assert verdict.rule is Rule.REFERENCE
    assert "the mean of 1 and 4 is 2.5" in verdict.detail


def test_another_implementation_is_no_mutant(tiny, runner):
    folder = tiny / "reference_impls" / "basics" / "mean"
    text = (folder / "plain.py").read_text()
    (folder / "other.py").write_text(text.replace("np.sum(values)", "sum(values)"))
    assert judged(tiny, runner, "np.sum(values)", "sum(values)").rule is Rule.TWIN


def test_a_test_that_fails_on_some_seeds_only_is_noted(tiny, runner):
    contract = tiny / "reference_impls" / "basics" / "mean" / "test_mean.py"
    extra = (
        "\n\ndef test_sometimes(rng):\n    import os\n\n"
        "    assert os.environ['BUGFORGE_SEED'] != '1' or mean([2.0, 4.0]) == 3, 'the mean of 2 and 4 is 3'\n"
    )
    contract.write_text(contract.read_text() + extra)
    seen = judged(tiny, runner, "total / len(values)", "total")
    assert [name.rpartition("::")[2] for name in seen.unsteady] == ["test_sometimes"]


def test_bugs_that_cancel_are_refused(tiny, runner):
    """Twice the total, divided by twice the number: each alone is seen, together they are not."""
    pairs = (("np.sum(values)", "2 * np.sum(values)"), ("len(values)", "(2 * len(values))"))
    problem = load(tiny).problems["mean"]
    source = problem.implementations["plain"].source
    both = source.replace(*pairs[0]).replace(*pairs[1])
    verdict = judged(tiny, runner, source, both, alone=pairs)
    assert verdict == Refusal(Rule.KILLED, "every test passes")


def test_a_bug_that_hides_another_is_refused(tiny, runner):
    pairs = (("total / len(values)", "total"), ("np.max(np.abs(", "np.min(np.abs("))
    source = load(tiny).problems["mean"].implementations["plain"].source
    both = source.replace(*pairs[0]).replace(*pairs[1])
    verdict = judged(tiny, runner, source, both, alone=pairs)
    assert isinstance(verdict, (Refusal, Observation))
    alone = [judged(tiny, runner, *pair) for pair in pairs]
    hidden = set().union(*(set(a.failing) for a in alone)) - set(getattr(verdict, "failing", ()))
    assert bool(hidden) is isinstance(verdict, Refusal)


def test_every_implementation_of_the_standard_pack_passes_both_ways(standard, runner):
    gate = Gate(runner)
    pairs = [(p, i) for p in standard.problems.values() for i in p.implementations.values()]
    gate.prove(pairs)
    assert {i.name: gate.reference(p, i).flaw for p, i in pairs} == {i.name: "" for _, i in pairs}


def test_each_planted_bug_of_a_pair_is_needed(standard, runner):
    """Fixing one of two bugs leaves a failing test."""
    from bugforge.forge import Order
    from bugforge.gate import contract_of
    from bugforge.model import Outcome
    from bugforge.runner.task import Task

    forged = Forge(standard).make(Order(3, seed=5, bug_count=2), Gate(runner), lambda _: False)
    assert len(forged.exercises) == 3
    for exercise in forged.exercises:
        address = exercise.mutant.address
        problem = standard.problems[address.problem]
        contract = contract_of(problem, problem.implementations[address.implementation])
        ((_, reports),) = runner.run([Task(contract, exercise.repaired, (7, 8))])
        assert len(reports) == 2
        for report in reports:
            assert all(any(r.outcome is not Outcome.PASSED for r in report[seed]) for seed in (7, 8))
