"""A problem's demo, run with one program after another: what a person would see on simple data.

It runs behind the stubs, like a test. What it prints is made legible, so that it is the same on every processor.
"""

import re
from itertools import zip_longest

from bugforge.model import Demo, Implementation, Outcome, Problem
from bugforge.pack.contract import members
from bugforge.runner.limits import Limits
from bugforge.runner.task import Contract, Report, Task

SEEDS = (0, 1)  # a demo draws nothing from them: what differs is drawn without a seed
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d*)?(?:e[+-]?\d+)?(?![\w.])")
UNSTEADY = "(another number in each run)"
HUGE, NOTHING = 1e6, 1e-9
TEST = """
DEMO = {!r}


def test_demo():
    exec(compile(DEMO, "demo.py", "exec"), {{"__name__": "__main__"}})
"""


def demo_task(problem: Problem, implementation: Implementation, sources: tuple[str, ...], limits: Limits) -> Task:
    tests = (("test_demo.py", TEST.format(problem.demo)),)
    contract = Contract(problem.name, tests, members(implementation.source))
    return Task(contract, sources, SEEDS, limits=limits)


def demo_of(report: Report) -> Demo | None:
    """What was printed and raised; lines that differ from run to run say so. None where it did not come to an end."""
    runs = [results[-1] for results in report.values()]
    if any(run.outcome not in (Outcome.PASSED, Outcome.FAILED, Outcome.ERRORED) for run in runs):
        return None
    first, second = (legible(run.printed).splitlines() for run in runs)
    lines = [mine if mine == other else _unsteady(mine) for mine, other in zip_longest(first, second, fillvalue="")]
    raised = f"{runs[0].exception}: {runs[0].message}".splitlines()[0] if runs[0].exception else ""
    return Demo("\n".join(lines), legible(raised))


def differs(report: Report, right: Demo) -> bool:
    """Whether a first run shows that a demo does not print what is right, whatever a second one would."""
    first = next(iter(report.values()))[-1]
    theirs = [line for line in right.printed.splitlines() if UNSTEADY not in line]
    return first.outcome is not Outcome.PASSED or not set(theirs) <= set(legible(first.printed).splitlines())


def legible(text: str) -> str:
    """The text with numbers to three digits; beyond a million they are huge, below a billionth 0."""
    return NUMBER.sub(_short, text).rstrip()


def _short(number: re.Match[str]) -> str:
    value, digits = float(number[0]), number[0].partition("e")[0].replace(".", "").strip("-0")
    if abs(value) >= HUGE:
        return "-huge" if value < 0 else "huge"
    if 0 < abs(value) < NOTHING:
        return "0"
    return f"{value:.3g}" if len(digits) > 3 and "." in number[0] else number[0]


def _unsteady(line: str) -> str:
    label = line.partition(":")[0]
    return f"{label}: {UNSTEADY}"
