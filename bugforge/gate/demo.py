"""A problem's demo, run with one program after another: what a person would see on simple data.

It runs as a test beside the others. What it prints is made legible, so that it is the same on every processor.
"""

import re
from dataclasses import replace
from itertools import zip_longest

from bugforge.model import Demo, Outcome, TestResult
from bugforge.runner.task import Contract

DEMO_TEST = "test_demo.py::test_demo"
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d*)?(?:e[+-]?\d+)?(?![\w.])")
UNSTEADY = "(another number in each run)"
HUGE, NOTHING = 1e6, 1e-9
TEST = """
DEMO = {!r}


def test_demo():
    errors = []
    for _ in range(2):  # what differs is drawn without a seed
        try:
            exec(compile(DEMO, "demo.py", "exec"), {{"__name__": "__main__"}})
        except Exception as error:
            errors.append(error)
        print("\\f", end="")
    if errors:
        raise errors[0]
"""


def with_demo(contract: Contract, demo: str) -> Contract:
    """The contract with the demo as its last test, DEMO_TEST."""
    return replace(contract, tests=(*contract.tests, ("test_demo.py", TEST.format(demo))))


def demo_of(run: TestResult) -> Demo | None:
    """What was printed and raised; lines that differ from run to run say so. None where it did not come to an end."""
    if run.outcome not in (Outcome.PASSED, Outcome.FAILED, Outcome.ERRORED):
        return None
    first, second, *_ = (legible(text).splitlines() for text in run.printed.split("\f"))
    lines = [mine if mine == other else _unsteady(mine) for mine, other in zip_longest(first, second, fillvalue="")]
    raised = f"{run.exception}: {run.message}".splitlines()[0] if run.exception else ""
    return Demo("\n".join(lines), legible(raised))


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
