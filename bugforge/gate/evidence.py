"""What runs show: of an implementation that it is sound, of a mutant that its bug is seen, and for a right reason."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bugforge.gate.demo import DEMO_TEST, demo_of
from bugforge.gate.rules import Refusal, Rule
from bugforge.model import Demo, Observation, Outcome, TestResult
from bugforge.runner.limits import Limits
from bugforge.runner.task import IMPORTING, Report
from bugforge.symptoms import Fact, Signs, facts_of_demo, facts_of_tests

SEEDS = (0, 1, 2)
PASSING_AGAIN = 3  # tests that pass on the first seed and are run on the others
FAILURES = (Outcome.FAILED, Outcome.ERRORED)
LASTING = frozenset({Outcome.PASSED, *FAILURES})  # outcomes that are the same whenever they are looked at
NUMERICAL = frozenset({"FloatingPointError", "LinAlgError"})
HONEST = frozenset(
    "AssertionError Failed ValueError IndexError KeyError ZeroDivisionError FloatingPointError OverflowError "
    "LinAlgError AxisError TypeError UFuncTypeError _UFuncOutputCastingError InvalidIndexError".split()
)


@dataclass(frozen=True)
class Reference:
    """What an unchanged implementation does under its contract."""

    flaw: str  # empty when every test passes on every seed
    tests: tuple[str, ...]
    costs: tuple[float, ...]  # CPU seconds of each test, on the seed on which it is least
    slowest: float  # CPU seconds of all tests, on the slowest seed
    warns: bool
    demo: Demo
    demo_cost: float  # CPU seconds

    @property
    def limits(self) -> Limits:
        """Twenty times the CPU time of the whole contract, for one test, and never less than half a second."""
        cpu = max(0.5, round(20 * self.slowest, 1))
        return Limits(cpu, wall=10 * cpu + 10)


def reference(service: Report, plain: Report) -> Reference:
    """`plain` is the contract with the demo, on the first seed; `service` the contract on the others."""
    demo_run = next((r for r in plain[SEEDS[0]] if r.name == DEMO_TEST), None)
    demo = demo_of(demo_run) if demo_run else None
    first = service[SEEDS[1]]
    return Reference(
        flaw=_flaw(service, plain) or _flaw_of(demo),
        tests=tuple(result.name for result in first),
        costs=tuple(min(costs) for costs in zip(*([r.cpu for r in service[s]] for s in SEEDS[1:]), strict=False)),
        slowest=max(sum(result.cpu for result in results) for results in service.values()),
        warns=any(result.warned for results in service.values() for result in results),
        demo=demo or Demo(""),
        demo_cost=demo_run.cpu / 2 if demo_run else 0.0,
    )


def _flaw(service: Report, plain: Report) -> str:
    for way, report in (("as a service", service), ("plainly", plain)):
        for seed, results in report.items():
            for result in results:
                if result.outcome is not Outcome.PASSED and result.name != DEMO_TEST:
                    return f"{result.name} {result.outcome} {way} on seed {seed}: {result.message}".rstrip(": ")
    return "" if service[SEEDS[1]] else "the contract has no test"


def _flaw_of(demo: Demo | None) -> str:
    if demo is None or demo.raised:
        return f"demo.py does not come to its end: {demo.raised if demo else 'it takes too long, or crashes'}"
    return "" if demo.printed else "demo.py prints nothing"


def to_repeat(results: Iterable[TestResult]) -> tuple[str, ...]:
    """Of all tests on the first seed those that the other seeds are for: the failing ones, and a few that pass."""
    results = list(results)
    failing = [result.name for result in results if result.outcome in FAILURES]
    passing = [result.name for result in results if result.outcome is Outcome.PASSED]
    return (*failing, *passing[:PASSING_AGAIN])


def observe(runs: Sequence[Sequence[TestResult]], known: Reference, demo: Demo, signs: Signs) -> Observation | Refusal:
    """Rules 3 and 4 on runs of one mutant: first of all tests, then of some on the other seeds.

    `known`: what the unchanged implementation does.
    """
    seen = [result for run in runs for result in run]
    if wrong := dishonest(seen):
        return wrong
    outcomes: dict[str, list[Outcome]] = {}
    for result in seen:
        if result.name != IMPORTING and result.outcome is not Outcome.NOT_RUN:
            outcomes.setdefault(result.name, []).append(result.outcome)
    failing = _always(outcomes, FAILURES)
    passing = _always(outcomes, (Outcome.PASSED,))
    if not failing or not passing:
        return Refusal(Rule.KILLED, "none fails every time" if not failing else "none passes every time")
    first = next(result for result in runs[0] if result.name in failing)
    return Observation(
        today=tuple(result.name for result in runs[0] if result.outcome in FAILURES),
        failing=failing,
        passing=passing,
        unsteady=tuple(name for name in outcomes if name not in failing and name not in passing),
        failing_edge_cases=tuple(r.name for r in runs[0] if r.outcome in FAILURES and r.edge_case),
        message=first.message.strip() or first.exception,
        line=first.line,
        loud=bool(demo.raised) or 2 * len(_raising(runs[0], failing)) > len(failing),
        facts=_facts([result for result in seen if result.name in failing], known, demo, signs),
        demo=demo,
        right_demo=known.demo,
    )


def _always(outcomes: Mapping[str, Sequence[Outcome]], wanted: Sequence[Outcome]) -> tuple[str, ...]:
    return tuple(name for name, seen in outcomes.items() if all(outcome in wanted for outcome in seen))


def dishonest(results: Iterable[TestResult]) -> Refusal | None:
    """The first failure for a reason that a wrong computation does not have; tests that did not run say nothing."""
    for result in results:
        honest = result.outcome in FAILURES and result.exception in HONEST and result.name != IMPORTING
        if not honest and result.outcome not in (Outcome.PASSED, Outcome.NOT_RUN):
            return Refusal(Rule.REASON, f"{result.name} {result.outcome} {result.exception} {result.message}".strip())
    return None


def _raising(results: Iterable[TestResult], failing: Collection[str]) -> list[TestResult]:
    """Failing tests in which the program raised what is no matter of numbers."""
    failed = (result for result in results if result.name in failing and result.outcome is Outcome.ERRORED)
    return [result for result in failed if result.exception not in NUMERICAL]


def _facts(failed: Sequence[TestResult], known: Reference, demo: Demo, signs: Signs) -> tuple[Fact, ...]:
    """What was seen of a mutant, in the order of the vocabulary; `failed` are runs of tests that always fail.

    A test that ended in an error has not come to what it is about.
    """
    ordinary = [result for result in failed if not result.edge_case]
    raised = {result.name for result in failed if result.outcome is not Outcome.FAILED}
    found = facts_of_tests({result.name for result in failed} - raised, signs)
    found |= facts_of_demo(demo.printed, known.demo.printed, signs) if not demo.raised else {Fact.RAISES}
    for result in failed:
        if result.outcome is Outcome.ERRORED and result.line:  # the program raised, and not the test
            found.add(Fact.RAISES_AT_EDGE if result.edge_case else Fact.RAISES)
    if any(result.nan for result in ordinary):
        found.add(Fact.NAN)
    if any(result.warned for result in failed) and not known.warns:
        found.add(Fact.WARNS)
    if not ordinary:
        found.add(Fact.ONLY_AT_EDGE)
    return tuple(fact for fact in Fact if fact in found)
