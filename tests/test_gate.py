"""The six rules of admission, each broken once."""

import pytest

from bugforge.forge.addresses import Wanted, addresses
from bugforge.forge.prove import Asked, prove
from bugforge.forge.sites import Sites
from bugforge.gate import Gate
from bugforge.gate.candidate import Candidate
from bugforge.gate.rules import Refusal, Rule
from bugforge.model import Address, Edit, Observation, Outcome, Plan, Planted, Site
from bugforge.mutation.edits import edited
from bugforge.pack import load_pack
from bugforge.pack.contract import contract_of
from bugforge.runner.task import Task
from bugforge.store import Store


def judged(root, runner, *changes):
    """The gate's verdict on the tiny pack's implementation with pieces of text exchanged, each a bug of its own."""
    problem = load_pack(root).problems["mean"]
    implementation = problem.implementations["plain"]
    planted = [Planted("demo", Site("mean", str(n), 0)) for n in range(len(changes))]
    plans = tuple(Plan(bug, exchanged(implementation.source, *c)) for bug, c in zip(planted, changes, strict=True))
    candidate = Candidate(problem, implementation, Address("tiny", "mean", "plain", tuple(planted)), plans)
    (verdict,) = Gate(runner, Store()).admit([candidate])
    return verdict


def exchanged(source, old, new):
    start = source.index(old)
    return (Edit(start, start + len(old), new),)


def test_a_real_bug_is_admitted(tiny, runner):
    seen = judged(tiny, runner, ("total / len(values)", "total"))
    assert isinstance(seen, Observation)
    assert {name.rpartition("::")[2] for name in seen.failing} == {
        "test_mean_of_two_numbers",
        "test_mean_of_equal_numbers",
        "test_spread_is_not_negative",
    }
    assert [name.rpartition("::")[2] for name in seen.passing] == ["test_one_number"]
    assert (seen.message, seen.loud) == ("the mean of 1 and 4 is 2.5", False)


REFUSED = [
    (Rule.PROGRAM, "total / len(values)", "total / len(values)"),
    (Rule.KILLED, "np.sum(values)", "np.sum(list(values))"),
    (Rule.KILLED, "def mean(values):\n", "def mean(values):\n    assert False\n"),
    (Rule.REASON, "total / len(values)", "totals / len(values)"),
    (Rule.REASON, "import numpy as np", "import numpy as np\nimport nowhere"),
    (Rule.REASON, "return total", "while True: pass\n    return total"),
    (Rule.REASON, "return total", "import os; os._exit(1)\n    return total"),
    (Rule.LINT, "return total / len(values)", "count = len(values)\n    return total"),
    (Rule.LINT, "return total / len(values)", "average = total\n    return average"),
]


@pytest.mark.parametrize(("rule", "old", "new"), REFUSED)
def test_each_rule_refuses(tiny, runner, rule, old, new):
    verdict = judged(tiny, runner, (old, new))
    assert isinstance(verdict, Refusal)
    # an undefined name is caught by the linter before it is run
    assert verdict.rule in ((rule, Rule.LINT) if "totals" in new or "import" in new else (rule,))


def test_an_implementation_that_fails_is_refused(tiny, runner):
    path = tiny / "reference_impls" / "basics" / "mean" / "plain.py"
    path.write_text(path.read_text().replace("total / len(values)", "total / (len(values) + 1)"))
    verdict = judged(tiny, runner, ("np.sum", "np.max"))
    assert verdict.rule is Rule.REFERENCE
    assert "the mean of 1 and 4 is 2.5" in verdict.detail


def test_another_implementation_is_no_mutant(tiny, runner):
    folder = tiny / "reference_impls" / "basics" / "mean"
    text = (folder / "plain.py").read_text()
    (folder / "other.py").write_text(text.replace("np.sum(values)", "sum(values)"))
    assert judged(tiny, runner, ("np.sum(values)", "sum(values)")).rule is Rule.TWIN


def test_a_test_that_fails_on_some_seeds_only_is_noted(tiny, runner):
    contract = tiny / "reference_impls" / "basics" / "mean" / "test_mean.py"
    extra = (
        "\n\ndef test_sometimes(rng):\n    import os\n\n"
        "    assert os.environ['BUGFORGE_SEED'] != '1' or mean([2.0, 4.0]) == 3, 'the mean of 2 and 4 is 3'\n"
    )
    contract.write_text(contract.read_text() + extra)
    seen = judged(tiny, runner, ("total / len(values)", "total"))
    assert [name.rpartition("::")[2] for name in seen.unsteady] == ["test_sometimes"]


def test_bugs_that_cancel_are_refused(tiny, runner):
    """Twice the total, divided by twice the number: each alone is seen, together they are not."""
    verdict = judged(tiny, runner, ("np.sum(values)", "2 * np.sum(values)"), ("len(values)", "(2 * len(values))"))
    assert verdict == Refusal(Rule.KILLED, "none fails every time")


def test_a_bug_that_hides_another_is_refused(tiny, runner):
    """Alone the second makes a test fail that passes with both."""
    verdict = judged(tiny, runner, ("total / len(values)", "total"), ("np.max(", "-1 + np.max("))
    assert verdict == Refusal(Rule.KILLED, "one of the bugs hides the other")


class NobodyRuns:
    """In the place of a runner where nothing is to be run."""

    def run(self, tasks, meanwhile):
        assert not list(tasks)
        return ()


def test_what_is_known_is_not_run_again(tiny, runner, tmp_path):
    """With the same store the gate answers without a runner; in doubt it proves anew."""
    problem = load_pack(tiny).problems["mean"]
    implementation = problem.implementations["plain"]
    plan = Plan(Planted("demo", Site("mean", "0", 0)), exchanged(implementation.source, " / len(values)", ""))
    candidate = Candidate(problem, implementation, Address("tiny", "mean", "plain", (plan.planted,)), (plan,))
    with Store(tmp_path / "cache") as store:
        first = Gate(runner, store).admit([candidate])
    with Store(tmp_path / "cache") as store:
        gate = Gate(NobodyRuns(), store)
        assert gate.admit([candidate]) == first
        assert gate.proven_now == set()
    with Store(tmp_path / "cache", anew=True) as store:
        gate = Gate(runner, store)
        assert gate.admit([candidate]) == first
        assert gate.proven_now == {candidate.address}


def test_what_ran_out_of_time_is_not_kept(tiny, runner, store):
    kept = store.counts()
    verdict = judged(tiny, runner, ("return total", "while True: pass\n    return total"))
    assert verdict.rule is Rule.REASON
    assert store.counts() == kept


def test_each_planted_bug_of_a_pair_is_needed(standard, runner, store):
    """Fixing one of two bugs leaves a failing test."""
    candidates = addresses(Sites(standard, store), 5, Wanted(bug_count=2))
    proven = prove(candidates, Asked(3, loud=True), Sites(standard, store), Gate(runner, store))
    assert len(proven.exercises) == 3
    for exercise in proven.exercises:
        problem = standard.problems[exercise.address.problem]
        implementation = problem.implementations[exercise.address.implementation]
        contract = contract_of(problem, implementation)
        sources = tuple(edited(implementation.source, plan.edits) for plan in exercise.plans)
        ((_, reports),) = runner.run([Task(contract, sources, (7, 8))])
        assert len(reports) == 2
        for report in reports:
            assert all(any(r.outcome is not Outcome.PASSED for r in report[seed]) for seed in (7, 8))
