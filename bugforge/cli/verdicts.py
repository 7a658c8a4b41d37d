"""A verdict on the terminal, and as data for programs."""

import dataclasses
import textwrap
from typing import Any

from bugforge.cli import screen
from bugforge.handout.text import visible
from bugforge.model import Grade, Outcome, Verdict
from bugforge.pack import Pack

STATUS = {Grade.FIXED: "pass", Grade.NOT_FIXED: "fail", Grade.COULD_NOT_GRADE: "error"}
EXIT = {Grade.FIXED: 0, Grade.NOT_FIXED: 1, Grade.COULD_NOT_GRADE: 3}
WIDTH = 120  # of an explanation
COLOUR = {Grade.FIXED: "bold green", Grade.NOT_FIXED: "bold red", Grade.COULD_NOT_GRADE: "bold yellow"}


def show(verdict: Verdict, pack: Pack) -> None:
    """The verdict for a person."""
    out, passed = screen.out, sum(test.outcome is Outcome.PASSED for test in verdict.tests)
    out.print(f"\n{one_line(verdict.name)}: ", end="")
    out.print(verdict.grade, style=COLOUR[verdict.grade])
    out.print(f"  {plain_text(verdict.reason)}")
    if verdict.tests:
        seeds = screen.plural(len(verdict.seeds), "seed")
        out.print(f"  {passed} of {screen.plural(len(verdict.tests), 'test')} pass on {seeds}")
    if verdict.newly_broken:
        names = ", ".join(name.rpartition("::")[2] for name in verdict.newly_broken)
        out.print(f"  newly broken: {names}")
    if verdict.lines_changed is not None:
        changed, minimal = screen.plural(verdict.lines_changed, "line"), verdict.lines_minimal
        out.print(f"  {changed} changed, the smallest fix changes {minimal}")
    if verdict.diagnosis:
        said = {"the line": verdict.diagnosis.line, "the bug class": verdict.diagnosis.bug}
        out.print(f"  diagnosis: {', '.join(f'{what} is {near}' for what, near in said.items() if near)}")
    for note in verdict.notes:
        out.print(f"  note: {plain_text(note)}")
    if verdict.grade is Grade.FIXED and verdict.address:
        for bug in verdict.address.bugs:
            mutator = pack.mutators[bug.mutator]
            title = f"The bug was {mutator.id}: {mutator.title}"
            out.print(f"\n{textwrap.fill(title, WIDTH, initial_indent='  ', subsequent_indent='  ')}")
            for line in mutator.why.splitlines():
                out.print(f"  {line.strip()}")


def one_line(name: str) -> str:
    """A name, on one line whatever is in it."""
    return visible(name).replace("\n", "\\n")


def plain_text(text: str) -> str:
    """Text of a submission, indented, without what could steer a terminal."""
    return visible(text).replace("\n", "\n  ")


def as_data(verdict: Verdict, pack: Pack) -> dict[str, Any]:
    """The verdict in the shape of Exercism's test runners, version 3; `bugforge` holds what that has no place for."""
    states = {Outcome.PASSED: "pass", Outcome.FAILED: "fail"}
    bugs = verdict.address.bugs if verdict.address and verdict.grade is Grade.FIXED else ()
    return {
        "version": 3,
        "status": STATUS[verdict.grade],
        "message": None if verdict.grade is Grade.FIXED else verdict.reason,
        "tests": [
            {"name": t.name, "status": states.get(t.outcome, "error"), "message": t.message or None, "test_code": ""}
            for t in verdict.tests
        ],
        "bugforge": {
            "name": verdict.name,
            "grade": verdict.grade,
            "reason": verdict.reason,
            "seeds": verdict.seeds,
            "newly_broken": verdict.newly_broken,
            "lines_changed": verdict.lines_changed,
            "lines_minimal": verdict.lines_minimal,
            "forbidden_imports": verdict.forbidden_imports,
            "edge_cases": [t.name for t in verdict.tests if t.edge_case],
            "notes": verdict.notes,
            "layers": verdict.layers,
            "seconds": verdict.seconds,
            "diagnosis": dataclasses.asdict(verdict.diagnosis) if verdict.diagnosis else None,
            "bugs": [{"id": b.mutator, "title": pack.mutators[b.mutator].title} for b in bugs],
        },
    }
